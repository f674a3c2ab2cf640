#include "karvan/testing/small_traffic.h"

#include <utility>

#include "karvan/base/check.h"
#include "karvan/model/world.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::testing {

void add_demand(Corridor& corridor,
                const std::string& from,
                const std::string& to,
                double batch,
                double times) {
  if (corridor.month_profiles.empty())
    corridor.month_profiles.push_back(
        {.code = "days", .weights = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}});
  const World world{corridor};
  corridor.demand.push_back({.code = from + "_" + to,
                             .market = from + " to " + to,
                             .year = 2026,
                             .from = *world.find<Place>(from),
                             .to = *world.find<Place>(to),
                             .goods = *world.find<Goods>("machinery"),
                             .load_unit = *world.find<LoadUnit>("box40"),
                             .quantity = batch * times,
                             .unit = DemandUnit::kTeu,
                             .month_profile = Id<MonthProfile>{std::size_t{0}},
                             .arrivals = ArrivalPattern::kBlockTrain,
                             .batch = batch});
}

void add_ship(Corridor& corridor, const std::vector<std::string>& services) {
  Vessel ship{.code = "ship_" + std::to_string(corridor.vessels.size()), .name = "Ship"};
  ship.name += " " + std::to_string(corridor.vessels.size());
  ship.kind = VesselKind::kContainerFeeder;
  ship.deadweight = Tonnes{20'000};
  ship.speed_kn = 10;
  const World world{corridor};
  for (const std::string& service : services)
    ship.services.push_back(*world.find<Service>(service));
  corridor.vessels.push_back(ship);
}

simulate::Question month_of_march() {
  return {.from = Date{std::chrono::year{2026} / 3 / 1},
          .days = 31,
          .warm_up_days = 0,
          .keep_events = true};
}

Corridor chancy_corridor() {
  Result<TinyCase> tiny = tiny_case(R"(
calendar 2026-03-01 2026-06-01
place Almaty Aktau in KZ utc +00:00
place Alat in AZ utc +00:00
rail Almaty-Aktau 3000km 90h every 7 /week carries box40=20
ferry Aktau-Alat 470km 22h full 7 /week carries box40=50
)");
  CHECK(tiny);
  Corridor corridor = std::move(tiny).value().corridor;
  const World world{corridor};
  for (int month = 1; month <= 12; ++month)
    corridor.weather.push_back({.code = "w" + std::to_string(month),
                                .place = *world.find<Place>("aktau"),
                                .month = month,
                                .closed_share = 0.2,
                                .closure = {LawFamily::kLognormal, 28, 1.0}});
  corridor.delays.push_back(
      {.code = "rail", .mode = Mode::kRail, .factor = {LawFamily::kGamma, 1.1, 0.2}});
  corridor.delays.push_back(
      {.code = "sea", .mode = Mode::kSea, .factor = {LawFamily::kWeibull, 1.1, 3.0}});
  corridor.breakdowns.push_back({.code = "ship",
                                 .between = {LawFamily::kExponential, 100},
                                 .repair = {LawFamily::kTriangular, 5, 10, 30}});
  add_demand(corridor, "almaty", "alat", 40, 300);
  corridor.demand.begin()->arrivals = ArrivalPattern::kPoisson;
  add_ship(corridor, {"ferry_aktau_alat"});
  add_ship(corridor, {"ferry_aktau_alat"});
  return corridor;
}

}  // namespace karvan::testing
