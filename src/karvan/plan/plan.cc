#include "karvan/plan/plan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "karvan/plan/detail/explain.h"
#include "karvan/plan/detail/itinerary_of.h"
#include "karvan/plan/detail/range.h"
#include "karvan/plan/detail/why_not_of.h"

namespace karvan::plan {

namespace {

void check(const World& world, const Question& question) {
  CHECK(question.from.valid() && question.from.index() < world.size<Place>());
  CHECK(question.to.valid() && question.to.index() < world.size<Place>());
  CHECK(question.shipment.goods.valid() && question.shipment.goods.index() < world.size<Goods>());
  CHECK(std::isfinite(question.shipment.quantity) && question.shipment.quantity > 0);
  CHECK(1 <= question.days_max && question.window >= Duration::zero() &&
        std::chrono::days{question.days_max} + question.window <= std::chrono::days{400});
  CHECK(question.window_step >= std::chrono::minutes{1});
  CHECK(0 <= question.tolerance && question.tolerance < 1);
  CHECK(1 <= question.legs_max && question.legs_max <= 64);
  CHECK(!unfit(question));
}

}  // namespace

// Few enough for a search one by one.
struct Planner::Memory::Known {
  Shipment shipment;
  int days_max = 0;
  bool weighs_risk = true;
  std::unique_ptr<detail::ShipmentMemo> memo;

  static detail::ShipmentMemo& of(std::vector<Known>& known,
                                  const detail::Engine& engine,
                                  const Question& question) {
    const Shipment& asked = question.shipment;
    for (const Known& k : known) {
      if (k.days_max == question.days_max && k.weighs_risk == question.weighs_risk &&
          k.shipment == asked)
        return *k.memo;
    }
    if (known.size() == kShipmentsMax) known.clear();
    known.push_back({.shipment = asked,
                     .days_max = question.days_max,
                     .weighs_risk = question.weighs_risk,
                     .memo = std::make_unique<detail::ShipmentMemo>(engine)});
    return *known.back().memo;
  }
  static constexpr std::size_t kShipmentsMax = 64;
};

// The tables of a question, for others that differ in when cargo leaves.
struct Planner::Memory::Lane {
  std::unique_ptr<detail::QueryTables> tables;

  static const detail::QueryTables& of(Memory& memory,
                                       const detail::Engine& engine,
                                       const Question& question) {
    std::vector<Lane>& lanes = memory.lanes_;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (!lanes[i].tables->take_on(question)) continue;
      std::rotate(lanes.begin(), lanes.begin() + static_cast<std::ptrdiff_t>(i),
                  lanes.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      return *lanes.front().tables;
    }
    if (lanes.size() == kLanesMax) lanes.pop_back();
    detail::ShipmentMemo& memo = Known::of(memory.known_, engine, question);
    lanes.insert(lanes.begin(), {.tables = std::make_unique<detail::QueryTables>(
                                     engine, question, detail::Relax{}, &memo)});
    return *lanes.front().tables;
  }
  static constexpr std::size_t kLanesMax = 4;
};

struct Planner::State {
  explicit State(const World& world) : engine{world, detail::Closures::kApply} {}
  ~State() {
    for (std::atomic<Memory*>& slot : idle)
      delete slot.load();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  detail::Engine engine;
  // What questions without a memory of their own found out, while none of them uses it.
  mutable std::array<std::atomic<Memory*>, 4> idle{};
};

// A memory lent to one question; a fresh one if all are lent.
class Planner::Loan {
 public:
  explicit Loan(const State& state) : state_{state} {
    for (std::atomic<Memory*>& slot : state.idle) {
      memory_.reset(slot.exchange(nullptr));
      if (memory_) return;
    }
    memory_ = std::make_unique<Memory>();
  }
  ~Loan() {
    for (std::atomic<Memory*>& slot : state_.idle) {
      Memory* none = nullptr;
      if (!slot.compare_exchange_strong(none, memory_.get())) continue;
      static_cast<void>(memory_.release());
      return;
    }
  }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;

  Memory& memory() { return *memory_; }

