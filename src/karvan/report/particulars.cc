#include "karvan/report/particulars.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/model/path.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

std::vector<Id<Call>> calls_of(const World& world, Id<Service> service) {
  std::vector<Id<Call>> calls;
  for (const Id<Call> id : world.ids<Call>()) {
    if (world[id].service == service) calls.push_back(id);
  }
  const auto by_sequence = [&world](Id<Call> a, Id<Call> b) {
    return world[a].sequence < world[b].sequence;
  };
  std::ranges::stable_sort(calls, by_sequence);
  return calls;
}

Km length_of(const World& world, const Call& call) {
  Km sum;
  for (const Id<Link> link : call.links)
    sum += world[link].length;
  return sum;
}

Hours hours_of(const World& world, const Call& call) {
  if (call.hours) return *call.hours;
  Hours sum;
  for (const Id<Link> link : call.links)
    sum += world[link].running();
  return sum;
}

std::string time_of_day(std::chrono::minutes minutes) {
  return fmt::format("{:02}:{:02}", minutes.count() / 60, minutes.count() % 60);
}

std::string departs_text(const Departure& departure) {
  const std::string at = time_of_day(departure.leaves_at);
  std::string days = departure.dates.empty()
                         ? to_text(departure.days)
                         : fmt::format("{} single days", departure.dates.size());
  std::string text = fmt::format("{} at {}", days, at);
  if (departure.valid_from) text += " from " + date_to_text(*departure.valid_from);
  if (departure.valid_until) text += " until " + date_to_text(*departure.valid_until);
  return text + ", local time";
}

// When the service leaves its first call, in words; one for each row of departures.
std::vector<std::string> departures_text(const World& world, Id<Service> id) {
  const Service& service = world[id];
  switch (service.departs) {
    case DepartureRule::kFrequency:
      return {fmt::format("{} departures a week, evenly spread",
                          plain(service.departures_per_week.value_or(0)))};
    case DepartureRule::kWhenFull:
      return {fmt::format("when full, about {} a week",
                          plain(service.departures_per_week.value_or(0)))};
    case DepartureRule::kOnDemand:
      return {"on demand, at any hour"};
    case DepartureRule::kTimetable:
      break;
  }
  std::vector<std::string> all;
  for (const Id<Departure> row : world.ids<Departure>()) {
    if (world[row].service == id) all.push_back(departs_text(world[row]));
  }
  return all;
}

// The local clock at a call for a departure whose first call shows `leaves_at` on `day`.
struct CallTimes {
  Duration arrive{};  // since the first departure
  Duration depart{};
};

std::vector<CallTimes> times_of(const World& world, const std::vector<Id<Call>>& calls) {
  std::vector<CallTimes> times;
  Duration clock{};
  for (const Id<Call> id : calls) {
    CallTimes at;
    if (!times.empty()) clock += to_duration(hours_of(world, world[id]));
    at.arrive = clock;
    if (!times.empty()) clock += to_duration(world[id].dwell);
    at.depart = clock;
    times.push_back(at);
  }
  return times;
}

// "day 3 14:20".
std::string day_and_time(const Clocks& clocks, Id<Place> place, Instant instant, Date first_day) {
  const std::chrono::minutes offset = clocks.offset(place, instant);
  const Date day = local_date(instant, offset);
  const auto clock =
      std::chrono::duration_cast<std::chrono::minutes>((instant + offset) - Instant{day});
  return fmt::format("day {} {} {}", (day - first_day).count() + 1, time_of_day(clock),
                     offset_text(offset));
}

// The first departure that the timetable has within the calendar; midnight for other rules.
std::pair<Date, std::chrono::minutes> sample_departure(const World& world, Id<Service> id) {
  const Date begin = world.info().calendar_from;
  for (const Id<Departure> row : world.ids<Departure>()) {
    const Departure& departure = world[row];
    if (departure.service != id) continue;
    if (!departure.dates.empty()) return {departure.dates.front(), departure.leaves_at};
    Date day = departure.valid_from ? std::max(begin, *departure.valid_from) : begin;
    for (int i = 0; i < 7 && !departure.days.contains(day); ++i)
      day += std::chrono::days{1};
    return {day, departure.leaves_at};
  }
  return {begin, world[id].window_from.value_or(std::chrono::minutes{0})};
}

