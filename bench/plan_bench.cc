// How long a plan takes, and loading what it is asked of. CPU time of one core. From the root of
// the checkout; one JSON line a workload:
//
//   plan_bench [runs [part...]]   all parts, or some:
//     titr        data/titr read and compiled; named questions, each on many departure days: asked
//                 for the first time, again on another day, within 5 %, with the laws of all
//                 arrivals, and over a window of 14 days
//     demand      the same for what each row of its demand asks, once
//     band        a synthetic corridor of 200 places and 92 days
//     continent   1,000 places, 2,000 services, 180 days; random pairs, one question each
//     growth      data/titr and the continent with ten and a hundred times the departures
//   plan_bench counted            what bench/instructions counts
//
// The first answers of each workload pass the judge before any is timed.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "karvan/base/hash.h"
#include "karvan/base/heap.h"
#include "karvan/base/random.h"
#include "karvan/base/text.h"
#include "karvan/load/directory.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/continent.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan {
namespace {

constexpr std::size_t kJudged = 5;

// Time of this process on a processor: other work on a shared machine does not count.
double cpu_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

struct Times {
  std::vector<double> ms;
  double quantile(double q) {
    std::ranges::sort(ms);
    return ms[static_cast<std::size_t>(q * static_cast<double>(ms.size() - 1))];
  }
};

template <class Work>
double timed(Work work) {
  const double start = cpu_ms();
  work();
  return cpu_ms() - start;
}

void report(const std::string& name, Times& times, const std::string& rest) {
  std::printf("{\"workload\":\"%s\",\"median_ms\":%.3f,\"p99_ms\":%.3f,\"runs\":%zu%s}\n",
              name.c_str(), times.quantile(0.5), times.quantile(0.99), times.ms.size(),
              rest.c_str());
  std::fflush(stdout);
}

std::uint64_t hash(const plan::Answer& answer) {
  Fingerprint print;
  for (const Itinerary& it : answer.itineraries) {
    print.add(it.arrive.time_since_epoch().count());
    print.add(it.cost.value());
    print.add(it.co2e.value());
    print.add(it.miss_risk);
  }
  return print.value();
}

// Asked by one who has not asked about this lane before, or has.
enum class Asked { kFirst, kAgain };

// The answers of a planner to a list of questions; with a book, their laws too. False if one of the
// first did not pass its judge.
bool run(const std::string& name,
         const World& world,
         const plan::Planner& planner,
         std::span<const plan::Question> questions,
         Asked asked,
         const plan::ReliabilityBook* book = nullptr) {
  std::size_t options = 0;
  std::size_t most = 0;
  std::size_t labels = 0;
  std::uint64_t print = 0;
  Times times;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (i < kJudged) {
      const plan::Answer judged = planner.answer_unexplained(questions[i]);
      for (const std::string& fault : plan::verify(world, questions[i], judged)) {
        std::printf("%s, question %zu: %s\n", name.c_str(), i, fault.c_str());
        return false;
      }
    }
    plan::Answer answer;
    times.ms.push_back(timed([&] {
      plan::Planner::Memory fresh;
      answer = asked == Asked::kFirst ? planner.answer_unexplained(questions[i], fresh)
                                      : planner.answer_unexplained(questions[i]);
      if (book != nullptr) static_cast<void>(book->assess(answer.itineraries, {}));
    }));
    options += answer.itineraries.size();
    most = std::max(most, answer.itineraries.size());
    labels += answer.statistics.labels_made;
    print = mix64(print ^ hash(answer));
  }
  const auto n = static_cast<double>(questions.size());
  report(name, times,
         ",\"options_mean\":" + format_fixed(static_cast<double>(options) / n, 1) +
             ",\"options_max\":" + std::to_string(most) +
             ",\"labels_mean\":" + format_fixed(static_cast<double>(labels) / n, 0) +
             ",\"hash\":\"" + std::to_string(print) + "\"");
  return true;
}

std::optional<plan::Planner> build(const World& world, const std::string& name, int runs) {
  std::optional<plan::Planner> planner;
  Times times;
  for (int i = 0; i < runs; ++i) {
    planner.reset();
    times.ms.push_back(timed([&] { planner.emplace(world); }));
  }
  const plan::Answer none =
      planner->answer_unexplained({.from = Id<Place>{0},
                                   .to = Id<Place>{0},
                                   .shipment = {.goods = Id<Goods>{0}, .quantity = 1}});
  report(name + "/planner", times, ",\"voyages\":" + std::to_string(none.statistics.voyages));
  return planner;
}

