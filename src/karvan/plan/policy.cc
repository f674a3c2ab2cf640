#include "karvan/plan/policy.h"

#include <algorithm>

#include "karvan/plan/detail/book_state.h"
#include "karvan/plan/detail/explain.h"
#include "karvan/plan/detail/policy_values.h"

namespace karvan::plan {
namespace {

using detail::certain;
using detail::Distribution;
using detail::kNoArc;
using detail::kNoMinute;
using detail::Minute;

// Writes out the states that the policy leads to, following it forward from the origin: in which
// cells cargo may come to stand in them, and what it does there.
class Follower {
 public:
  Follower(const detail::Engine& engine,
           const detail::DecisionGraph& graph,
           const detail::PolicyValues& values)
      : engine_{engine},
        graph_{graph},
        values_{values},
        arrivals_{graph.tables().arrivals().size()},
        comes_(arrivals_ + graph.tables().readies().size()) {}

  Policy follow(std::uint32_t start) {
    mark(start, 0, 0);
    for (std::size_t cell = 0; cell < graph_.cells(); ++cell) {
      for (std::size_t node = 0; node < comes_.size(); ++node) {
        if (!comes(node, cell)) continue;
        if (node < arrivals_) {
          work(node, cell);
        } else {
          ride(node - arrivals_, cell);
        }
      }
    }
    number_states(start);
    for (const std::size_t node : order_)
      policy_.states.push_back(state(node));
    return std::move(policy_);
  }

 private:
  bool comes(std::size_t node, std::size_t cell) const {
    return cell < comes_[node].size() && comes_[node][cell] != 0;
  }

  void mark(std::size_t node, std::size_t first, std::size_t last) {
    std::vector<char>& cells = comes_[node];
    if (cells.empty()) cells.resize(graph_.cells());
    for (std::size_t i = first; i <= last && i < cells.size(); ++i)
      cells[i] = 1;
  }

  // Cells from `first` on that the moments fall into.
  void mark(std::size_t node, const Distribution& moments, std::size_t first) {
    if (moments.mass.empty()) return;
    const Minute step = graph_.laws().step();
    const auto cell = [&](Minute minute) {
      return std::max(first, static_cast<std::size_t>((minute - graph_.minute(0)) / step));
    };
    mark(node, cell(moments.base), cell(moments.at(moments.mass.size() - 1, step) + step - 1));
  }

  void work(std::size_t node, std::size_t cell) {
    const std::uint32_t choice = values_.work(node, cell);
    if (choice == kNoArc) return;
    const detail::WorkArc& arc = graph_.works_of(node)[choice];
    if (arc.to == detail::WorkArc::kGateOut) return;
    const Distribution moments =
        detail::through(arc.piece, certain(graph_.minute(cell)), graph_.laws().step());
    mark(arrivals_ + arc.to, moments, cell);
  }

  void ride(std::size_t node, std::size_t cell) {
    const detail::Boards& boards = values_.boards(node, cell);
    if (boards.arc == kNoArc) return;
    const detail::RideArc& arc = graph_.ride(boards.arc);
    Distribution moments = certain(boards.depart);
    for (const detail::Piece& piece : arc.stretch)
      moments = detail::through(piece, moments, graph_.laws().step());
    mark(arc.arrival, moments, cell + 1);
  }

  std::size_t first_cell(std::size_t node) const {
    return static_cast<std::size_t>(std::ranges::find(comes_[node], 1) - comes_[node].begin());
  }

  // The origin first, then by the first moment and by node.
  void number_states(std::size_t start) {
    for (std::size_t node = 0; node < comes_.size(); ++node) {
      if (!comes_[node].empty()) order_.push_back(node);
    }
    std::ranges::stable_sort(
        order_, {}, [&](std::size_t node) { return std::pair{node != start, first_cell(node)}; });
    number_.assign(comes_.size(), kStuck);
    for (std::size_t i = 0; i < order_.size(); ++i)
      number_[order_[i]] = i;
  }

  PolicyState state(std::size_t node) const {
    const detail::QueryTables& tables = graph_.tables();
    const bool is_ready = node >= arrivals_;
    const Id<Place> place =
        is_ready ? tables.readies()[node - arrivals_].place : tables.arrivals()[node].place;
    const detail::Cargo cargo =
        is_ready ? tables.readies()[node - arrivals_].cargo : tables.arrivals()[node].cargo;
    PolicyState state{.is_ready = is_ready,
                      .place = place,
                      .side = cargo.side,
                      .gauge = cargo.gauge,
                      .load_unit = tables.packed(cargo.unit).load_unit};
    const auto last = static_cast<std::size_t>(
        comes_[node].rend() - std::ranges::find(comes_[node].rbegin(), comes_[node].rend(), 1));
    for (std::size_t cell = first_cell(node); cell < last; ++cell) {
      if (!comes(node, cell)) continue;
      PolicyStep next = is_ready ? boarding(node - arrivals_, cell) : working(node, cell);
      const bool follows = !state.steps.empty() && state.steps.back().until == next.from;
      if (follows && is_same(state.steps.back(), next)) {
        state.steps.back().until = next.until;
      } else {
        state.steps.push_back(next);
      }
    }
    return state;
  }

