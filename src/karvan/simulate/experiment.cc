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
  void add(const std::string& what, double value) { list_.push_back({group_ + what, value}); }

 private:
  std::vector<Figure>& list_;
  std::string group_;
};

// Quantiles, and the number of observations they rest on.
void add_spread(FigureWriter& write, const std::string& what, const Spread& spread) {
  write.add(what + "_observations", spread.observations);
  write.add(what + "_mean_h", spread.mean);
  write.add(what + "_p10_h", spread.p10);
  write.add(what + "_p50_h", spread.p50);
  write.add(what + "_p90_h", spread.p90);
  write.add(what + "_p95_h", spread.p95);
}

void add_hours(FigureWriter& write, const ByActivity<double>& hours) {
  for (std::size_t a = 0; a < kActivities; ++a)
    write.add(std::string{to_text(static_cast<Activity>(a))} + "_h", hours[a]);
}

// "delivered_t/2024-01": by calendar month, the first and last as far as they count.
void add_months(FigureWriter& write,
                const std::string& what,
                Date from,
                const std::vector<double>& tonnes) {
  const std::chrono::year_month_day day{from};
  std::chrono::year_month month = day.year() / day.month();
  for (const double value : tonnes) {
    write.add(what + "/" + date_to_text(Date{month / 1}).substr(0, 7), value);
    month += std::chrono::months{1};
  }
}

void add_market(FigureWriter& write, const MarketResult& market, Date from) {
  write.group("market/" + market.market);
  write.add("released_t", market.tonnes_released);
  write.add("delivered_t", market.tonnes_delivered);
  write.add("in_transit_t", market.tonnes_in_transit);
  write.add("lost_t", market.tonnes_lost);
  write.add("planned_h", market.planned_hours);
  write.add("late_share", market.late_share);
  write.add("late_t", market.tonnes_late);
  write.add("shipments", static_cast<double>(market.shipments));
  write.add("delivered_teu", market.teu_delivered);
  add_spread(write, "transit", market.transit_hours);
  add_hours(write, market.hours);
  write.add("usd_per_t", market.usd_per_tonne);
  write.add("kg_co2e_per_t", market.kg_co2e_per_tonne);
  add_months(write, "delivered_t", from, market.tonnes_by_month);
}

void add_facility(FigureWriter& write, const FacilityResult& facility, Date from) {
  write.group("facility/" + facility.code);
  write.add("served", static_cast<double>(facility.served));
  write.add("tonnes", facility.tonnes);
  write.add("mean_wait_h", facility.mean_wait_hours);
  write.add("p50_wait_h", facility.p50_wait_hours);
  write.add("p90_wait_h", facility.p90_wait_hours);
  write.add("p95_wait_h", facility.p95_wait_hours);
  write.add("mean_queue", facility.mean_queue);
  write.add("utilization", facility.utilization);
  write.add("waiting_t_h", facility.waiting_tonne_hours);
  write.add("short_t_h", facility.short_tonne_hours);
  write.add("share_of_waiting", facility.share_of_waiting);
  write.add("share_of_short", facility.share_of_short);
  if (facility.kind == FacilityKind::kBerth) {
    write.add("share_working", facility.share_working);
    write.add("share_filling", facility.share_filling);
    write.add("share_stormbound", facility.share_stormbound);
  }
  add_months(write, "tonnes", from, facility.tonnes_by_month);
}

void add_service(FigureWriter& write, const ServiceResult& service, Date from) {
  write.group("service/" + service.code);
  write.add("departures", static_cast<double>(service.departures));
  write.add("tonnes", service.tonnes);
  write.add("load_factor", service.load_factor);
  add_hours(write, service.hours);
  add_months(write, "tonnes", from, service.tonnes_by_month);
}

void add_vessel(FigureWriter& write, const VesselResult& vessel, Date from) {
  write.group("vessel/" + vessel.name);
  write.add("voyages", static_cast<double>(vessel.voyages));
  write.add("carried_t", vessel.tonnes);
  write.add("load_factor", vessel.load_factor);
  write.add("share_sailing", vessel.share_sailing);
  write.add("share_ballast", vessel.share_ballast);
  write.add("share_working", vessel.share_working);
  write.add("share_filling", vessel.share_filling);
  write.add("share_berth", vessel.share_berth);
  write.add("share_stormbound", vessel.share_stormbound);
  write.add("share_repair", vessel.share_repair);
  write.add("share_idle", vessel.share_idle);
  add_months(write, "carried_t", from, vessel.tonnes_by_month);
}

void add_pipeline(FigureWriter& write, const PipelineResult& pipe, Date from) {
  write.group("pipeline/" + pipe.name);
  write.add("out_t", pipe.tonnes);
  write.add("in_line_h", pipe.mean_hours_in_line);
  write.add("share_stopped", pipe.share_stopped);
  write.add("liftings", static_cast<double>(pipe.liftings));
  write.add("mean_parcel_t", pipe.mean_parcel_t);
  write.add("trips", static_cast<double>(pipe.trips));
  write.add("share_tripped", pipe.share_tripped);
  add_months(write, "out_t", from, pipe.tonnes_by_month);
}

