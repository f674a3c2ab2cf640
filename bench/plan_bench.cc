// How long a plan takes, and loading what it is asked of: data/titr with its scenarios unread, then
// named questions on it and on a synthetic corridor of 200 places, each for many departure days.
// Every timed answer has passed its judge before.
//
//   plan_bench [runs]      from the root of the checkout; one JSON line a workload

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/hash.h"
#include "karvan/base/random.h"
#include "karvan/base/text.h"
#include "karvan/load/directory.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

struct Workload {
  std::string name;
  plan::Question question;  // its departure is moved from day to day
};

struct Times {
  std::vector<double> ms;
  double quantile(double q) {
    std::ranges::sort(ms);
    return ms[static_cast<std::size_t>(q * static_cast<double>(ms.size() - 1))];
  }
};

void report(const std::string& name, Times& times, const std::string& rest) {
  std::printf("{\"workload\":\"%s\",\"median_ms\":%.3f,\"p99_ms\":%.3f,\"runs\":%zu%s}\n",
              name.c_str(), times.quantile(0.5), times.quantile(0.99), times.ms.size(),
              rest.c_str());
}

std::uint64_t hash(const plan::Answer& answer) {
  Fingerprint print;
  for (const Itinerary& it : answer.itineraries) {
    print.add(it.arrive.time_since_epoch().count());
    print.add(it.cost.value());
    print.add(it.co2e.value());
  }
  return print.value();
}

// False if an answer did not pass its judge.
bool run(const World& world, const plan::Planner& planner, const Workload& workload, int runs) {
  plan::Question question = workload.question;
  std::size_t options = 0;
  std::size_t labels = 0;
  std::uint64_t print = 0;
  Times times;
  for (int i = 0; i < runs; ++i) {
    question.depart = workload.question.depart + std::chrono::hours{17 * i};
    if (i < 5) {
      const plan::Answer judged = planner.answer(question);
      for (const std::string& fault : plan::verify(world, question, judged)) {
        std::printf("%s, run %d: %s\n", workload.name.c_str(), i, fault.c_str());
        return false;
      }
    }
    const Clock::time_point start = Clock::now();
    const plan::Answer answer = planner.answer(question);
    times.ms.push_back(milliseconds_since(start));
    options += answer.itineraries.size();
    labels += answer.statistics.labels_made;
    print = mix64(print ^ hash(answer));
  }
  const double n = runs;
  report(workload.name, times,
         ",\"options_mean\":" + format_fixed(static_cast<double>(options) / n, 1) +
             ",\"labels_mean\":" + format_fixed(static_cast<double>(labels) / n, 0) +
             ",\"hash\":\"" + std::to_string(print) + "\"");
  return true;
}

std::optional<plan::Planner> build(const World& world, const std::string& name) {
  std::optional<plan::Planner> planner;
  Times times;
  for (int i = 0; i < 7; ++i) {
    const Clock::time_point start = Clock::now();
    planner.emplace(world);
    times.ms.push_back(milliseconds_since(start));
  }
  report(name + "/planner", times, "");
  return planner;
}

struct Named {
  const char* name;
  const char* from;
  const char* to;
  const char* goods;
  double quantity;
  QuantityUnit unit;
};

constexpr Named kTitr[] = {
    {"xian_constanta_80teu", "xian", "constanta", "machinery", 80, QuantityUnit::kTeu},
    {"constanta_xian_20teu", "constanta", "xian", "machinery", 20, QuantityUnit::kTeu},
    {"xian_halkali_80teu", "xian", "halkali", "electronics", 80, QuantityUnit::kTeu},
    {"khorgos_duisburg_40teu", "khorgos_cn", "duisburg", "electronics", 40, QuantityUnit::kTeu},
    {"almaty_poti_copper", "almaty", "poti", "copper", 500, QuantityUnit::kTonnes},
    {"aktobe_mersin_30days", "aktobe", "mersin", "copper", 100, QuantityUnit::kTonnes},
    {"kostanay_mersin_wheat", "kostanay", "mersin", "wheat", 3000, QuantityUnit::kTonnes},
    {"tengiz_ceyhan_crude", "tengiz", "ceyhan", "crude", 20000, QuantityUnit::kTonnes},
    {"baku_odesa_polymers", "baku", "odesa", "polymers", 200, QuantityUnit::kTonnes},
};

bool load_titr() {
  Times times;
  for (int i = 0; i < 7; ++i) {
    Complaints complaints;
    const Clock::time_point start = Clock::now();
    const auto loaded = load::load_corridor("data/titr", complaints);
    times.ms.push_back(milliseconds_since(start));
    if (!loaded || !complaints.empty()) return false;
  }
  report("load/titr", times, "");
  return true;
}

