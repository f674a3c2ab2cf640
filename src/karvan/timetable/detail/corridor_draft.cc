#include "karvan/timetable/detail/corridor_draft.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/load/csv.h"
#include "karvan/timetable/detail/travel_kit.h"

namespace karvan::timetable::detail {
namespace {

constexpr double kSamePlaceKm = 20;           // farther apart, two places are not one
constexpr double kShortestLink = 0.1;         // km, as the schema has it
constexpr std::chrono::days kBefore{400};     // a year of clocks before and after the calendar:
constexpr std::chrono::days kLongestGap{32};  // that joining fills with exceptions
constexpr std::chrono::days kAfter{500};      // a question may look that far

// A number as a cell with so many decimals, without zeros at its end.
std::string rounded_cell(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  return load::number_text(std::round(value * scale) / scale);
}

std::string hours_cell(Seconds seconds) {
  return load::number_text(seconds / 3600.0);
}

// Whether a cell says this duration, to the second.
bool says(const std::string& cell, Seconds seconds) {
  const auto hours = parse_double(cell);
  return hours && std::abs(*hours) < 1e6 && to_duration(Hours{*hours}).count() == seconds;
}

void add_row(load::TableText& table, const std::string& code, const Cells& cells) {
  load::TableText::Row row(table.spec().columns.size());
  for (const auto& [name, text] : cells)
    row[table.column(name)] = text;
  row[0] = code;
  table.add(std::move(row));
}

// The wished id, or one like it that no row has.
std::string free_code(const load::TableText& table, const std::string& wished) {
  if (!table.contains(wished) && load::is_code(wished) && !wished.empty()) return wished;
  CodeMaker codes;
  std::string code = codes.unused(wished);
  while (table.contains(code))
    code = codes.unused(wished);
  return code;
}

}  // namespace

CorridorDraft::CorridorDraft(const Base* base, const ImportOptions& options, Remarks& remarks)
    : options_{options}, remarks_{remarks} {
  if (base == nullptr) {
    info_.name = options.name;
    return;
  }
  has_base_ = true;
  info_ = base->loaded.corridor.info;
  tables_ = load::TableTexts{base->loaded.raw};
}

void CorridorDraft::add_tables(const load::Files& files, Complaints& complaints) {
  for (const auto& [name, text] : files) {
    const auto number = load::find_table(std::string_view{name}.substr(0, name.rfind('.')));
    if (!number) continue;
    load::TableText& table = tables_.at(*number);
    const load::CsvTable csv = load::read_csv(text, name, complaints);
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < csv.columns(); ++i) {
      const auto column = load::find_column(table.spec(), csv.header(i));
      columns.push_back(column.value_or(FeedTable::kAbsent));
      if (!column)
        complaints.add({.file = name,
                        .line = 1,
                        .column = std::string{csv.header(i)},
                        .message = "is not a column of " + table.spec().name});
    }
    for (std::size_t record = 0; record < csv.records(); ++record) {
      load::TableText::Row row(table.spec().columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] != FeedTable::kAbsent) row[columns[i]] = csv.cell(record, i);
      }
      if (!row[0].empty() && !table.contains(row[0])) table.add(std::move(row));
    }
  }
}

void CorridorDraft::set_calendar(Date from, Date until) {
  if (!has_base_) {
    info_.calendar_from = from;
    info_.calendar_until = until;
  }
  zones_.emplace(tables_.of<ZonePeriod>(), "iana_tz", info_.calendar_from - kBefore,
                 info_.calendar_until + kAfter);
  index_base();
}

void CorridorDraft::set_title(const std::string& title, const std::string& license) {
  if (has_base_) return;
  info_.title = title;
  info_.license = license;
}

void CorridorDraft::add_source(const std::string& title,
                               const std::string& publisher,
                               const std::string& date) {
  load::TableText& sources = tables_.of<Source>();
  if (sources.contains(options_.name)) return;
  sources.add({{"id", options_.name}, {"title", title}, {"publisher", publisher}, {"date", date}});
}

