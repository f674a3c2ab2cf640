#include "karvan/report/replay_report.h"

#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "karvan/base/json.h"
#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"
#include "karvan/wire/replay_json.h"

namespace karvan::report {
namespace {

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
  for (std::size_t i = 0; i < replay.replayed.option.legs.size(); ++i) {
    const karvan::Leg& leg = replay.replayed.option.legs[i];
    const std::optional<Instant> half = replay.replayed.loadings(i).by(0.5);
    table.add({std::string{mode_word(world[leg.service].mode)},
               one_line(world[leg.from].name) + " - " + one_line(world[leg.to].name),
               local_time(clocks, leg.from, leg.depart), moment_text(clocks, leg.from, half),
               half ? shift(*half - leg.depart) : ""});
  }
  return table.text(style);
}

// By the plan's laws and in the runs.
std::string arrivals_text(const Clocks& clocks, const ReplayCase& replay, const Style& style) {
  const Id<Place> to = replay.replayed.option.legs.back().to;
  const choice::Moments arrived = replay.replayed.arrivals();
  const Instant due = replay.replayed.deadline.value_or(replay.replayed.option.arrive);
  TextTable table{{{"Free by"},
                   {"In half of all cases"},
                   {"In 80 %"},
                   {"In 95 %"},
                   {replay.replayed.deadline ? "By " + local_time(clocks, to, due) : "As planned",
                    Align::kRight}},
                  2};
  const plan::Reliability& surety = replay.surety;
  table.add({"laws of delay alone", local_time(clocks, to, surety.p50),
             local_time(clocks, to, surety.p80), local_time(clocks, to, surety.p95),
             fmt::format("{:.0f} %", 100 * surety.on_time)});
  table.add({"simulated", moment_text(clocks, to, arrived.by(0.5)),
             moment_text(clocks, to, arrived.by(0.8)), moment_text(clocks, to, arrived.by(0.95)),
             fmt::format("{} of {}", arrived.until(due), replay.replayed.runs.size())});
  return table.text(style);
}

std::string days_spent(const ReplayCase& replay) {
  const simulate::ByActivity<double> hours = replay.replayed.mean_hours();
  std::vector<std::string> parts;
  for (std::size_t a = 0; a < simulate::kActivities; ++a)
    if (hours[a] >= 0.5) parts.push_back(fmt::format("{} {:.1f} d", kHoursWords[a], hours[a] / 24));
  return join(parts, ", ");
}

}  // namespace

std::string replay_text(const World& world, const ReplayCase& replay, const Style& style) {
  const Clocks clocks{world};
  const Itinerary& option = replay.replayed.option;
  const Id<Place> to = option.legs.back().to;
  const choice::Moments arrived = replay.replayed.arrivals();
  const std::size_t runs = replay.replayed.runs.size();
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
  for (std::size_t i = 0; i < replay.replayed.option.legs.size(); ++i) {
    const karvan::Leg& leg = replay.replayed.option.legs[i];
    std::vector<Cell> row{Cell::count(i + 1),
                          to_text(world[leg.service].mode),
                          world[leg.service].code,
                          world[leg.from].code,
                          world[leg.to].code,
                          clocks.text(leg.from, leg.depart),
                          clocks.text(leg.to, leg.arrive)};
    const auto add = [&](const choice::Moments& moments, Id<Place> place) {
      for (const double share : {0.1, 0.5, 0.9}) {
        const std::optional<Instant> moment = moments.by(share);
        row.push_back(moment ? Cell{clocks.text(place, *moment)} : Cell{});
      }
    };
    add(replay.replayed.loadings(i), leg.from);
    add(replay.replayed.unloadings(i), leg.to);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

std::string replay_json(const World& world, const ReplayCase& replay) {
  JsonWriter json{2};
  json.object().key("scenario");
  if (world.scenario().empty()) {
    json.null();
  } else {
    json.text(world.scenario());
  }
  json.integer("days", replay.question.days).integer("warm_up_days", replay.question.warm_up_days);
  wire::replay(json, world, Clocks{world}, replay.replayed);
  return std::move(json).finish() + '\n';
}

}  // namespace karvan::report
