// A copy of a model's state is a snapshot: it has the same future, and living it disturbs nobody.

#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"
#include "karvan/des/span_stream.h"
#include "karvan/des/store.h"
#include "karvan/des/tank.h"

namespace karvan::des {
namespace {

// A yard with something of every block: trains claim a track, take a wagon, fill it from a tank,
// give up after a while in the queue, and put the wagon back. A plain value.
class Yard {
 public:
  explicit Yard(std::uint64_t seed)
      : gaps_{*Sampler::exponential(10), {seed, "gap"}, 1.0},
        stays_{*Sampler::lognormal(35, 20), {seed, "stay"}, 1.0},
        dice_{seed, "dice"} {
    for (Item wagon = 0; wagon < 5; ++wagon)
      wagons_.put(engine_, wagon, wagon % 2);
    engine_.in(gaps_.next(), {kArrive, 0});
    tank_.set_inflow(0, 2);
  }
  void run(const Limits& limits) {
    engine_.run([this](const Event& event) { handle(event); }, limits, trace_);
  }
  const Engine& engine() const { return engine_; }
  std::vector<TraceObserver::Entry> take_trace() { return std::exchange(trace_.entries, {}); }
  // All that statistics say, in one number.
  std::uint64_t statistics() const {
    const Time now = engine_.now();
    Fingerprint print;
    print.add(engine_.fingerprint());
    for (const WaitStatistics* waits : {&tracks_.wait_statistics(), &wagons_.wait_statistics()}) {
      EXPECT_TRUE(waits->obeys_little(now));
      print.add(waits->waits().mean());
      print.add(waits->waits().variance());
      print.add(waits->spans().quantile(0.9));
    }
    print.add(tracks_.busy_over_time().mean(now));
    print.add(tank_.level(now));
    EXPECT_TRUE(wagons_.conserves() && tank_.conserves(now));
    return print.value();
  }

 private:
  enum Kind : std::uint32_t { kArrive, kTrack, kWagon, kLeave, kTired };
  struct Train {
    Ticket track;
    Ticket wagon;
    EventId patience;
  };

  void handle(const Event& event) {
    const std::uint32_t id = event.subject;
    switch (event.kind) {
      case kArrive:
        return arrive();
      case kTrack:
        engine_.cancel(trains_[id].patience);
        return couple(id);
      case kWagon:
        return load(id);
      case kTired:
        tracks_.withdraw(engine_, trains_[id].track);
        return;
      default:
        wagons_.put_back(engine_, trains_[id].wagon);
        tracks_.release(engine_, trains_[id].track);
    }
  }
  void arrive() {
    const auto id = static_cast<std::uint32_t>(trains_.size());
    trains_.emplace_back();
    const auto priority = static_cast<Priority>(dice_.uniform_int(6, 9));
    trains_[id].track = tracks_.request(engine_, {.granted = {kTrack, id}, .priority = priority});
    if (tracks_.holds(trains_[id].track)) {
      couple(id);
    } else {
      trains_[id].patience = engine_.in(50, {kTired, id});
    }
    engine_.in(gaps_.next(), {kArrive, 0});
  }
  void couple(std::uint32_t id) {
    trains_[id].wagon = wagons_.take(engine_, {.served = {kWagon, id}, .kinds = 1U + id % 3});
    if (wagons_.is_served(trains_[id].wagon)) load(id);
  }
  void load(std::uint32_t id) {
    tank_.remove(engine_.now(), dice_.uniform_int(0, 30));
    engine_.in(stays_.next(), {kLeave, id});
  }

  Engine engine_;
  Resource tracks_{0, 4};
  Store wagons_{0};
  Tank tank_{0, {.capacity = 500}};
  SpanStream gaps_;
  SpanStream stays_;
  RandomStream dice_;
  std::vector<Train> trains_;
  TraceObserver trace_;
};

TEST(Snapshot, HasTheFutureOfTheOriginal) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Yard uninterrupted{seed};
    uninterrupted.run({.until = 100'000});
    Yard yard{seed};
    // Cut anywhere, between two events of one instant too, while wake-ups wait and keys lie dead.
    for (const std::uint64_t cut : {1U, 777U, 778U, 779U, 780U, 15'000U}) {
      yard.run({.events = cut - yard.engine().events()});
      const Yard snapshot = yard;
      Yard branch = snapshot;
      yard.take_trace();
      branch.take_trace();
      branch.run({.until = 100'000});
      EXPECT_EQ(branch.statistics(), uninterrupted.statistics()) << seed << " cut at " << cut;
      // The original has not noticed, and neither has the snapshot.
      Yard again = snapshot;
      again.take_trace();
      again.run({.until = 100'000});
      EXPECT_EQ(again.take_trace(), branch.take_trace());
    }
    yard.run({.until = 100'000});
    EXPECT_EQ(yard.statistics(), uninterrupted.statistics());
  }
}

TEST(Snapshot, BranchesOfOneStateDifferOnlyByWhatIsDoneToThem) {
  Yard yard{4};
  yard.run({.until = 1000});
  Yard as_it_is = yard;
  Yard disturbed = yard;
  disturbed.run({.until = 2000});
  disturbed = yard;  // over a state that has moved on
  as_it_is.run({.until = 5000});
  disturbed.run({.until = 5000});
  EXPECT_EQ(as_it_is.statistics(), disturbed.statistics());
}

}  // namespace
}  // namespace karvan::des
