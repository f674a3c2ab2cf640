#pragma once
// Overlay: what differs from a Corridor, row by row. Small, cheap to copy, never touches the facts:
// undoing a scenario is dropping its overlay.

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "karvan/model/corridor.h"

namespace karvan {

template <class Row>
struct Difference {
  std::map<Id<Row>, Row> changed;
  std::vector<Row> added;  // their ids follow the corridor's last
  std::set<Id<Row>> removed;

  bool empty() const { return changed.empty() && added.empty() && removed.empty(); }
};

namespace detail {
// Bases, not a std::tuple: a tuple of so many costs every file that reads a World half a second.
template <class... Rows>
struct Differences : Difference<Rows>... {};
template <class... Rows>
Differences<Rows...> differences(std::tuple<Table<Rows> Corridor::*...>);
}  // namespace detail

class Overlay {
 public:
  // Written out in overlay.cc, so that 46 maps are copied and freed by one file, not by every one.
  Overlay();
  Overlay(const Overlay& other);
  Overlay(Overlay&& other) noexcept;
  Overlay& operator=(const Overlay& other);
  Overlay& operator=(Overlay&& other) noexcept;
  ~Overlay();

  std::string name;  // of the scenario, empty for none

  template <class Row>
  const Difference<Row>& of() const {
    return differences_;
  }
  template <class Row>
  Difference<Row>& of() {
    return differences_;
  }

 private:
  decltype(detail::differences(kTables)) differences_;
};

}  // namespace karvan
