// Stations and networks in the steady state against their closed forms. No tolerance is chosen by
// hand: replications are added until the interval of each mean, at 99.95 % from their own scatter,
// is as narrow as the stated error, and then the truth must lie within it. Seeds are fixed; each
// replication begins empty and forgets its first part.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/des/draws.h"
#include "karvan/des/engine.h"
#include "karvan/des/intervals.h"
#include "karvan/des/resource.h"
#include "karvan/des/sampler.h"
#include "karvan/des/statistics.h"

namespace karvan::des {
namespace {

constexpr double kTicks = 1e6;  // of a unit of time

struct Truth {
  const char* what = "";
  double value = 0;
  double error = 0;  // half the width the interval must come down to
};

template <std::size_t N, class Replicate>
void expect_means(const std::array<Truth, N>& truths, Replicate&& replicate) {
  constexpr std::uint64_t kLeast = 20;
  constexpr std::uint64_t kMost = 400;
  constexpr double kConfidence = 0.9995;
  std::array<Tally, N> tallies;
  std::array<Interval, N> intervals;
  bool enough = false;
  for (std::uint64_t replication = 1; !enough && replication <= kMost; ++replication) {
    const std::array<double, N> values = replicate(replication);
    for (std::size_t i = 0; i < N; ++i)
      tallies[i].add(values[i]);
    if (replication < kLeast) continue;
    enough = true;
    for (std::size_t i = 0; i < N; ++i) {
      intervals[i] = *mean_interval(tallies[i], kConfidence);
      enough = enough && intervals[i].half_width <= truths[i].error;
    }
  }
  EXPECT_TRUE(enough) << "the scatter does not allow the stated error";
  for (std::size_t i = 0; i < N; ++i)
    EXPECT_NEAR(intervals[i].mean, truths[i].value, intervals[i].half_width) << truths[i].what;
}

// The numbers of one family, one entity after the other.
class Stream {
 public:
  Stream(const char* name, std::uint64_t replication) : key_{draw_key(2, name, replication)} {}
  double number(const Sampler& law) {
    Draws draws{key_, entity_++};
    return law.sample(draws);
  }
  Time ticks(const Sampler& law) { return to_ticks(number(law), kTicks); }

