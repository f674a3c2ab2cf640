#!/usr/bin/env python3
"""The models of des_bench.cc in SimPy, as a yardstick: HOLD with cancels and a tally, a single
server, a small port for ten years. Sizes are smaller where SimPy would take minutes; times are
given per event, per customer and per run, so they compare. CPU time of this process, the median of
some runs. No build needs this file.

    apt-get install python3-simpy3       (SimPy 3 or later; Debian's python3-simpy is SimPy 2)
    /usr/bin/python3 bench/simpy_yardstick.py [hold|server|port] [--runs 5]
"""

import argparse
import random
import statistics
import sys
import time

try:
    import simpy
except ImportError:
    sys.exit("simpy_yardstick: SimPy 3 or later is missing: apt-get install python3-simpy3")

TEN_YEARS = 87_600.0  # hours


class Tally:
    """Count, mean and spread in one pass, as des::Tally."""

    __slots__ = ("count", "mean", "squares")

    def __init__(self):
        self.count = 0
        self.mean = 0.0
        self.squares = 0.0

    def add(self, x):
        self.count += 1
        step = x - self.mean
        self.mean += step / self.count
        self.squares += step * (x - self.mean)


class Hold:
    """Each process waits for an exponential time, again and again; after one wait in eight it also
    interrupts another process, which begins its wait afresh."""

    def __init__(self, pending, seed=1):
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.tally = Tally()
        self.processes = [self.env.process(self.wait_for_ever(i)) for i in range(pending)]

    def wait_for_ever(self, own):
        env, rng, tally = self.env, self.random, self.tally
        while True:
            gap = rng.expovariate(1.0)
            try:
                yield env.timeout(gap)
            except simpy.Interrupt:
                continue
            tally.add(gap)
            if tally.count % 8 == 0:
                other = rng.randrange(len(self.processes))
                if other != own:  # SimPy lets no process interrupt itself
                    self.processes[other].interrupt()

    def run(self, events):
        end = self.tally.count + events
        step = self.env.step
        while self.tally.count < end:
            step()


class Server:
    """Arrivals every 1/0.9, service 1, both exponential; one process a customer."""

    def __init__(self, customers, seed=1):
        self.env = simpy.Environment()
        self.gaps = random.Random(f"gap{seed}")
        self.services = random.Random(f"service{seed}")
        self.server = simpy.Resource(self.env, 1)
        self.waits = Tally()
        self.env.process(self.source(customers))

    def source(self, customers):
        for _ in range(customers):
            yield self.env.timeout(self.gaps.expovariate(0.9))
            self.env.process(self.customer())

    def customer(self):
        env = self.env
        arrived = env.now
        with self.server.request() as request:
            yield request
            self.waits.add(env.now - arrived)
            yield env.timeout(self.services.expovariate(1.0))


class Port:
    """Ships every 9 h, 2 berths, 2 lots a ship, 3 cranes, 6 h a lot; an hour in and an hour out,
    not begun in a storm (8 h, every 72 h)."""

    def __init__(self, seed):
        self.env = simpy.Environment()
        self.arrivals = random.Random(f"arrivals{seed}")
        self.work = random.Random(f"work{seed}")
        self.weather = random.Random(f"weather{seed}")
        self.berths = simpy.Resource(self.env, 2)
        self.cranes = simpy.Resource(self.env, 3)
        self.storm_ends = None  # an event while there is a storm
        self.stays = Tally()
        self.env.process(self.storms())
        self.env.process(self.source())

    def storms(self):
        while True:
            yield self.env.timeout(self.weather.expovariate(1 / 72))
            self.storm_ends = self.env.event()
            yield self.env.timeout(self.weather.expovariate(1 / 8))
            self.storm_ends.succeed()
            self.storm_ends = None

    def source(self):
        while True:
            yield self.env.timeout(self.arrivals.expovariate(1 / 9))
            self.env.process(self.ship())

    def lot(self):
        with self.cranes.request() as request:
            yield request
            yield self.env.timeout(self.work.expovariate(1 / 6))

    def ship(self):
        env = self.env
        arrived = env.now
        with self.berths.request() as request:
            yield request
            while self.storm_ends is not None:
                yield self.storm_ends
            yield env.timeout(1)
            yield env.process(self.lot()) & env.process(self.lot())
            while self.storm_ends is not None:
                yield self.storm_ends
            yield env.timeout(1)
        self.stays.add(env.now - arrived)


def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def hold(runs):
    for pending, events in ((10, 200_000), (1_000, 200_000), (100_000, 200_000),
                            (1_000_000, 200_000)):
        model = Hold(pending)
        model.run(pending // 4 + 1_000)  # all processes have begun, the list is mixed
        taken = statistics.median(seconds(lambda: model.run(events)) for _ in range(runs))
        print(f"hold/{pending}: {taken / events * 1e9:.0f} ns an event", flush=True)


def server(runs):
    customers = 100_000
    times, waits = [], []
    for seed in range(1, runs + 1):
        model = Server(customers, seed)
        times.append(seconds(model.env.run))
        waits.append(model.waits.mean)
    print(f"server: {customers / statistics.median(times):.0f} customers/s; "
          f"mean wait {statistics.mean(waits):.2f}, by the formula 9")


def port(runs):
    times, ships, stays = [], [], []
    for seed in range(1, runs + 1):
        model = Port(seed)
        times.append(seconds(lambda: model.env.run(until=TEN_YEARS)))
        ships.append(model.stays.count)
        stays.append(model.stays.mean)
    print(f"port: {statistics.median(times) * 1e3:.0f} ms for ten years; "
          f"{statistics.mean(ships):.0f} ships, mean stay {statistics.mean(stays):.2f} h")


def main():
    workloads = {"hold": hold, "server": server, "port": port}
    parser = argparse.ArgumentParser(description="The models of des_bench.cc in SimPy.")
    parser.add_argument("workload", nargs="?", choices=workloads)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"SimPy {simpy.__version__}, Python {version}")
    for name in [args.workload] if args.workload else workloads:
        workloads[name](max(args.runs, 1))


if __name__ == "__main__":
    main()
