#include "karvan/plan/detail/itinerary_of.h"

#include <algorithm>

#include "karvan/cost/documents_of.h"

namespace karvan::plan::detail {
namespace {

class ItineraryWriter {
 public:
  ItineraryWriter(const Engine& engine, const QueryTables& tables)
      : engine_{engine}, tables_{tables} {}

  // `chain`: labels from the start to the goal.
  Itinerary write(const std::vector<Label>& chain) {
    for (std::size_t i = 1; i < chain.size(); ++i) {
      add_transfer(chain[i - 1], chain[i]);
      add_connection(chain[i - 1], chain[i]);
      if (chain[i].ride == kNone) continue;
      add_leg(chain[i]);
      add_borders(chain[i]);
    }
    itinerary_.depart = engine_.epoch.instant(chain.front().arrive);
    itinerary_.arrive = engine_.epoch.instant(chain.back().arrive);
    itinerary_.cost = to_usd(chain.back().cents);
    itinerary_.co2e = to_kg(chain.back().grams);
    itinerary_.risks = chain.back().risks;
    itinerary_.miss_risk = chain.back().miss;
    itinerary_.probability = cost::probability(itinerary_.miss_risk);
    for (const Leg& leg : itinerary_.legs) {
      itinerary_.co2e_ttw += leg.co2e_ttw;
      itinerary_.distance += leg.distance;
    }
    itinerary_.documents =
        cost::documents_of(engine_.world, engine_.borders, itinerary_, tables_.papers_from());
    add_through_prices(chain);
    add_hire();
    return std::move(itinerary_);
  }

 private:
  void add_transfer(const Label& from, const Label& to) {
    const ArrivalNode& node = tables_.arrivals()[from.node];
    Cargo leaving{.unit = node.cargo.unit};
    Handover numbers;
    if (to.ride == kNone) {
      numbers = *node.exit;
    } else {
      const std::uint32_t ready = tables_.boarding(tables_.ride(to.ride).boarding).ready;
      leaving = tables_.readies()[ready].cargo;
      numbers = *std::ranges::find(tables_.transfers(node), ready, &Handover::ready);
    }
    const auto work = engine_.handling.work({.place = node.place,
                                             .from = node.cargo.side,
                                             .to = leaving.side,
                                             .from_gauge = node.cargo.gauge,
                                             .to_gauge = leaving.gauge,
                                             .arriving = tables_.packed(node.cargo.unit),
                                             .leaving = tables_.packed(leaving.unit).load_unit});
    const Minute end = engine_.terminals[node.place].finish(from.arrive, numbers.work);
    Transfer transfer{.place = node.place,
                      .from = node.cargo.side,
                      .to = leaving.side,
                      .begin = engine_.epoch.instant(from.arrive),
                      .end = engine_.epoch.instant(end),
                      .cost = to_usd(numbers.cents),
                      .co2e = to_kg(numbers.grams)};
    if (work) {
      transfer.handling = work->handling;
      transfer.gauge_change = work->gauge_change;
    }
    itinerary_.transfers.push_back(transfer);
  }

  // What the transfer before `to` leaves until its departure.
  void add_connection(const Label& from, const Label& to) {
    Transfer& transfer = itinerary_.transfers.back();
    transfer.probability = cost::probability(to.miss - from.miss);
    if (to.ride == kNone) return;
    const Boarding& boarding = tables_.boarding(tables_.ride(to.ride).boarding);
    transfer.storage = to_usd(tables_.arrivals()[from.node].storage(to.depart - from.arrive));
    transfer.slack = engine_.epoch.instant(to.depart - boarding.cutoff) - transfer.end;
  }

