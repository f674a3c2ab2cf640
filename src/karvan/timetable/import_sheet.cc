#include "karvan/timetable/import_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/timetable/detail/corridor_draft.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/detail/link_paths.h"
#include "karvan/timetable/detail/trip_calls.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

constexpr double kLongestDetour = 2.5;  // of links over the great circle
constexpr double kDetourFrom = 20;      // km that no detour counts

// "18:00", "42:30", "18:30+1".
std::optional<Seconds> parse_sheet_time(std::string_view text) {
  const std::size_t plus = std::min(text.find('+'), text.size());
  const auto clock = parse_feed_time(trim(text.substr(0, plus)));
  if (!clock || plus == text.size()) return clock;
  const auto days = parse_int<int>(trim(text.substr(plus + 1)));
  if (!days || *days < 0 || *days > 400) return std::nullopt;
  return *clock + *days * 24 * 3600;
}

struct SheetTrip {
  std::string service;
  std::string name;  // of the trip
  std::vector<std::size_t> rows;
};

class SheetImporter {
 public:
  SheetImporter(const std::string& text,
                const std::string& file,
                const ImportOptions& options,
                const Base& base,
                Complaints& complaints)
      : complaints_{complaints},
        world_{base.loaded.corridor},
        table_{file, text, imported_.remarks, complaints},
        draft_{&base, options, imported_.remarks},
        paths_{draft_.tables()} {
    draft_.add_source("Timetable sheet " + options.name, "unknown", "undated");
    draft_.set_calendar({}, {});
    for (const Id<Place> id : world_.ids<Place>())
      points_.push_back(world_[id].point());
    columns_ = {.trip = table_.column("trip"),
                .place = table_.column("place"),
                .arrive = table_.column("arrives"),
                .depart = table_.column("departs")};
  }

  std::optional<Imported> run() {
    for (const std::string_view name : {"service", "place", "departs"}) {
      if (table_.names().empty() || table_.column(name) != FeedTable::kAbsent) continue;
      complaints_.add({.file = table_.file(),
                       .line = 1,
                       .column = std::string{name},
                       .message = "is missing in the header"});
    }
    if (!complaints_.ok()) return std::nullopt;
    service_cells_ = KarvanColumns<Service>{table_, ""};
    departure_cells_ = KarvanColumns<Departure>{table_, ""};
    for (const SheetTrip& trip : trips())
      add_trip(trip);
    if (services_.empty()) {
      complaints_.add({.file = table_.file(), .message = "has no trip that can be imported"});
      return std::nullopt;
    }
    for (auto& [key, service] : services_)
      draft_.add_service(std::move(service));
    imported_.calendar_from = draft_.info().calendar_from;
    imported_.calendar_until = draft_.info().calendar_until;
    imported_.files = draft_.finish(imported_.counts);
    return std::move(imported_);
  }

 private:
  Remarks& remarks() { return imported_.remarks; }
  std::string_view cell(std::size_t row, std::string_view name) const {
    return table_.cell(row, table_.column(name));
  }
  Origin origin(std::size_t row, std::string_view name) const {
    return table_.origin(row, table_.column(name));
  }