// The figures of all runs by name, one value for each run, and the names in order.
struct ByName {
  std::map<std::string, std::vector<double>> values;
  std::vector<std::string> names;
  std::size_t runs = 0;

  void add(std::size_t run, const FigureList& list) {
    for (const Figure& figure : list) {
      const auto [at, is_new] = values.try_emplace(figure.name);
      if (is_new) {
        at->second.resize(runs);
        names.push_back(figure.name);
      }
      at->second[run] = figure.value;
    }
  }
};

ByName by_name(std::span<const Answer> answers) {
  ByName all{.values = {}, .names = {}, .runs = answers.size()};
  for (std::size_t run = 0; run < answers.size(); ++run)
    all.add(run, figures_of(answers[run]));
  return all;
}

ByName by_name(std::span<const FigureList> lists) {
  ByName all{.values = {}, .names = {}, .runs = lists.size()};
  for (std::size_t run = 0; run < lists.size(); ++run)
    all.add(run, lists[run]);
  return all;
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
  constexpr std::array<std::string_view, 13> kEnds{
      "/mean_wait_h",    "/p90_wait_h",    "/p95_wait_h",    "/mean_queue",   "/share_of_waiting",
      "/share_of_short", "/transit_p90_h", "/transit_p95_h", "/dwell_mean_h", "/dwell_p90_h",
      "/dwell_p95_h",    "/waiting_t_h",   "/short_t_h"};
  return std::ranges::any_of(kEnds, [name](std::string_view end) { return name.ends_with(end); });
}

// The least number of independent waits whose order statistics enclose their 95 % quantile.
std::uint64_t least_for_p95() {
  std::uint64_t n = 1;
  while (!des::quantile_ranks(n, 0.95, kConfidence))
    ++n;
  return n;
}

// A quantile of fewer observations than lie beyond it says nothing: the q-quantile needs one of
// them outside it, P95 twenty, P90 and P10 ten, the median two. Which figure counts them, and how
// many there must be; nothing for what is no quantile.
struct Carried {
  std::string by;
  double least = 0;
};
std::optional<Carried> carried_by(std::string_view name) {
  struct Quantile {
    std::string_view end;
    std::string_view counted_by;
    double least;
  };
  constexpr std::array<Quantile, 9> kQuantiles{{{"transit_mean_h", "transit_observations", 1},
                                                {"dwell_mean_h", "dwell_observations", 1},
                                                {"p50_wait_h", "served", 2},
                                                {"p90_wait_h", "served", 10},
                                                {"p95_wait_h", "served", 20},
                                                {"_p10_h", "_observations", 10},
                                                {"_p50_h", "_observations", 2},
                                                {"_p90_h", "_observations", 10},
                                                {"_p95_h", "_observations", 20}}};
  for (const Quantile& q : kQuantiles) {
    if (!name.ends_with(q.end)) continue;
    name.remove_suffix(q.end.size());
    return Carried{.by = std::string{name} + std::string{q.counted_by}, .least = q.least};
  }
  return std::nullopt;
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

Result<std::vector<std::vector<Answer>>> replicate_arms(std::span<const Arm> arms,
                                                        std::size_t n,
                                                        const Crew& crew) {
  std::vector<std::optional<Result<Answer>>> results(n * arms.size());
  const std::atomic<bool>* stop = crew.watch.stop;
  crew.for_each(results.size(), [&](std::size_t i) {
    // Those not yet begun are not set up just to be stopped.
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) return;
    const Arm& arm = arms[i % arms.size()];
    Question one = arm.question;
    one.replication += i / arms.size();
    Result<Answer> answer = Simulator::run(*arm.model, one, crew.watch);
    if (!answer || !crew.visit) {
      results[i] = std::move(answer);
      return;
    }
    Answer seen = std::move(answer).value();
    crew.visit(i, seen);
    results[i] = std::move(seen);
  });
  std::vector<std::vector<Answer>> answers(arms.size());
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    for (std::size_t i = arm; i < results.size(); i += arms.size()) {
      std::optional<Result<Answer>>& result = results[i];
      if (!result)
        return Error{.kind = ErrorKind::kUnavailable, .message = "the runs were stopped"};
      if (!result->ok()) return result->error();
      answers[arm].push_back(std::move(*result).value());
    }
  }
  return answers;
}

Result<std::vector<Answer>> replicate(const detail::Model& model,
                                      const Question& question,
                                      std::size_t n,
                                      const Crew& crew) {
  const Arm arm{.model = &model, .question = question};
  auto answers = replicate_arms({&arm, 1}, n, crew);
  if (!answers) return answers.error();
  return std::move(std::move(answers).value().front());
}

