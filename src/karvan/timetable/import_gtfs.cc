#include "karvan/timetable/import_gtfs.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/base/text.h"
#include "karvan/timetable/detail/corridor_draft.h"
#include "karvan/timetable/detail/feed.h"
#include "karvan/timetable/detail/feed_calendar.h"
#include "karvan/timetable/detail/feed_mode.h"
#include "karvan/timetable/detail/feed_places.h"
#include "karvan/timetable/detail/feed_span.h"
#include "karvan/timetable/detail/feed_transfers.h"
#include "karvan/timetable/detail/feed_trips.h"
#include "karvan/timetable/detail/local_clock.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

constexpr std::size_t kLongestPlaceCode = 32;  // two of them and a mode make a link's id
constexpr std::size_t kLongestServiceCode = 60;
constexpr std::size_t kMostDepartures = 2'000'000;

// Trips of one route that call at the same places in the same rhythm.
struct Group {
  std::size_t route = 0;
  const FeedTrip* first = nullptr;
  std::vector<DraftDeparture> departures;
};

class GtfsImporter {
 public:
  GtfsImporter(const load::Files& files,
               const ImportOptions& options,
               const Base* base,
               Complaints& complaints)
      : options_{options},
        complaints_{complaints},
        feed_{read_feed(files, imported_.remarks, complaints)},
        draft_{base, options, imported_.remarks} {}

  std::optional<Imported> run() {
    if (!complaints_.ok()) return std::nullopt;
    draft_.add_tables(feed_.tables, complaints_);
    const FeedPlaces places{feed_.stops, remarks()};
    const FeedCalendar calendar = read_calendar(feed_.calendar, feed_.calendar_dates, remarks());
    imported_.counts.trips_read = feed_.trips.size();
    const std::vector<FeedTrip> trips = read_trips(feed_, places, calendar, remarks());
    places_ = &places;
    calendar_ = &calendar;
    describe_source();
    settle_calendar(trips);
    if (!find_zone()) return std::nullopt;
    prepare_columns();
    LocalClock clock{draft_.zones(), zone_, draft_.info().calendar_from,
                     draft_.info().calendar_until};
    for (const FeedTrip& trip : trips)
      add_trip(trip, clock);
    add_services();
    add_change_times();
    if (!complaints_.ok()) return std::nullopt;
    if (imported_.counts.services == 0) {
      complaints_.add({.file = feed_.trips.file(),
                       .message = "has no trip that can be imported",
                       .hint = "see what was dropped, or move the calendar"});
      return std::nullopt;
    }
    imported_.calendar_from = draft_.info().calendar_from;
    imported_.calendar_until = draft_.info().calendar_until;
    imported_.files = draft_.finish(imported_.counts);
    return std::move(imported_);
  }

 private:
  Remarks& remarks() { return imported_.remarks; }

  void describe_source() {
    const auto first = [](const FeedTable& table, std::string_view name) {
      return table.size() == 0 ? std::string{} : plain_text(table.cell(0, table.column(name)));
    };
    std::string publisher = first(feed_.feed_info, "feed_publisher_name");
    if (publisher.empty()) publisher = first(feed_.agency, "agency_name");
    if (publisher.empty()) publisher = "unknown";
    std::string date = first(feed_.feed_info, "feed_version");
    if (date.empty()) date = "undated";
    draft_.add_source("GTFS feed " + options_.name, publisher, date);
    draft_.set_title("Timetable of " + publisher, {});
  }

