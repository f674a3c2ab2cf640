#include "karvan/cost/documents_of.h"

#include <algorithm>
#include <optional>

namespace karvan::cost {
namespace {

using Countries = std::vector<Id<Country>>;

Date day_of(Instant instant) {
  return std::chrono::floor<std::chrono::days>(instant);
}

bool concerns(const Document& document, Mode mode) {
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
  Writer(const World& world,
         const BorderBook& borders,
         const Itinerary& itinerary,
         std::optional<Instant> papers_from)
      : world_{world}, borders_{borders}, itinerary_{itinerary}, papers_from_{papers_from} {
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

  // Leg by leg: papers of the start, its note, its borders.
  std::optional<PaperLacking> lacking() const {
    for (std::size_t leg = 0; leg < itinerary_.legs.size(); ++leg) {
      if (leg == 0) {
        if (const auto found = customary_lacking()) return found;
      }
      if (const auto found = note_lacking(leg)) return found;
      for (std::size_t border = 0; border < itinerary_.borders.size(); ++border) {
        if (itinerary_.borders[border].leg != leg) continue;
        if (const auto found = transit_lacking(border)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  Instant ready(Id<Document> id) const {
    return papers_from_ ? *papers_from_ + to_duration(world_[id].lead) : Instant::min();
  }

  // The cut-off for documents of a leg, in whole minutes.
  Instant closing(const Leg& leg) const {
    return leg.depart - std::chrono::ceil<std::chrono::minutes>(
                            to_duration(world_[leg.service].cutoff_documents));
  }

  bool is_of(Id<Document> id, RegimeKind kind) const {
    const Id<Regime> regime = world_[id].regime;
    return regime.valid() && world_[regime].kind == kind;
  }

  void need(Id<Document> id, Id<Place> from, Id<Place> to, Instant when) {
    needed_.push_back({.document = id,
                       .from = from,
                       .to = to,
                       .cost = world_[id].usd_per_consignment,
                       .needed = when,
                       .apply_by = when - to_duration(world_[id].lead)});
  }

  bool is_customary(Id<Document> id) const {
    return !world_[id].regime.valid() && world_[id].modes.empty();
  }
  bool is_note(Id<Document> id) const {
    return is_of(id, RegimeKind::kConsignmentNote) ||
           (!world_[id].regime.valid() && !world_[id].modes.empty());
  }

  // Invoice, certificate of origin, ...: once, whatever the way.
  void customary_papers() {
    const Id<Place> from = itinerary_.legs.front().from;
    const Id<Place> to = itinerary_.legs.back().to;
    for (const Id<Document> id : documents_) {
      if (is_customary(id)) need(id, from, to, closing(itinerary_.legs.front()));
    }
  }

  // The last of them to be ready holds back the start.
  std::optional<PaperLacking> customary_lacking() const {
    PaperLacking last{.place = itinerary_.legs.front().from,
                      .needed = closing(itinerary_.legs.front())};
    last.ready = last.needed;
    for (const Id<Document> id : documents_) {
      if (!is_customary(id) || ready(id) <= last.ready) continue;
      last.document = id;
      last.ready = ready(id);
    }
    if (!last.document.valid()) return std::nullopt;
    return last;
  }

  bool note_covers(Id<Document> id, const Leg& leg) const {
    const Document& document = world_[id];
    const Mode mode = world_[leg.service].mode;
    if (!concerns(document, mode)) return false;
    if (!document.regime.valid()) return !document.modes.empty();
    const Date day = day_of(leg.depart);
    return std::ranges::all_of(countries_on(world_, leg), [&](Id<Country> country) {
      return borders_.is_member(country, document.regime, day);
    });
  }

  bool is_good(Id<Document> id, const Leg& leg) const {
    return note_covers(id, leg) && ready(id) <= closing(leg);
  }

  // Nothing if some document that `covers` is ready then, or none covers.
  template <class Covers>
  std::optional<PaperLacking> lacking_of(PaperLacking first, Covers covers) const {
    for (const Id<Document> id : documents_) {
      if (!covers(id)) continue;
      if (ready(id) <= first.needed) return std::nullopt;
      if (first.document.valid() && first.ready <= ready(id)) continue;
      first.document = id;
      first.ready = ready(id);
    }
    if (!first.document.valid()) return std::nullopt;
    return first;
  }

  std::optional<PaperLacking> note_lacking(std::size_t number) const {
    const Leg& leg = itinerary_.legs[number];
    return lacking_of({.place = leg.from, .needed = closing(leg), .leg = number},
                      [&](Id<Document> id) { return is_note(id) && note_covers(id, leg); });
  }

  std::optional<PaperLacking> transit_lacking(std::size_t number) const {
    const BorderPassed& border = itinerary_.borders[number];
    return lacking_of(
        {.place = border.passage.from,
         .needed = arrival(border),
         .leg = border.leg,
         .border = number},
        [&](Id<Document> id) { return is_transit(id) && transit_covers(id, border); });
  }

  // How many legs from `first` on one note covers. A note without a regime (a bill of lading)
  // belongs to one voyage.
  std::size_t reach(Id<Document> id, std::size_t first) const {
    if (!is_good(id, itinerary_.legs[first])) return 0;
    if (!world_[id].regime.valid()) return 1;
    std::size_t next = first + 1;
    while (next < itinerary_.legs.size() && is_good(id, itinerary_.legs[next]))
      ++next;
    return next - first;
  }

  void consignment_notes() {
    for (std::size_t first = 0; first < itinerary_.legs.size();) {
      std::optional<Id<Document>> best;
      std::size_t best_reach = 0;
      for (const Id<Document> id : documents_) {
        if (!is_note(id)) continue;
        const std::size_t legs = reach(id, first);
        if (legs > best_reach) {
          best = id;
          best_reach = legs;
        }
      }
      const std::size_t last = first + std::max<std::size_t>(best_reach, 1) - 1;
      const Leg& begin = itinerary_.legs[first];
      if (best) need(*best, begin.from, itinerary_.legs[last].to, closing(begin));
      first = last + 1;
    }
  }

  // All of a border is as it is when its leg arrives.
  Instant arrival(const BorderPassed& border) const { return itinerary_.legs[border.leg].arrive; }

  bool is_transit(Id<Document> id) const { return is_of(id, RegimeKind::kCustomsTransit); }

  bool transit_covers(Id<Document> id, const BorderPassed& border) const {
    const Document& document = world_[id];
    const Mode mode = world_[itinerary_.legs[border.leg].service].mode;
    const Date day = day_of(arrival(border));
    return concerns(document, mode) &&
           borders_.is_member(world_[border.passage.from].country, document.regime, day) &&
           borders_.is_member(world_[border.passage.to].country, document.regime, day);
  }

  // TIR carnets, T1 declarations, ...: one for each unbroken run of borders they cover.
  void transit_papers() {
    const std::vector<BorderPassed>& borders = itinerary_.borders;
    for (const Id<Document> id : documents_) {
      if (!is_transit(id)) continue;
      const auto is_good = [&](const BorderPassed& border) {
        return transit_covers(id, border) && ready(id) <= arrival(border);
      };
      for (std::size_t first = 0; first < borders.size(); ++first) {
        if (!is_good(borders[first])) continue;
        std::size_t last = first;
        while (last + 1 < borders.size() && is_good(borders[last + 1]))
          ++last;
        need(id, borders[first].passage.from, borders[last].passage.to, arrival(borders[first]));
        first = last;
      }
    }
  }

  const World& world_;
  const BorderBook& borders_;
  const Itinerary& itinerary_;
  std::optional<Instant> papers_from_;
  std::vector<Id<Document>> documents_;
  std::vector<DocumentNeeded> needed_;
};

}  // namespace

std::vector<DocumentNeeded> documents_of(const World& world,
                                         const BorderBook& borders,
                                         const Itinerary& itinerary,
                                         std::optional<Instant> papers_from) {
  if (itinerary.legs.empty()) return {};
  return Writer{world, borders, itinerary, papers_from}.write();
}

std::optional<PaperLacking> paper_lacking(const World& world,
                                          const BorderBook& borders,
                                          const Itinerary& itinerary,
                                          Instant papers_from) {
  if (itinerary.legs.empty()) return std::nullopt;
  return Writer{world, borders, itinerary, papers_from}.lacking();
}

}  // namespace karvan::cost
