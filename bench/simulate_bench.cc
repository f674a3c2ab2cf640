// How long a year of the corridor takes: data/titr in 2024 after 90 days of warm-up, with the
// demand as it is, ten- and hundredfold; compiling it, running it, copying nothing else. The first
// run of each has passed the auditor before any is timed.
//
//   simulate_bench [runs]      from the root of the checkout; one JSON line a workload
//   simulate_bench counted     what bench/instructions counts: the model compiled once, and 30 days
//                              after 30 of warm-up

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "karvan/base/heap.h"
#include "karvan/base/text.h"
#include "karvan/choice/alternatives.h"
#include "karvan/load/directory.h"
#include "karvan/load/scenario.h"
#include "karvan/simulate/experiment.h"
#include "karvan/simulate/verify.h"

namespace karvan {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

simulate::Question year_2024(double demand) {
  return {.from = *parse_date("2024-01-01"), .days = 366, .demand_factor = demand};
}

// False if the run failed or the auditor objects.
bool audited(const World& world, const simulate::Simulator::Compiled& model, double demand) {
  simulate::Question question = year_2024(demand);
  question.keep_events = true;
  const Result<simulate::Answer> answer = simulate::Simulator::run(*model.model, question);
  if (!answer) {
    std::printf("run: %s\n", answer.error().message.c_str());
    return false;
  }
  const std::vector<std::string> faults = simulate::verify(world, question, *answer);
  for (const std::string& fault : faults)
    std::printf("%s\n", fault.c_str());
  return faults.empty();
}

bool time_year(const World& world, double demand, int runs) {
  const simulate::Question question = year_2024(demand);
  const Clock::time_point start = Clock::now();
  const auto model =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  const double compiling = seconds_since(start);
  if (!model.model) {
    for (const std::string& error : model.errors)
      std::printf("%s\n", error.c_str());
    return false;
  }
  if (demand <= 1 && !audited(world, model, demand)) return false;
  std::vector<double> times;
  std::uint64_t events = 0;
  std::uint64_t shipments = 0;
  double tonnes = 0;
  for (int i = 0; i < runs; ++i) {
    simulate::Question one = question;
    one.replication = static_cast<std::uint64_t>(i);
    const Clock::time_point begin = Clock::now();
    const Result<simulate::Answer> answer = simulate::Simulator::run(*model.model, one);
    times.push_back(seconds_since(begin));
    if (!answer) return false;
    events += answer->engine_events;
    shipments += answer->shipments;
    tonnes += answer->tonnes_delivered;
  }
  std::ranges::sort(times);
  double sum = 0;
  for (const double time : times)
    sum += time;
  std::printf(
      "{\"workload\":\"simulate/titr_2024_x%s\",\"runs\":%d,\"compile_s\":%s,\"median_s\":%s,"
      "\"ns_per_event\":%s,\"events\":%s,\"shipments\":%s,\"mt\":%s,\"peak_mb\":%s}\n",
      format_fixed(demand, 0).c_str(), runs, format_fixed(compiling, 2).c_str(),
      format_fixed(times[times.size() / 2], 3).c_str(),
      format_fixed(sum / static_cast<double>(events) * 1e9, 0).c_str(),
      format_fixed(static_cast<double>(events) / runs, 0).c_str(),
      format_fixed(static_cast<double>(shipments) / runs, 0).c_str(),
      format_fixed(tonnes / runs / 1e6, 1).c_str(), format_fixed(megabytes(), 0).c_str());
  return true;
}

// Twenty replications on one thread and on two, with the same answers.
bool time_threads(const World& world) {
  const simulate::Question question = year_2024(1);
  const auto model =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  if (!model.model) return false;
  const auto on = [&](unsigned count) {
    return simulate::ForEach{[count](std::size_t n, const auto& work) {
      std::atomic<std::size_t> next{0};
      const auto take = [&] {
        for (std::size_t i = next++; i < n; i = next++)
          work(i);
      };
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < count; ++i)
        others.emplace_back(take);
      take();
    }};
  };
  std::vector<double> times;
  std::vector<std::uint64_t> prints;
  for (const unsigned count : {1U, 2U}) {
    const Clock::time_point begin = Clock::now();
    const auto answers = simulate::replicate(*model.model, question, 20, {.for_each = on(count)});
    times.push_back(seconds_since(begin));
    if (!answers) return false;
    std::uint64_t print = 0;
    for (const simulate::Answer& answer : *answers)
      print = print * 31 + answer.fingerprint;
    prints.push_back(print);
  }
  std::printf(
      "{\"workload\":\"simulate/20_replications\",\"one_thread_s\":%s,\"two_threads_s\":%s,"
      "\"ratio\":%s,\"same\":%s}\n",
      format_fixed(times[0], 2).c_str(), format_fixed(times[1], 2).c_str(),
      format_fixed(times[0] / times[1], 2).c_str(), prints[0] == prints[1] ? "true" : "false");
  return prints[0] == prints[1];
}

