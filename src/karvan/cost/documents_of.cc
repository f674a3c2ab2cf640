#include "karvan/cost/documents_of.h"

#include <algorithm>
#include <optional>

namespace karvan::cost {
namespace {

using Countries = std::vector<Id<Country>>;

Date day_of(Instant instant) {
  return std::chrono::floor<std::chrono::days>(instant);
}

bool governs(const Document& document, Mode mode) {
  return document.modes.empty() || std::ranges::find(document.modes, mode) != document.modes.end();
}

bool concerns(const World& world, const Document& document, const Itinerary& itinerary) {
  const Goods& goods = world[itinerary.legs.front().consignment.goods];
  if (document.dangerous_only && goods.hazard_class.empty()) return false;
  if (document.food_only && !goods.is_food) return false;
  return !document.crossing_only || !itinerary.borders.empty();
}

Countries countries_on(const World& world, const Leg& leg) {
  Countries countries{world[leg.from].country};
  for (const Passage& passage : leg.path)
    countries.push_back(world[passage.to].country);
  return countries;
}

// Writes out which documents are needed; one call to each part, in order.
class Writer {
 public:
  Writer(const World& world, const BorderBook& borders, const Itinerary& itinerary)
      : world_{world}, borders_{borders}, itinerary_{itinerary} {
    for (const Id<Document> id : world.ids<Document>()) {
      if (concerns(world, world[id], itinerary)) documents_.push_back(id);
    }
  }

  std::vector<DocumentNeeded> write() {
    customary_papers();
    consignment_notes();
    transit_papers();
    return std::move(needed_);
  }

 private:
  bool is_of(Id<Document> id, RegimeKind kind) const {
    const Id<Regime> regime = world_[id].regime;
    return regime.valid() && world_[regime].kind == kind;
  }

  void need(Id<Document> id, Id<Place> from, Id<Place> to) {
    needed_.push_back(
        {.document = id, .from = from, .to = to, .cost = world_[id].usd_per_consignment});
  }

  // Invoice, certificate of origin, ...: once, whatever the way.
  void customary_papers() {
    const Id<Place> from = itinerary_.legs.front().from;
    const Id<Place> to = itinerary_.legs.back().to;
    for (const Id<Document> id : documents_) {
      const Document& document = world_[id];
      if (!document.regime.valid() && document.modes.empty()) need(id, from, to);
    }
  }

  bool note_covers(Id<Document> id, const Leg& leg) const {
    const Document& document = world_[id];
    const Mode mode = world_[leg.service].mode;
    if (!governs(document, mode)) return false;
    if (!document.regime.valid()) return !document.modes.empty();
    const Date day = day_of(leg.depart);
    return std::ranges::all_of(countries_on(world_, leg), [&](Id<Country> country) {
      return borders_.is_member(country, document.regime, day);
    });
  }

  // How many legs from `first` on one note covers. A note without a regime (a bill of lading)
  // belongs to one voyage.
  std::size_t reach(Id<Document> id, std::size_t first) const {
    if (!note_covers(id, itinerary_.legs[first])) return 0;
    if (!world_[id].regime.valid()) return 1;
    std::size_t next = first + 1;
    while (next < itinerary_.legs.size() && note_covers(id, itinerary_.legs[next]))
      ++next;
    return next - first;
  }

  void consignment_notes() {
    for (std::size_t first = 0; first < itinerary_.legs.size();) {
      std::optional<Id<Document>> best;
      std::size_t best_reach = 0;
      for (const Id<Document> id : documents_) {
        const bool is_note = is_of(id, RegimeKind::kConsignmentNote) ||
                             (!world_[id].regime.valid() && !world_[id].modes.empty());
        if (!is_note) continue;
        const std::size_t legs = reach(id, first);
        if (legs > best_reach) {
          best = id;
          best_reach = legs;
        }
      }
      const std::size_t last = first + std::max<std::size_t>(best_reach, 1) - 1;
      if (best) need(*best, itinerary_.legs[first].from, itinerary_.legs[last].to);
      first = last + 1;
    }
  }

  bool transit_covers(Id<Document> id, const BorderPassed& border) const {
    const Document& document = world_[id];
    const Mode mode = world_[itinerary_.legs[border.leg].service].mode;
    const Date day = day_of(border.begin);
    return governs(document, mode) &&
           borders_.is_member(world_[border.passage.from].country, document.regime, day) &&
           borders_.is_member(world_[border.passage.to].country, document.regime, day);
  }

  // TIR carnets, T1 declarations, ...: one for each unbroken run of borders they cover.
  void transit_papers() {
    const std::vector<BorderPassed>& borders = itinerary_.borders;
    for (const Id<Document> id : documents_) {
      if (!is_of(id, RegimeKind::kCustomsTransit)) continue;
      for (std::size_t first = 0; first < borders.size(); ++first) {
        if (!transit_covers(id, borders[first])) continue;
        std::size_t last = first;
        while (last + 1 < borders.size() && transit_covers(id, borders[last + 1]))
          ++last;
        need(id, borders[first].passage.from, borders[last].passage.to);
        first = last;
      }
    }
  }

  const World& world_;
  const BorderBook& borders_;
  const Itinerary& itinerary_;
  std::vector<Id<Document>> documents_;
  std::vector<DocumentNeeded> needed_;
};

}  // namespace

std::vector<DocumentNeeded> documents_of(const World& world,
                                         const BorderBook& borders,
                                         const Itinerary& itinerary) {
  if (itinerary.legs.empty()) return {};
  return Writer{world, borders, itinerary}.write();
}

}  // namespace karvan::cost