 private:
  DrawKey key_;
  std::uint64_t entity_ = 0;
};

// Shares of time with n = 0, 1, ... in a birth-death process of these rates.
template <class Birth, class Death>
std::vector<double> birth_death(std::uint32_t most, Birth&& birth, Death&& death) {
  std::vector<double> shares{1};
  double sum = 1;
  for (std::uint32_t n = 0; n < most; ++n) {
    shares.push_back(shares.back() * birth(n) / death(n + 1));
    sum += shares.back();
  }
  for (double& share : shares)
    share /= sum;
  return shares;
}

double mean_in_queue(const std::vector<double>& shares, std::uint32_t servers) {
  double mean = 0;
  for (std::uint32_t n = servers; n < shares.size(); ++n)
    mean += shares[n] * (n - servers);
  return mean;
}

// Runs a model for `length` units of time after a warm-up of a tenth of that, at the end of which
// `restart` makes it forget.
template <class Handler, class Restart>
void run_warm(Engine& engine, double length, Handler&& handle, Restart&& restart) {
  engine.run(handle, {.until = to_ticks(0.1 * length, kTicks)});
  restart();
  engine.run(handle, {.until = to_ticks(1.1 * length, kTicks)});
}

// ---- stations with few places: M/M/c/K, Erlang's loss ----

struct LossStation {
  double arrivals = 1;  // in a unit of time
  Sampler service;
  std::uint32_t servers = 1;
  std::int64_t places = 1;  // those of the servers included
};

// Share lost, mean in the queue, mean busy.
std::array<double, 3> simulate(const LossStation& station, std::uint64_t replication) {
  enum Kind : std::uint32_t { kArrive, kServe, kLeave };
  const Sampler gap = *Sampler::exponential(1 / station.arrivals);
  Stream gaps{"gap", replication};
  Stream services{"service", replication};
  Engine engine;
  Resource servers{0, station.servers};
  std::vector<Ticket> tickets;
  double came = 0;
  double lost = 0;
  const auto serve = [&](std::uint32_t customer) {
    engine.in(services.ticks(station.service), {kLeave, customer});
  };
  const auto arrive = [&] {
    engine.in(gaps.ticks(gap), {kArrive, 0});
    ++came;
    if (servers.busy() + servers.waiting() >= station.places) {
      ++lost;
      return;
    }
    const auto customer = static_cast<std::uint32_t>(tickets.size());
    tickets.push_back(servers.request(engine, {.granted = {kServe, customer}}));
    if (servers.holds(tickets[customer])) serve(customer);
  };
  const auto handle = [&](const Event& event) {
    if (event.kind == kArrive) return arrive();
    if (event.kind == kServe) return serve(event.subject);
    servers.release(engine, tickets[event.subject]);
  };
  engine.in(gaps.ticks(gap), {kArrive, 0});
  run_warm(engine, 20'000 / station.arrivals, handle, [&] {
    servers.restart_statistics(engine.now());
    came = lost = 0;
  });
  EXPECT_TRUE(servers.wait_statistics().obeys_little(engine.now()));
  return {lost / came, servers.wait_statistics().waiting().mean(engine.now()),
          servers.busy_over_time().mean(engine.now())};
}

void expect_birth_death(const LossStation& station, const std::array<double, 3>& errors) {
  const auto shares = birth_death(
      static_cast<std::uint32_t>(station.places), [&](std::uint32_t) { return station.arrivals; },
      [&](std::uint32_t n) { return std::min(n, station.servers) / station.service.mean(); });
  const double loss = shares.back();
  expect_means(
      std::array<Truth, 3>{
          {{"loss", loss, errors[0]},
           {"queue", mean_in_queue(shares, station.servers), errors[1]},
           {"busy", station.arrivals * (1 - loss) * station.service.mean(), errors[2]}}},
      [&](std::uint64_t replication) { return simulate(station, replication); });
}

TEST(SteadyState, MMcKLosesAndQueuesAsTheFormulaSays) {
  expect_birth_death({.arrivals = 0.9, .service = *Sampler::exponential(1), .places = 5},
                     {0.002, 0.015, 0.006});
  expect_birth_death(
      {.arrivals = 4, .service = *Sampler::exponential(1), .servers = 3, .places = 8},
      {0.003, 0.02, 0.006});
}

// Erlang's formula does not know the law of the service, only its mean.
TEST(SteadyState, ErlangBLosesTheSameWhateverTheServiceLaw) {
  const Sampler laws[] = {*Sampler::exponential(2), *Sampler::deterministic(2),
                          *Sampler::lognormal(2, 5), *Sampler::uniform(0, 4)};
  for (const Sampler& law : laws) {
    SCOPED_TRACE(static_cast<int>(law.kind()));
    expect_birth_death({.arrivals = 2, .service = law, .servers = 5, .places = 5},
                       {0.003, 1e-9, 0.025});
  }
}

// ---- priorities ----

struct Class {
  double arrivals = 0;
  Sampler service;
  double second_moment = 0;  // of the service
};

using Classes = std::array<Class, 3>;

// Mean wait of each class; the first is served first, nobody is interrupted.
std::array<double, 3> simulate(const Classes& classes, std::uint64_t replication) {
  enum Kind : std::uint32_t { kArrive, kServe, kLeave };
  struct Customer {
    Ticket ticket;
    Time arrived = 0;
    std::uint32_t rank = 0;
  };
  std::array<Stream, 3> gaps{Stream{"gap 0", replication}, Stream{"gap 1", replication},
                             Stream{"gap 2", replication}};
  Stream services{"service", replication};
  Engine engine;
  Resource server{0, 1};
  std::vector<Customer> customers;
  std::array<Tally, 3> waits;
  const auto come_again = [&](std::uint32_t rank) {
    const Sampler gap = *Sampler::exponential(1 / classes[rank].arrivals);
    engine.in(gaps[rank].ticks(gap), {kArrive, rank});
  };
  const auto serve = [&](std::uint32_t id) {
    const Customer& customer = customers[id];
    waits[customer.rank].add(static_cast<double>(engine.now() - customer.arrived) / kTicks);
    engine.in(services.ticks(classes[customer.rank].service), {kLeave, id});
  };
  const auto handle = [&](const Event& event) {
    if (event.kind == kServe) return serve(event.subject);
    if (event.kind == kLeave) return server.release(engine, customers[event.subject].ticket);
    const std::uint32_t rank = event.subject;
    come_again(rank);
    const auto id = static_cast<std::uint32_t>(customers.size());
    customers.push_back({.arrived = engine.now(), .rank = rank});
    customers[id].ticket =
        server.request(engine, {.granted = {kServe, id}, .priority = static_cast<Priority>(rank)});
    if (server.holds(customers[id].ticket)) serve(id);
  };
  for (std::uint32_t rank = 0; rank < 3; ++rank)
    come_again(rank);
  run_warm(engine, 40'000, handle, [&] { waits = {}; });
  EXPECT_TRUE(server.wait_statistics().obeys_little(engine.now()));
  return {waits[0].mean(), waits[1].mean(), waits[2].mean()};
}

// Cobham 1954: the work found in service, over the shares left by the better classes without and
// with one's own.
TEST(SteadyState, PrioritiesWaitAsCobhamSays) {
  const Classes classes = {{{0.2, *Sampler::exponential(1), 2},
                            {0.5, *Sampler::deterministic(0.5), 0.25},
                            {0.2, *Sampler::uniform(0, 3), 3}}};
  double in_service = 0;
  for (const Class& one : classes)
    in_service += one.arrivals * one.second_moment / 2;
  std::array<Truth, 3> truths{{{"first", 0, 0.005}, {"second", 0, 0.01}, {"third", 0, 0.05}}};
  double left = 1;
  for (std::size_t rank = 0; rank < 3; ++rank) {
    const double after = left - classes[rank].arrivals * classes[rank].service.mean();
    truths[rank].value = in_service / (left * after);
    left = after;
  }
  expect_means(truths, [&](std::uint64_t replication) { return simulate(classes, replication); });
}

// ---- breakdowns ----

struct Breaking {
  double arrivals = 0;
  double services = 0;
  double failures = 0;
  double repairs = 0;  // all in a unit of time
};

// M/M/1 whose server fails, busy or not, and after the repair goes on where it stopped. A failure
// is a claim that preempts; who is interrupted stands before all others.
class BreakingStation {
 public:
  BreakingStation(const Breaking& rates, std::uint64_t replication)
      : gap_{*Sampler::exponential(1 / rates.arrivals)},
        service_{*Sampler::exponential(1 / rates.services)},
        up_{*Sampler::exponential(1 / rates.failures)},
        down_{*Sampler::exponential(1 / rates.repairs)},
        gaps_{"gap", replication},
        services_{"service", replication},
        failures_{"failure", replication} {}

  // Mean number present, share of time down.
  std::array<double, 2> run(double length) {
    engine_.in(gaps_.ticks(gap_), {kArrive, 0});
    engine_.in(failures_.ticks(up_), {kFail, 0});
    run_warm(
        engine_, length, [this](const Event& event) { handle(event); },
        [this] {
          present_.restart(engine_.now());
          is_down_.restart(engine_.now());
        });
    return {present_.mean(engine_.now()), is_down_.mean(engine_.now())};
  }

 private:
  enum Kind : std::uint32_t { kArrive, kServe, kInterrupted, kLeave, kFail, kDown, kRepaired };
  static constexpr Priority kFailure = 0;
  static constexpr Priority kAgain = 1;
  struct Customer {
    Ticket ticket;
    Time left = 0;  // of its service
    Time ends = 0;
    EventId leaving;
  };

  void claim(std::uint32_t id, Priority priority) {
    customers_[id].ticket = server_.request(
        engine_, {.granted = {kServe, id}, .preempted = {kInterrupted, id}, .priority = priority});
    if (server_.holds(customers_[id].ticket)) serve(id);
  }
  void serve(std::uint32_t id) {
    Customer& customer = customers_[id];
    // Between the grant and its event a failure may have taken the server away again; then the
    // interruption, which follows, must find nothing but the old rest.
    customer.ends = engine_.now() + customer.left;
    if (server_.holds(customer.ticket)) customer.leaving = engine_.at(customer.ends, {kLeave, id});
  }
  void leave(std::uint32_t id) {
    // Failed at the very tick of the end: the interruption is on its way and leaves no rest.
    if (!server_.holds(customers_[id].ticket)) return;
    server_.release(engine_, customers_[id].ticket);
    present_.change(engine_.now(), -1);
  }
  void interrupted(std::uint32_t id) {
    engine_.cancel(customers_[id].leaving);
    customers_[id].left = customers_[id].ends - engine_.now();
    claim(id, kAgain);
  }
  void arrive() {
    engine_.in(gaps_.ticks(gap_), {kArrive, 0});
    present_.change(engine_.now(), 1);
    customers_.push_back({.left = services_.ticks(service_)});
    claim(static_cast<std::uint32_t>(customers_.size() - 1), kUsual);
  }
  void down() {
    is_down_.set(engine_.now(), 1);
    engine_.in(failures_.ticks(down_), {kRepaired, 0});
  }
  void fail() {
    failure_ = server_.request(
        engine_, {.granted = {kDown, 0}, .preempted = {}, .priority = kFailure, .preempts = true});
    if (server_.holds(failure_)) down();
  }
  void repaired() {
    is_down_.set(engine_.now(), 0);
    server_.release(engine_, failure_);
    engine_.in(failures_.ticks(up_), {kFail, 0});
  }
  void handle(const Event& event) {
    switch (event.kind) {
      case kArrive:
        return arrive();
      case kServe:
        return serve(event.subject);
      case kInterrupted:
        return interrupted(event.subject);
      case kLeave:
        return leave(event.subject);
      case kFail:
        return fail();
      case kDown:
        return down();
      default:
        return repaired();
    }
  }

  Sampler gap_;
  Sampler service_;
  Sampler up_;
  Sampler down_;
  Stream gaps_;
  Stream services_;
  Stream failures_;
  Engine engine_;
  Resource server_{0, 1};
  std::vector<Customer> customers_;
  Ticket failure_;
  LevelTally present_;
  LevelTally is_down_;
};

// White, Christie 1958, from the generating functions of the two states of the server.
TEST(SteadyState, BreakdownsDelayAsWhiteAndChristieSay) {
  const Breaking rates{.arrivals = 0.5, .services = 1, .failures = 0.05, .repairs = 0.25};
  const double up = rates.repairs / (rates.repairs + rates.failures);
  const double bunch = rates.failures * rates.arrivals / (rates.repairs * rates.repairs);
  const double present =
      (rates.arrivals / up + bunch * rates.arrivals) / (rates.services - rates.arrivals / up) +
      up * bunch;
  expect_means(
      std::array<Truth, 2>{{{"present", present, 0.025}, {"down", 1 - up, 0.002}}},
      [&](std::uint64_t replication) { return BreakingStation{rates, replication}.run(40'000); });
}

// ---- an open network ----

struct Node {
  double from_outside = 0;  // arrivals in a unit of time
  double services = 1;
  std::uint32_t servers = 1;
  std::array<double, 3> to{};  // shares; the rest leaves
};

using Network = std::array<Node, 3>;

class OpenNetwork {
 public:
  OpenNetwork(const Network& nodes, std::uint64_t replication)
      : nodes_{nodes},
        gaps_{"gap", replication},
        services_{"service", replication},
        ways_{"way", replication} {
    for (std::size_t i = 0; i < 3; ++i)
      stations_[i] = Resource{0, nodes[i].servers};
  }

  // Mean number at each node.
  std::array<double, 3> run(double length) {
    for (std::uint32_t i = 0; i < 3; ++i) {
      if (nodes_[i].from_outside > 0) come_again(i);
    }
    run_warm(
        engine_, length, [this](const Event& event) { handle(event); },
        [this] {
          for (Resource& station : stations_)
            station.restart_statistics(engine_.now());
        });
    std::array<double, 3> present{};
    for (std::size_t i = 0; i < 3; ++i) {
      const WaitStatistics& waiting = stations_[i].wait_statistics();
      EXPECT_TRUE(waiting.obeys_little(engine_.now()));
      present[i] =
          stations_[i].busy_over_time().mean(engine_.now()) + waiting.waiting().mean(engine_.now());
    }
    return present;
  }

 private:
  enum Kind : std::uint32_t { kArrive, kServe, kServed };
  struct Customer {
    Ticket ticket;
    std::uint32_t node = 0;
  };

  void come_again(std::uint32_t node) {
    const Sampler gap = *Sampler::exponential(1 / nodes_[node].from_outside);
    engine_.in(gaps_.ticks(gap), {kArrive, node});
  }
  void enter(std::uint32_t id, std::uint32_t node) {
    customers_[id].node = node;
    customers_[id].ticket = stations_[node].request(engine_, {.granted = {kServe, id}});
    if (stations_[node].holds(customers_[id].ticket)) serve(id);
  }
  void serve(std::uint32_t id) {
    const Sampler service = *Sampler::exponential(1 / nodes_[customers_[id].node].services);
    engine_.in(services_.ticks(service), {kServed, id});
  }
  void served(std::uint32_t id) {
    const Node& node = nodes_[customers_[id].node];
    stations_[customers_[id].node].release(engine_, customers_[id].ticket);
    double way = ways_.number(*Sampler::uniform(0, 1));
    for (std::uint32_t next = 0; next < 3; ++next) {
      way -= node.to[next];
      if (way < 0) return enter(id, next);
    }
  }
  void handle(const Event& event) {
    if (event.kind == kServe) return serve(event.subject);
    if (event.kind == kServed) return served(event.subject);
    come_again(event.subject);
    customers_.emplace_back();
    enter(static_cast<std::uint32_t>(customers_.size() - 1), event.subject);
  }

  Network nodes_;
  Stream gaps_;
  Stream services_;
  Stream ways_;
  Engine engine_;
  std::array<Resource, 3> stations_{Resource{0, 1}, Resource{0, 1}, Resource{0, 1}};
  std::vector<Customer> customers_;
};

// Jackson 1957: each node as if it stood alone, at the rate that solves the balance of traffic.
TEST(SteadyState, OpenNetworkIsFilledAsJacksonSays) {
  const Network nodes = {
      {{0.5, 1.5, 1, {0, 0.6, 0.2}}, {0.3, 0.5, 2, {0.1, 0, 0.5}}, {0, 0.9, 1, {0.3, 0, 0}}}};
  std::array<double, 3> flow{};
  for (int step = 0; step < 200; ++step) {
    std::array<double, 3> next{};
    for (std::size_t i = 0; i < 3; ++i) {
      next[i] = nodes[i].from_outside;
      for (std::size_t j = 0; j < 3; ++j)
        next[i] += flow[j] * nodes[j].to[i];
    }
    flow = next;
  }
  std::array<Truth, 3> truths{{{"node 0", 0, 0.01}, {"node 1", 0, 0.06}, {"node 2", 0, 0.02}}};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto shares = birth_death(
        2'000, [&](std::uint32_t) { return flow[i]; },
        [&](std::uint32_t n) { return std::min(n, nodes[i].servers) * nodes[i].services; });
    truths[i].value = mean_in_queue(shares, 0);
  }
  expect_means(truths, [&](std::uint64_t replication) {
    return OpenNetwork{nodes, replication}.run(60'000);
  });
}

// ---- machines and their repairers ----

struct Shop {
  std::uint32_t machines = 1;
  std::uint32_t repairers = 1;
  double failures = 0;  // of one machine that runs, in a unit of time
  double repairs = 0;
};

// Mean number waiting, mean number in repair.
std::array<double, 2> simulate(const Shop& shop, std::uint64_t replication) {
  enum Kind : std::uint32_t { kFail, kRepair, kRepaired };
  const Sampler up = *Sampler::exponential(1 / shop.failures);
  const Sampler down = *Sampler::exponential(1 / shop.repairs);
  Stream failures{"failure", replication};
  Stream repairs{"repair", replication};
  Engine engine;
  Resource repairers{0, shop.repairers};
  std::vector<Ticket> tickets(shop.machines);
  const auto repair = [&](std::uint32_t machine) {
    engine.in(repairs.ticks(down), {kRepaired, machine});
  };
  const auto handle = [&](const Event& event) {
    const std::uint32_t machine = event.subject;
    if (event.kind == kRepair) return repair(machine);
    if (event.kind == kRepaired) {
      repairers.release(engine, tickets[machine]);
      engine.in(failures.ticks(up), {kFail, machine});
      return;
    }
    tickets[machine] = repairers.request(engine, {.granted = {kRepair, machine}});
    if (repairers.holds(tickets[machine])) repair(machine);
  };
  for (std::uint32_t machine = 0; machine < shop.machines; ++machine)
    engine.in(failures.ticks(up), {kFail, machine});
  run_warm(engine, 20'000, handle, [&] { repairers.restart_statistics(engine.now()); });
  EXPECT_TRUE(repairers.wait_statistics().obeys_little(engine.now()));
  return {repairers.wait_statistics().waiting().mean(engine.now()),
          repairers.busy_over_time().mean(engine.now())};
}

TEST(SteadyState, MachinesWaitForRepairAsTheFormulaSays) {
  const Shop shop{.machines = 8, .repairers = 2, .failures = 0.25, .repairs = 1};
  const auto shares = birth_death(
      shop.machines, [&](std::uint32_t n) { return (shop.machines - n) * shop.failures; },
      [&](std::uint32_t n) { return std::min(n, shop.repairers) * shop.repairs; });
  const double waiting = mean_in_queue(shares, shop.repairers);
  const double in_repair = mean_in_queue(shares, 0) - waiting;
  expect_means(std::array<Truth, 2>{{{"waiting", waiting, 0.02}, {"in repair", in_repair, 0.005}}},
               [&](std::uint64_t replication) { return simulate(shop, replication); });
}

// ---- a ferry with a fixed headway and room for all ----

// Mean wait and its variance, in units of time. On a sailing all who wait get a place and leave it
// at once; before and after there is none.
std::array<double, 2> simulate_ferry(double passengers, double headway, std::uint64_t replication) {
  enum Kind : std::uint32_t { kCome, kSail, kBoard };
  constexpr std::uint32_t kRoom = 1'000'000;
  const Sampler gap = *Sampler::exponential(1 / passengers);
  Stream gaps{"gap", replication};
  Engine engine;
  Resource ferry{0, 0};
  std::vector<Ticket> tickets;
  const auto handle = [&](const Event& event) {
    if (event.kind == kBoard) return ferry.release(engine, tickets[event.subject]);
    if (event.kind == kSail) {
      ferry.set_units(engine, kRoom);
      ferry.set_units(engine, 0);
      engine.in(to_ticks(headway, kTicks), {kSail, 0});
      return;
    }
    engine.in(gaps.ticks(gap), {kCome, 0});
    const auto id = static_cast<std::uint32_t>(tickets.size());
    tickets.push_back(ferry.request(engine, {.granted = {kBoard, id}}));
  };
  engine.in(gaps.ticks(gap), {kCome, 0});
  engine.in(to_ticks(headway, kTicks), {kSail, 0});
  run_warm(engine, 2'000 * headway, handle, [&] { ferry.restart_statistics(engine.now()); });
  const WaitStatistics& waiting = ferry.wait_statistics();
  EXPECT_TRUE(waiting.obeys_little(engine.now()));
  return {waiting.waits().mean() / kTicks, waiting.waits().variance() / (kTicks * kTicks)};
}

// Arrivals of a Poisson process are uniform between two sailings.
TEST(SteadyState, FerryPassengersWaitHalfTheHeadway) {
  constexpr double kHeadway = 12;
  expect_means(std::array<Truth, 2>{{{"wait", kHeadway / 2, 0.02},
                                     {"variance", kHeadway * kHeadway / 12, 0.06}}},
               [&](std::uint64_t replication) { return simulate_ferry(3, kHeadway, replication); });
}

}  // namespace
}  // namespace karvan::des