void CorridorDraft::index_base() {
  known_ = tables_;
  references_ = references_of(known_);
  const load::TableText& links = known_.of<Link>();
  for (std::size_t row = 0; row < links.size(); ++row) {
    std::string from = links.cell(row, "from_place");
    std::string to = links.cell(row, "to_place");
    if (to < from) std::swap(from, to);
    const auto mode = parse_enum<Mode>(links.cell(row, "mode"));
    if (!mode || links.cell(row, "status") != "open") continue;
    for (const std::string_view text : split(links.cell(row, "gauges"), ';')) {
      const Gauge gauge{parse_int<int>(text).value_or(0)};
      known_links_.try_emplace({from, to, *mode, gauge}, links[row][0]);
    }
  }
}

Cells CorridorDraft::with_fact(Cells cells, std::string_view confidence) const {
  const auto source = cells.find("source");
  if (source == cells.end() || source->second.empty()) cells["source"] = options_.name;
  std::string& how = cells["confidence"];
  if (how.empty()) how = confidence;
  return cells;
}

GeoPoint CorridorDraft::point_of(const std::string& place) const {
  const load::TableText& places = tables_.of<Place>();
  const std::size_t row = *places.find(place);
  return {.lon = parse_double(places.cell(row, "lon")).value_or(0),
          .lat = parse_double(places.cell(row, "lat")).value_or(0)};
}

bool CorridorDraft::add_place(const DraftPlace& place, Complaints& complaints) {
  load::TableText& places = tables_.of<Place>();
  if (places.contains(place.code)) {
    const Km apart = great_circle_distance(point_of(place.code), place.point);
    if (apart.value() <= kSamePlaceKm) return true;
    complaints.add({.column = "stop_id",
                    .value = place.code,
                    .message = "is also the id of another place, " +
                               format_fixed(apart.value(), 0) + " km away",
                    .hint = "give the feed's ids a prefix of their own"});
    return false;
  }
  zones_->keep(place.zone);
  Cells cells = with_fact(place.cells, "published");
  cells["name"] = place.name;
  cells["zone"] = place.zone;
  cells["lon"] = load::number_text(place.point.lon);
  cells["lat"] = load::number_text(place.point.lat);
  add_row(places, place.code, cells);
  return true;
}

void CorridorDraft::add_country(const std::string& code,
                                const std::string& name,
                                std::string_view note) {
  load::TableText& countries = tables_.of<Country>();
  if (countries.contains(code)) return;
  // XXX: "no currency" of ISO 4217.
  add_row(countries, code,
          with_fact({{"name", name}, {"currency", "XXX"}, {"note", std::string{note}}}, "derived"));
}

std::string CorridorDraft::country_of(const std::string& zone) {
  if (!options_.country.empty()) {
    add_country(options_.country, options_.country, "As the import was told.");
    return options_.country;
  }
  if (const auto country = country_of_zone(zone)) {
    add_country(country->code, country->name, "By the time zone of its places.");
    return country->code;
  }
  add_country("ZZ", "Unknown", "The timetable names no country.");
  return "ZZ";
}

void CorridorDraft::add_operator(const std::string& code, const std::string& name, Cells cells) {
  load::TableText& operators = tables_.of<Operator>();
  if (operators.contains(code)) return;
  cells = with_fact(std::move(cells), "published");
  cells["name"] = name;
  add_row(operators, code, cells);
}

// -- Services ------------------------------------------------------------------------------------

void CorridorDraft::write_service(DraftService& service) {
  Cells cells = with_fact(service.cells, "published");
  cells["mode"] = to_text(service.mode);
  if (service.gauge.is_rail()) cells["gauge_mm"] = std::to_string(service.gauge.mm);
  add_row(tables_.of<Service>(), service.code, cells);
  for (std::size_t i = 0; i < service.calls.size(); ++i)
    write_call(service, i);
  if (cells["departs"] == "timetable") write_departures(service);
  write_capacities(service);
}

