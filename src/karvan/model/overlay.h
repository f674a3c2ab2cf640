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
template <class... Rows>
std::tuple<Difference<Rows>...> differences(std::tuple<Table<Rows> Corridor::*...>);
}  // namespace detail

class Overlay {
 public:
  std::string name;  // of the scenario, empty for none

  template <class Row>
  const Difference<Row>& of() const {
    return std::get<Difference<Row>>(differences_);
  }
  template <class Row>
  Difference<Row>& of() {
    return std::get<Difference<Row>>(differences_);
  }

 private:
  decltype(detail::differences(kTables)) differences_;
};

}  // namespace karvan
