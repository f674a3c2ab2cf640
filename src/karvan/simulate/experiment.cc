#include "karvan/simulate/experiment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "karvan/base/check.h"

namespace karvan::simulate {
namespace {

constexpr double kConfidence = 0.95;
constexpr std::size_t kFewestRuns = 5;  // of a skewed figure

class FigureWriter {
 public:
  explicit FigureWriter(std::vector<Figure>& list) : list_{list} {}
  void group(std::string name) { group_ = std::move(name) + "/"; }
  void add(const char* what, double value) { list_.push_back({group_ + what, value}); }

 private:
  std::vector<Figure>& list_;
  std::string group_;
};

void add_market(FigureWriter& write, const MarketResult& market) {
  write.group("market/" + market.market);
  write.add("released_t", market.tonnes_released);
  write.add("delivered_t", market.tonnes_delivered);
  write.add("in_transit_t", market.tonnes_in_transit);
  write.add("lost_t", market.tonnes_lost);
  write.add("planned_h", market.planned_hours);
  write.add("late_share", market.late_share);
  write.add("delivered_teu", market.teu_delivered);
  write.add("transit_mean_h", market.transit_hours.mean);
  write.add("transit_p10_h", market.transit_hours.p10);
  write.add("transit_p50_h", market.transit_hours.p50);
  write.add("transit_p90_h", market.transit_hours.p90);
  write.add("transit_p95_h", market.transit_hours.p95);
  write.add("usd_per_t", market.usd_per_tonne);
  write.add("kg_co2e_per_t", market.kg_co2e_per_tonne);
}

using ByName = std::map<std::string, std::vector<double>>;

// The figures of all answers by name, one value for each answer, and the names in order.
ByName by_name(std::span<const Answer> answers, std::vector<std::string>& names) {
  ByName values;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    for (Figure& figure : figures_of(answers[i])) {
      const auto [at, is_new] = values.try_emplace(figure.name);
      if (is_new) {
        at->second.resize(answers.size());
        names.push_back(figure.name);
      }
      at->second[i] = figure.value;
    }
  }
  return values;
}

Estimate estimate_of(std::string name, std::span<const double> values) {
  Estimate estimate{.name = std::move(name)};
  for (const double value : values)
    estimate.tally.add(value);
  estimate.interval = des::mean_interval(estimate.tally, kConfidence);
  if (!estimate.interval) estimate.doubt = Doubt::kOneRun;
  return estimate;
}

// Waits, queues and high quantiles: bounded by zero on one side, by nothing on the other.
bool is_skewed(std::string_view name) {
  constexpr std::array<std::string_view, 7> kEnds{
      "/mean_wait_h",   "/p95_wait_h",    "/mean_queue", "/share_of_waiting",
      "/transit_p90_h", "/transit_p95_h", "/waiting_t_h"};
  return std::ranges::any_of(kEnds, [name](std::string_view end) { return name.ends_with(end); });
}

// The least number of independent waits whose order statistics enclose their 95 % quantile.
std::uint64_t least_for_p95() {
  std::uint64_t n = 1;
  while (!des::quantile_ranks(n, 0.95, kConfidence))
    ++n;
  return n;
}

void doubt(Estimate& estimate, Doubt why) {
  estimate.interval.reset();
  estimate.doubt = why;
}

// A single run's mean queues by batches of weeks.
void add_batch_interval(const FacilityResult& facility, Estimate& estimate) {
  constexpr std::size_t kBatches = 10;
  if (facility.queue_by_week.size() < 2 * kBatches) return doubt(estimate, Doubt::kFewWeeks);
  const auto batches = des::batch_means(facility.queue_by_week, kBatches, kConfidence);
  if (!batches || !batches->independent) return doubt(estimate, Doubt::kCorrelated);
  estimate.interval =
      des::Interval{.mean = estimate.tally.mean(), .half_width = batches->interval.half_width};
  estimate.doubt = Doubt::kNone;
}

void add_batch_intervals(const Answer& answer, std::vector<Estimate>& list) {
  std::map<std::string, const FacilityResult*> facilities;
  for (const FacilityResult& facility : answer.facilities)
    facilities["facility/" + facility.code + "/mean_queue"] = &facility;
  for (Estimate& estimate : list) {
    const auto at = facilities.find(estimate.name);
    if (at != facilities.end()) add_batch_interval(*at->second, estimate);
  }
}

}  // namespace

Result<std::vector<Answer>> replicate(const detail::Model& model,
                                      const Question& question,
                                      std::size_t n,
                                      const Crew& crew) {
  std::vector<std::optional<Result<Answer>>> results(n);
  crew.for_each(n, [&](std::size_t i) {
    Question one = question;
    one.replication = question.replication + i;
    Result<Answer> answer = Simulator::run(model, one, crew.stop);
    if (!answer || !crew.visit) {
      results[i] = std::move(answer);
      return;
    }
    Answer seen = std::move(answer).value();
    crew.visit(i, seen);
    results[i] = std::move(seen);
  });
  std::vector<Answer> answers;
  for (std::optional<Result<Answer>>& result : results) {
    CHECK(result.has_value());
    if (!result->ok()) return result->error();
    answers.push_back(std::move(*result).value());
  }
  return answers;
}

namespace {

// The interval of one figure's mean; nothing if an answer lacks the figure.
std::optional<des::Interval> interval_of(std::span<const Answer> answers, const std::string& name) {
  des::Tally tally;
  for (const Answer& answer : answers) {
    const std::vector<Figure> figures = figures_of(answer);
    const auto at = std::ranges::find(figures, name, &Figure::name);
    if (at == figures.end()) return std::nullopt;
    tally.add(at->value);
  }
  return des::mean_interval(tally, kConfidence);
}

}  // namespace

