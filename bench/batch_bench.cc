// How long a book of shipments takes to be planned again after a closure: ten thousand shipments
// between the places of data/titr, first as they are, then with Kuryk closed; planners compiled
// anew each time, as after a message. One thread; the command uses all cores. A sample of both
// answers has passed its judge before.
//
//   batch_bench [shipments]      from the root of the checkout; one JSON line a workload

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <numeric>
#include <tuple>
#include <vector>

#include "karvan/base/hash.h"
#include "karvan/base/heap.h"
#include "karvan/base/random.h"
#include "karvan/base/text.h"
#include "karvan/load/directory.h"
#include "karvan/load/scenario.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"

namespace karvan {
namespace {

struct Lane {
  const char* from;
  const char* to;
  const char* goods;
  QuantityUnit unit;
  double quantity;
};

// What the route carries: boxes both ways, metals, grain, oil.
constexpr std::array<Lane, 12> kLanes{{
    {"xian", "constanta", "machinery", QuantityUnit::kTeu, 2},
    {"xian", "halkali", "electronics", QuantityUnit::kTeu, 4},
    {"khorgos_cn", "duisburg", "electronics", QuantityUnit::kTeu, 2},
    {"almaty", "poti", "copper", QuantityUnit::kTonnes, 100},
    {"aktobe", "mersin", "copper", QuantityUnit::kTonnes, 100},
    {"kostanay", "mersin", "wheat", QuantityUnit::kTonnes, 600},
    {"constanta", "xian", "machinery", QuantityUnit::kTeu, 2},
    {"almaty", "baku", "consumer_goods", QuantityUnit::kTeu, 2},
    {"baku", "almaty", "consumer_goods", QuantityUnit::kTeu, 4},
    {"tashkent", "poti", "cotton", QuantityUnit::kTonnes, 60},
    {"poti", "almaty", "machinery", QuantityUnit::kTeu, 2},
    {"baku", "odesa", "polymers", QuantityUnit::kTonnes, 60},
}};

std::vector<plan::Question> book_of(const World& world, std::size_t shipments) {
  RandomStream random{1, "batch_bench"};
  std::vector<plan::Question> book;
  while (book.size() < shipments) {
    const Lane& lane = kLanes[static_cast<std::size_t>(random.uniform_int(0, kLanes.size() - 1))];
    plan::Question question;
    question.from = *world.find<Place>(lane.from);
    question.to = *world.find<Place>(lane.to);
    question.shipment = {.goods = *world.find<Goods>(lane.goods),
                         .quantity = lane.quantity * static_cast<double>(random.uniform_int(1, 9)),
                         .unit = lane.unit};
    question.weighs_risk = false;  // as the command asks, unless it ranks by risk
    question.depart =
        Instant{*parse_date("2026-03-02")} + std::chrono::hours{random.uniform_int(0, 60 * 24)};
    book.push_back(question);
  }
  return book;
}

// In the order of the command, which asks about like shipments one after the other.
std::vector<std::size_t> alike_together(const std::vector<plan::Question>& book) {
  std::vector<std::size_t> order(book.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const plan::Question& question = book[i];
    return std::tuple{question.shipment.goods, question.shipment.quantity, question.from,
                      question.to};
  });
  return order;
}

std::uint64_t print_of(const plan::Answer& answer) {
  Fingerprint print;
  for (const Itinerary& option : answer.itineraries) {
    print.add(option.arrive.time_since_epoch().count());
    print.add(option.cost.value());
    print.add(option.co2e.value());
  }
  return print.value();
}

// False if an answer of the sample did not pass its judge.
bool run(const char* name, const World& world, const std::vector<plan::Question>& book) {
  const auto start = std::chrono::steady_clock::now();
  const plan::Planner planner{world};
  std::size_t refused = 0;
  std::vector<std::uint64_t> prints(book.size());
  plan::Planner::Memory memory;
  for (const std::size_t i : alike_together(book)) {
    const plan::Answer answer = planner.answer(book[i], memory);
    refused += answer.itineraries.empty() ? 1U : 0U;
    prints[i] = print_of(answer);
  }
  Fingerprint print;
  for (const std::uint64_t one : prints)
    print.add(one);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  for (std::size_t i = 0; i < book.size(); i += std::max<std::size_t>(book.size() / 20, 1)) {
    for (const std::string& fault : plan::verify(world, book[i], planner.answer(book[i]))) {
      std::printf("%s, shipment %zu: %s\n", name, i, fault.c_str());
      return false;
    }
  }
  std::printf(
      "{\"workload\":\"%s\",\"shipments\":%zu,\"without_option\":%zu,\"seconds\":%.2f,"
      "\"ms_each\":%.3f,\"hash\":\"%llu\"}\n",
      name, book.size(), refused, took.count(),
      took.count() * 1000 / static_cast<double>(book.size()),
      static_cast<unsigned long long>(print.value()));
  return true;
}

bool bench(std::size_t shipments) {
  Complaints complaints;
  const load::Files files = load::read_folder("data/titr", complaints);
  const auto loaded = load::load_corridor("data/titr", complaints);
  if (!loaded) {
    std::printf("data/titr does not load: %zu complaints\n", complaints.size());
    return false;
  }
  const auto closed = load::load_scenario(*loaded, files, "kuryk_closed", complaints);
  if (!closed) return false;
  const World before{loaded->corridor};
  const World after{loaded->corridor, closed->overlay};
  const std::vector<plan::Question> book = book_of(before, shipments);
  return run("batch/titr/as_planned", before, book) && run("batch/titr/kuryk_closed", after, book);
}

}  // namespace
}  // namespace karvan

int main(int argc, char** argv) {
  karvan::keep_heap();
  const auto shipments =
      argc > 1 ? karvan::parse_int<std::size_t>(argv[1]).value_or(10'000) : 10'000;
  return karvan::bench(std::max<std::size_t>(shipments, 1)) ? 0 : 1;
}