// --- data/titr

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

plan::Question question_of(const World& world, const Named& named) {
  return {.from = *world.find<Place>(named.from),
          .to = *world.find<Place>(named.to),
          .shipment = {.goods = *world.find<Goods>(named.goods),
                       .quantity = named.quantity,
                       .unit = named.unit},
          .depart = Instant{*parse_date("2026-03-02")}};
}

std::vector<plan::Question> on_many_days(plan::Question question, int days) {
  std::vector<plan::Question> list;
  for (int i = 0; i < days; ++i) {
    list.push_back(question);
    question.depart += std::chrono::hours{17};
  }
  return list;
}

// Of each row of the demand one batch, one after another over a year.
std::vector<plan::Question> demanded(const World& world) {
  std::vector<plan::Question> list;
  plan::Question question{.depart = Instant{*parse_date("2026-01-10")}};
  for (const Id<Demand> id : world.ids<Demand>()) {
    const Demand& row = world[id];
    question.from = row.from;
    question.to = row.to;
    question.shipment = {
        .goods = row.goods,
        .quantity = row.batch,
        .unit = row.unit == DemandUnit::kTeu ? QuantityUnit::kTeu : QuantityUnit::kTonnes};
    list.push_back(question);
    question.depart += std::chrono::hours{17};
  }
  return list;
}

std::optional<Corridor> load_titr() {
  Complaints complaints;
  auto loaded = load::load_corridor("data/titr", complaints);
  if (!loaded || !complaints.empty()) {
    std::printf("data/titr does not load: %zu complaints\n", complaints.size());
    return std::nullopt;
  }
  return std::move(loaded->corridor);
}

bool titr(int runs) {
  Times times;
  std::optional<Corridor> corridor;
  for (int i = 0; i < 7; ++i)
    times.ms.push_back(timed([&] { corridor = load_titr(); }));
  if (!corridor) return false;
  report("load/titr", times, "");
  const World world{*corridor};
  const auto planner = build(world, "titr", 7);
  const plan::ReliabilityBook book{*planner};
  for (const Named& named : kTitr) {
    const std::vector<plan::Question> questions = on_many_days(question_of(world, named), runs);
    const std::string name = std::string{"plan/titr/"} + named.name;
    std::vector<plan::Question> tolerant = questions;
    for (plan::Question& question : tolerant)
      question.tolerance = 0.05;
    plan::Question window = questions.front();
    window.window = std::chrono::days{14};
    const std::vector<plan::Question> windows = on_many_days(window, std::min(runs, 3));
    const bool is_sound = run(name, world, *planner, questions, Asked::kFirst) &&
                          run(name + "/again", world, *planner, questions, Asked::kAgain) &&
                          run(name + "/within_5%", world, *planner, tolerant, Asked::kAgain) &&
                          run(name + "/laws", world, *planner, questions, Asked::kFirst, &book) &&
                          run(name + "/window_14d", world, *planner, windows, Asked::kFirst);
    if (!is_sound) return false;
  }
  return true;
}

bool demand(int) {
  const auto corridor = load_titr();
  if (!corridor) return false;
  const World world{*corridor};
  const plan::Planner planner{world};
  const plan::ReliabilityBook book{planner};
  const std::vector<plan::Question> questions = demanded(world);
  return run("plan/titr/demand", world, planner, questions, Asked::kFirst) &&
         run("plan/titr/demand/laws", world, planner, questions, Asked::kFirst, &book);
}

// --- made corridors

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
  const auto planner = build(world, "synthetic200", 7);
  for (const auto& [from, to] : {std::pair{"p5", "p190"}, {"p180", "p12"}, {"p60", "p140"}}) {
    const plan::Question question{.from = *world.find<Place>(from),
                                  .to = *world.find<Place>(to),
                                  .shipment = {.goods = *world.find<Goods>("machinery"),
                                               .quantity = 40,
                                               .unit = QuantityUnit::kTeu},
                                  .depart = Instant{corridor.info.calendar_from},
                                  .days_max = 60};
    if (!run(std::string{"plan/synthetic200/"} + from + "_" + to, world, *planner,
             on_many_days(question, std::min(runs, 40)), Asked::kFirst))
      return false;
  }
  return true;
}

