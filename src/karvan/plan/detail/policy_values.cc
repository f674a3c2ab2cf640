#include "karvan/plan/detail/policy_values.h"

#include <algorithm>

namespace karvan::plan::detail {
namespace {

constexpr double kSame = 1e-9;

}  // namespace

PolicyValues::PolicyValues(const DecisionGraph& graph,
                           const Engine& engine,
                           const PolicyTerms& terms,
                           const std::atomic<bool>* stop)
    : graph_{graph},
      aim_{terms.aim},
      cells_{graph.cells()},
      step_{static_cast<double>(graph.laws().step())},
      never_{2 * step_ * static_cast<double>(graph.cells())},
      arrived_{table(graph.tables().arrivals().size())},
      ready_{table(graph.tables().readies().size())},
      works_(graph.tables().arrivals().size() * cells_, kNoArc),
      boards_(graph.tables().readies().size() * cells_) {
  if (terms.deadline)
    deadline_ = static_cast<double>(engine.epoch.minute(*terms.deadline) - graph.minute(0));
  for (std::size_t cell = cells_; cell-- > 0 && !is_set(stop);) {
    make_ready(cell);
    work_off(cell);
  }
}

PolicyValues::Table PolicyValues::table(std::size_t nodes) const {
  return {.width = cells_ + 1,
          .arrive = std::vector<double>(nodes * (cells_ + 1), never_),
          .on_time = std::vector<double>(nodes * (cells_ + 1))};
}

bool PolicyValues::is_better(const Value& a, const Value& b) const {
  if (aim_ == Aim::kOnTime) {
    if (a.on_time > b.on_time + kSame) return true;
    if (a.on_time < b.on_time - kSame) return false;
  }
  return a.arrive < b.arrive - kSame;
}

Value PolicyValues::expected_from(const Table& table,
                                  std::size_t node,
                                  const Distribution& span,
                                  Minute since,
                                  std::size_t first) const {
  const std::size_t row = node * table.width;
  const auto step = graph_.laws().step();
  const Minute offset = since + span.base - graph_.minute(0);
  const auto lower = static_cast<std::size_t>(offset / step);
  const double upper = static_cast<double>(offset % step) / step_;  // share of the next cell
  const double* arrive = table.arrive.data() + row;
  const double* on_time = table.on_time.data() + row;
  // Each mass meets its cell and the next; those before `first` or behind the last, the nearest.
  Value value;
  double left = 1;
  const std::size_t n = span.mass.size();
  std::size_t i = 0;
  const auto add = [&](std::size_t cell, double mass) {
    const std::size_t at = std::min(std::max(cell, first), cells_);
    value.arrive += mass * arrive[at];
    value.on_time += mass * on_time[at];
  };
  const auto add_edge = [&](std::size_t until) {
    for (; i < until; ++i) {
      add(lower + i, span.mass[i] * (1 - upper));
      add(lower + i + 1, span.mass[i] * upper);
      left -= span.mass[i];
    }
  };
  add_edge(std::min(n, first > lower ? first - lower : 0));
  const std::size_t end = std::max(i, std::min(n, cells_ > lower ? cells_ - lower : 0));
  Value here;
  Value next;
  for (; i < end; ++i) {
    const double mass = span.mass[i];
    const std::size_t cell = lower + i;
    here.arrive += mass * arrive[cell];
    next.arrive += mass * arrive[cell + 1];
    here.on_time += mass * on_time[cell];
    next.on_time += mass * on_time[cell + 1];
    left -= mass;
  }
  add_edge(n);
  value.arrive += (1 - upper) * here.arrive + upper * next.arrive + std::max(0.0, left) * never_;
  value.on_time += (1 - upper) * here.on_time + upper * next.on_time;
  return value;
}

// --- what is ready

void PolicyValues::make_ready(std::size_t cell) {
  const std::size_t nodes = graph_.tables().readies().size();
  for (std::size_t node = 0; node < nodes; ++node) {
    ready_.set(node, cell, ready_.at(node, cell + 1));
    if (cell + 1 < cells_) boards_[node * cells_ + cell] = boards_[node * cells_ + cell + 1];
  }
  for (const Departing& voyage : graph_.leaving(cell))
    board(cell, voyage.arc, voyage.depart);
  for (const std::uint32_t arc : graph_.on_demand()) {
    const Minute depart = graph_.ordered(arc, graph_.minute(cell));
    if (depart != kNoMinute) board(cell, arc, depart);
  }
}

void PolicyValues::board(std::size_t cell, std::uint32_t arc, Minute depart) {
  const RideArc& ride = graph_.ride(arc);
  Value value;
  if (ride.stretch.size() == 1 && ride.stretch[0].gate == nullptr) {
    // Only the base moves: no copy of the law for each departure.
    value = expected_from(arrived_, ride.arrival, ride.stretch[0].span, depart, cell + 1);
  } else {
    Distribution moments = certain(depart);
    for (const Piece& piece : ride.stretch)
      moments = through(piece, moments, graph_.laws().step());
    value = expected_from(arrived_, ride.arrival, moments, 0, cell + 1);
  }
  if (!is_better(value, ready_.at(ride.ready, cell))) return;
  ready_.set(ride.ready, cell, value);
  boards_[ride.ready * cells_ + cell] = {.arc = arc, .depart = depart};
}

// --- what has come

Value PolicyValues::out_of_gate(const WorkArc& work, std::size_t cell) const {
  const Minute step = graph_.laws().step();
  const Distribution free = through(work.piece, certain(graph_.minute(cell)), step);
  const double share = total(free);
  const double begin = graph_.minute(0);
  Value value{.arrive = share * (mean(free, step) - begin) + std::max(0.0, 1 - share) * never_};
  if (deadline_) value.on_time = share_until(free, begin + *deadline_, step);
  return value;
}

void PolicyValues::work_off(std::size_t cell) {
  const std::size_t nodes = graph_.tables().arrivals().size();
  for (std::size_t node = 0; node < nodes; ++node) {
    const std::span<const WorkArc> works = graph_.works_of(node);
    for (std::uint32_t i = 0; i < works.size(); ++i) {
      const WorkArc& work = works[i];
      Value value;
      if (work.to == WorkArc::kGateOut) {
        value = out_of_gate(work, cell);
      } else if (work.piece.rests == nullptr) {
        value = expected_from(ready_, work.to, work.piece.span, graph_.minute(cell), cell);
      } else {
        value = expected_from(
            ready_, work.to,
            through(work.piece, certain(graph_.minute(cell)), graph_.laws().step()), 0, cell);
      }
      if (!is_better(value, arrived_.at(node, cell))) continue;
      arrived_.set(node, cell, value);
      works_[node * cells_ + cell] = i;
    }
  }
}

}  // namespace karvan::plan::detail
