#include "karvan/timetable/detail/feed_trips.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

using Index = std::map<std::string, std::size_t, std::less<>>;

Index index_of(const FeedTable& table, std::string_view name, Remarks& remarks) {
  Index index;
  const std::size_t column = table.column(name);
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (!index.try_emplace(std::string{table.cell(row, column)}, row).second)
      remarks.dropped(table.origin(row, column), "id is there twice; the first is kept");
  }
  return index;
}

class Reader {
 public:
  Reader(const Feed& feed, const FeedPlaces& places, const FeedCalendar& calendar, Remarks& remarks)
      : feed_{feed}, places_{places}, calendar_{calendar}, remarks_{remarks} {}

  std::vector<FeedTrip> read() {
    read_trip_rows();
    read_stop_times();
    read_headways();
    const FeedTable& times = feed_.stop_times;
    const TripRepair repair{times,
                            {.trip = times.column("trip_id"),
                             .place = times.column("stop_id"),
                             .sequence = times.column("stop_sequence"),
                             .arrive = times.column("arrival_time"),
                             .depart = times.column("departure_time")},
                            places_.points(),
                            remarks_};
    const std::size_t id = feed_.trips.column("trip_id");
    std::vector<FeedTrip> result;
    for (std::size_t i = 0; i < trips_.size(); ++i) {
      if (times_[i].empty()) {
        remarks_.dropped(feed_.trips.origin(trips_[i].row, id), "trip has no stop times");
        continue;
      }
      trips_[i].calls = repair.calls(std::move(times_[i]));
      if (!trips_[i].calls.empty()) result.push_back(std::move(trips_[i]));
    }
    return result;
  }

 private:
  void read_trip_rows() {
    const FeedTable& table = feed_.trips;
    const Index routes = index_of(feed_.routes, "route_id", remarks_);
    const std::size_t trip_id = table.column("trip_id");
    const std::size_t route_id = table.column("route_id");
    const std::size_t service_id = table.column("service_id");
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto route = routes.find(table.cell(row, route_id));
      if (route == routes.end()) {
        remarks_.dropped(table.origin(row, route_id), "trip on an unknown route");
        continue;
      }
      const auto days = calendar_.find(table.cell(row, service_id));
      if (days == calendar_.end() || days->second.is_empty()) {
        remarks_.dropped(table.origin(row, service_id), "trip runs on no day");
        continue;
      }
      if (!trip_of_.try_emplace(std::string{table.cell(row, trip_id)}, trips_.size()).second) {
        remarks_.dropped(table.origin(row, trip_id), "trip is there twice; the first is kept");
        continue;
      }
      trips_.push_back({.row = row, .route = route->second, .service_id = days->first});
    }
    times_.resize(trips_.size());
  }

  void read_stop_times() {
    const FeedTable& table = feed_.stop_times;
    const std::size_t trip_id = table.column("trip_id");
    const std::size_t stop_id = table.column("stop_id");
    const Index known = index_of_trips();
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto trip = trip_of_.find(table.cell(row, trip_id));
      if (trip == trip_of_.end()) {
        if (!known.contains(table.cell(row, trip_id)))
          remarks_.dropped(table.origin(row, trip_id), "stop time of an unknown trip");
        continue;  // of a dropped trip: told before
      }
      const auto place = places_.find(table.cell(row, stop_id));
      if (!place) {
        remarks_.dropped(table.origin(row, stop_id), "stop time at an unknown or dropped stop");
        continue;
      }
      std::vector<StopTime>& times = times_[trip->second];
      times.push_back(stop_time(row, *place, times.empty() ? 0 : times.back().sequence + 1));
    }
  }

  Index index_of_trips() const {
    Index known;
    const std::size_t trip_id = feed_.trips.column("trip_id");
    for (std::size_t row = 0; row < feed_.trips.size(); ++row)
      known.try_emplace(std::string{feed_.trips.cell(row, trip_id)}, row);
    return known;
  }

  StopTime stop_time(std::size_t row, std::size_t place, std::int64_t next) {
    const FeedTable& table = feed_.stop_times;
    const std::size_t sequence = table.column("stop_sequence");
    StopTime time{.row = row, .sequence = next, .place = place};
    const auto number = parse_int<std::uint32_t>(table.cell(row, sequence));
    if (number) {
      time.sequence = *number;
    } else {
      remarks_.repaired(table.origin(row, sequence), "not a number; the order of rows holds");
    }
    const auto read = [&](std::size_t column) -> std::optional<Seconds> {
      const std::string_view text = table.cell(row, column);
      if (text.empty()) return std::nullopt;
      const auto value = parse_feed_time(text);
      if (!value) remarks_.dropped(table.origin(row, column), "not a time hh:mm:ss");
      return value;
    };
    time.arrive = read(table.column("arrival_time"));
    time.depart = read(table.column("departure_time"));
    if (time.arrive && time.depart && *time.depart < *time.arrive &&
        *time.arrive - *time.depart < 12 * 3600) {
      remarks_.repaired(table.origin(row, table.column("departure_time")),
                        "departure before arrival; set to the arrival");
      time.depart = time.arrive;
    }
    time.loads = table.cell(row, table.column("pickup_type")) != "1";
    time.unloads = table.cell(row, table.column("drop_off_type")) != "1";
    return time;
  }

  void read_headways() {
    const FeedTable& table = feed_.frequencies;
    const std::size_t trip_id = table.column("trip_id");
    const std::size_t headway = table.column("headway_secs");
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto trip = trip_of_.find(table.cell(row, trip_id));
      if (trip == trip_of_.end()) {
        remarks_.dropped(table.origin(row, trip_id), "headway of an unknown trip");
        continue;
      }
      const auto first = parse_feed_time(table.cell(row, table.column("start_time")));
      const auto until = parse_feed_time(table.cell(row, table.column("end_time")));
      const auto every = parse_int<Seconds>(table.cell(row, headway));
      if (!first || !until || !every || *every < 1 || *until <= *first) {
        remarks_.dropped(table.origin(row, headway), "headway without a sound period or length");
        continue;
      }
      if (static_cast<std::size_t>((*until - *first) / *every) > kMostRuns) {
        remarks_.dropped(table.origin(row, headway), "headway makes more than 10,000 runs");
        continue;
      }
      trips_[trip->second].headways.push_back({.first = *first, .until = *until, .every = *every});
    }
  }

  const Feed& feed_;
  const FeedPlaces& places_;
  const FeedCalendar& calendar_;
  Remarks& remarks_;
  std::vector<FeedTrip> trips_;
  std::vector<std::vector<StopTime>> times_;
  Index trip_of_;
};

}  // namespace

std::vector<FeedTrip> read_trips(const Feed& feed,
                                 const FeedPlaces& places,
                                 const FeedCalendar& calendar,
                                 Remarks& remarks) {
  return Reader{feed, places, calendar, remarks}.read();
}

}  // namespace karvan::timetable::detail