bool titr(int runs) {
  Complaints complaints;
  const auto loaded = load::load_corridor("data/titr", complaints);
  if (!loaded) {
    std::printf("data/titr does not load: %zu complaints\n", complaints.size());
    return false;
  }
  const World world{loaded->corridor};
  const auto planner = build(world, "titr");
  for (const Named& named : kTitr) {
    const auto from = world.find<Place>(named.from);
    const auto to = world.find<Place>(named.to);
    const auto goods = world.find<Goods>(named.goods);
    if (!from || !to || !goods) continue;
    Workload workload{.name = std::string{"plan/titr/"} + named.name};
    workload.question.from = *from;
    workload.question.to = *to;
    workload.question.shipment = {.goods = *goods, .quantity = named.quantity, .unit = named.unit};
    workload.question.depart = Instant{*parse_date("2026-03-02")};
    if (!run(world, *planner, workload, runs)) return false;
  }
  return true;
}

// 200 places on a band, 300 services of two to five calls between neighbors, 92 days.
Corridor synthetic() {
  testing::CorridorBuilder b;
  RandomStream random{1, "plan_bench"};
  b.add_general_handling();
  for (Handling& row : b.corridor.handling)
    row.hours = {.a = 8};
  std::vector<Id<Place>> places;
  for (int i = 0; i < 200; ++i) {
    places.push_back(b.place("p" + std::to_string(i), b.country("C" + std::to_string(i / 25)),
                             std::chrono::minutes{60 * (i / 25)}));
  }
  const auto pick = [&random](std::int64_t lo, std::int64_t hi) {
    return random.uniform_int(lo, hi);
  };
  Corridor& c = b.corridor;
  for (int i = 0; i < 300; ++i) {
    const bool is_rail = pick(0, 3) > 0;
    Service row{.code = "s" + std::to_string(i),
                .operator_ = b.operator_of("o" + std::to_string(pick(0, 9))),
                .mode = is_rail ? Mode::kRail : Mode::kRoad,
                .departs = is_rail ? DepartureRule::kFrequency : DepartureRule::kOnDemand};
    if (is_rail) {
      row.gauge = Gauge{1520};
      row.departures_per_week = static_cast<double>(pick(1, 14));
    }
    const Id<Service> id = c.services.push_back(row);
    const std::int64_t step = pick(0, 1) == 0 ? -1 : 1;
    std::int64_t at = pick(0, 199);
    Id<Place> before;
    for (int k = 0; k < 5 && at >= 0 && at < 200; ++k, at += step * pick(1, 15)) {
      const Id<Place> here = places[static_cast<std::size_t>(at)];
      if (here == before) continue;
      Call call{.code = row.code + "_" + std::to_string(k),
                .service = id,
                .sequence = k + 1,
                .place = here};
      if (before.valid()) {
        const double km = static_cast<double>(pick(80, 900));
        call.links = {b.link(before, here, row.mode, Km{km}, Hours{km / 40})};
      }
      c.calls.push_back(call);
      before = here;
    }
    c.capacities.push_back(
        {.code = row.code, .service = id, .load_unit = b.unit("box40"), .units = 60});
    c.tariffs.push_back({.code = row.code,
                         .service = id,
                         .mode = row.mode,
                         .per_unit_km = Usd{static_cast<double>(pick(3, 12)) / 10}});
  }
  return std::move(b.corridor);
}

bool band(int runs) {
  const Corridor corridor = synthetic();
  const World world{corridor};
  const auto planner = build(world, "synthetic200");
  for (const auto& [from, to] : {std::pair{"p5", "p190"}, {"p180", "p12"}, {"p60", "p140"}}) {
    Workload workload{.name = std::string{"plan/synthetic200/"} + from + "_" + to};
    workload.question.from = *world.find<Place>(from);
    workload.question.to = *world.find<Place>(to);
    workload.question.shipment = {
        .goods = *world.find<Goods>("machinery"), .quantity = 40, .unit = QuantityUnit::kTeu};
    workload.question.depart = Instant{corridor.info.calendar_from};
    workload.question.days_max = 60;
    if (!run(world, *planner, workload, std::min(runs, 40))) return false;
  }
  return true;
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  const int runs = argc > 1 ? karvan::parse_int<int>(argv[1]).value_or(200) : 200;
  return karvan::load_titr() && karvan::titr(std::max(runs, 1)) && karvan::band(std::max(runs, 1))
             ? 0
             : 1;
}