Result<std::vector<Answer>> replicate_until(const detail::Model& model,
                                            const Question& question,
                                            const Precision& precision,
                                            const Crew& crew) {
  constexpr std::size_t kBatch = 8;
  std::vector<Answer> answers;
  while (answers.size() < precision.most) {
    Question next = question;
    next.replication = question.replication + answers.size();
    const std::size_t before = answers.size();
    Crew shifted = crew;
    if (crew.visit)
      shifted.visit = [&crew, before](std::size_t i, Answer& a) { crew.visit(before + i, a); };
    Result<std::vector<Answer>> batch =
        replicate(model, next, std::min(kBatch, precision.most - before), shifted);
    if (!batch) return batch.error();
    for (Answer& answer : std::move(batch).value())
      answers.push_back(std::move(answer));
    const std::optional<des::Interval> interval = interval_of(answers, precision.figure);
    if (!interval)
      return Error{.kind = ErrorKind::kNotFound,
                   .message = "no run tells '" + precision.figure +
                              "'; --format csv lists the figures there are"};
    if (interval->half_width <= precision.share * std::abs(interval->mean)) break;
  }
  return answers;
}

std::vector<Figure> figures_of(const Answer& answer) {
  std::vector<Figure> figures;
  FigureWriter write{figures};
  write.group("corridor");
  write.add("delivered_t", answer.tonnes_delivered);
  double waited = 0;
  for (const FacilityResult& facility : answer.facilities)
    waited += facility.waiting_tonne_hours;
  write.add("waiting_t_h", waited);
  for (const MarketResult& market : answer.markets)
    add_market(write, market);
  for (const FacilityResult& facility : answer.facilities) {
    write.group("facility/" + facility.code);
    write.add("served", static_cast<double>(facility.served));
    write.add("mean_wait_h", facility.mean_wait_hours);
    write.add("p95_wait_h", facility.p95_wait_hours);
    write.add("mean_queue", facility.mean_queue);
    write.add("utilization", facility.utilization);
    write.add("share_of_waiting", facility.share_of_waiting);
  }
  for (const VesselResult& vessel : answer.vessels) {
    write.group("vessel/" + vessel.name);
    write.add("voyages", static_cast<double>(vessel.voyages));
    write.add("carried_t", vessel.tonnes);
    write.add("load_factor", vessel.load_factor);
  }
  for (const PlaceResult& place : answer.places) {
    write.group("port/" + place.place);
    write.add("loaded_t", place.tonnes_loaded);
    write.add("unloaded_t", place.tonnes_unloaded);
    write.add("closed_share", place.closed_share);
  }
  for (const PipelineResult& pipe : answer.pipelines) {
    write.group("pipeline/" + pipe.name);
    write.add("out_t", pipe.tonnes);
    write.add("in_line_h", pipe.mean_hours_in_line);
    write.add("share_stopped", pipe.share_stopped);
    write.add("liftings", static_cast<double>(pipe.liftings));
    write.add("mean_parcel_t", pipe.mean_parcel_t);
    write.add("trips", static_cast<double>(pipe.trips));
    write.add("share_tripped", pipe.share_tripped);
  }
  for (const TankResult& tank : answer.tanks) {
    write.group("tank/" + tank.name);
    write.add("mean_t", tank.mean_tonnes);
    write.add("least_t", tank.least_tonnes);
    write.add("greatest_t", tank.greatest_tonnes);
  }
  return figures;
}

std::vector<Estimate> estimates(std::span<const Answer> answers) {
  std::vector<std::string> names;
  const ByName values = by_name(answers, names);
  std::vector<Estimate> result;
  result.reserve(names.size());
  const auto fewest_served = static_cast<double>(least_for_p95());
  for (std::string& name : names) {
    const std::vector<double>& list = values.at(name);
    Estimate& estimate = result.emplace_back(estimate_of(std::move(name), list));
    if (answers.size() >= 2 && answers.size() < kFewestRuns && is_skewed(estimate.name))
      doubt(estimate, Doubt::kFewRuns);
    constexpr std::string_view kQuantile = "p95_wait_h";
    if (!estimate.name.ends_with(kQuantile)) continue;
    const std::string group = estimate.name.substr(0, estimate.name.size() - kQuantile.size());
    const std::vector<double>& served = values.at(group + "served");
    if (std::ranges::min(served) < fewest_served) doubt(estimate, Doubt::kFewServed);
  }
  if (answers.size() == 1) add_batch_intervals(answers.front(), result);
  return result;
}

std::vector<Estimate> differences(std::span<const Answer> base, std::span<const Answer> other) {
  CHECK(base.size() == other.size());
  std::vector<std::string> names;
  const ByName before = by_name(base, names);
  const ByName after = by_name(other, names);
  const std::vector<double> none(base.size());
  std::ranges::sort(names);
  const auto same = std::ranges::unique(names);
  names.erase(same.begin(), same.end());
  std::vector<Estimate> result;
  for (std::string& name : names) {
    const auto a = before.find(name);
    const auto b = after.find(name);
    std::vector<double> change = b == after.end() ? none : b->second;
    if (a != before.end()) {
      for (std::size_t i = 0; i < change.size(); ++i)
        change[i] -= a->second[i];
    }
    result.push_back(estimate_of(std::move(name), change));
  }
  return result;
}

}  // namespace karvan::simulate
