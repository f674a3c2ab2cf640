#pragma once
// Compiler: from a world, its demand and the ways that shippers choose to the flat tables of a run.

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/model/clock.h"
#include "karvan/simulate/detail/model.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate::detail {

// Tables shared by the parts of the compiler; each part fills its own tables of `model`.
struct Workshop {
  Workshop(const World& world, const Question& question, Model& result);

  const World world;
  const Question& question;
  Model& model;
  Clocks clocks;
  cost::BorderBook borders;
  Column<Service, std::vector<Id<Call>>> calls;
  Column<Service, std::vector<Id<karvan::Departure>>> departures;
  Column<Service, std::vector<Id<Capacity>>> capacities;
  Column<Service, Index> line_of;
  std::map<std::pair<Index, bool>, Index> border_of;  // by link and direction
  std::map<std::pair<Mode, Id<Country>>, Index> delay_of;
  std::map<std::string, Index, std::less<>> station_of;
  // Wagons and boxes serve cargo that begins in the country of their operator.
  std::map<std::pair<Id<LoadUnit>, Id<Country>>, Index> pool_of;
  std::map<std::tuple<Id<Country>, Traction, int>, Index> locomotives_of;  // by gauge in mm
  // Ways of empties over the sea, by pool and the line that takes them back.
  std::map<std::pair<Index, Index>, Index> empties_of;
  Id<Goods> food;  // any goods if none is food
  std::vector<std::string> errors;
  std::vector<std::string> warnings;

  std::map<std::tuple<LawFamily, double, double, double>, Index> sampler_of;

  // The sampler of the law, one for all that are alike; a law that cannot be is an error that
  // names the row.
  Index law(const Law& law, std::string_view row);
  // Open hours of a place by its own rows; kNone if it never closes.
  Index opening_calendar(Id<Place> place);
  // Open from `opens` to `closes` every day on the clock of the place.
  Index daily_calendar(Id<Place> place, std::chrono::minutes opens, std::chrono::minutes closes);

 private:
  // From and until on the clock of a place on one day.
  using Hours = std::pair<std::chrono::minutes, std::chrono::minutes>;
  // `hours` of each day of the week from Monday on; at least one of them has some. Follows the
  // summer time of the place.
  Index add_calendar(Id<Place> place, const std::array<std::vector<Hours>, 7>& hours);
};

// The restrictions of what the closures' `reach` and code name.
std::vector<Restriction> restrictions_of(const World& world,
                                         ClosureReach reach,
                                         std::string_view code);
// Places, links, weather, water, berths, yards, pools: all that is there without any traffic.
void compile_places(Workshop& shop);
// The line of a service, compiled when first asked for.
Index line_of(Workshop& shop, Id<Service> service);
// What hauls the trains of a line whose stops are known.
void add_traction(Workshop& shop, const Line& line);
// Ships, once all lines are known.
void compile_vessels(Workshop& shop);
void compile_pipes(Workshop& shop);
// Which hops can hold a train up, once all lines are known.
void list_limited_hops(Model& model);
// The route that follows an itinerary; kNone, with an error, where it cannot.
Index compile_route(Workshop& shop, const Itinerary& itinerary);
// Sources of demand with their routes.
void compile_demand(Workshop& shop, const Alternator& alternatives);

}  // namespace karvan::simulate::detail
