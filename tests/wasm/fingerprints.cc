// Goal: the engine has one history on every machine, WebAssembly in a browser included.
// Method: this program, built natively and as a module for node, prints what must be the same in
// both: draws of every law, a small corridor whose fingerprint is known, a quarter of the real one.
// Seconds, which differ, go to standard error.
//
//   fingerprints <corridor folder>

#include <array>
#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/base/hash.h"
#include "karvan/base/random.h"
#include "karvan/choice/alternatives.h"
#include "karvan/des/engine.h"
#include "karvan/des/sampler.h"
#include "karvan/load/directory.h"
#include "karvan/load/scenario.h"
#include "karvan/simulate/experiment.h"
#include "karvan/simulate/verify.h"
#include "karvan/testing/small_traffic.h"

namespace karvan {
namespace {

using Clock = std::chrono::steady_clock;

// Tells on standard error how long what ran since its making took.
class Stopwatch {
 public:
  explicit Stopwatch(const char* what) : what_{what} {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() {
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    static_cast<void>(std::fprintf(stderr, "%s: %.3f s\n", what_, seconds));
  }

 private:
  const char* what_;
  Clock::time_point begin_ = Clock::now();
};

bool fail(const std::string& why) {
  static_cast<void>(std::fprintf(stderr, "fingerprints: %s\n", why.c_str()));
  return false;
}

// Ten thousand draws of each law, from both sources.
bool print_draws() {
  using des::Sampler;
  const std::array<std::pair<const char*, Result<Sampler>>, 9> laws = {{
      {"uniform", Sampler::uniform(2, 5)},
      {"exponential", Sampler::exponential(3)},
      {"normal", Sampler::normal(0, 1)},
      {"lognormal", Sampler::lognormal(10, 7)},
      {"gamma", Sampler::gamma(0.7, 2)},
      {"weibull", Sampler::weibull(1.5, 2)},
      {"triangular", Sampler::triangular(1, 2, 6)},
      {"empirical", Sampler::empirical({1, 2, 2.5, 9})},
      {"discrete", Sampler::discrete({{.value = 1, .weight = 1}, {.value = 4, .weight = 2}})},
  }};
  for (const auto& [name, law] : laws) {
    if (!law) return fail(std::string{name} + ": " + law.error().message);
    Fingerprint all;
    RandomStream stream{1, name};
    des::Draws draws{des::draw_key(1, name), 17};
    for (int i = 0; i < 10'000; ++i) {
      all.add(law->sample(stream));
      all.add(law->sample(draws));
    }
    std::printf("draws of %s: %" PRIu64 "\n", name, all.value());
  }
  return true;
}

// HOLD: as many events as in the beginning are pending all the time, each handled puts in another.
void print_hold() {
  for (const std::uint32_t pending : {10U, 1000U, 100'000U}) {
    des::Engine engine;
    RandomStream random{1, "hold"};
    const auto span = [&random] { return random.uniform_int(0, 999'999); };
    for (std::uint32_t i = 0; i < pending; ++i)
      engine.at(span(), {1, i});
    engine.run([&](const des::Event& event) { engine.in(span(), event); }, {.events = 300'000});
    std::printf("hold with %" PRIu32 " pending: fingerprint %" PRIu64 "\n", pending,
                engine.fingerprint());
  }
}

// As one who has no threads runs replications.
void one_after_another(std::size_t n, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < n; ++i)
    work(i);
}

// Everything that counts in an answer, in one number.
std::uint64_t figures_fingerprint(const simulate::Answer& answer) {
  Fingerprint all;
  for (const simulate::Figure& figure : simulate::figures_of(answer)) {
    all.add(figure.name);
    all.add(figure.value);
  }
  return all.value();
}

bool print_runs(const char* name,
                const World& world,
                const simulate::Question& question,
                std::size_t runs) {
  std::optional<Stopwatch> watch{std::in_place, "plan and compile"};
  const auto compiled =
      simulate::Simulator::compile(world, question, choice::alternatives_from(world));
  if (!compiled.model) return fail(std::string{name} + ": " + compiled.errors.front());
  watch.emplace("simulate");
  const auto answers = simulate::replicate(*compiled.model, question, runs,
                                           {.for_each = one_after_another, .visit = {}});
  watch.reset();
  if (!answers) return fail(std::string{name} + ": " + answers.error().message);
  for (const simulate::Answer& answer : *answers) {
    std::printf("%s: fingerprint %" PRIu64 ", events %" PRIu64 ", shipments %" PRIu64
                ", figures %" PRIu64 "\n",
                name, answer.fingerprint, answer.engine_events, answer.shipments,
                figures_fingerprint(answer));
    if (!question.keep_events) continue;
    for (const std::string& fault : simulate::verify(world, question, answer))
      return fail(std::string{name} + ": " + fault);
  }
  return true;
}

bool print_small_corridor() {
  const Corridor corridor = testing::chancy_corridor();
  std::printf("small corridor expected %" PRIu64 "\n", testing::kChancyFingerprint);
  return print_runs("small corridor", World{corridor}, testing::month_of_march(), 2);
}

bool print_quarter(const std::string& folder) {
  Complaints complaints;
  std::optional<Stopwatch> watch{std::in_place, "load"};
  const load::Files files = load::read_folder(folder, complaints);
  const auto loaded = load::load_corridor(files, "corridor", complaints);
  if (!loaded) return fail(to_text(*complaints.begin()));
  const auto scenario = load::load_scenario(*loaded, files, "2024", complaints);
  if (!scenario) return fail(to_text(*complaints.begin()));
  watch.reset();
  const simulate::Question quarter{
      .from = *parse_date("2024-04-01"), .days = 91, .warm_up_days = 30};
  return print_runs("quarter", World{loaded->corridor, scenario->overlay}, quarter, 1);
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  if (argc != 2) {
    karvan::fail("expected one corridor folder");
    return 2;
  }
  if (!karvan::print_draws()) return 1;
  karvan::print_hold();
  return karvan::print_small_corridor() && karvan::print_quarter(argv[1]) ? 0 : 1;
}