// Random pairs of places on random days of the first two months.
std::vector<plan::Question> random_questions(const World& world, int count) {
  RandomStream random{1, "plan_bench/pairs"};
  const auto place = [&] {
    const auto last = static_cast<std::int64_t>(world.size<Place>()) - 1;
    return Id<Place>{static_cast<std::uint32_t>(random.uniform_int(0, last))};
  };
  std::vector<plan::Question> list;
  while (std::ssize(list) < count) {
    plan::Question question{.shipment = {.goods = *world.find<Goods>("machinery"),
                                         .quantity = 40,
                                         .unit = QuantityUnit::kTeu},
                            .days_max = 60};
    question.from = place();
    question.to = place();
    question.depart =
        Instant{world.info().calendar_from} + std::chrono::hours{random.uniform_int(0, 60 * 24)};
    if (question.from != question.to) list.push_back(question);
  }
  return list;
}

bool run_continent(const std::string& name, const testing::ContinentSize& size, int runs) {
  const Corridor corridor = testing::continent(size);
  const World world{corridor};
  const auto planner = build(world, name, 3);
  const std::vector<plan::Question> questions = random_questions(world, runs);
  std::vector<plan::Question> tolerant = questions;
  for (plan::Question& question : tolerant)
    question.tolerance = 0.05;
  return run("plan/" + name, world, *planner, questions, Asked::kFirst) &&
         run("plan/" + name + "/within_5%", world, *planner, tolerant, Asked::kFirst);
}

bool continent(int runs) {
  return run_continent("continent", {}, runs);
}

// Departures so many times as frequent.
bool run_grown_titr(double growth, int runs) {
  auto corridor = load_titr();
  if (!corridor) return false;
  for (const Id<Service> id : corridor->services.ids()) {
    std::optional<double>& often = corridor->services[id].departures_per_week;
    if (often) *often *= growth;
  }
  const World world{*corridor};
  const std::string name = "titr_x" + format_fixed(growth, 0);
  const auto planner = build(world, name, 3);
  for (const Named& named : std::span{kTitr}.first(2)) {
    if (!run("plan/" + name + "/" + named.name, world, *planner,
             on_many_days(question_of(world, named), std::min(runs, 20)), Asked::kFirst))
      return false;
  }
  return true;
}

bool growth(int runs) {
  return run_grown_titr(1, runs) && run_grown_titr(10, runs) && run_grown_titr(100, runs) &&
         run_continent("continent_x10", {.growth = 10}, std::min(runs, 20));
}

// --- the door

// The name that bench/instructions counts within.
[[gnu::noinline]] std::size_t counted_front(const plan::Planner& planner,
                                            const plan::Question& question) {
  return planner.answer_unexplained(question).itineraries.size();
}

[[gnu::noinline]] void counted_laws(const plan::ReliabilityBook& book, const plan::Answer& answer) {
  static_cast<void>(book.assess(answer.itineraries, {}));
}

int run_counted() {
  const auto corridor = load_titr();
  if (!corridor) return 1;
  const World world{*corridor};
  const plan::Planner planner{world};
  const plan::ReliabilityBook book{planner};
  for (const Named& named : kTitr) {
    const plan::Question question = question_of(world, named);
    std::printf("%s: %zu options\n", named.name, counted_front(planner, question));
    counted_laws(book, planner.answer_unexplained(question));
  }
  return 0;
}

struct Part {
  std::string_view name;
  bool (*run)(int runs);
};
constexpr Part kParts[] = {{"titr", titr},
                           {"demand", demand},
                           {"band", band},
                           {"continent", continent},
                           {"growth", growth}};

int run_parts(int runs, std::span<char*> names) {
  for (const Part& part : kParts) {
    const bool is_asked =
        names.empty() || std::ranges::find(names, part.name, [](const char* name) {
                           return std::string_view{name};
                         }) != names.end();
    if (is_asked && !part.run(runs)) return 1;
  }
  return 0;
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  karvan::keep_heap();
  const std::span<char*> arguments{argv + 1, static_cast<std::size_t>(argc - 1)};
  if (!arguments.empty() && std::string_view{arguments[0]} == "counted")
    return karvan::run_counted();
  const int runs = arguments.empty() ? 200 : karvan::parse_int<int>(arguments[0]).value_or(0);
  if (runs < 1) {
    std::printf("usage: plan_bench [runs [part...] | counted]\n");
    return 2;
  }
  return karvan::run_parts(runs, arguments.subspan(arguments.empty() ? 0 : 1));
}
