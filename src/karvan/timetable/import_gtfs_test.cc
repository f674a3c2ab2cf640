#include "karvan/timetable/import_gtfs.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "karvan/timetable/detail/test_support.h"

namespace karvan::timetable {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this room's own parts

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

Date date(std::string_view text) {
  return parse_date(text).value();
}

template <class Row>
const Row& row(const load::Loaded& loaded, std::string_view code) {
  for (const Row& one : rows<Row>(loaded.corridor)) {
    if (one.code == code) return one;
  }
  ADD_FAILURE() << "no " << code;
  static const Row none;
  return none;
}

TEST(ImportGtfs, ANightTrainLeavesOnTheDayAfterItsServiceDay) {
  const Imported imported = imported_of(small_feed());
  const load::Loaded loaded = loaded_of(imported.files);
  EXPECT_EQ(imported.counts.trips_imported, 3U);
  const Departure& night = row<Departure>(loaded, "night");
  EXPECT_EQ(night.leaves_at, std::chrono::minutes{70});
  EXPECT_EQ(weekdays_cell(night.days), "Tue;Wed;Thu;Fri;Sat");
  EXPECT_EQ(night.valid_from, date("2026-03-03"));
  EXPECT_EQ(night.valid_until, std::nullopt);
  EXPECT_EQ(loaded.corridor.info.calendar_until, date("2026-04-02"));
  EXPECT_EQ(night.except, std::vector<Date>{date("2026-03-07")});
  const Departure& added = row<Departure>(loaded, "night_2");
  EXPECT_EQ(added.dates, std::vector<Date>{date("2026-03-08")});
  const Call& beta = row<Call>(loaded, "n-2");
  EXPECT_EQ(to_duration(*beta.hours), std::chrono::minutes{90});
  EXPECT_EQ(to_duration(beta.dwell), std::chrono::minutes{5});
  EXPECT_TRUE(beta.loads);
  EXPECT_FALSE(beta.unloads);
  EXPECT_EQ(to_duration(*row<Call>(loaded, "n-3").hours), std::chrono::minutes{22 * 60 + 30});
}

TEST(ImportGtfs, TripsInOneRhythmAreOneService) {
  const load::Loaded loaded = loaded_of(imported_of(small_feed()).files);
  EXPECT_EQ(loaded.corridor.services.size(), 2U);
  const Departure& x2 = row<Departure>(loaded, "x2");
  EXPECT_EQ(loaded.corridor.services[x2.service].code, "x");
  EXPECT_EQ(x2.dates, std::vector<Date>{date("2026-03-08")});
  EXPECT_EQ(row<Place>(loaded, "a").name, "Alpha");
  EXPECT_EQ(loaded.corridor.places.size(), 3U) << "the platform belongs to its station";
  EXPECT_EQ(row<Place>(loaded, "a").zone, "Europe/Berlin");
  EXPECT_EQ(loaded.corridor.countries[row<Place>(loaded, "a").country].code, "DE");
}

TEST(ImportGtfs, LeastTimesOfChangingAreKeptAndTheRestIsCounted) {
  load::Files feed = small_feed();
  feed["transfers.txt"] =
      "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\n"
      "a,a1,2,300,\na1,a1,2,420,\na,b,2,600,\nb,b,0,,\nb,b,2,60,x1\nc,gone,2,60,\n";
  feed["shapes.txt"] = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,1,1,1\ns,2,2,2\n";
  feed["fare_attributes.txt"] = "fare_id,price\nf,3\n";
  const Imported imported = imported_of(feed);
  const load::Loaded loaded = loaded_of(imported.files);
  const Handling& change = row<Handling>(loaded, "change_a_rail_rail");
  EXPECT_EQ(to_duration(mean(change.hours)), std::chrono::minutes{7});
  EXPECT_EQ(change.fact.confidence, Confidence::kDerived);
  std::map<std::string, std::size_t> dropped;
  for (const Remark& remark : imported.remarks.all()) {
    if (remark.effect == Effect::kDropped) dropped[remark.file] += remark.count;
  }
  EXPECT_EQ(dropped, (std::map<std::string, std::size_t>{
                         {"fare_attributes.txt", 1}, {"shapes.txt", 2}, {"transfers.txt", 4}}));
}

TEST(ImportGtfs, HeadwaysBecomeDepartures) {
  load::Files feed = small_feed();
  feed["frequencies.txt"] =
      "trip_id,start_time,end_time,headway_secs\nx1,06:00:00,07:00:00,1200\n"
      "x1,09:00:00,09:00:00,60\nghost,06:00:00,07:00:00,60\nx1,00:00:00,9000:00:00,1\n";
  const Imported imported = imported_of(feed);
  const load::Loaded loaded = loaded_of(imported.files);
  EXPECT_EQ(row<Departure>(loaded, "x1").leaves_at, std::chrono::minutes{360});
  EXPECT_EQ(row<Departure>(loaded, "x1_3").leaves_at, std::chrono::minutes{400});
  EXPECT_EQ(times_told(imported.remarks, "headway of an unknown trip"), 1U);
  EXPECT_EQ(times_told(imported.remarks, "sound period"), 1U);
  EXPECT_EQ(times_told(imported.remarks, "more than 10,000 runs"), 1U);
}

TEST(ImportGtfs, ClocksThatChangeApartSplitADeparture) {
  // Kazakhstan has no summer time: from 29 March on Berlin's clock is an hour closer.
  load::Files feed = small_feed();
  feed["stops.txt"] =
      "stop_id,stop_name,stop_lat,stop_lon,stop_timezone\n"
      "a,Almaty,43.3,76.9,Asia/Almaty\nb,Beta,51.3,12.4,\nc,Gamma,50.1,8.7,\n";
  replace(feed["stop_times.txt"], "a1", "a");
  const load::Loaded loaded = loaded_of(imported_of(feed).files);
  EXPECT_EQ(row<Departure>(loaded, "x1").leaves_at, std::chrono::hours{12});
  EXPECT_EQ(row<Departure>(loaded, "x1").valid_until, date("2026-03-29"));
  const Departure& summer = row<Departure>(loaded, "x1_3");
  EXPECT_EQ(summer.leaves_at, std::chrono::hours{11});
  EXPECT_EQ(summer.valid_from, date("2026-03-29"));
}

TEST(ImportGtfs, DirtIsRepairedOrDroppedAndTold) {
  load::Files feed = small_feed();
  feed["stops.txt"] = "\xef\xbb\xbf" + feed["stops.txt"] +
                      "d,D\xfcren,50.8,6.5,,\ne,Nowhere,,,,\nf,Loop,1,1,g,\ng,Loop,1,1,f,\n"
                      "b,Beta again,1,1,,\nh,Orphan,50,7,zzz,\n";
  feed["stop_times.txt"] +=
      "x1,10:00:00,10:00:00,e,3,,\nghost,1:00:00,1:00:00,a,1,,\nx1,bad,,c,4,,\n"
      "x2,11:00:00,11:00:00,c,3,,\nx2,23:50:00,23:50:00,d,4,,\nx2,00:10:00,00:10:00,b,5,,\n"
      "x2,00:10:00,00:10:00,b,5,,\n";
  feed["trips.txt"] += "zz,wk,t1\nx,never,t2\nx,wk,x1\nx,wk,empty\n";
  const Imported imported = imported_of(feed);
  const load::Loaded loaded = loaded_of(imported.files);
  const Remarks& remarks = imported.remarks;
  for (const std::string_view what :
       {"read as Windows-1252", "no point on the earth", "stations lie in each other",
        "stop is there twice", "unknown or dropped stop", "stop time of an unknown trip",
        "not a time", "no time at an end", "goes backwards", "clock began again", "unknown route",
        "runs on no day", "trip is there twice", "no stop times", "sequence of another"})
    EXPECT_GE(times_told(remarks, what), 1U) << what;
  EXPECT_EQ(row<Place>(loaded, "d").name, "Düren");
  const Remark first = remarks.all().front();
  EXPECT_EQ(first.effect, Effect::kDropped);
  EXPECT_FALSE(first.examples.empty());
}

TEST(ImportGtfs, TimesAreFilledInByDistance) {
  load::Files feed = small_feed();
  feed["stop_times.txt"] =
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
      "x1,08:00:00,08:00:00,a,1\nx1,,,b,2\nx1,12:00:00,12:00:00,c,3\n";
  const Imported imported = imported_of(feed);
  EXPECT_EQ(times_told(imported.remarks, "filled in by distance"), 1U);
  const load::Loaded loaded = loaded_of(imported.files);
  // 149 of 441 km.
  EXPECT_EQ(to_duration(*row<Call>(loaded, "x-2").hours), std::chrono::minutes{81});
}

TEST(ImportGtfs, ColumnsOfOursSayWhatAFeedCannot) {
  load::Files feed = small_feed();
  feed["karvan_load_units.txt"] =
      "id,name,kind,teu,payload_t,source,confidence\nbox,Box,container,2,20,timetable,assumed\n";
  feed["routes.txt"] =
      "route_id,agency_id,route_long_name,route_type,karvan_load_units,karvan_prices,"
      "karvan_gauge_mm,karvan_cutoff_cargo_hours,karvan_mode\n"
      "n,r,Night,2,box=40;ghost=1,box=300,1520,6,\nx,r,X,112,,,tight,,\n";
  const Imported imported = imported_of(feed);
  const load::Loaded loaded = loaded_of(imported.files);
  const Service& night = row<Service>(loaded, "n");
  EXPECT_EQ(night.gauge, Gauge{1520});
  EXPECT_EQ(night.cutoff_cargo, Hours{6});
  EXPECT_EQ(row<Capacity>(loaded, "n-box").units, 40);
  EXPECT_EQ(row<Tariff>(loaded, "n-box").per_unit, Usd{300});
  EXPECT_EQ(row<Capacity>(loaded, "x-passenger").units, 500);
  EXPECT_EQ(times_told(imported.remarks, "once each"), 1U);
  EXPECT_EQ(times_told(imported.remarks, "is not a track gauge"), 1U);
}

TEST(ImportGtfs, WhatCannotBeAFeedIsRefused) {
  const auto refused = [](const load::Files& feed, std::string_view word) {
    Complaints complaints;
    EXPECT_FALSE(import_gtfs(feed, {}, nullptr, complaints).has_value());
    EXPECT_NE(all_of(complaints).find(word), std::string::npos) << all_of(complaints);
  };
  refused({}, "stops.txt");
  load::Files feed = small_feed();
  feed.erase("calendar.txt");
  feed.erase("calendar_dates.txt");
  refused(feed, "calendar_dates.txt");
  feed = small_feed();
  replace(feed["agency.txt"], "Europe/Berlin", "Europe/Atlantis");
  refused(feed, "agency_timezone");
  feed = small_feed();
  replace(feed["trips.txt"], "trip_id", "trip");
  refused(feed, "trip_id");
  feed = small_feed();
  feed["stops.txt"] = std::string{"\xff\xfes\0", 4};
  refused(feed, "UTF-16");
  feed = small_feed();
  feed["stop_times.txt"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";
  refused(feed, "no trip that can be imported");
}

TEST(ImportGtfs, AnOverlongTripIsDropped) {
  load::Files feed = small_feed();
  for (int i = 0; i < 2100; ++i)
    feed["stop_times.txt"] += "x2,12:00:00,12:00:00,a," + std::to_string(10 + i) + ",,\n";
  replace(feed["stop_times.txt"], "9:05:00,9:05:00", "9999:00:00,9999:00:00");
  const Imported imported = imported_of(feed);
  EXPECT_EQ(times_told(imported.remarks, "more than 2000 stop times"), 1U);
  EXPECT_EQ(times_told(imported.remarks, "over 5000 hours"), 1U);
  EXPECT_EQ(imported.counts.trips_imported, 1U);
}

TEST(ImportGtfs, MergesIntoACorridorAndReplacesItsOwn) {
  const load::Loaded first = loaded_of(imported_of(small_feed()).files);
  const Base base{first};
  load::Files feed = small_feed();
  replace(feed["stop_times.txt"], "08:00:00,08:00:00", "08:10:00,08:10:00");
  const Imported again = imported_of(feed, {}, &base);
  EXPECT_EQ(again.counts.services_replaced, 1U) << "two rhythms of route x are now x_1 and x_2";
  const load::Loaded loaded = loaded_of(again.files);
  EXPECT_EQ(loaded.corridor.places.size(), 3U);
  EXPECT_EQ(loaded.corridor.links.size(), first.corridor.links.size());
  Complaints complaints;
  replace(feed["stops.txt"], "50.1,8.7", "10.1,8.7");
  EXPECT_FALSE(import_gtfs(feed, {}, &base, complaints).has_value());
  EXPECT_NE(all_of(complaints).find("prefix"), std::string::npos);
}

}  // namespace
}  // namespace karvan::timetable
