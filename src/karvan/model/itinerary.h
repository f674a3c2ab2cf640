#pragma once
// Itinerary: one way of carrying a shipment, step by step. Made by `plan`, followed by `simulate`,
// priced by `cost`, re-planned by `operate`.
//
// Order in time: handling[0] at the origin, legs[0], crossings of leg 0, handling[1], legs[1], ...,
// handling[legs.size()] at the destination. All instants are UTC.

#include <optional>
#include <vector>

#include "karvan/model/path.h"
#include "karvan/model/shipment.h"

namespace karvan {

struct EmptyReturn;
struct ThroughRate;

// A movement by one service between two of its calls.
struct Leg {
  Id<Service> service;
  int from_sequence = 0;  // calls.sequence where it boards
  int to_sequence = 0;    // and leaves
  Id<Place> from;
  Id<Place> to;
  Consignment consignment;
  Instant depart{};
  Instant arrive{};
  std::vector<Passage> path;
  Km distance;
  Usd cost;
  KgCo2e co2e;      // well-to-wheel
  KgCo2e co2e_ttw;  // its tank-to-wheel part
};

// Work at a terminal before the leg of the same index (the last one: after the last leg), and the
// connection to that leg.
struct Transfer {
  Id<Place> place;
  Side from = Side::kGate;
  Side to = Side::kGate;
  Id<Handling> handling;         // one of the two is set,
  Id<GaugeChange> gauge_change;  // or neither where nothing is done
  Instant begin{};               // cargo arrives
  Instant end{};                 // work done; waiting for departure follows
  Usd cost;
  KgCo2e co2e;
  Usd storage;             // from `begin` to the departure, after free time
  Duration slack{};        // between `end` and the cut-off of the leg that follows
  double probability = 1;  // of making it (cost::miss_risk); the last: the deadline
};

struct StepTaken {
  Id<CrossingStep> step;
  Hours hours;       // expected: mean x share, after regimes
  Usd cost;          // expected
  double share = 1;  // of consignments that undergo it, after regimes
};

// A border passed by a leg.
struct BorderPassed {
  std::size_t leg = 0;
  Id<Crossing> crossing;
  Passage passage;
  Instant begin{};
  Instant end{};  // begin = end where the timetable includes the stop
  std::vector<StepTaken> steps;
  std::vector<Id<Regime>> regimes;  // whose effects applied
  Usd cost;
};

struct DocumentNeeded {
  Id<Document> document;
  Id<Place> from;  // where it is issued
  Id<Place> to;    // where it ends
  Usd cost;
  Instant needed{};    // the cut-off for documents of its first leg, or the arrival of the leg that
                       // passes its first border
  Instant apply_by{};  // to be ready then: `needed` less its lead time
};

// Legs that were bought together at a combined price.
struct ThroughPrice {
  Id<ThroughRate> rate;
  std::size_t first_leg = 0;
  std::size_t last_leg = 0;
  Usd cost;      // instead of the prices of the legs
  Usd discount;  // their sum less the cost
};

// The load units, where they are hired: until they are back, and what that costs.
struct Hire {
  Id<EmptyReturn> back;  // the row by which they are given back
  Instant returned{};    // the depot has them
  Usd empty_return;
  Usd detention;  // of all days beyond free time
};

struct Itinerary {
  Instant depart{};  // cargo handed over at the origin
  Instant arrive{};  // cargo free at the destination
  Usd cost;          // legs less discounts, transfers with storage, borders, documents, hire
  KgCo2e co2e;
  KgCo2e co2e_ttw;
  Km distance;
  std::int64_t miss_risk = 0;  // -10,000 ln(probability)
  double probability = 1;      // of making every connection as planned, and the deadline if any
  Risks risks;                 // of the services and links it uses
  std::vector<Leg> legs;
  std::vector<Transfer> transfers;  // legs.size() + 1
  std::vector<BorderPassed> borders;
  std::vector<DocumentNeeded> documents;
  std::vector<ThroughPrice> through;
  std::optional<Hire> hire;  // Shipment::hired_from
};

}  // namespace karvan
