#include "karvan/report/replay_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "karvan/base/json.h"
#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using choice::Replay;

// By when it had happened in a share of all runs (nearest rank); nothing if in fewer it ever did.
class Moments {
 public:
  template <class Pick>
  Moments(const std::vector<Replay::Outcome>& runs, Pick&& pick) : runs_{runs.size()} {
    for (const Replay::Outcome& run : runs)
      if (const std::optional<Instant> moment = pick(run)) sorted_.push_back(*moment);
    std::ranges::sort(sorted_);
  }

  std::optional<Instant> by(double share) const {
    const auto rank =
        static_cast<std::size_t>(std::max(1.0, std::ceil(share * static_cast<double>(runs_))));
    if (rank > sorted_.size()) return std::nullopt;
    return sorted_[rank - 1];
  }
  std::size_t count() const { return sorted_.size(); }
  std::size_t until(Instant moment) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(sorted_, moment) - sorted_.begin());
  }

 private:
  std::vector<Instant> sorted_;
  std::size_t runs_;
};

Moments arrivals(const ReplayCase& replay) {
  return {replay.runs, [](const Replay::Outcome& run) { return run.arrived; }};
}
Moments loadings(const ReplayCase& replay, std::size_t leg) {
  return {replay.runs, [leg](const Replay::Outcome& run) { return run.legs[leg].loaded; }};
}
Moments unloadings(const ReplayCase& replay, std::size_t leg) {
  return {replay.runs, [leg](const Replay::Outcome& run) { return run.legs[leg].unloaded; }};
}

// Mean hours of each activity over the runs in which all of it arrived.
simulate::ByActivity<double> mean_hours(const ReplayCase& replay) {
  simulate::ByActivity<double> mean{};
  const auto n = static_cast<double>(std::max<std::size_t>(1, arrivals(replay).count()));
  for (const Replay::Outcome& run : replay.runs) {
    if (!run.arrived) continue;
    for (std::size_t a = 0; a < simulate::kActivities; ++a)
      mean[a] += run.hours[a] / n;
  }
  return mean;
}

constexpr std::array<std::string_view, simulate::kActivities> kHoursWords{
    "moving",           "handling",          "borders",        "waits for departures",
    "waits for cranes", "waits on the line", "waits at ports", "waits for empties"};

// "1 d 4 h later", "6 h earlier"; empty for less than an hour.
std::string shift(Duration late) {
  if (std::chrono::abs(late) < std::chrono::hours{1}) return "";
  return duration_to_text(std::chrono::abs(late)) + (late.count() > 0 ? " later" : " earlier");
}

std::string moment_text(const Clocks& clocks, Id<Place> place, std::optional<Instant> moment) {
  return moment ? local_time(clocks, place, *moment) : "not within the days";
}

std::string legs_text(const World& world,
                      const Clocks& clocks,
                      const ReplayCase& replay,
                      const Style& style) {
  TextTable table{
      {{"Leg"}, {"", Align::kLeft}, {"Leaves as planned"}, {"In half of the runs by"}, {""}}, 2};
  for (std::size_t i = 0; i < replay.option.legs.size(); ++i) {
    const karvan::Leg& leg = replay.option.legs[i];
    const std::optional<Instant> half = loadings(replay, i).by(0.5);
    table.add({std::string{mode_word(world[leg.service].mode)},
               one_line(world[leg.from].name) + " - " + one_line(world[leg.to].name),
               local_time(clocks, leg.from, leg.depart), moment_text(clocks, leg.from, half),
               half ? shift(*half - leg.depart) : ""});
  }
  return table.text(style);
}

// By the plan's laws and in the runs.
std::string arrivals_text(const Clocks& clocks, const ReplayCase& replay, const Style& style) {
  const Id<Place> to = replay.option.legs.back().to;
  const Moments arrived = arrivals(replay);
  const Instant due = replay.deadline.value_or(replay.option.arrive);
  TextTable table{
      {{"Free by"},
       {"In half of all cases"},
       {"In 80 %"},
       {"In 95 %"},
       {replay.deadline ? "By " + local_time(clocks, to, due) : "As planned", Align::kRight}},
      2};
  const plan::Reliability& surety = replay.surety;
  table.add({"laws of delay alone", local_time(clocks, to, surety.p50),
             local_time(clocks, to, surety.p80), local_time(clocks, to, surety.p95),
             fmt::format("{:.0f} %", 100 * surety.on_time)});
  table.add({"simulated", moment_text(clocks, to, arrived.by(0.5)),
             moment_text(clocks, to, arrived.by(0.8)), moment_text(clocks, to, arrived.by(0.95)),
             fmt::format("{} of {}", arrived.until(due), replay.runs.size())});
  return table.text(style);
}

std::string days_spent(const ReplayCase& replay) {
  const simulate::ByActivity<double> hours = mean_hours(replay);
  std::vector<std::string> parts;
  for (std::size_t a = 0; a < simulate::kActivities; ++a)
    if (hours[a] >= 0.5) parts.push_back(fmt::format("{} {:.1f} d", kHoursWords[a], hours[a] / 24));
  return join(parts, ", ");
}

}  // namespace