  // Rides in a row under one rate, until it is closed.
  void add_through_prices(const std::vector<Label>& chain) {
    std::size_t leg = 0;
    for (std::size_t i = 1; i < chain.size(); ++i) {
      if (chain[i].ride == kNone) continue;
      const std::size_t number = leg++;
      if (chain[i].bought == 0) continue;
      const Through& through = tables_.throughs()[chain[i].bought - 1];
      if (chain[i - 1].open == 0) {
        itinerary_.through.push_back(
            {.rate = through.rate, .first_leg = number, .cost = to_usd(through.cents)});
        itinerary_.through.back().discount -= to_usd(through.cents);
      }
      itinerary_.through.back().last_leg = number;
      itinerary_.through.back().discount += itinerary_.legs[number].cost;
    }
  }

  void add_hire() {
    const Leg& last = itinerary_.legs.back();
    const Id<Operator> owner = tables_.hired_from();
    if (!owner.valid()) return;
    const auto terms = engine_.hire.terms(owner, last.to, last.consignment);
    CHECK(terms.has_value());
    itinerary_.hire = Hire{.back = terms->back,
                           .returned = itinerary_.arrive + terms->until_back,
                           .empty_return = terms->empty_return,
                           .detention = terms->detention(itinerary_.arrive - itinerary_.depart)};
  }

  void add_leg(const Label& label) {
    const Ride& ride = tables_.ride(label.ride);
    const Boarding& boarding = tables_.boarding(ride.boarding);
    const Course& course = engine_.graph.courses()[boarding.course];
    const Stop& from = engine_.graph.stop(course, boarding.stop);
    const Stop& to = engine_.graph.stop(course, ride.to_stop);
    const auto path = engine_.graph.path(course, boarding.stop, ride.to_stop);
    Leg leg{.service = course.service,
            .from_sequence = from.sequence,
            .to_sequence = to.sequence,
            .from = from.place,
            .to = to.place,
            .consignment = tables_.packed(tables_.readies()[boarding.ready].cargo.unit),
            .depart = engine_.epoch.instant(label.depart),
            .arrive = engine_.epoch.instant(label.ride_arrive),
            .path = {path.begin(), path.end()},
            .distance = length(engine_.world, path),
            .cost = to_usd(tables_.price(ride, label.depart)),
            .co2e = to_kg(ride.grams)};
    const cost::Carbon carbon = engine_.carbon.emitted(leg.service, path, leg.consignment.tonnes);
    leg.co2e_ttw = to_kg(to_grams(carbon.ttw));
    itinerary_.legs.push_back(std::move(leg));
  }

  void add_borders(const Label& label) {
    const Ride& ride = tables_.ride(label.ride);
    const Leg& leg = itinerary_.legs.back();
    const Mode mode = engine_.world[leg.service].mode;
    const Date day = engine_.epoch.day(label.ride_arrive);
    Minute now = label.ride_arrive;
    for (const Passage& passage : leg.path) {
      if (!crosses_border(engine_.world, passage)) continue;
      const auto procedure = engine_.borders.procedure(passage, mode, leg.consignment, day);
      if (!procedure && tables_.pretends_borders()) continue;
      CHECK(procedure.has_value());
      BorderPassed border{.leg = itinerary_.legs.size() - 1,
                          .crossing = procedure->crossing,
                          .passage = passage,
                          .begin = engine_.epoch.instant(now),
                          .steps = procedure->steps,
                          .regimes = procedure->regimes,
                          .cost = to_usd(to_cents(procedure->cost))};
      if (!ride.border_in_timetable) {
        now = engine_.opening(procedure->crossing, passage.to).next_open(now) +
              minutes_up(procedure->hours);
      }
      border.end = engine_.epoch.instant(now);
      itinerary_.borders.push_back(std::move(border));
    }
    DCHECK(now == label.arrive);
  }

  const Engine& engine_;
  const QueryTables& tables_;
  Itinerary itinerary_;
};

}  // namespace

Itinerary itinerary_of(const Engine& engine,
                       const QueryTables& tables,
                       const Found& found,
                       std::uint32_t option) {
  std::vector<Label> chain;
  for (std::uint32_t i = option; i != kNone; i = found.labels[i].parent)
    chain.push_back(found.labels[i]);
  std::ranges::reverse(chain);
  return ItineraryWriter{engine, tables}.write(chain);
}

}  // namespace karvan::plan::detail
