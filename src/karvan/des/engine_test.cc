#include "karvan/des/engine.h"

#include <atomic>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/base/random.h"

namespace karvan::des {
namespace {

TEST(Engine, TellsTimeAndOrder) {
  Engine engine{100};
  engine.in(5, {1, 0});
  engine.at(103, {2, 0});
  TraceObserver trace;
  const auto ignore = [](const Event&) {};
  EXPECT_EQ(engine.run(ignore, {}, trace), StopReason::kIdle);
  EXPECT_EQ(trace.entries, (std::vector<TraceObserver::Entry>{{103, {2, 0}}, {105, {1, 0}}}));
  EXPECT_EQ(engine.now(), 105);
  EXPECT_EQ(engine.events(), 2U);
}

// Goal: a handler hears before each event what follows it. Method: events none of which schedules
// another, so that what is foreseen must come.
struct Foreseer {
  std::vector<Event> handled;
  std::vector<Event> next;
  std::vector<Event> later;

  void operator()(const Event& event) { handled.push_back(event); }
  void foresee_next(const Event& event) { next.push_back(event); }
  void foresee_later(const Event& event) { later.push_back(event); }
};

TEST(Engine, ForetellsTheNextTwoEvents) {
  Engine engine;
  for (std::uint32_t i = 0; i < 20; ++i)
    engine.at((i * 7) % 20, {1, i});
  Foreseer handler;
  engine.run(handler);
  ASSERT_EQ(handler.handled.size(), 20U);
  EXPECT_EQ(handler.next, (std::vector<Event>(handler.handled.begin() + 1, handler.handled.end())));
  EXPECT_EQ(handler.later,
            (std::vector<Event>(handler.handled.begin() + 2, handler.handled.end())));
}

// Goal: the FIFO beside the queue changes nothing. Method: a model that wakes, schedules at once
// with any priority and schedules later, run with wake() and with at(now).
std::vector<TraceObserver::Entry> chatter(bool with_fifo) {
  Engine engine;
  RandomStream random{7, "chatter"};
  std::uint32_t next = 0;
  for (int i = 0; i < 50; ++i)
    engine.at(random.uniform_int(0, 20), {0, next++});
  TraceObserver trace;
  const auto handle = [&](const Event&) {
    if (next > 20'000) return;
    const std::int64_t dice = random.uniform_int(0, 9);
    if (dice < 4 && with_fifo) engine.wake({1, next++});
    if (dice < 4 && !with_fifo) engine.at(engine.now(), {1, next++});
    if (dice == 5) {
      engine.at(engine.now(), {2, next++}, static_cast<Priority>(random.uniform_int(0, 15)));
    }
    if (dice > 2) engine.in(random.uniform_int(0, 5), {3, next++});
  };
  engine.run(handle, {}, trace);
  return trace.entries;
}

TEST(Engine, WakeUpsComeInTheOrderOfOneList) {
  const auto with = chatter(true);
  EXPECT_GT(with.size(), 15'000U);
  EXPECT_EQ(with, chatter(false));
}

TEST(Engine, StopsAtItsLimitsAndGoesOn) {
  Engine engine;
  const auto tick = [&engine](const Event& event) { engine.in(10, event); };
  engine.at(0, {0, 0});
  EXPECT_EQ(engine.run(tick, {.until = 100}), StopReason::kTimeLimit);
  EXPECT_EQ(engine.events(), 11U);
  EXPECT_EQ(engine.now(), 100);
  EXPECT_EQ(engine.run(tick, {.until = 105}), StopReason::kTimeLimit);
  EXPECT_EQ(engine.now(), 105);
  EXPECT_EQ(engine.run(tick, {.until = 50}), StopReason::kTimeLimit);
  EXPECT_EQ(engine.now(), 105);
  EXPECT_EQ(engine.run(tick, {.events = 7}), StopReason::kEventLimit);
  EXPECT_EQ(engine.events(), 18U);
  std::atomic<bool> stop = true;
  EXPECT_EQ(engine.run(tick, {.stop = &stop}), StopReason::kStopped);
  EXPECT_EQ(engine.events(), 18U);
}

TEST(Engine, PulsesReportProgressAndCanStop) {
  struct ThreePulses : NoObserver {
    std::vector<std::uint64_t> seen;
    bool pulse(const Progress& progress) {
      seen.push_back(progress.events);
      return seen.size() < 3;
    }
  };
  Engine engine;
  ThreePulses observer;
  engine.at(0, {0, 0});
  const auto tick = [&engine](const Event& event) { engine.in(1, event); };
  EXPECT_EQ(engine.run(tick, {.events_between_pulses = 100}, observer), StopReason::kStopped);
  EXPECT_EQ(observer.seen, (std::vector<std::uint64_t>{100, 200, 300}));
}

TEST(Engine, ACircleOfZeroDelaysIsNoticed) {
  Engine engine;
  engine.at(3, {0, 0});
  const auto again = [&engine](const Event& event) { engine.wake(event); };
  EXPECT_EQ(engine.run(again, {.events_at_one_instant = 1000}), StopReason::kNoProgress);
  EXPECT_EQ(engine.now(), 3);
}

std::uint64_t fingerprint_of(int slices, Time last) {
  Engine engine;
  RandomStream random{1, "fingerprint"};
  for (std::uint32_t i = 0; i < 20; ++i)
    engine.at(random.uniform_int(0, 9), {1, i});
  const auto handle = [&](const Event& event) { engine.in(random.uniform_int(0, 99), event); };
  for (int i = 1; i <= slices; ++i)
    engine.run(handle, {.until = last * i / slices});
  return engine.fingerprint();
}

TEST(Engine, TheFingerprintIsThatOfTheHistoryAndTheSameEverywhere) {
  EXPECT_EQ(fingerprint_of(1, 10'000), fingerprint_of(13, 10'000));
  EXPECT_NE(fingerprint_of(1, 10'000), fingerprint_of(1, 10'100));
  EXPECT_EQ(fingerprint_of(1, 10'000), 17353923326746703243U);
}

TEST(Engine, ABranchDoesNotDisturbItsParent) {
  Engine engine;
  for (std::uint32_t i = 0; i < 100; ++i)
    engine.at(i, {0, i});
  Engine branch = engine;
  branch.run([&branch](const Event& event) {
    if (event.kind == 0) branch.in(7, {1, event.subject});
  });
  EXPECT_EQ(branch.events(), 200U);
  EXPECT_EQ(engine.now(), 0);
  engine.run([](const Event&) {});
  EXPECT_EQ(engine.events(), 100U);
}

}  // namespace
}  // namespace karvan::des
