#pragma once
// CorridorDraft: a corridor in the making, as tables of texts: begun empty or with all that a
// loaded one holds, given places and services, then completed with what those need: links, time
// zones, countries, and the handling, tariffs and factors without which nothing could be planned.

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/geo/earth.h"
#include "karvan/load/table_text.h"
#include "karvan/model/corridor.h"
#include "karvan/timetable/detail/codes.h"
#include "karvan/timetable/detail/karvan_columns.h"
#include "karvan/timetable/detail/service_days.h"
#include "karvan/timetable/detail/trip_calls.h"
#include "karvan/timetable/detail/zones.h"
#include "karvan/timetable/import.h"

namespace karvan::timetable::detail {

struct DraftPlace {
  std::string code;
  std::string name;
  GeoPoint point;
  std::string zone;
  Cells cells;  // more columns of places
};

struct DraftCall {
  std::string place;   // its code
  Seconds arrive = 0;  // since the service left its first call
  Seconds depart = 0;
  bool loads = true;
  bool unloads = true;
  Cells cells;  // more columns of calls; `hours` and `dwell_hours` hold if the times agree
};

struct DraftDeparture {
  std::string code;
  std::chrono::minutes leaves_at{0};  // local time at the first call
  ServiceDays days;                   // local days there
  Cells cells;                        // more columns of departures
};

struct DraftService {
  std::string code;
  Mode mode = Mode::kRail;
  Gauge gauge;  // 0 where there are no rails
  Cells cells;  // all other columns of services but the facts
  std::vector<DraftCall> calls;
  std::vector<DraftDeparture> departures;
  std::vector<Cells> capacities;  // columns of capacities but id and service
  std::vector<Cells> tariffs;     // columns of tariffs but id, service and mode
  Origin origin;                  // for remarks
};

class CorridorDraft {
 public:
  // `base` may be null. Rows made here name the source `options.name`.
  CorridorDraft(const Base* base, const ImportOptions& options, Remarks& remarks);

  // The texts of further tables, before anything else is added: rows whose id is new are taken
  // over.
  void add_tables(const load::Files& files, Complaints& complaints);
  // The days of a new corridor's timetables; those of a base stand. Then zones are known.
  void set_calendar(Date from, Date until);
  void set_title(const std::string& title, const std::string& license);
  // What the rows made here name as their source.
  void add_source(const std::string& title, const std::string& publisher, const std::string& date);

  const CorridorInfo& info() const { return info_; }
  const load::References& references() const { return references_; }
  const load::TableTexts& tables() const { return tables_; }
  ZoneBook& zones() { return *zones_; }

  // False, with a complaint, if another place has this code.
  bool add_place(const DraftPlace& place, Complaints& complaints);
  void add_operator(const std::string& code, const std::string& name, Cells cells);
  // The country of this zone, made if new.
  std::string country_of(const std::string& zone);
  // How long travelers need at least to change at a place.
  void set_change_time(const std::string& place, Seconds seconds) {
    change_times_[place] = seconds;
  }
  void add_service(DraftService service) { services_.push_back(std::move(service)); }

  // All of it written out. `counts` keeps its trips.
  load::Files finish(ImportCounts& counts);

 private:
  using LinkKey = std::tuple<std::string, std::string, Mode, Gauge>;  // ends by code, lesser first
  struct NewLink {
    std::string code;
    double km = 0;
    Seconds fastest = 0;
  };

  Cells with_fact(Cells cells, std::string_view confidence) const;
  void add_country(const std::string& code, const std::string& name, std::string_view note);
  void index_base();
  GeoPoint point_of(const std::string& place) const;

  void write_service(DraftService& service);
  void write_call(const DraftService& service, std::size_t i);
  std::string links_of(const DraftService& service, std::size_t i);
  std::string running_cell(const DraftCall& call, const std::string& links, Seconds seconds) const;
  void write_departures(const DraftService& service);
  void write_departure(const DraftService& service, const DraftDeparture& departure);
  void write_capacities(const DraftService& service);
  std::string link_between(const DraftService& service,
                           const std::string& from,
                           const std::string& to,
                           Seconds seconds);
  void write_links();
  void add_gauge(const std::string& place, Gauge gauge);

  const ImportOptions& options_;
  Remarks& remarks_;
  CorridorInfo info_;
  bool has_base_ = false;
  load::TableTexts tables_;
  load::TableTexts known_;  // the tables before anything was added: what references_ looks into
  load::References references_;
  std::optional<ZoneBook> zones_;
  std::vector<DraftService> services_;
  std::map<std::string, Seconds> change_times_;  // by place
  std::map<LinkKey, std::string> known_links_;
  std::map<LinkKey, NewLink> new_links_;
};

}  // namespace karvan::timetable::detail