std::string replay_text(const World& world, const ReplayCase& replay, const Style& style) {
  const Clocks clocks{world};
  const Itinerary& option = replay.option;
  const Id<Place> to = option.legs.back().to;
  const Moments arrived = arrivals(replay);
  const std::size_t runs = replay.runs.size();
  std::string text = style.bold(
      fmt::format("{} to {}: {}, sent through {} simulated {}",
                  one_line(world[option.legs.front().from].name), one_line(world[to].name),
                  shipment_text(world, replay.shipment), runs, runs == 1 ? "run" : "runs"));
  text += fmt::format("\n{}, beside all other cargo, {} days after {} of warm-up\n\n",
                      world.scenario().empty() ? "the data as they are"
                                               : "scenario " + std::string{world.scenario()},
                      replay.question.days, replay.question.warm_up_days);
  text +=
      fmt::format("  As planned it is free at {}, after {} days.\n\n",
                  local_time(clocks, to, option.arrive), days_text(option.arrive - option.depart));
  text += arrivals_text(clocks, replay, style);
  if (arrived.count() < runs)
    text += fmt::format("  Not all of it was there at the end of {} of {} runs.\n",
                        runs - arrived.count(), runs);
  text += '\n' + legs_text(world, clocks, replay, style);
  if (arrived.count() > 0)
    text +=
        "\n  " + wrapped("Where a tonne's days went: " + days_spent(replay) + ".", 94, 4) + '\n';
  return text;
}

Sheet replay_sheet(const World& world, const ReplayCase& replay) {
  const Clocks clocks{world};
  Sheet sheet{.columns = {{"leg", "Leg"},
                          {"mode", "Mode"},
                          {"service", "Service"},
                          {"from", "From"},
                          {"to", "To"},
                          {"depart", "Leaves as planned"},
                          {"arrive", "Arrives as planned"},
                          {"loaded_p10", "Loaded, 10 %"},
                          {"loaded_p50", "Loaded, 50 %"},
                          {"loaded_p90", "Loaded, 90 %"},
                          {"unloaded_p10", "Unloaded, 10 %"},
                          {"unloaded_p50", "Unloaded, 50 %"},
                          {"unloaded_p90", "Unloaded, 90 %"}},
              .rows = {}};
  for (std::size_t i = 0; i < replay.option.legs.size(); ++i) {
    const karvan::Leg& leg = replay.option.legs[i];
    std::vector<Cell> row{Cell::count(i + 1),
                          to_text(world[leg.service].mode),
                          world[leg.service].code,
                          world[leg.from].code,
                          world[leg.to].code,
                          clocks.text(leg.from, leg.depart),
                          clocks.text(leg.to, leg.arrive)};
    const auto add = [&](const Moments& moments, Id<Place> place) {
      for (const double share : {0.1, 0.5, 0.9}) {
        const std::optional<Instant> moment = moments.by(share);
        row.push_back(moment ? Cell{clocks.text(place, *moment)} : Cell{});
      }
    };
    add(loadings(replay, i), leg.from);
    add(unloadings(replay, i), leg.to);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

std::string replay_json(const World& world, const ReplayCase& replay) {
  const Clocks clocks{world};
  const Itinerary& option = replay.option;
  const Id<Place> to = option.legs.back().to;
  const Moments arrived = arrivals(replay);
  JsonWriter json{2};
  const auto moment = [&](std::string_view name, Id<Place> place, std::optional<Instant> at) {
    json.key(name);
    if (at) {
      json.text(clocks.text(place, *at));
    } else {
      json.null();
    }
  };
  json.object().key("scenario");
  if (world.scenario().empty()) {
    json.null();
  } else {
    json.text(world.scenario());
  }
  json.integer("runs", static_cast<long long>(replay.runs.size()))
      .integer("days", replay.question.days)
      .integer("warm_up_days", replay.question.warm_up_days);
  moment("depart", option.legs.front().from, option.depart);
  moment("arrive", to, option.arrive);
  moment("deadline", to, replay.deadline);
  moment("p10", to, arrived.by(0.1));
  moment("p50", to, arrived.by(0.5));
  moment("p80", to, arrived.by(0.8));
  moment("p90", to, arrived.by(0.9));
  moment("p95", to, arrived.by(0.95));
  json.integer("arrived", static_cast<long long>(arrived.count()))
      .integer("as_planned", static_cast<long long>(arrived.until(option.arrive)));
  if (replay.deadline) {
    json.integer("on_time", static_cast<long long>(arrived.until(*replay.deadline)));
  } else {
    json.null("on_time");
  }
  json.key("hours").object();
  const simulate::ByActivity<double> hours = mean_hours(replay);
  for (const auto& [activity, text] : EnumTexts<simulate::Activity>::values)
    json.number(text, hours[static_cast<std::size_t>(activity)], 2);
  json.end();
  json.key("legs").array();
  for (std::size_t i = 0; i < option.legs.size(); ++i) {
    const karvan::Leg& leg = option.legs[i];
    json.object()
        .text("mode", to_text(world[leg.service].mode))
        .text("service", world[leg.service].code)
        .text("from", world[leg.from].code)
        .text("to", world[leg.to].code);
    moment("depart", leg.from, leg.depart);
    moment("arrive", leg.to, leg.arrive);
    moment("loaded_p50", leg.from, loadings(replay, i).by(0.5));
    moment("unloaded_p50", leg.to, unloadings(replay, i).by(0.5));
    json.end();
  }
  return std::move(json).finish() + '\n';
}

}  // namespace karvan::report
