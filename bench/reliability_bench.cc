// How long it takes to say how surely the options of a front arrive, and to make a policy, on
// data/titr. Fronts are widened with options of neighboring days to the size that is asked about.
//
//   reliability_bench [runs]      from the root of the checkout; one JSON line a workload

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "karvan/base/hash.h"
#include "karvan/base/heap.h"
#include "karvan/base/text.h"
#include "karvan/load/directory.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/drawn_arrivals.h"

namespace karvan {
namespace {

// Time of this process on a processor: other work on a shared machine does not count.
double cpu_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

template <class Work>
std::vector<double> timed(int runs, Work work) {
  std::vector<double> ms;
  for (int i = 0; i < runs; ++i) {
    const double start = cpu_ms();
    work(i);
    ms.push_back(cpu_ms() - start);
  }
  std::ranges::sort(ms);
  return ms;
}

void report(const std::string& name, const std::vector<double>& ms, const std::string& rest) {
  const auto at = [&](double q) {
    return ms[static_cast<std::size_t>(q * static_cast<double>(ms.size() - 1))];
  };
  std::printf("{\"workload\":\"%s\",\"median_ms\":%.3f,\"p99_ms\":%.3f,\"runs\":%zu%s}\n",
              name.c_str(), at(0.5), at(0.99), ms.size(), rest.c_str());
}

plan::Question asked(const World& world, const char* from, const char* to, const char* goods) {
  return {.from = *world.find<Place>(from),
          .to = *world.find<Place>(to),
          .shipment = {.goods = *world.find<Goods>(goods), .quantity = 200},
          .depart = Instant{*parse_date("2026-03-02")}};
}

// Options of one question, over so many days that there are sixty.
std::vector<Itinerary> sixty(const World& world,
                             const plan::Planner& planner,
                             plan::Question question) {
  std::vector<Itinerary> options;
  while (options.size() < 60) {
    const plan::Answer answer = planner.answer(question);
    for (const std::string& fault : plan::verify(world, question, answer))
      std::printf("%s\n", fault.c_str());
    options.insert(options.end(), answer.itineraries.begin(), answer.itineraries.end());
    question.depart += std::chrono::hours{17};
  }
  options.resize(60);
  return options;
}

void fronts(const World& world,
            const plan::Planner& planner,
            const plan::ReliabilityBook& book,
            const char* step,
            int runs) {
  for (const auto& [from, to, goods] : {std::tuple{"xian", "constanta", "machinery"},
                                        {"khorgos_cn", "duisburg", "electronics"},
                                        {"kostanay", "mersin", "wheat"}}) {
    const std::vector<Itinerary> options = sixty(world, planner, asked(world, from, to, goods));
    const plan::Terms terms{.deadline = options.front().arrive + std::chrono::hours{48},
                            .penalty_per_day = Usd{1000}};
    const std::string name = std::string{"reliability/titr/"} + from + "_" + to + step;
    std::size_t legs = 0;
    for (const Itinerary& it : options)
      legs += it.legs.size();
    Fingerprint print;
    for (const plan::Reliability& r : book.assess(options, terms)) {
      print.add(r.on_time);
      print.add(r.mean.time_since_epoch().count());
    }
    report(name + "/front_of_60",
           timed(runs, [&](int) { static_cast<void>(book.assess(options, terms)); }),
           ",\"legs_mean\":" + format_fixed(static_cast<double>(legs) / 60, 1) + ",\"hash\":\"" +
               std::to_string(print.value()) + "\"");
    report(name + "/one",
           timed(runs * 10,
                 [&](int i) {
                   static_cast<void>(book.assess(options[static_cast<std::size_t>(i) % 60], terms));
                 }),
           "");
  }
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  karvan::keep_heap();
  using namespace karvan;
  const int runs = argc > 1 ? std::max(1, parse_int<int>(argv[1]).value_or(50)) : 50;
  Complaints complaints;
  const auto loaded = load::load_corridor("data/titr", complaints);
  if (!loaded) return 1;
  const World world{loaded->corridor};
  const plan::Planner planner{world};
  report("reliability/titr/book", timed(5, [&](int) { const plan::ReliabilityBook made{planner}; }),
         "");
  for (const auto& [step, name] : {std::pair{60, ""}, {20, "/step_20"}})
    fronts(world, planner, plan::ReliabilityBook{planner, {}, step}, name, runs);
  const plan::ReliabilityBook book{planner};

  const plan::Question question = asked(world, "xian", "constanta", "machinery");
  const Itinerary option = planner.answer(question).itineraries.front();
  const plan::Terms terms{.deadline = option.arrive};
  const testing::DrawnArrivals oracle{world, option, terms};
  report("reliability/titr/xian_constanta/10000_draws",
         timed(3,
               [&](int) {
                 for (std::uint64_t i = 0; i < 10'000; ++i)
                   static_cast<void>(oracle.draw(i));
               }),
         "");
  const plan::ReliabilityBook coarse{planner, {}, 240};
  for (const auto& [days, grid, name] : {std::tuple{60, &coarse, "60_days_step_240"},
                                         {120, &coarse, "120_days_step_240"},
                                         {60, &book, "60_days_step_60"}}) {
    plan::Question asks = question;
    asks.days_max = days;
    std::size_t states = 0;
    const std::vector<double> ms = timed(std::max(1, runs / 10), [&](int) {
      states = plan::policy(*grid, asks, {.deadline = option.arrive + std::chrono::hours{72}})
                   .states.size();
    });
    report(std::string{"policy/titr/xian_constanta/"} + name, ms,
           ",\"states\":" + std::to_string(states));
  }
  return 0;
}
