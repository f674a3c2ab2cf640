#pragma once
// Feed: the tables of a GTFS feed (https://gtfs.org/documentation/schedule/reference/) that an
// import reads, and the tables of ours that one of our own exports carries beside them.

#include <map>
#include <string>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

struct Feed {
  FeedTable agency;
  FeedTable stops;
  FeedTable routes;
  FeedTable trips;
  FeedTable stop_times;
  FeedTable calendar;
  FeedTable calendar_dates;
  FeedTable frequencies;
  FeedTable feed_info;
  FeedTable transfers;
  FeedTable capacities;  // karvan_capacities.txt
  FeedTable tariffs;     // karvan_tariffs.txt
  load::Files tables;    // karvan_<table>.txt of other tables, as <table>.csv
};

// Complains where a file or column that nothing can replace is missing. Of files of other names
// (shapes, fares, ...) the rows are counted as dropped.
Feed read_feed(const load::Files& files, Remarks& remarks, Complaints& complaints);

}  // namespace karvan::timetable::detail
