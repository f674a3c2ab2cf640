#include "karvan/report/timetable_report.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/report/detail/json.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using timetable::Effect;

std::string counted(std::size_t n, std::string_view one) {
  std::string text = with_thousands(static_cast<double>(n), 0) + " " + std::string{one};
  return n == 1 ? text : text + "s";
}

// "line 17 'x', line 20".
std::string examples_text(const timetable::Remark& remark) {
  std::vector<std::string> parts;
  for (const timetable::Example& example : remark.examples) {
    std::string part;
    if (example.line > 0) part = "line " + std::to_string(example.line);
    if (!example.value.empty()) part += (part.empty() ? "'" : " '") + one_line(example.value) + "'";
    if (!part.empty()) parts.push_back(part);
  }
  std::string text = join(parts, ", ");
  if (!parts.empty() && remark.count > remark.examples.size()) text += ", ...";
  return text;
}

std::string effect_text(Effect effect, std::string_view text, const Style& style) {
  switch (effect) {
    case Effect::kDropped:
      return style.red(text);
    case Effect::kRepaired:
    case Effect::kStrange:
      return style.yellow(text);
    case Effect::kAssumed:
      break;
  }
  return style.blue(text);
}

std::string remarks_text(const timetable::Remarks& remarks, const Style& style) {
  std::string text;
  for (const timetable::Remark& remark : remarks.all()) {
    std::string word{to_text(remark.effect)};
    word.resize(9, ' ');
    const std::string number = with_thousands(static_cast<double>(remark.count), 0);
    text += effect_text(remark.effect, word, style) +
            std::string(number.size() < 7 ? 7 - number.size() : 0, ' ') + number + "  " +
            one_line(remark.file);
    if (!remark.column.empty()) text += " " + one_line(remark.column);
    text += ": " + one_line(remark.what) + "\n";
    const std::string examples = examples_text(remark);
    if (!examples.empty()) text += std::string(18, ' ') + style.dim(examples) + "\n";
  }
  return text;
}

detail::Json remarks_json(const timetable::Remarks& remarks) {
  detail::Json list = detail::Json::array();
  for (const timetable::Remark& remark : remarks.all()) {
    detail::Json examples = detail::Json::array();
    for (const timetable::Example& example : remark.examples)
      examples.push_back({{"line", example.line}, {"value", example.value}});
    list.push_back({{"effect", to_text(remark.effect)},
                    {"file", remark.file},
                    {"column", remark.column},
                    {"what", remark.what},
                    {"count", remark.count},
                    {"examples", examples}});
  }
  return list;
}

}  // namespace

std::string import_text(const timetable::Imported& imported, const Style& style) {
  const timetable::ImportCounts& counts = imported.counts;
  std::string text = "Imported " + with_thousands(static_cast<double>(counts.trips_imported), 0) +
                     " of " + counted(counts.trips_read, "trip");
  if (counts.services_replaced > 0)
    text += "; " + counted(counts.services_replaced, "service") + " replaced";
  text += ".\nThe corridor has " + counted(counts.services, "service") + " with " +
          counted(counts.calls, "call") + " and " + counted(counts.departures, "departure row") +
          ", " + counted(counts.places, "place") + ", " + counted(counts.links, "link") + "; " +
          date_to_text(imported.calendar_from) + " to " +
          date_to_text(imported.calendar_until - std::chrono::days{1}) + ".\n";
  const std::string remarks = remarks_text(imported.remarks, style);
  return remarks.empty() ? text : text + "\n" + remarks;
}

std::string export_text(const timetable::Exported& exported, const Style& style) {
  const std::string text =
      "Exported " + counted(exported.services, "service") + " as " +
      counted(exported.trips, "trip") + " with " + counted(exported.stop_times, "stop time") +
      " at " + counted(exported.stops, "stop") + ", in the time of " + exported.zone + ".\n";
  const std::string remarks = remarks_text(exported.remarks, style);
  return remarks.empty() ? text : text + "\n" + remarks;
}

std::string import_json(const timetable::Imported& imported) {
  const timetable::ImportCounts& counts = imported.counts;
  return detail::dump({{"trips_read", counts.trips_read},
                       {"trips_imported", counts.trips_imported},
                       {"services_replaced", counts.services_replaced},
                       {"places", counts.places},
                       {"links", counts.links},
                       {"services", counts.services},
                       {"calls", counts.calls},
                       {"departures", counts.departures},
                       {"calendar_from", date_to_text(imported.calendar_from)},
                       {"calendar_until", date_to_text(imported.calendar_until)},
                       {"remarks", remarks_json(imported.remarks)}});
}

std::string export_json(const timetable::Exported& exported) {
  return detail::dump({{"services", exported.services},
                       {"trips", exported.trips},
                       {"stops", exported.stops},
                       {"stop_times", exported.stop_times},
                       {"zone", exported.zone},
                       {"remarks", remarks_json(exported.remarks)}});
}

Sheet remarks_sheet(const timetable::Remarks& remarks) {
  Sheet sheet{.columns = {{"effect", "Effect"},
                          {"count", "Count"},
                          {"file", "File"},
                          {"column", "Column"},
                          {"what", "What"},
                          {"examples", "Examples"}},
              .rows = {}};
  for (const timetable::Remark& remark : remarks.all()) {
    sheet.rows.push_back({to_text(remark.effect), Cell::count(remark.count), remark.file,
                          remark.column, remark.what, examples_text(remark)});
  }
  return sheet;
}

Sheet departures_sheet(const World& world, const timetable::Departures& departures) {
  Sheet sheet{.columns = {{"leaves", "Leaves"},
                          {"from", "From"},
                          {"arrives", "Arrives"},
                          {"to", "To"},
                          {"service", "Service"},
                          {"name", "Name"},
                          {"rule", ""}},
              .rows = {}};
  const Clocks clocks{world};
  for (const timetable::DatedDeparture& one : departures.dated) {
    const Place& from = world[world[one.from].place];
    const Place& to = world[world[one.to].place];
    sheet.rows.push_back({local_time(clocks, world[one.from].place, one.leaves), from.name,
                          local_time(clocks, world[one.to].place, one.arrives), to.name,
                          world[one.service].code, world[one.service].name, "timetable"});
  }
  for (const timetable::UndatedDeparture& one : departures.undated) {
    const Service& service = world[one.service];
    const std::string rate = service.departs == DepartureRule::kOnDemand
                                 ? std::string{"at any time"}
                                 : plain(service.departures_per_week.value_or(0)) + " a week";
    sheet.rows.push_back({rate, world[world[one.from].place].name, Cell{},
                          world[world[one.to].place].name, service.code, service.name,
                          to_text(service.departs)});
  }
  return sheet;
}

}  // namespace karvan::report
