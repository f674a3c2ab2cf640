#include "karvan/timetable/export_gtfs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/load/csv.h"
#include "karvan/load/table_text.h"
#include "karvan/model/corridor.h"
#include "karvan/model/world.h"
#include "karvan/timetable/detail/call_times.h"
#include "karvan/timetable/detail/feed_calendar.h"
#include "karvan/timetable/detail/feed_mode.h"
#include "karvan/timetable/detail/feed_runs.h"
#include "karvan/timetable/detail/local_clock.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts
using Line = std::vector<std::string>;

constexpr Seconds kWeek = 7 * 24 * 3600;

// A file of the feed in the making.
class FeedText {
 public:
  explicit FeedText(const Line& head) { add(head); }

  void add(const Line& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text_ += ',';
      text_ += load::csv_quoted(cells[i]);
    }
    text_ += '\n';
    ++lines_;
  }
  bool empty() const { return lines_ < 2; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t lines_ = 0;
};

// The columns of a table of ours that a file carries beside its own.
template <class Row>
class Extra {
 public:
  Extra(const load::RawTables& raw, std::set<std::string_view> without)
      : raw_{raw[load::table_number<Row>()]} {
    const load::TableSpec& spec = load::schema<Row>().spec();
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
      if (!without.contains(spec.columns[i].name)) columns_.push_back(i);
    }
  }
  Line with_names(Line head) const {
    for (const std::size_t i : columns_)
      head.push_back("karvan_" + load::schema<Row>().spec().columns[i].name);
    return head;
  }
  Line with_cells(Line cells, Id<Row> id) const {
    for (const std::size_t i : columns_)
      cells.emplace_back(raw_.cell(id.index(), i));
    return cells;
  }

 private:
  const load::RawTable& raw_;
  std::vector<std::size_t> columns_;
};

