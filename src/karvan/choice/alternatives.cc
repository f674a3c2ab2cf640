#include "karvan/choice/alternatives.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace karvan::choice {
namespace {

constexpr int kRounds = 8;
constexpr int kOptionsMax = 6;

bool passes(const Itinerary& way, const std::vector<Id<Place>>& via) {
  if (via.empty()) return true;
  const auto is_wanted = [&via](Id<Place> place) {
    return std::ranges::find(via, place) != via.end();
  };
  for (const Leg& leg : way.legs) {
    if (is_wanted(leg.from) || is_wanted(leg.to)) return true;
    for (const Passage& passage : leg.path) {
      if (is_wanted(passage.to)) return true;
    }
  }
  return false;
}

Id<Service> longest_carrier(const Itinerary& way) {
  const auto longest = std::ranges::max_element(way.legs, {}, &Leg::distance);
  return longest->service;
}

bool is_mainly_by(const World& world, const Itinerary& way, std::optional<Mode> mode) {
  if (!mode) return true;
  Km by_mode;
  for (const Leg& leg : way.legs) {
    if (world[leg.service].mode == *mode) by_mode += leg.distance;
  }
  return by_mode > way.distance / 2;
}

class Asker {
 public:
  explicit Asker(const World& world) : world_{world}, planner_{world} {}

  // Rows of two years may ask the same, where one ends and the other begins.
  const simulate::Alternatives& ways(Id<Demand> id, const Shipment& shipment, Instant depart) {
    const Demand& row = world_[id];
    for (const Asked& asked : asked_[row.from]) {
      if (asked.depart == depart && asks_the_same(world_[asked.row], row) &&
          asked.shipment.goods == shipment.goods && asked.shipment.quantity == shipment.quantity &&
          asked.shipment.unit == shipment.unit && asked.shipment.load_unit == shipment.load_unit) {
        return asked.found;
      }
    }
    asked_[row.from].push_back(
        {.row = id, .shipment = shipment, .depart = depart, .found = ask(row, shipment, depart)});
    return asked_[row.from].back().found;
  }

 private:
  struct Asked {
    Id<Demand> row;
    Shipment shipment;
    Instant depart;
    simulate::Alternatives found;
  };
  static bool asks_the_same(const Demand& a, const Demand& b) {
    return a.from == b.from && a.to == b.to && a.via == b.via && a.main_mode == b.main_mode;
  }

  simulate::Alternatives ask(const Demand& row, const Shipment& shipment, Instant depart) {
    plan::Question question{.from = row.from, .to = row.to, .shipment = shipment, .depart = depart};
    question.keep_safer_options = false;
    // A surer sailing is the same way for a shipper: what is missed is found out in the run.
    question.weighs_risk = false;
    simulate::Alternatives found;
    for (int round = 0; round < kRounds && found.itineraries.empty(); ++round) {
      plan::Answer answer = planner_.answer(question, memory_);
      if (answer.itineraries.empty()) {
        found.refusal = answer.refusal.message;
        break;
      }
      for (Itinerary& way : answer.itineraries) {
        if (passes(way, row.via) && is_mainly_by(world_, way, row.main_mode)) {
          found.itineraries.push_back(std::move(way));
        } else {
          question.refuse.services.push_back(longest_carrier(way));
        }
      }
      found.refusal = "no way that the planner tells goes by its `via` and `main_mode`";
    }
    // The planner tells many ways that differ by an hour or a dollar; shippers look at the
    // cheapest.
    std::ranges::stable_sort(found.itineraries, {}, &Itinerary::cost);
    if (found.itineraries.size() > kOptionsMax) found.itineraries.resize(kOptionsMax);
    return found;
  }

  const World world_;
  const plan::Planner planner_;
  plan::Planner::Memory memory_;
  Column<Place, std::vector<Asked>> asked_{world_.size<Place>()};
};

}  // namespace

simulate::Alternator alternatives_from(const World& world) {
  const auto asker = std::make_shared<Asker>(world);
  return [asker](Id<Demand> id, const Shipment& shipment, Instant depart) {
    return asker->ways(id, shipment, depart);
  };
}

}  // namespace karvan::choice