void CorridorDraft::write_call(const DraftService& service, std::size_t i) {
  const DraftCall& call = service.calls[i];
  Cells cells = with_fact(call.cells, "published");
  cells["service"] = service.code;
  cells["sequence"] = std::to_string(i + 1);
  cells["place"] = call.place;
  if (i > 0) {
    const Seconds running = call.arrive - service.calls[i - 1].depart;
    cells["links"] = links_of(service, i);
    cells["hours"] = running_cell(call, cells["links"], running);
  } else {
    cells["links"].clear();
  }
  const bool is_inside = i > 0 && i + 1 < service.calls.size();
  const Seconds stay = call.depart - call.arrive;
  std::string& dwell = cells["dwell_hours"];
  const bool agrees = dwell.empty() ? stay == 0 : says(dwell, stay);
  if (is_inside && !agrees) dwell = hours_cell(stay);
  if (!call.loads) cells["loads"] = "no";
  if (!call.unloads) cells["unloads"] = "no";
  load::TableText& calls = tables_.of<Call>();
  const std::string& wished = cells["id"];
  const std::string code =
      free_code(calls, wished.empty() ? service.code + "-" + std::to_string(i + 1) : wished);
  add_row(calls, code, cells);
}

// The cell of the column `hours`: as the feed has it if the times say the same.
std::string CorridorDraft::running_cell(const DraftCall& call,
                                        const std::string& links,
                                        Seconds seconds) const {
  const auto given = call.cells.find("hours");
  if (given == call.cells.end()) return hours_cell(seconds);
  if (!given->second.empty())
    return says(given->second, seconds) ? given->second : hours_cell(seconds);
  const load::TableText& table = tables_.of<Link>();
  Hours sum;
  for (const std::string_view code : split(links, ';')) {
    const auto row = table.find(code);
    if (!row) return hours_cell(seconds);
    const Km length{parse_double(table.cell(*row, "length_km")).value_or(0)};
    const KmPerHour speed{parse_double(table.cell(*row, "speed_kmh")).value_or(1)};
    sum += length / speed;
  }
  return to_duration(sum).count() == seconds ? std::string{} : hours_cell(seconds);
}

// The links named by the feed if they lead here, else one of ours.
std::string CorridorDraft::links_of(const DraftService& service, std::size_t i) {
  const std::string& from = service.calls[i - 1].place;
  const DraftCall& call = service.calls[i];
  const Seconds seconds = call.arrive - service.calls[i - 1].depart;
  const auto given = call.cells.find("links");
  if (given == call.cells.end() || given->second.empty())
    return link_between(service, from, call.place, seconds);
  const load::TableText& table = tables_.of<Link>();
  std::string here = from;
  for (const std::string_view code : split(given->second, ';')) {
    const auto row = table.find(code);
    if (!row) {
      here.clear();
      break;
    }
    const std::string& one = table.cell(*row, "from_place");
    const std::string& other = table.cell(*row, "to_place");
    here = here == one ? other : here == other ? one : std::string{};
  }
  if (here == call.place) return given->second;
  Origin origin = service.origin;
  origin.column = "karvan_links";
  origin.value = given->second;
  remarks_.repaired(origin, "links do not lead from call to call; a direct one is taken");
  return link_between(service, from, call.place, seconds);
}

std::string CorridorDraft::link_between(const DraftService& service,
                                        const std::string& from,
                                        const std::string& to,
                                        Seconds seconds) {
  const auto& [a, b] = std::minmax(from, to);
  const LinkKey key{a, b, service.mode, service.gauge};
  if (const auto known = known_links_.find(key); known != known_links_.end()) return known->second;
  NewLink& link = new_links_[key];
  if (link.code.empty()) {
    const double km = great_circle_distance(point_of(a), point_of(b)).value();
    link.km = std::max(kShortestLink, std::ceil(km * 1000) / 1000);
    link.fastest = std::max(seconds, 1);
    std::string code = a + "-" + b + "-" + std::string{to_text(service.mode)};
    load::TableText& links = tables_.of<Link>();
    link.code = free_code(links, code);
    links.add(
        {{"id", link.code}, {"from_place", a}, {"to_place", b}});  // the rest when all is known
  }
  if (seconds > 0) link.fastest = std::min(link.fastest, seconds);
  return link.code;
}