std::string time_text(Seconds seconds) {
  const auto two = [](Seconds n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

class Exporter {
 public:
  Exporter(const load::Loaded& loaded, const ExportOptions& options, Complaints& complaints)
      : options_{options},
        complaints_{complaints},
        raw_{loaded.raw},
        world_{loaded.corridor},
        tables_{loaded.raw},
        calls_{calls_in_order(world_)},
        departures_{group(world_, &Departure::service)},
        zones_{tables_.of<ZonePeriod>(), "iana_tz", world_.info().calendar_from,
               world_.info().calendar_until} {}

  std::optional<Exported> run() {
    choose_services();
    if (services_.empty()) {
      complaints_.add({.message = "the corridor has no service by timetable or rate"});
      return std::nullopt;
    }
    if (!choose_zone()) return std::nullopt;
    clock_.emplace(zones_, exported_.zone, world_.info().calendar_from,
                   world_.info().calendar_until);
    for (const Id<Service> id : services_)
      add_service(id);
    add_agencies();
    add_stops();
    add_info();
    finish();
    return std::move(exported_);
  }

 private:
  void choose_services() {
    for (const Id<Service> id : world_.ids<Service>()) {
      const Service& service = world_[id];
      const Origin origin{.file = "services.csv",
                          .line = raw_[load::table_number<Service>()].csv.line(id.index()),
                          .column = "departs",
                          .value = service.code};
      if (service.departs == DepartureRule::kOnDemand) {
        exported_.remarks.dropped(origin, "service on demand: a feed has no times for it");
      } else {
        services_.push_back(id);
      }
    }
  }

  bool choose_zone() {
    if (!options_.zone.empty()) {
      exported_.zone = options_.zone;
      if (zones_.knows(options_.zone)) return true;
      complaints_.add({.column = "zone",
                       .value = options_.zone,
                       .message = "is no known time zone; expected one like Asia/Almaty"});
      return false;
    }
    std::map<std::string, std::size_t> counts;
    for (const Id<Service> id : services_)
      ++counts[zone_of(id)];
    exported_.zone =
        std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
    return zones_.knows(exported_.zone);
  }

  const std::string& zone_of(Id<Service> id) const {
    return world_[world_[calls_[id].front()].place].zone;
  }

  void add_service(Id<Service> id) {
    const Service& service = world_[id];
    routes_.add(service_extra_.with_cells({service.code, world_[service.operator_].code, "",
                                           service.name, std::string{route_type_of(service.mode)}},
                                          id));
    ++exported_.services;
    operators_.insert(service.operator_);
    for (const Id<Call> call : calls_[id]) {
      places_.insert(world_[call].place);
      links_.insert(world_[call].links.begin(), world_[call].links.end());
    }
    times_ = call_times(world_, calls_[id]);
    if (service.departs == DepartureRule::kTimetable) {
      for (const Id<Departure> departure : departures_[id])
        add_departure(id, departure);
    } else {
      add_rate(id);
    }
  }

  void add_departure(Id<Service> service, Id<Departure> id) {
    const Departure& row = world_[id];
    const ServiceDays days = days_of(world_, row);
    const std::vector<FeedRun> runs =
        feed_runs(days, row.leaves_at, clock_->stretches(zone_of(service)));
    if (runs.empty()) {
      exported_.remarks.dropped({.file = "departures.csv",
                                 .line = raw_[load::table_number<Departure>()].csv.line(id.index()),
                                 .column = "id",
                                 .value = row.code},
                                "departure on no day of the calendar");
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::string trip = row.code + (i == 0 ? "" : "." + std::to_string(i + 1));
      add_days(trip, runs[i].days);
      trips_.add(departure_extra_.with_cells({world_[service].code, trip, trip}, id));
      add_stop_times(service, trip, runs[i].start);
    }
  }

  // Departures spread evenly: by headway from one day of the week on, or single days where they
  // are rarer than weekly.
  void add_rate(Id<Service> id) {
    const Service& service = world_[id];
    const CorridorInfo& info = world_.info();
    const double per_week = service.departures_per_week.value_or(0);
    const Date from = std::max(info.calendar_from, service.valid_from.value_or(Date::min()));
    const Date until = std::min(info.calendar_until, service.valid_until.value_or(Date::max()));
    ServiceDays days{.from = from, .until = until};
    if (per_week >= 1) {
      days.days.add(std::chrono::weekday{from});
    } else {
      const auto step = static_cast<int>(std::floor(7 / std::max(per_week, 1e-3)));
      for (Date day = from; day < until; day += std::chrono::days{step})
        days.dates.insert(day);
    }
    if (days.is_empty()) {
      exported_.remarks.dropped({.file = "services.csv",
                                 .line = raw_[load::table_number<Service>()].csv.line(id.index()),
                                 .column = "id",
                                 .value = service.code},
                                "service on no day of the calendar");
      return;
    }
    add_days(service.code, days);
    Line cells{service.code, service.code, service.code};
    cells.resize(trip_head_.size());
    trips_.add(cells);
    add_stop_times(id, service.code, 0);
    if (per_week >= 1) {
      frequencies_.add({service.code, "00:00:00", time_text(kWeek),
                        std::to_string(std::lround(kWeek / per_week)), "0"});
    }
  }

  void add_days(const std::string& service_id, const ServiceDays& days) {
    if (days.is_weekly()) {
      Line cells{service_id};
      for (unsigned i = 1; i <= 7; ++i)
        cells.emplace_back(days.days.contains(std::chrono::weekday{i}) ? "1" : "0");
      cells.push_back(feed_date(days.from));
      cells.push_back(feed_date(days.until - std::chrono::days{1}));
      calendar_.add(cells);
    }
    for (const Date date : days.dates)
      calendar_dates_.add({service_id, feed_date(date), "1"});
    for (const Date date : days.except)
      calendar_dates_.add({service_id, feed_date(date), "2"});
  }

  void add_stop_times(Id<Service> service, const std::string& trip, Seconds start) {
    ++exported_.trips;
    const std::vector<Id<Call>>& calls = calls_[service];
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const Call& call = world_[calls[i]];
      stop_times_.add(call_extra_.with_cells(
          {trip, time_text(start + times_[i].arrive), time_text(start + times_[i].depart),
           world_[call.place].code, std::to_string(call.sequence), call.loads ? "0" : "1",
           call.unloads ? "0" : "1"},
          calls[i]));
      ++exported_.stop_times;
    }
  }

  void add_agencies() {
    for (const Id<Operator> id : operators_) {
      agency_.add(
          operator_extra_.with_cells({world_[id].code, world_[id].name, "", exported_.zone}, id));
    }
  }

  void add_stops() {
    const auto text = [this](Id<Place> id, std::string_view column) {
      const load::TableText& table = tables_.of<Place>();
      return table.cell(id.index(), column);
    };
    for (const Id<Place> id : places_) {
      const Place& place = world_[id];
      stops_.add(place_extra_.with_cells(
          {place.code, place.name, text(id, "lat"), text(id, "lon"), place.zone}, id));
      ++exported_.stops;
    }
  }

  void add_info() {
    const CorridorInfo& info = world_.info();
    info_.add({info.title, "", "en", feed_date(info.calendar_from),
               feed_date(info.calendar_until - std::chrono::days{1}), info.name});
  }

  // Rows of a table of ours whose ids are among these, as a file of the feed.
  template <class Row, class Keep>
  void add_table(Keep&& keep) {
    load::TableText kept{load::table_number<Row>()};
    const load::TableText& table = tables_.of<Row>();
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (keep(Id<Row>{row})) kept.add(table[row]);
    }
    if (kept.size() > 0) exported_.files["karvan_" + kept.spec().name + ".txt"] = kept.csv();
  }

  void add_tables() {
    std::set<Id<Place>> ends{places_};
    for (const Id<Link> id : links_) {
      ends.insert(world_[id].from);
      ends.insert(world_[id].to);
    }
    const std::set<Id<Service>> services{services_.begin(), services_.end()};
    const auto all = [](auto) { return true; };
    add_table<Source>(all);
    add_table<Country>(all);
    add_table<ZonePeriod>(all);
    add_table<Sea>(all);
    add_table<Place>([&ends](Id<Place> id) { return ends.contains(id); });
    add_table<Link>([this](Id<Link> id) { return links_.contains(id); });
    add_table<LoadUnit>(all);
    add_table<Goods>(all);
    add_table<Handling>([&](Id<Handling> id) {
      return world_[id].place.valid() && ends.contains(world_[id].place);
    });
    add_table<ExchangeRate>(all);
    add_table<Capacity>([&](Id<Capacity> id) { return services.contains(world_[id].service); });
    add_table<Tariff>([&](Id<Tariff> id) { return services.contains(world_[id].service); });
  }

  void finish() {
    add_tables();
    const auto put = [this](std::string name, const FeedText& text) {
      if (!text.empty()) exported_.files[std::move(name)] = text.text();
    };
    put("agency.txt", agency_);
    put("stops.txt", stops_);
    put("routes.txt", routes_);
    put("trips.txt", trips_);
    put("stop_times.txt", stop_times_);
    put("calendar.txt", calendar_);
    put("calendar_dates.txt", calendar_dates_);
    put("frequencies.txt", frequencies_);
    put("feed_info.txt", info_);
  }

  const ExportOptions& options_;
  Complaints& complaints_;
  const load::RawTables& raw_;
  World world_;
  load::TableTexts tables_;
  Column<Service, std::vector<Id<Call>>> calls_;
  Column<Service, std::vector<Id<Departure>>> departures_;
  ZoneBook zones_;
  std::optional<LocalClock> clock_;
  Exported exported_;

  std::vector<Id<Service>> services_;
  std::set<Id<Operator>> operators_;
  std::set<Id<Place>> places_;
  std::set<Id<Link>> links_;
  std::vector<CallTimes> times_;  // of the service at hand

  const Extra<Operator> operator_extra_{raw_, {"id", "name"}};
  const Extra<Place> place_extra_{raw_, {"id", "name", "lon", "lat", "zone"}};
  const Extra<Service> service_extra_{raw_, {"id", "name", "operator"}};
  const Extra<Call> call_extra_{raw_, {"service", "sequence", "place", "loads", "unloads"}};
  const Extra<Departure> departure_extra_{
      raw_, {"service", "days", "dates", "leaves_at", "valid_from", "valid_until", "except"}};

  FeedText agency_{
      operator_extra_.with_names({"agency_id", "agency_name", "agency_url", "agency_timezone"})};
  FeedText stops_{
      place_extra_.with_names({"stop_id", "stop_name", "stop_lat", "stop_lon", "stop_timezone"})};
  FeedText routes_{service_extra_.with_names(
      {"route_id", "agency_id", "route_short_name", "route_long_name", "route_type"})};
  const Line trip_head_{departure_extra_.with_names({"route_id", "service_id", "trip_id"})};
  FeedText trips_{trip_head_};
  FeedText stop_times_{
      call_extra_.with_names({"trip_id", "arrival_time", "departure_time", "stop_id",
                              "stop_sequence", "pickup_type", "drop_off_type"})};
  FeedText calendar_{Line{"service_id", "monday", "tuesday", "wednesday", "thursday", "friday",
                          "saturday", "sunday", "start_date", "end_date"}};
  FeedText calendar_dates_{Line{"service_id", "date", "exception_type"}};
  FeedText frequencies_{Line{"trip_id", "start_time", "end_time", "headway_secs", "exact_times"}};
  FeedText info_{Line{"feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date",
                      "feed_end_date", "feed_version"}};
};

}  // namespace

std::optional<Exported> export_gtfs(const load::Loaded& corridor,
                                    const ExportOptions& options,
                                    Complaints& complaints) {
  return Exporter{corridor, options, complaints}.run();
}

}  // namespace karvan::timetable