  // In order of their first rows. A cell left empty repeats the service or trip of the row before.
  std::vector<SheetTrip> trips() {
    std::vector<SheetTrip> result;
    std::map<std::pair<std::string, std::string>, std::size_t> index;
    std::string service;
    std::string trip;
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const std::string_view own = cell(row, "service");
      if (!own.empty() && own != service) {
        service = own;
        trip.clear();
      }
      if (const std::string_view name = cell(row, "trip"); !name.empty()) trip = name;
      if (service.empty() || !load::is_code(service) || service.size() > 60) {
        remarks().dropped(origin(row, "service"), "not an id of at most 60 of A-Z a-z 0-9 _ - .");
        continue;
      }
      const auto [at, is_new] = index.try_emplace({service, trip}, result.size());
      if (is_new) result.push_back({.service = service, .name = trip, .rows = {}});
      result[at->second].rows.push_back(row);
    }
    imported_.counts.trips_read = result.size();
    return result;
  }

  // By id, UN/LOCODE, or a name that only one has.
  std::optional<Id<Place>> find_place(std::string_view text) const {
    const std::string folded = fold_name(text);
    std::vector<Id<Place>> named;
    for (const Id<Place> id : world_.ids<Place>()) {
      const Place& place = world_[id];
      if (place.code == text || (!text.empty() && place.unlocode == text)) return id;
      const auto is_it = [&folded](const std::string& name) { return fold_name(name) == folded; };
      if (is_it(place.name) || std::ranges::any_of(place.other_names, is_it)) named.push_back(id);
    }
    if (named.size() == 1) return named.front();
    return std::nullopt;
  }

  void add_trip(const SheetTrip& trip) {
    const std::size_t first = trip.rows.front();
    const std::optional<ServiceDays> days = days_of_trip(first);
    if (!days) return;
    std::vector<StopTime> times;
    for (const std::size_t row : trip.rows) {
      const auto place = find_place(cell(row, "place"));
      if (!place) {
        remarks().dropped(origin(row, "place"), "trip calls at a place the corridor lacks");
        return;
      }
      times.push_back(stop_time(row, *place, static_cast<std::int64_t>(times.size())));
    }
    to_first_clock(times, *days);
    const TripRepair repair{table_, columns_, points_, remarks()};
    const std::vector<TripCall> calls = repair.calls(std::move(times));
    if (calls.empty()) return;
    DraftService* service = service_of(trip, calls);
    if (service == nullptr) return;
    const Seconds start = calls.front().depart;
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::seconds{start});
    service->departures.push_back(
        {.code = trip.service + "-" + (trip.name.empty() ? "1" : trip.name),
         .leaves_at = std::chrono::floor<std::chrono::minutes>(std::chrono::seconds{start}) - day,
         .days = clipped(shifted(*days, static_cast<int>(day.count())), draft_.info().calendar_from,
                         draft_.info().calendar_until)});
    if (!load::is_code(service->departures.back().code))
      service->departures.back().code =
          trip.service + "-" + std::to_string(service->departures.size());
    ++imported_.counts.trips_imported;
  }

  std::optional<ServiceDays> days_of_trip(std::size_t row) {
    Cells cells = departure_cells_.cells(row, draft_.references(), remarks());
    const CorridorInfo& info = draft_.info();
    ServiceDays days{.from = parse_date(cells["valid_from"]).value_or(info.calendar_from),
                     .until = parse_date(cells["valid_until"]).value_or(info.calendar_until)};
    if (const auto week = parse_weekdays(cells["days"])) days.days = *week;
    for (const auto& [name, dates] :
         {std::pair{"dates", &days.dates}, std::pair{"except", &days.except}}) {
      for (const std::string_view text : split(cells[name], ';')) {
        if (const auto date = parse_date(text)) dates->insert(*date);
      }
    }
    if (!clipped(days, info.calendar_from, info.calendar_until).is_empty()) return days;
    remarks().dropped(origin(row, "days"), "trip runs on no day of the calendar");
    return std::nullopt;
  }

  StopTime stop_time(std::size_t row, Id<Place> place, std::int64_t sequence) {
    StopTime time{.row = row, .sequence = sequence, .place = place.index()};
    const auto read = [&](std::string_view name) -> std::optional<Seconds> {
      const std::string_view text = cell(row, name);
      if (text.empty()) return std::nullopt;
      const auto value = parse_sheet_time(text);
      if (!value) remarks().dropped(origin(row, name), "not a time hh:mm or hh:mm+days");
      return value;
    };
    time.arrive = read("arrives");
    time.depart = read("departs");
    if (!time.arrive) time.arrive = time.depart;
    if (!time.depart) time.depart = time.arrive;
    time.loads = cell(row, "loads") != "no";
    time.unloads = cell(row, "unloads") != "no";
    return time;
  }

  // Times of all places on the clock of the first: as on the first day of running.
  void to_first_clock(std::vector<StopTime>& times, const ServiceDays& days) {
    const std::string& first = world_[Id<Place>{times.front().place}].zone;
    const Date day = days.is_weekly() ? days.from : *days.dates.begin();
    for (StopTime& time : times) {
      const std::string& zone = world_[Id<Place>{time.place}].zone;
      const auto ahead = [&](Date at) {
        return draft_.zones().noon_offset(zone, at) - draft_.zones().noon_offset(first, at);
      };
      const auto now = ahead(day);
      const auto seconds = static_cast<Seconds>(std::chrono::seconds{now}.count());
      if (time.arrive) time.arrive = *time.arrive - seconds;
      if (time.depart) time.depart = *time.depart - seconds;
      if (days.is_weekly() && ahead(day + std::chrono::days{182}) != now)
        remarks().strange(origin(time.row, "place"),
                          "its clock and the first place's change apart; the first day's hold");
    }
  }

  // The service of these calls, made if new; null if it cannot be.
  DraftService* service_of(const SheetTrip& trip, const std::vector<TripCall>& calls) {
    std::string key = trip.service;
    for (const TripCall& call : calls) {
      for (const Seconds number :
           {static_cast<Seconds>(call.place), call.arrive - calls.front().depart,
            call.depart - calls.front().depart})
        key += " " + std::to_string(number);
      key += call.loads ? 'l' : '-';
      key += call.unloads ? 'u' : '-';
    }
    if (const auto known = services_.find(key); known != services_.end()) return &known->second;
    std::optional<DraftService> service = new_service(trip, calls);
    if (!service) return nullptr;
    if (!codes_used_.insert(service->code).second) {
      remarks().strange(origin(trip.rows.front(), "trip"),
                        "another rhythm than the service's first trip; a service of its own");
      int n = 2;
      while (!codes_used_.insert(trip.service + "_" + std::to_string(n)).second)
        ++n;
      service->code = trip.service + "_" + std::to_string(n);
    }
    return &services_.emplace(key, std::move(*service)).first->second;
  }

  std::optional<DraftService> new_service(const SheetTrip& trip,
                                          const std::vector<TripCall>& calls) {
    const std::size_t row = first_row_of(trip);
    Cells cells = service_cells_.cells(row, draft_.references(), remarks());
    for (const std::string_view own : {"valid_from", "valid_until", "id"})
      cells.erase(std::string{own});
    const auto mode = parse_enum<Mode>(cells["mode"]);
    if (!mode || *mode == Mode::kPipeline || cells["operator"].empty()) {
      remarks().dropped(origin(row, "service"),
                        "trip without mode or operator in the first row of its service");
      return std::nullopt;
    }
    cells["departs"] = "timetable";
    if (cells["name"].empty())
      cells["name"] = world_[Id<Place>{calls.front().place}].name + " - " +
                      world_[Id<Place>{calls.back().place}].name;
    DraftService service{.code = trip.service, .mode = *mode, .origin = origin(row, "service")};
    if (*mode == Mode::kRail) {
      if (cells["gauge_mm"].empty()) {
        remarks().dropped(origin(row, "gauge_mm"), "rail service without a gauge");
        return std::nullopt;
      }
      service.gauge = Gauge{parse_int<int>(cells["gauge_mm"]).value_or(0)};
    }
    service.cells = std::move(cells);
    add_calls(service, calls);
    for (const std::string_view item : split_trimmed(cell(row, "load_units"), ';')) {
      if (!item.empty()) add_capacity(service, row, item);
    }
    return service;
  }

  // Where the facts of a service stand: the first row of its first trip.
  std::size_t first_row_of(const SheetTrip& trip) {
    return first_rows_.try_emplace(trip.service, trip.rows.front()).first->second;
  }

  void add_calls(DraftService& service, const std::vector<TripCall>& calls) {
    const Seconds start = calls.front().depart;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const Place& here = world_[Id<Place>{calls[i].place}];
      DraftCall call{.place = here.code,
                     .arrive = calls[i].arrive - start,
                     .depart = calls[i].depart - start,
                     .loads = calls[i].loads,
                     .unloads = calls[i].unloads};
      if (i > 0) {
        const Place& before = world_[Id<Place>{calls[i - 1].place}];
        const double direct = great_circle_distance(before.point(), here.point()).value();
        const std::string_view given = cell(calls[i].row, "links");
        const auto path = paths_.shortest(before.code, here.code, service.mode, service.gauge,
                                          direct * kLongestDetour + kDetourFrom);
        if (!given.empty()) {
          call.cells["links"] = given;
        } else if (path) {
          call.cells["links"] = *path;
        } else {
          remarks().assumed(origin(calls[i].row, "place"), "no way over links; a new direct link");
        }
      }
      service.calls.push_back(std::move(call));
    }
  }

  // "box40=80".
  void add_capacity(DraftService& service, std::size_t row, std::string_view item) {
    const std::size_t equals = std::min(item.find('='), item.size());
    const std::string unit{trim(item.substr(0, equals))};
    const std::string text{trim(item.substr(std::min(equals + 1, item.size())))};
    const auto units = parse_double(text);
    const bool is_twice = std::ranges::any_of(service.capacities, [&unit](const Cells& cells) {
      return cells.find("load_unit")->second == unit;
    });
    if (!units || *units < 0 || is_twice || !draft_.tables().of<LoadUnit>().contains(unit)) {
      remarks().dropped(origin(row, "load_units"),
                        "item is not <load unit of the corridor>=<number>, once each");
      return;
    }
    service.capacities.push_back({{"load_unit", unit}, {"units", text}});
  }

  Complaints& complaints_;
  World world_;
  Imported imported_;
  FeedTable table_;
  CorridorDraft draft_;
  LinkPaths paths_;
  std::vector<GeoPoint> points_;
  TripColumns columns_;
  KarvanColumns<Service> service_cells_;
  KarvanColumns<Departure> departure_cells_;
  std::map<std::string, DraftService> services_;
  std::map<std::string, std::size_t> first_rows_;
  std::set<std::string> codes_used_;
};

}  // namespace

std::optional<Imported> import_sheet(const std::string& text,
                                     const std::string& file,
                                     const ImportOptions& options,
                                     const Base* base,
                                     Complaints& complaints) {
  if (base == nullptr) {
    complaints.add({.file = file,
                    .message = "is a sheet, which names places only",
                    .hint = "import it into a corridor that has them"});
    return std::nullopt;
  }
  return SheetImporter{text, file, options, *base, complaints}.run();
}

}  // namespace karvan::timetable
