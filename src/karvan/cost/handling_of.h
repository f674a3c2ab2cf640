#pragma once
// What work at a terminal takes: loading, unloading, passing between modes, changing gauge.

#include <optional>
#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::cost {

// From what to what, at one place. Gauge 0 on a side without rails.
struct TransferQuery {
  Id<Place> place;
  Side from = Side::kGate;
  Side to = Side::kGate;
  Gauge from_gauge;
  Gauge to_gauge;
  Consignment arriving;
  Id<LoadUnit> leaving;  // load unit after the transfer
};

struct Work {
  Id<Handling> handling;  // one of the two is set
  Id<GaugeChange> gauge_change;
  Duration duration{};  // of work, without waiting for opening hours
  Usd cost;
  KgCo2e co2e;
};

class HandlingBook {
 public:
  explicit HandlingBook(const World& world);

  // Nothing if the terminal cannot do it. Gauges that differ need a gauge change of the place and
  // the kind of load unit; then handling rows are not asked. The load unit stays the same unless
  // cargo is restowed into another kind, or wagons are changed at a break of gauge.
  std::optional<Work> work(const TransferQuery& query) const;

 private:
  std::optional<Id<Handling>> find(const TransferQuery& query) const;
  std::optional<Id<GaugeChange>> find_gauge_change(const TransferQuery& query) const;

  World world_;
  Column<Place, std::vector<Id<Handling>>> at_place_;
  std::vector<Id<Handling>> general_;
  Column<Place, std::vector<Id<GaugeChange>>> gauge_changes_;
};

}  // namespace karvan::cost
