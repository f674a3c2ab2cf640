#pragma once
// Engine: everything the planner knows before a question is asked: the timetable graph, the books
// of cost, opening times, and per-kilometre sums that do not depend on the cargo. Immutable.

#include <map>
#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/cost/carbon_of.h"
#include "karvan/cost/connection_risk.h"
#include "karvan/cost/handling_of.h"
#include "karvan/cost/hazard_of.h"
#include "karvan/cost/hire_of.h"
#include "karvan/cost/money_of.h"
#include "karvan/cost/storage_of.h"
#include "karvan/plan/detail/rooms.h"

namespace karvan::plan::detail {

// A passage of a course that crosses a border.
struct BorderPassage {
  std::uint32_t stop = 0;  // at which its hop ends
  Passage passage;
};

struct Engine {
  Engine(const World& world, Closures closures);

  // The opening times of a crossing as they hold on this passage.
  const OpenTimes& opening(Id<Crossing> crossing, Id<Place> arrival) const;

  // Units of one departure, or of a day on demand; less than 0 where it does not carry them.
  double capacity(Id<Service> service, Id<LoadUnit> unit) const;
  // What cargo needs of a departure, or of several until the last of them `extra` later.
  Load load(Id<Service> service, const Consignment& cargo, Minute extra) const;

  World world;
  Clocks clocks;
  Epoch epoch;
  TimetableGraph graph;
  Rooms rooms;
  cost::TariffBook tariffs;
  cost::CarbonBook carbon;
  cost::HandlingBook handling;
  cost::BorderBook borders;
  cost::RiskBook risks;
  cost::StorageBook storage;
  cost::HireBook hire;
  cost::HazardBook hazards;
  Column<Service, std::vector<Id<Capacity>>> capacities;
  Column<Place, OpenTimes> terminals;
  std::map<std::pair<Id<Crossing>, Id<Place>>, OpenTimes> gates;  // those that close at times
  OpenTimes always;
  std::vector<std::vector<BorderPassage>> border_passages;  // by course, in order
  std::vector<double> kg_per_t;            // by stop: CO2e of a tonne since the first stop
  std::vector<cost::Lateness> lateness;    // by stop: of the runs since the first stop
  std::vector<Minute> tariff_changes;      // minutes at which some price changes, ascending
  std::vector<Minute> membership_changes;  // at which some country joins or leaves a regime
  std::vector<Minute> through_changes;     // at which a through rate begins or ends

 private:
  void read_openings(Span span);
  void read_course(const Course& course, Span span);
  void read_gate(const Passage& passage, Mode mode, Span span);
  void read_changes();
};

// Ascending, each once.
void sort_unique(std::vector<Minute>& minutes);

}  // namespace karvan::plan::detail