  void settle_calendar(const std::vector<FeedTrip>& trips) {
    std::set<std::string, std::less<>> used;
    int later = 0;  // days after its service day on which a trip may leave
    for (const FeedTrip& trip : trips) {
      used.insert(trip.service_id);
      later = std::max(later, trip.calls.front().depart / (24 * 3600));
    }
    const auto is_elsewhere = [](const FeedPlace& place) { return !place.zone.empty(); };
    const int apart = std::ranges::any_of(places_->all(), is_elsewhere) ? 1 : 0;
    const FeedSpan span = span_of(*calendar_, used);
    FeedSpan kept = calendar_span(*calendar_, used, options_);
    if (!options_.from) kept.from -= std::chrono::days{apart};
    if (!options_.until) kept.until += std::chrono::days{later + apart};
    const std::optional<FeedSpan> told = told_span();
    if (told && !options_.from && !options_.until) kept = *told;
    draft_.set_calendar(kept.from, kept.until);
    const CorridorInfo& info = draft_.info();
    // Days of the feed may lie a day beside those of its places.
    const std::chrono::days beside{1};
    if (span.from + beside < info.calendar_from || span.until - beside > info.calendar_until) {
      remarks().assumed({.file = "calendar.txt",
                         .value = date_to_text(span.from) + " to " + date_to_text(span.until)},
                        "the feed's days go beyond the corridor's, " +
                            date_to_text(info.calendar_from) + " to " +
                            date_to_text(info.calendar_until) + ", and were cut");
    }
  }

  // The days for which the feed says that it holds.
  std::optional<FeedSpan> told_span() const {
    const FeedTable& table = feed_.feed_info;
    if (table.size() == 0) return std::nullopt;
    const auto from = parse_feed_date(table.cell(0, table.column("feed_start_date")));
    const auto last = parse_feed_date(table.cell(0, table.column("feed_end_date")));
    const Date earliest{std::chrono::year{1950} / std::chrono::January / 1};
    if (!from || !last || *last < *from || *from < earliest ||
        *last - *from > std::chrono::years{29})
      return std::nullopt;
    return FeedSpan{.from = *from, .until = *last + std::chrono::days{1}};
  }

  // The zone of all times of the feed.
  bool find_zone() {
    const FeedTable& agency = feed_.agency;
    const std::size_t column = agency.column("agency_timezone");
    for (std::size_t row = 0; row < agency.size(); ++row) {
      const std::string zone{agency.cell(row, column)};
      if (zone.empty()) continue;
      if (!draft_.zones().knows(zone)) {
        remarks().dropped(agency.origin(row, column), "unknown time zone");
      } else if (zone_.empty()) {
        zone_ = zone;
      } else if (zone != zone_) {
        remarks().strange(agency.origin(row, column), "another zone than the first agency's");
      }
    }
    if (zone_.empty() && !options_.zone.empty() && draft_.zones().knows(options_.zone))
      zone_ = options_.zone;
    if (!zone_.empty()) return true;
    complaints_.add({.file = "agency.txt",
                     .column = "agency_timezone",
                     .value = options_.zone,
                     .message = "names no known time zone; expected one like Europe/Berlin",
                     .hint = "name one for the feed"});
    return false;
  }

  void prepare_columns() {
    place_cells_ = KarvanColumns<Place>{feed_.stops};
    operator_cells_ = KarvanColumns<Operator>{feed_.agency};
    service_cells_ = KarvanColumns<Service>{feed_.routes};
    call_cells_ = KarvanColumns<Call>{feed_.stop_times};
    departure_cells_ = KarvanColumns<Departure>{feed_.trips};
    capacity_cells_ = KarvanColumns<Capacity>{feed_.capacities, ""};
    tariff_cells_ = KarvanColumns<Tariff>{feed_.tariffs, ""};
    for (const auto& [table, rows] :
         {std::pair{&feed_.capacities, &capacities_of_}, std::pair{&feed_.tariffs, &tariffs_of_}}) {
      const std::size_t service = table->column("service");
      for (std::size_t row = 0; row < table->size(); ++row)
        (*rows)[std::string{table->cell(row, service)}].push_back(row);
    }
  }

  // -- Trips -----------------------------------------------------------------------------------

  std::string place_code(std::size_t place) {
    return place_codes_.code(options_.prefix + places_->all()[place].id);
  }

  // The zone whose clock holds at a place of the feed.
  std::string place_zone(std::size_t place) {
    const load::TableText& table = draft_.tables().of<Place>();
    const auto row = table.find(place_code(place));
    // A zone that no row tells will be refused with the place.
    if (row && draft_.zones().knows(table.cell(*row, "zone"))) return table.cell(*row, "zone");
    const FeedPlace& here = places_->all()[place];
    if (here.zone.empty()) return zone_;
    if (draft_.zones().knows(here.zone)) return here.zone;
    remarks().repaired(feed_.stops.origin(here.row, feed_.stops.column("stop_timezone")),
                       "unknown time zone; the agency's is taken");
    return zone_;
  }