namespace {

// The interval of one figure's mean; nothing if an answer lacks the figure.
std::optional<des::Interval> interval_of(std::span<const Answer> answers, const std::string& name) {
  des::Tally tally;
  for (const Answer& answer : answers) {
    const FigureList figures = figures_of(answer);
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

FigureList figures_of(const Answer& answer) {
  std::vector<Figure> figures;
  FigureWriter write{figures};
  write.group("corridor");
  write.add("delivered_t", answer.tonnes_delivered);
  double waited = 0;
  double was_short = 0;
  for (const FacilityResult& facility : answer.facilities) {
    waited += facility.waiting_tonne_hours;
    was_short += facility.short_tonne_hours;
  }
  write.add("waiting_t_h", waited);
  write.add("short_t_h", was_short);
  for (const MarketResult& market : answer.markets)
    add_market(write, market, answer.from);
  for (const FacilityResult& facility : answer.facilities)
    add_facility(write, facility, answer.from);
  for (const ServiceResult& service : answer.services)
    add_service(write, service, answer.from);
  for (const VesselResult& vessel : answer.vessels)
    add_vessel(write, vessel, answer.from);
  for (const DwellResult& dwell : answer.dwells) {
    write.group("place/" + dwell.code);
    write.add("stays", static_cast<double>(dwell.stays));
    write.add("stayed_t", dwell.tonnes);
    add_spread(write, "dwell", dwell.hours);
  }
  for (const PlaceResult& place : answer.places) {
    write.group("port/" + place.place);
    write.add("loaded_t", place.tonnes_loaded);
    write.add("unloaded_t", place.tonnes_unloaded);
    write.add("closed_share", place.closed_share);
    add_months(write, "moved_t", answer.from, place.tonnes_by_month);
  }
  for (const PipelineResult& pipe : answer.pipelines)
    add_pipeline(write, pipe, answer.from);
  for (const TankResult& tank : answer.tanks) {
    write.group("tank/" + tank.name);
    write.add("mean_t", tank.mean_tonnes);
    write.add("least_t", tank.least_tonnes);
    write.add("greatest_t", tank.greatest_tonnes);
    write.add("share_full", tank.share_full);
    write.add("share_empty", tank.share_empty);
  }
  return figures;
}

bool is_named(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  return name.size() + 1 >= pattern.size() && name.starts_with(pattern.substr(0, star)) &&
         name.ends_with(pattern.substr(star + 1));
}

namespace {

std::vector<Estimate> estimates_of(const ByName& all) {
  std::vector<Estimate> result;
  result.reserve(all.names.size());
  const auto fewest_served = static_cast<double>(least_for_p95());
  for (const std::string& name : all.names) {
    Estimate& estimate = result.emplace_back(estimate_of(name, all.values.at(name)));
    if (all.runs >= 2 && all.runs < kFewestRuns && is_skewed(name))
      doubt(estimate, Doubt::kFewRuns);
    constexpr std::string_view kQuantile = "p95_wait_h";
    if (!name.ends_with(kQuantile)) continue;
    const std::string group = name.substr(0, name.size() - kQuantile.size());
    const std::vector<double>& served = all.values.at(group + "served");
    if (std::ranges::min(served) < fewest_served) doubt(estimate, Doubt::kFewServed);
  }
  for (Estimate& estimate : result) {
    const std::optional<Carried> carried = carried_by(estimate.name);
    if (!carried) continue;
    const auto counted = all.values.find(carried->by);
    if (counted != all.values.end() && std::ranges::min(counted->second) < carried->least)
      doubt(estimate, Doubt::kFewObserved);
  }
  return result;
}

std::vector<Estimate> differences_of(const ByName& before, const ByName& after) {
  CHECK(before.runs == after.runs);
  std::vector<std::string> names = before.names;
  names.insert(names.end(), after.names.begin(), after.names.end());
  const std::vector<double> none(before.runs);
  std::ranges::sort(names);
  const auto same = std::ranges::unique(names);
  names.erase(same.begin(), same.end());
  std::vector<Estimate> result;
  for (std::string& name : names) {
    const auto a = before.values.find(name);
    const auto b = after.values.find(name);
    std::vector<double> change = b == after.values.end() ? none : b->second;
    if (a != before.values.end()) {
      for (std::size_t i = 0; i < change.size(); ++i)
        change[i] -= a->second[i];
    }
    Estimate& estimate = result.emplace_back(estimate_of(std::move(name), change));
    const std::optional<Carried> carried = carried_by(estimate.name);
    if (!carried) continue;
    for (const ByName* side : {&before, &after}) {
      const auto counted = side->values.find(carried->by);
      if (counted != side->values.end() && std::ranges::min(counted->second) < carried->least)
        doubt(estimate, Doubt::kFewObserved);
    }
  }
  return result;
}

}  // namespace

std::vector<Estimate> estimates(std::span<const Answer> answers) {
  std::vector<Estimate> result = estimates_of(by_name(answers));
  if (answers.size() == 1) add_batch_intervals(answers.front(), result);
  return result;
}

std::vector<Estimate> estimates(std::span<const FigureList> runs) {
  return estimates_of(by_name(runs));
}

std::vector<Estimate> differences(std::span<const Answer> base, std::span<const Answer> other) {
  return differences_of(by_name(base), by_name(other));
}

std::vector<Estimate> differences(std::span<const FigureList> base,
                                  std::span<const FigureList> other) {
  return differences_of(by_name(base), by_name(other));
}

}  // namespace karvan::simulate