void CorridorDraft::add_gauge(const std::string& place, Gauge gauge) {
  load::TableText& places = tables_.of<Place>();
  const std::size_t row = *places.find(place);
  const std::string& cell = places.cell(row, "gauges");
  const std::string text = std::to_string(gauge.mm);
  std::set<std::string> gauges;
  for (const std::string_view one : split(cell, ';')) {
    if (!one.empty()) gauges.emplace(one);
  }
  if (gauges.insert(text).second) places.set(row, "gauges", join(gauges, ";"));
}

void CorridorDraft::write_links() {
  load::TableText& links = tables_.of<Link>();
  for (const auto& [key, link] : new_links_) {
    const auto& [a, b, mode, gauge] = key;
    const std::size_t row = *links.find(link.code);
    const double speed = std::clamp(link.km / (link.fastest / 3600.0), 1.0, 200.0);
    links.set(row, "mode", std::string{to_text(mode)});
    links.set(row, "length_km", load::number_text(link.km));
    links.set(row, "speed_kmh", rounded_cell(speed, 1));
    links.set(row, "status", "open");
    links.set(row, "note", "Great circle; speed of the fastest run in the timetable.");
    links.set(row, "source", options_.name);
    links.set(row, "confidence", "derived");
    if (!gauge.is_rail() || mode != Mode::kRail) continue;
    links.set(row, "gauges", std::to_string(gauge.mm));
    add_gauge(a, gauge);
    add_gauge(b, gauge);
  }
}

// -- Departures and capacities -------------------------------------------------------------------

namespace {

// Rows that stand for one departure, cut where clocks change: whether `next` goes on where `one`
// ends. Days of the week between the two would be exceptions.
bool goes_on(const DraftDeparture& one, const DraftDeparture& next) {
  if (one.code != next.code || one.leaves_at != next.leaves_at) return false;
  const ServiceDays& a = one.days;
  const ServiceDays& b = next.days;
  if (b.days.empty()) return true;
  return a.days == b.days && a.until <= b.from && b.from - a.until < kLongestGap;
}

void append(DraftDeparture& one, const DraftDeparture& next) {
  ServiceDays& a = one.days;
  const ServiceDays& b = next.days;
  if (!b.days.empty()) {
    for (Date day = a.until; day < b.from; day += std::chrono::days{1}) {
      if (a.days.contains(day)) a.except.insert(day);
    }
    a.until = b.until;
  }
  a.except.insert(b.except.begin(), b.except.end());
  a.dates.insert(b.dates.begin(), b.dates.end());
}

}  // namespace

void CorridorDraft::write_departures(const DraftService& service) {
  std::vector<DraftDeparture> joined;
  for (const DraftDeparture& next : service.departures) {
    const auto last =
        std::ranges::find_if(joined.rbegin(), joined.rend(),
                             [&next](const DraftDeparture& one) { return goes_on(one, next); });
    if (last == joined.rend()) {
      joined.push_back(next);
    } else {
      append(*last, next);
    }
  }
  for (const DraftDeparture& departure : joined)
    write_departure(service, departure);
}

void CorridorDraft::write_departure(const DraftService& service, const DraftDeparture& departure) {
  load::TableText& table = tables_.of<Departure>();
  Cells cells = with_fact(departure.cells, "published");
  cells["service"] = service.code;
  const auto minutes = departure.leaves_at.count();
  cells["leaves_at"] = std::to_string(minutes / 60 + 100).substr(1) + ":" +
                       std::to_string(minutes % 60 + 100).substr(1);
  const ServiceDays& days = departure.days;
  if (days.is_weekly()) {
    Cells weekly = cells;
    weekly["days"] = weekdays_cell(days.days);
    // Where the calendar or the service begins and ends, the row need not say it.
    const auto bound = [&service](std::string_view name, Date calendar, bool is_from) {
      const auto cell = service.cells.find(name);
      const auto own = cell == service.cells.end() ? std::nullopt : parse_date(cell->second);
      if (!own) return calendar;
      return is_from ? std::max(calendar, *own) : std::min(calendar, *own);
    };
    if (days.from > bound("valid_from", info_.calendar_from, true))
      weekly["valid_from"] = date_to_text(days.from);
    if (days.until < bound("valid_until", info_.calendar_until, false))
      weekly["valid_until"] = date_to_text(days.until);
    weekly["except"] = dates_cell(days.except);
    add_row(table, free_code(table, departure.code), weekly);
  }
  if (!days.dates.empty()) {
    cells["dates"] = dates_cell(days.dates);
    add_row(table, free_code(table, departure.code), cells);
  }
}

