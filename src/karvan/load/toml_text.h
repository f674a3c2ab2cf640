#pragma once
// TOML as a plain tree whose leaves are texts in the form of our cells. The only door to the TOML
// library.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"

namespace karvan::load {

struct TomlNode {
  enum class Kind { kText, kNumber, kFlag, kDate, kTime, kList, kTable };

  Kind kind = Kind::kTable;
  std::string key;              // its name in the table around it
  std::string text;             // leaves: as a cell has it ("yes", "2026-03-02", "08:00", "1.5")
  std::vector<TomlNode> items;  // lists and tables, in the order in which they were written
  int line = 0;

  bool is_leaf() const { return kind != Kind::kList && kind != Kind::kTable; }
  const TomlNode* find(std::string_view name) const {
    for (const TomlNode& item : items) {
      if (item.key == name) return &item;
    }
    return nullptr;
  }
};

// The text as a table, or nothing and complaints. Refuses what could exhaust the machine: more than
// a megabyte, deep nesting.
std::optional<TomlNode> parse_toml(std::string_view text,
                                   const std::string& file,
                                   Complaints& complaints);

}  // namespace karvan::load