 private:
  const State& state_;
  std::unique_ptr<Memory> memory_;
};

Planner::Memory::Memory() = default;
Planner::Memory::~Memory() = default;
Planner::Memory::Memory(Memory&&) noexcept = default;
Planner::Memory& Planner::Memory::operator=(Memory&&) noexcept = default;

Planner::Planner(const World& world) : state_{std::make_shared<const State>(world)} {}
Planner::Planner(std::shared_ptr<const State> state, const std::atomic<bool>* stop)
    : state_{std::move(state)}, stop_{stop} {}
Planner::~Planner() = default;
Planner::Planner(Planner&&) noexcept = default;
Planner& Planner::operator=(Planner&&) noexcept = default;

Planner Planner::until(const std::atomic<bool>& stop) const {
  return Planner{state_, &stop};
}

const detail::Engine& Planner::engine() const {
  return state_->engine;
}

Answer Planner::answer(const Question& question) const {
  Loan loan{*state_};
  return answer(question, loan.memory(), true);
}

Answer Planner::answer(const Question& question, Memory& memory) const {
  return answer(question, memory, true);
}

Answer Planner::answer_unexplained(const Question& question) const {
  Loan loan{*state_};
  return answer(question, loan.memory(), false);
}

Answer Planner::answer_unexplained(const Question& question, Memory& memory) const {
  return answer(question, memory, false);
}

Answer Planner::answer(const Question& question, Memory& memory, bool explains) const {
  check(state_->engine.world, question);
  if (question.window > Duration::zero()) return range(question, memory, explains);
  return at_one_moment(question, memory, explains);
}

Answer Planner::range(const Question& question, Memory& memory, bool explains) const {
  Answer answer = detail::range(
      state_->engine, question,
      [&](const Question& at) { return at_one_moment(at, memory, false); }, stop_);
  if (answer.itineraries.empty() && explains) {
    Question first = question;  // it has the most time of all
    first.window = Duration::zero();
    answer.refusal = at_one_moment(first, memory, true).refusal;
    if (is_stopped()) answer.statistics.is_complete = false;
  }
  return answer;
}

Answer Planner::at_one_moment(const Question& question, Memory& memory, bool explains) const {
  const detail::Engine& engine = state_->engine;
  Answer answer;
  answer.statistics.voyages = engine.graph.voyage_count();
  answer.refusal = detail::obvious_refusal(engine.world, question);
  if (answer.refusal.obstacle != Obstacle::kNone) return answer;
  if (is_stopped()) {
    answer.statistics.is_complete = false;
    return answer;
  }

  const detail::QueryTables& tables = Memory::Lane::of(memory, engine, question);
  const detail::Found found = detail::search(engine, tables, detail::limits_of(question, stop_));
  answer.statistics = found.statistics;
  for (const std::uint32_t option : found.options)
    answer.itineraries.push_back(detail::itinerary_of(engine, tables, found, option));
  if (found.options.empty() && explains) answer.refusal = detail::explain(engine, question, found);
  return answer;
}

WhyNot Planner::why_not(const Question& question,
                        const Answer& answer,
                        const Subject& subject) const {
  if (is_stopped()) return {};
  return detail::why_not_of(state_->engine, question, answer, subject);
}

std::optional<Unfit> unfit(const Question& question) {
  const std::vector<Id<Place>>& via = question.via;
  if (via.size() > kViaMax)
    return Unfit{"via", "names more than " + std::to_string(kViaMax) + " places"};
  for (std::size_t i = 0; i < via.size(); ++i) {
    if (via[i] == question.from || via[i] == question.to)
      return Unfit{"via", "names an end of the way; expected places between its ends"};
    if (std::count(via.begin(), via.end(), via[i]) > 1) return Unfit{"via", "names a place twice"};
  }
  const std::size_t uses = question.require.size();
  if (uses > kRequirementsMax)
    return Unfit{"require", "names " + std::to_string(uses) + " things; expected at most " +
                                std::to_string(kRequirementsMax)};
  const int transshipments = question.transshipments_max.value_or(0);
  if (transshipments < 0 || transshipments > kTransshipmentsMost)
    return Unfit{"transshipments_max", std::to_string(transshipments) +
                                           " is out of range; expected 0 to " +
                                           std::to_string(kTransshipmentsMost)};
  if (question.budget && !(question.budget->value() >= 0.01 && question.budget->value() <= 1e12))
    return Unfit{"budget", "is out of range; expected 0.01 to 1e12 USD"};
  if (question.papers_from && *question.papers_from < question.depart - kPapersBeforeMax)
    return Unfit{"papers_from", "lies more than ten years before the hand-over"};
  const Instant last = question.depart + question.window + std::chrono::days{question.days_max};
  if (question.papers_from && *question.papers_from > last)
    return Unfit{"papers_from", "lies after the last day of the question"};
  // How many times over the network is searched.
  const std::size_t stages =
      (via.size() + 1) * (std::size_t{1} << uses) * (static_cast<std::size_t>(transshipments) + 1);
  if (stages > kStagesMax)
    return Unfit{uses > 0 ? "require" : "via",
                 "asks for too much at once: " + std::to_string(via.size()) + " places, " +
                     std::to_string(uses) + " things to use and " + std::to_string(transshipments) +
                     " transshipments make " + std::to_string(stages) +
                     " stages; expected at most " + std::to_string(kStagesMax)};
  return std::nullopt;
}

Answer plan(const World& world, const Question& question) {
  return Planner{world}.answer(question);
}

}  // namespace karvan::plan