  bool is_same(const PolicyStep& a, const PolicyStep& b) const {
    if (a.next != b.next || a.service != b.service || a.from_sequence != b.from_sequence ||
        a.to_sequence != b.to_sequence) {
      return false;
    }
    return !a.service.valid() || a.depart == b.depart ||
           engine_.world[a.service].departs == DepartureRule::kOnDemand;
  }

  PolicyStep step_at(std::size_t cell, const detail::Value& value) const {
    const Minute begin = graph_.minute(0);
    return {
        .from = engine_.epoch.instant(graph_.minute(cell)),
        .until = engine_.epoch.instant(graph_.minute(cell) + graph_.laws().step()),
        .arrive = engine_.epoch.instant(begin + static_cast<Minute>(std::llround(value.arrive))),
        .on_time = value.on_time};
  }

  PolicyStep working(std::size_t node, std::size_t cell) const {
    PolicyStep step = step_at(cell, values_.arrived(node, cell));
    const std::uint32_t choice = values_.work(node, cell);
    if (choice == kNoArc) return step;
    const std::uint32_t to = graph_.works_of(node)[choice].to;
    step.next = to == detail::WorkArc::kGateOut ? kDelivered : number_[arrivals_ + to];
    return step;
  }

  PolicyStep boarding(std::size_t node, std::size_t cell) const {
    PolicyStep step = step_at(cell, values_.ready(node, cell));
    const detail::Boards& boards = values_.boards(node, cell);
    if (boards.arc == kNoArc) return step;
    const detail::Ride& ride = graph_.tables().ride(graph_.ride(boards.arc).ride);
    const detail::Boarding& boarding = graph_.tables().boarding(ride.boarding);
    const detail::Course& course = engine_.graph.courses()[boarding.course];
    step.next = number_[ride.arrival];
    step.service = course.service;
    step.from_sequence = engine_.graph.stop(course, boarding.stop).sequence;
    step.to_sequence = engine_.graph.stop(course, ride.to_stop).sequence;
    step.depart = engine_.epoch.instant(boards.depart);
    return step;
  }

  const detail::Engine& engine_;
  const detail::DecisionGraph& graph_;
  const detail::PolicyValues& values_;
  std::size_t arrivals_;
  std::vector<std::vector<char>> comes_;  // by node, arrivals before readies; empty: never
  std::vector<std::size_t> order_;        // nodes by state
  std::vector<std::size_t> number_;       // states by node
  Policy policy_;
};

}  // namespace

const PolicyStep* Policy::step(std::size_t state, Instant at) const {
  const std::vector<PolicyStep>& steps = states[state].steps;
  const auto next = std::ranges::upper_bound(steps, at, {}, &PolicyStep::from);
  if (next == steps.begin()) return nullptr;
  const PolicyStep& last = *std::prev(next);
  return at < last.until ? &last : nullptr;
}

Policy policy(const ReliabilityBook& book, const Question& question, const PolicyTerms& terms) {
  CHECK(terms.aim != Aim::kOnTime || terms.deadline);
  CHECK(1 <= question.days_max && question.days_max <= 400);
  const detail::Engine& engine = book.state().engine;
  if (detail::obvious_refusal(engine.world, question).obstacle != Obstacle::kNone) return {};
  const detail::QueryTables tables{engine, question, {}};
  if (!tables.reaches_goal()) return {};
  const detail::DecisionGraph graph{engine, book.state().laws, tables, terms.has_storms};
  const detail::PolicyValues values{graph, engine, terms, book.state().stop};
  if (detail::is_set(book.state().stop)) return {};
  std::optional<std::uint32_t> best;
  for (const std::uint32_t start : tables.starts()) {
    const detail::Value value = values.arrived(start, 0);
    if (values.is_hopeless(value)) continue;
    if (!best || values.is_better(value, values.arrived(*best, 0))) best = start;
  }
  return best ? Follower{engine, graph, values}.follow(*best) : Policy{};
}

}  // namespace karvan::plan