void CorridorDraft::write_capacities(const DraftService& service) {
  load::TableText& table = tables_.of<Capacity>();
  std::vector<Cells> rows = service.capacities;
  if (rows.empty()) {
    const std::string unit =
        options_.load_unit.empty() ? std::string{kPassenger} : options_.load_unit;
    rows.push_back({{"load_unit", unit},
                    {"units", load::number_text(options_.units)},
                    {"confidence", "assumed"},
                    {"note", "The timetable does not say what it carries."}});
  }
  for (Cells& cells : rows) {
    cells = with_fact(std::move(cells), "published");
    cells["service"] = service.code;
    const std::string& wished = cells["id"];
    add_row(table,
            free_code(table, wished.empty() ? service.code + "-" + cells["load_unit"] : wished),
            cells);
  }
  load::TableText& tariffs = tables_.of<Tariff>();
  for (const Cells& given : service.tariffs) {
    Cells cells = with_fact(given, "published");
    cells["service"] = service.code;
    cells["mode"] = to_text(service.mode);
    const std::string& wished = cells["id"];
    add_row(tariffs,
            free_code(tariffs, wished.empty() ? service.code + "-" + cells["load_unit"] : wished),
            cells);
  }
}

load::Files CorridorDraft::finish(ImportCounts& counts) {
  std::set<std::string, std::less<>> codes;
  std::set<Mode> modes;
  bool needs_passengers = false;
  for (const DraftService& service : services_) {
    codes.insert(service.code);
    modes.insert(service.mode);
    needs_passengers = needs_passengers || service.capacities.empty();
    counts.services_replaced += tables_.of<Service>().contains(service.code) ? 1U : 0U;
  }
  if (counts.services_replaced > 0) {
    tables_.of<Service>().remove("id", codes);
    tables_.of<Call>().remove("service", codes);
    tables_.of<Departure>().remove("service", codes);
    tables_.of<Capacity>().remove("service", codes);
    std::set<std::string, std::less<>> priced;
    for (const DraftService& service : services_) {
      if (!service.tariffs.empty()) priced.insert(service.code);
    }
    tables_.of<Tariff>().remove("service", priced);
  }
  for (DraftService& service : services_)
    write_service(service);
  write_links();
  TravelKit kit{tables_, options_.name, modes};
  kit.add_crossings();
  if (needs_passengers && options_.load_unit.empty()) {
    kit.add_passengers();
    for (const auto& [place, seconds] : change_times_)
      kit.add_change(place, hours_cell(seconds));
  }
  kit.add_emissions();
  if (zones_->has_added() && !tables_.of<Source>().contains("iana_tz")) {
    tables_.of<Source>().add({{"id", "iana_tz"},
                              {"title", "Time Zone Database"},
                              {"publisher", "IANA"},
                              {"date", "undated"},
                              {"address", "https://www.iana.org/time-zones"}});
  }
  counts.places = tables_.of<Place>().size();
  counts.links = tables_.of<Link>().size();
  counts.services = tables_.of<Service>().size();
  counts.calls = tables_.of<Call>().size();
  counts.departures = tables_.of<Departure>().size();
  load::Files files = tables_.files();
  files[std::string{load::kInfoFile}] = load::info_text(info_);
  return files;
}

}  // namespace karvan::timetable::detail
