#pragma once
// World: the read-only view that rooms receive: a Corridor seen through an Overlay. Copying is two
// pointers; both must outlive it.

#include <optional>
#include <string_view>
#include <vector>

#include "karvan/model/corridor.h"
#include "karvan/model/overlay.h"

namespace karvan {

class World {
 public:
  explicit World(const Corridor& corridor) : corridor_{&corridor} {}
  World(const Corridor& corridor, const Overlay& overlay)
      : corridor_{&corridor}, overlay_{&overlay} {}

  const Corridor& corridor() const { return *corridor_; }
  // A copy of what lies over it, to lay more on top.
  Overlay overlay() const { return overlay_ == nullptr ? Overlay{} : *overlay_; }
  const CorridorInfo& info() const { return corridor_->info; }
  std::string_view scenario() const {
    return overlay_ == nullptr ? std::string_view{} : std::string_view{overlay_->name};
  }

  template <class Row>
  const Row& operator[](Id<Row> id) const {
    const Table<Row>& table = rows<Row>(*corridor_);
    if (overlay_ == nullptr) return table[id];
    const Difference<Row>& difference = overlay_->of<Row>();
    if (id.index() >= table.size()) {
      DCHECK(id.index() - table.size() < difference.added.size());
      return difference.added[id.index() - table.size()];
    }
    const auto changed = difference.changed.find(id);
    return changed == difference.changed.end() ? table[id] : changed->second;
  }

  // One past the highest id: the size of a Column over all rows, removed ones included.
  template <class Row>
  std::size_t size() const {
    const std::size_t n = rows<Row>(*corridor_).size();
    return overlay_ == nullptr ? n : n + overlay_->of<Row>().added.size();
  }

  // The ids of all rows that exist here, ascending.
  template <class Row>
  std::vector<Id<Row>> ids() const {
    std::vector<Id<Row>> result;
    result.reserve(size<Row>());
    for (std::size_t i = 0; i < size<Row>(); ++i) {
      const Id<Row> id{i};
      if (overlay_ == nullptr || !overlay_->of<Row>().removed.contains(id)) result.push_back(id);
    }
    return result;
  }

  // The row with this code; linear, for doors and loaders.
  template <class Row>
  std::optional<Id<Row>> find(std::string_view code) const {
    for (const Id<Row> id : ids<Row>()) {
      if ((*this)[id].code == code) return id;
    }
    return std::nullopt;
  }

 private:
  const Corridor* corridor_;
  const Overlay* overlay_ = nullptr;
};

// The children of each parent in table order: group<Service>(world, &Call::service).
template <class Parent, class Child>
Column<Parent, std::vector<Id<Child>>> group(const World& world, Id<Parent> Child::* parent) {
  Column<Parent, std::vector<Id<Child>>> result{world.size<Parent>()};
  for (const Id<Child> id : world.ids<Child>()) {
    const Id<Parent> owner = world[id].*parent;
    if (owner.valid()) result[owner].push_back(id);
  }
  return result;
}

}  // namespace karvan