// A copy of the corridor as it stands in the middle of the year.
bool time_branch(const World& world, int runs) {
  const simulate::Question question = year_2024(1);
  const auto model =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  if (!model.model) return false;
  simulate::Live live{model.model, question};
  if (live.run_until(Instant{*parse_date("2024-07-01")})) return false;
  std::vector<double> times;
  std::uint64_t print = 0;
  for (int i = 0; i < runs; ++i) {
    const Clock::time_point begin = Clock::now();
    simulate::Live copy = live.branch();
    times.push_back(seconds_since(begin));
    if (i > 0) continue;
    const auto answer = copy.finish();
    if (!answer) return false;
    print = answer->fingerprint;
  }
  const auto answer = live.finish();
  const bool is_same = answer && answer->fingerprint == print;
  std::ranges::sort(times);
  std::printf("{\"workload\":\"simulate/branch\",\"runs\":%d,\"median_ms\":%s,\"same\":%s}\n", runs,
              format_fixed(times[times.size() / 2] * 1e3, 2).c_str(), is_same ? "true" : "false");
  return is_same;
}

// The names that bench/instructions counts within.
[[gnu::noinline]] simulate::Simulator::Compiled counted_compiling(
    const World& world, const simulate::Question& question) {
  return simulate::Simulator::compile(world, question, choice::alternatives_from(world));
}
[[gnu::noinline]] Result<simulate::Answer> counted_month(const simulate::detail::Model& model,
                                                         const simulate::Question& question) {
  return simulate::Simulator::run(model, question);
}

bool run_counted(const World& world) {
  simulate::Question question = year_2024(1);
  question.days = 30;
  question.warm_up_days = 30;
  const auto model = counted_compiling(world, question);
  if (!model.model) return false;
  const auto answer = counted_month(*model.model, question);
  if (!answer) return false;
  std::printf("{\"events\":%llu,\"fingerprint\":%llu}\n",
              static_cast<unsigned long long>(answer->engine_events),
              static_cast<unsigned long long>(answer->fingerprint));
  return true;
}

// `runs` of 0: what is counted.
bool run_all(int runs) {
  Complaints complaints;
  const load::Files files = load::read_folder("data/titr", complaints);
  const auto loaded = load::load_corridor(files, "data/titr", complaints);
  if (!loaded) return false;
  const auto scenario = load::load_scenario(*loaded, files, "2024", complaints);
  if (!scenario) return false;
  const World world{loaded->corridor, scenario->overlay};
  if (runs == 0) return run_counted(world);
  return time_year(world, 1, runs) && time_branch(world, runs) && time_threads(world) &&
         time_year(world, 10, 2) && time_year(world, 100, 1);
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  karvan::keep_heap();
  if (argc > 1 && std::string_view{argv[1]} == "counted") return karvan::run_all(0) ? 0 : 1;
  const int runs = argc > 1 ? karvan::parse_int<int>(argv[1]).value_or(0) : 10;
  if (runs < 1) {
    std::printf("usage: simulate_bench [runs | counted]\n");
    return 2;
  }
  return karvan::run_all(runs) ? 0 : 1;
}