  // What makes trips alike; times since the whole minute of leaving.
  static std::string rhythm(const FeedTrip& trip) {
    const Seconds start = trip.calls.front().depart / 60 * 60;
    std::string key = std::to_string(trip.route);
    for (std::size_t i = 0; i < trip.calls.size(); ++i) {
      const TripCall& call = trip.calls[i];
      const Seconds arrive = i == 0 ? call.depart : call.arrive;
      for (const auto number :
           {static_cast<Seconds>(call.place), arrive - start, call.depart - start}) {
        key += ' ';
        key += std::to_string(number);
      }
      key += call.loads ? 'l' : '-';
      key += call.unloads ? 'u' : '-';
    }
    return key;
  }

  void add_trip(const FeedTrip& trip, LocalClock& clock) {
    const FeedTable& table = feed_.trips;
    const std::size_t id = table.column("trip_id");
    if (!mode_of(trip.route)) return;
    const auto [at, is_new] = group_of_.try_emplace(rhythm(trip), groups_.size());
    if (is_new) groups_.push_back({.route = trip.route, .first = &trip});
    Group& group = groups_[at->second];
    DraftDeparture pattern{.days = calendar_->find(trip.service_id)->second,
                           .cells = departure_cells(trip.row)};
    const std::size_t before = group.departures.size();
    if (trip.calls.front().depart % 60 != 0)
      remarks().repaired(table.origin(trip.row, id), "leaves within a minute; cut to the minute");
    const std::string zone = place_zone(trip.calls.front().place);
    const std::string code = departure_code(trip.row, pattern.cells);
    const std::vector<Seconds> starts = starts_of(trip);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (departure_count_ >= kMostDepartures) {
        remarks().dropped(table.origin(trip.row, id), "more than two million departures");
        break;
      }
      pattern.code = i == 0 ? code : trip_codes_.unused(code + "_" + std::to_string(i + 1));
      const std::size_t size = group.departures.size();
      clock.add_departures(zone, pattern, starts[i], group.departures);
      departure_count_ += group.departures.size() - size;
    }
    if (group.departures.size() > before || !is_by_timetable(trip.route)) {
      ++imported_.counts.trips_imported;
    } else {
      remarks().dropped(table.origin(trip.row, id), "trip runs on no day of the calendar");
    }
  }

  std::vector<Seconds> starts_of(const FeedTrip& trip) {
    if (!is_by_timetable(trip.route)) return {};
    if (trip.headways.empty()) return {trip.calls.front().depart};
    std::vector<Seconds> starts;
    for (const Headway& headway : trip.headways) {
      for (Seconds at = headway.first; at < headway.until; at += headway.every)
        starts.push_back(at);
    }
    remarks().assumed({.file = feed_.frequencies.file(),
                       .column = "trip_id",
                       .value = feed_.trips.cell(trip.row, feed_.trips.column("trip_id"))},
                      "runs by headway taken as departures at fixed times");
    return starts;
  }

  Cells departure_cells(std::size_t row) {
    Cells cells = departure_cells_.cells(row, draft_.references(), remarks());
    for (const std::string_view own :
         {"service", "days", "dates", "leaves_at", "valid_from", "valid_until", "except"}) {
      const auto at = cells.find(own);
      if (at != cells.end()) cells.erase(at);
    }
    return cells;
  }

  // `karvan_id` where several trips stand for one departure of ours, else the trip's id.
  std::string departure_code(std::size_t row, Cells& cells) {
    const auto own = cells.find("id");
    const std::string given = own == cells.end() ? std::string{} : own->second;
    if (own != cells.end()) cells.erase(own);
    if (!given.empty() && load::is_code(given)) return given;
    const FeedTable& table = feed_.trips;
    return trip_codes_.code(options_.prefix +
                            std::string{table.cell(row, table.column("trip_id"))});
  }

  // -- Routes ----------------------------------------------------------------------------------

  struct RouteFacts {
    std::optional<Mode> mode;
    Cells cells;
  };

  const RouteFacts& facts_of(std::size_t route) {
    const auto [at, is_new] = routes_.try_emplace(route);
    if (!is_new) return at->second;
    RouteFacts& facts = at->second;
    const FeedTable& table = feed_.routes;
    facts.cells = service_cells_.cells(route, draft_.references(), remarks());
    facts.mode = mode_of_route_type(table.cell(route, table.column("route_type")));
    if (const auto own = facts.cells.find("mode"); own != facts.cells.end()) {
      if (const auto mode = parse_enum<Mode>(own->second)) facts.mode = mode;
    }
    if (!facts.mode || *facts.mode == Mode::kPipeline)
      remarks().dropped(table.origin(route, table.column("route_type")),
                        "no trips of routes of this type: it goes neither by rail, road nor water");
    if (facts.mode == Mode::kPipeline) facts.mode = std::nullopt;
    settle_departs(facts.cells, route);
    return facts;
  }

  // A service that leaves by a rate must have one.
  void settle_departs(Cells& cells, std::size_t route) {
    std::string& departs = cells["departs"];
    const bool has_rate =
        cells.contains("departures_per_week") && !cells.find("departures_per_week")->second.empty();
    const bool is_counted = departs == "frequency" || departs == "when_full";
    if (departs == "on_demand" || (is_counted && !has_rate))
      remarks().repaired(feed_.routes.origin(route, feed_.routes.column("karvan_departs")),
                         "route without a rate of departures taken as a timetable");
    if (!is_counted || !has_rate) departs = "timetable";
  }

  std::optional<Mode> mode_of(std::size_t route) { return facts_of(route).mode; }
  bool is_by_timetable(std::size_t route) {
    return facts_of(route).cells.find("departs")->second == "timetable";
  }

  std::string operator_code(std::size_t route) {
    const FeedTable& agency = feed_.agency;
    const FeedTable& routes = feed_.routes;
    const std::size_t column = routes.column("agency_id");
    const std::string_view wanted = routes.cell(route, column);
    const std::size_t id = agency.column("agency_id");
    const std::size_t name = agency.column("agency_name");
    std::optional<std::size_t> row;
    for (std::size_t i = 0; i < agency.size() && !row; ++i) {
      if (agency.cell(i, id) == wanted) row = i;
    }
    if (!row && agency.size() > 0) {
      row = 0;
      if (agency.size() > 1 || !wanted.empty())
        remarks().repaired(routes.origin(route, column), "unknown agency; the first is taken");
    }
    std::string text = row ? plain_text(agency.cell(*row, name)) : std::string{"Unknown operator"};
    if (text.empty()) text = "Unknown operator";
    const std::string_view own_id = row ? agency.cell(*row, id) : std::string_view{};
    const std::string code =
        operator_codes_.code(options_.prefix + (own_id.empty() ? text : std::string{own_id}));
    if (draft_.tables().of<Operator>().contains(code)) return code;
    Cells cells = row ? operator_cells_.cells(*row, draft_.references(), remarks()) : Cells{};
    if (cells["country"].empty()) cells["country"] = draft_.country_of(zone_);
    draft_.add_operator(code, text, cells);
    return code;
  }

  std::string route_name(std::size_t route) const {
    const FeedTable& table = feed_.routes;
    const std::string brief = plain_text(table.cell(route, table.column("route_short_name")));
    const std::string full = plain_text(table.cell(route, table.column("route_long_name")));
    if (brief.empty() || full.empty() || brief == full) return brief.empty() ? full : brief;
    return plain_text(brief + " " + full);
  }

  // -- Services --------------------------------------------------------------------------------

  void add_services() {
    std::map<std::size_t, std::vector<Group*>> by_route;
    for (Group& group : groups_) {
      if (!group.departures.empty() || !is_by_timetable(group.route))
        by_route[group.route].push_back(&group);
    }
    for (const auto& [route, groups] : by_route) {
      const FeedTable& table = feed_.routes;
      const std::string id =
          options_.prefix + std::string{table.cell(route, table.column("route_id"))};
      for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::string wished = groups.size() == 1 ? id : id + "_" + std::to_string(i + 1);
        add_service(*groups[i], service_codes_.unused(wished), groups.size() > 1);
      }
    }
  }

  void add_service(Group& group, const std::string& code, bool is_one_of_many) {
    const RouteFacts& facts = facts_of(group.route);
    DraftService service{
        .code = code,
        .mode = *facts.mode,
        .departures = std::move(group.departures),
        .origin = feed_.routes.origin(group.route, feed_.routes.column("route_id"))};
    Cells cells{{"border_in_timetable", "yes"}};
    for (const auto& [name, text] : facts.cells)
      cells[name] = text;
    const FeedTrip& trip = *group.first;
    std::string name = route_name(group.route);
    if (name.empty() || is_one_of_many) {
      name += (name.empty() ? "" : " ") + places_->all()[trip.calls.front().place].name + " - " +
              places_->all()[trip.calls.back().place].name;
    }
    cells["name"] = plain_text(name);
    cells["operator"] = operator_code(group.route);
    settle_vehicle(cells, service);
    service.cells = std::move(cells);
    service.calls = calls_of(trip, *facts.mode);
    service.capacities = capacities_of(group.route, code);
    service.tariffs = tariffs_of(group.route, code);
    draft_.add_service(std::move(service));
    ++imported_.counts.services;
  }

  void settle_vehicle(Cells& cells, DraftService& service) {
    if (service.mode == Mode::kRail) {
      std::string& gauge = cells["gauge_mm"];
      if (gauge.empty()) {
        gauge = std::to_string(options_.gauge.mm);
        remarks().assumed(service.origin, "rails of " + gauge + " mm");
      }
      service.gauge = Gauge{parse_int<int>(gauge).value_or(options_.gauge.mm)};
    } else if (service.mode != Mode::kRoad && cells["vessel_kind"].empty()) {
      cells["vessel_kind"] = "ro_pax";
      remarks().assumed(service.origin, "ships that carry passengers and vehicles");
    }
  }

  std::vector<DraftCall> calls_of(const FeedTrip& trip, Mode mode) {
    const Seconds start = trip.calls.front().depart / 60 * 60;
    std::vector<DraftCall> calls;
    for (const TripCall& call : trip.calls) {
      Cells cells = call_cells_.cells(call.row, draft_.references(), remarks(), "links");
      for (const std::string_view own : {"service", "sequence", "place"}) {
        const auto at = cells.find(own);
        if (at != cells.end()) cells.erase(at);
      }
      add_place(call.place, mode);
      calls.push_back({.place = place_code(call.place),
                       .arrive = call.arrive - start,
                       .depart = call.depart - start,
                       .loads = call.loads,
                       .unloads = call.unloads,
                       .cells = std::move(cells)});
    }
    return calls;
  }

  void add_place(std::size_t place, Mode mode) {
    if (!placed_.insert(place).second) return;
    const FeedPlace& here = places_->all()[place];
    const std::string zone = place_zone(place);
    Cells cells = place_cells_.cells(here.row, draft_.references(), remarks());
    if (cells["country"].empty()) cells["country"] = draft_.country_of(country_zone(zone));
    if (cells["kind"].empty()) {
      cells["kind"] = mode == Mode::kRail   ? "rail_terminal"
                      : mode == Mode::kRoad ? "city"
                                            : "ferry_port";
    }
    Complaints faults;
    draft_.add_place({.code = place_code(place),
                      .name = here.name,
                      .point = places_->points()[place],
                      .zone = zone,
                      .cells = std::move(cells)},
                     faults);
    for (Complaint fault : faults) {
      fault.file = feed_.stops.file();
      fault.line = feed_.stops.line(here.row);
      complaints_.add(std::move(fault));
    }
  }

  // Of the places that services call at.
  void add_change_times() {
    for (const auto& [place, seconds] : read_transfers(feed_.transfers, *places_, remarks())) {
      if (placed_.contains(place)) draft_.set_change_time(place_code(place), seconds);
    }
  }

  // Old names of zones lie in no country of the table: then the agency's.
  std::string country_zone(const std::string& zone) const {
    return country_of_zone(zone) ? zone : zone_;
  }

  std::vector<Cells> capacities_of(std::size_t route, const std::string& service) {
    std::vector<Cells> rows = rows_of(capacities_of_, capacity_cells_, service);
    if (!rows.empty()) return rows;
    for (const auto& [unit, units] : pairs_in(route, "karvan_load_units"))
      rows.push_back({{"load_unit", unit}, {"units", units}});
    return rows;
  }

  std::vector<Cells> tariffs_of(std::size_t route, const std::string& service) {
    std::vector<Cells> rows = rows_of(tariffs_of_, tariff_cells_, service);
    if (!rows.empty()) return rows;
    for (const auto& [unit, price] : pairs_in(route, "karvan_prices")) {
      const FeedTable& table = feed_.routes;
      const std::string currency{table.cell(route, table.column("karvan_currency"))};
      rows.push_back({{"load_unit", unit}, {"per_unit", price}, {"currency", currency}});
    }
    return rows;
  }

  template <class Row>
  std::vector<Cells> rows_of(const std::map<std::string, std::vector<std::size_t>>& index,
                             const KarvanColumns<Row>& columns,
                             const std::string& service) {
    std::vector<Cells> rows;
    const auto at = index.find(service);
    if (at == index.end()) return rows;
    for (const std::size_t row : at->second) {
      Cells cells = columns.cells(row, draft_.references(), remarks(), "service");
      // A row without its key would mean something else.
      if (std::is_same_v<Row, Capacity> && (cells["load_unit"].empty() || cells["units"].empty()))
        continue;
      rows.push_back(std::move(cells));
    }
    return rows;
  }

  // "box40=80;box20=160" of a route's column: load units of the corridor with a number each.
  std::vector<std::pair<std::string, std::string>> pairs_in(std::size_t route,
                                                            std::string_view name) {
    const FeedTable& table = feed_.routes;
    const std::size_t column = table.column(name);
    std::vector<std::pair<std::string, std::string>> pairs;
    std::set<std::string_view> units;
    for (const std::string_view item : split_trimmed(table.cell(route, column), ';')) {
      if (item.empty()) continue;
      const std::size_t equals = std::min(item.find('='), item.size());
      const std::string_view unit = trim(item.substr(0, equals));
      const std::string_view text = trim(item.substr(std::min(equals + 1, item.size())));
      const auto number = parse_double(text);
      const bool is_known = draft_.tables().of<LoadUnit>().contains(unit);
      if (!is_known || !number || *number < 0 || !units.insert(unit).second) {
        remarks().dropped(table.origin(route, column),
                          "item is not <load unit of the corridor>=<number>, once each");
        continue;
      }
      pairs.emplace_back(unit, text);
    }
    return pairs;
  }

  const ImportOptions& options_;
  Complaints& complaints_;
  Imported imported_;
  Feed feed_;
  CorridorDraft draft_;
  const FeedPlaces* places_ = nullptr;
  const FeedCalendar* calendar_ = nullptr;
  std::string zone_;

  KarvanColumns<Place> place_cells_;
  KarvanColumns<Operator> operator_cells_;
  KarvanColumns<Service> service_cells_;
  KarvanColumns<Call> call_cells_;
  KarvanColumns<Departure> departure_cells_;
  KarvanColumns<Capacity> capacity_cells_;
  KarvanColumns<Tariff> tariff_cells_;
  std::map<std::string, std::vector<std::size_t>> capacities_of_;
  std::map<std::string, std::vector<std::size_t>> tariffs_of_;

  CodeMaker place_codes_{kLongestPlaceCode};
  CodeMaker operator_codes_{kLongestServiceCode};
  CodeMaker service_codes_{kLongestServiceCode};
  CodeMaker trip_codes_{kLongestServiceCode};
  std::map<std::string, std::size_t> group_of_;
  std::vector<Group> groups_;
  std::map<std::size_t, RouteFacts> routes_;
  std::set<std::size_t> placed_;
  std::size_t departure_count_ = 0;
};

}  // namespace

std::optional<Imported> import_gtfs(const load::Files& feed,
                                    const ImportOptions& options,
                                    const Base* base,
                                    Complaints& complaints) {
  return GtfsImporter{feed, options, base, complaints}.run();
}

}  // namespace karvan::timetable