Sheet timetable(const World& world, Id<Service> service) {
  const std::vector<Id<Call>> calls = calls_of(world, service);
  const std::vector<CallTimes> times = times_of(world, calls);
  const Clocks clocks{world};
  Sheet sheet{.columns = {{"sequence", "#"},
                          {"place", "Place"},
                          {"name", "Name"},
                          {"arrive", "Arrives"},
                          {"depart", "Departs"},
                          {"hours", "Hours"},
                          {"distance_km", "km"},
                          {"loads", "Loads"},
                          {"unloads", "Unloads"}},
              .rows = {}};
  if (calls.empty()) return sheet;
  const auto [day, leaves_at] = sample_departure(world, service);
  const Instant start = clocks.instant(world[calls.front()].place, day, leaves_at);
  Km distance;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Call& call = world[calls[i]];
    distance += length_of(world, call);
    const bool is_first = i == 0;
    const bool is_last = i + 1 == calls.size();
    const auto show = [&](Duration since) {
      return Cell{day_and_time(clocks, call.place, start + since, day)};
    };
    sheet.rows.push_back({Cell{static_cast<double>(call.sequence), 0}, world[call.place].code,
                          world[call.place].name, is_first ? Cell{} : show(times[i].arrive),
                          is_last ? Cell{} : show(times[i].depart),
                          Cell{to_hours(times[i].arrive).value(), 1}, Cell{distance.value(), 0},
                          call.loads && !is_last, call.unloads && !is_first});
  }
  return sheet;
}

}  // namespace

std::vector<Particular> particulars_of(const World& world, Id<Service> service) {
  std::vector<Particular> all;
  Sheet departures{.columns = {{"departs", "Departs"}}, .rows = {}};
  for (const std::string& text : departures_text(world, service))
    departures.rows.push_back({text});
  all.push_back({.title = "Leaves its first call", .name = "departs", .sheet = departures});
  all.push_back({.title = "Timetable of one run, local time (day 1 = first departure)",
                 .name = "timetable",
                 .sheet = timetable(world, service)});
  Sheet capacity{.columns = {{"load_unit", "Load unit"}, {"units", "Units a departure"}},
                 .rows = {}};
  for (const Id<Capacity> id : world.ids<Capacity>()) {
    const Capacity& row = world[id];
    if (row.service == service)
      capacity.rows.push_back({world[row.load_unit].code, Cell{row.units, 0}});
  }
  all.push_back({.title = "Carries", .name = "carries", .sheet = capacity});
  return all;
}

std::vector<Particular> particulars_of(const World& world, Id<Place> place) {
  Sheet links{.columns = {{"link", "Link"},
                          {"to", "To"},
                          {"mode", "Mode"},
                          {"length_km", "km"},
                          {"status", "Status"},
                          {"risk", "Risk"}},
              .rows = {}};
  for (const Id<Link> id : world.ids<Link>()) {
    const Link& link = world[id];
    if (link.from != place && link.to != place) continue;
    const Id<Place> other = link.from == place ? link.to : link.from;
    links.rows.push_back({link.code, world[other].name, to_text(link.mode),
                          Cell{link.length.value(), 0}, to_text(link.status), to_text(link.risk)});
  }
  const Column<Service, std::vector<Id<Call>>> calls = group<Service>(world, &Call::service);
  Sheet services{.columns = {{"service", "Service"},
                             {"name", "Name"},
                             {"mode", "Mode"},
                             {"operator", "Operator"},
                             {"departs", "Departs"}},
                 .rows = {}};
  for (const Id<Service> id : world.ids<Service>()) {
    const auto calls_here = [&](Id<Call> call) { return world[call].place == place; };
    if (std::ranges::none_of(calls[id], calls_here)) continue;
    const std::vector<std::string> departs = departures_text(world, id);
    services.rows.push_back({world[id].code, world[id].name, to_text(world[id].mode),
                             world[world[id].operator_].code,
                             departs.empty() ? std::string{} : departs.front()});
  }
  return {{.title = "Links", .name = "links", .sheet = links},
          {.title = "Services that call here", .name = "services", .sheet = services}};
}

std::vector<Particular> particulars_of(const World& world, Id<Regime> regime, Date date) {
  Sheet members{.columns = {{"country", "Country"},
                            {"name", "Name"},
                            {"status", "Status"},
                            {"from", "From"},
                            {"until", "Until"}},
                .rows = {}};
  for (const Id<Membership> id : world.ids<Membership>()) {
    const Membership& row = world[id];
    if (row.regime != regime || (row.from && date < *row.from)) continue;
    if (row.until && date >= *row.until) continue;
    members.rows.push_back({world[row.country].code, world[row.country].name, to_text(row.status),
                            row.from ? Cell{date_to_text(*row.from)} : Cell{},
                            row.until ? Cell{date_to_text(*row.until)} : Cell{}});
  }
  return {{.title = "On " + date_to_text(date), .name = "members", .sheet = members}};
}

}  // namespace karvan::report
