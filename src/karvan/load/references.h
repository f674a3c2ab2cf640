#pragma once
// The codes of all tables while a corridor is being loaded: which row a code stands for, and which
// known code a wrong one may have meant. Codes are views: the texts must outlive this.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "karvan/model/corridor.h"

namespace karvan::load {

inline constexpr std::size_t kTableCount =
    std::tuple_size_v<std::remove_const_t<decltype(kTables)>>;

// The position of a row type's table in kTables.
template <class Row>
constexpr std::size_t table_number() {
  std::size_t number = 0;
  std::size_t found = kTableCount;
  const auto look = [&]<class Other>(Table<Other> Corridor::*) {
    if (std::is_same_v<Row, Other>) found = number;
    ++number;
  };
  std::apply([&look](auto... member) { (look(member), ...); }, kTables);
  return found;
}

// Codes and their row numbers: an open hash table (linear probing, load at most one half).
class CodeIndex {
 public:
  // False if the code is there already; the first row keeps it.
  bool insert(std::string_view code, std::size_t row);
  std::optional<std::size_t> find(std::string_view code) const;
  // At most three codes alike, nearest first.
  std::vector<std::string> alike(std::string_view code) const;

 private:
  struct Entry {
    std::string_view code;
    std::uint32_t row = 0;
  };
  // The slot where the code is, or would be put.
  std::size_t slot_of(std::string_view code) const;
  void grow();

  std::vector<Entry> entries_;        // in the order of insertion
  std::vector<std::uint32_t> slots_;  // number of the entry plus one; 0 is free
};

struct TableCodes {
  std::string_view name;  // of the table
  CodeIndex codes;
  bool is_complete = true;  // false: rows are missing, so an unknown code may be right
};

using References = std::array<TableCodes, kTableCount>;

}  // namespace karvan::load
