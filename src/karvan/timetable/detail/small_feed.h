#pragma once
// A sound feed of two trains around midnight, for this room's tests and fuzzers.

#include "karvan/load/build.h"

namespace karvan::timetable::detail {

inline load::Files small_feed() {
  return {
      {"agency.txt",
       "agency_id,agency_name,agency_url,agency_timezone\nr,Rail,http://r.example,Europe/Berlin\n"},
      {"stops.txt",
       "stop_id,stop_name,stop_lat,stop_lon,parent_station,location_type\n"
       "a,Alpha,52.5,13.4,,1\na1,Alpha 1,52.5,13.4,a,\nb,Beta,51.3,12.4,,\nc,Gamma,50.1,8.7,,\n"},
      {"routes.txt",
       "route_id,agency_id,route_short_name,route_long_name,route_type\n"
       "n,r,N1,Night train,2\nx,r,X,Express,102\n"},
      {"trips.txt", "route_id,service_id,trip_id\nn,wk,night\nx,wk,x1\nx,hol,x2\n"},
      {"calendar.txt",
       "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
       "wk,1,1,1,1,1,0,0,20260302,20260331\n"},
      {"calendar_dates.txt",
       "service_id,date,exception_type\nwk,20260306,2\nwk,20260307,1\nhol,20260308,1\n"},
      {"stop_times.txt",
       "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
       "night,25:10:00,25:10:00,a1,1,0,0\nnight,26:40:00,26:45:00,b,2,0,1\n"
       "night,49:15:00,49:15:00,c,5,0,0\n"
       "x1,08:00:00,08:00:00,a,1,,\nx1,9:05:00,9:05:00,b,2,,\n"
       "x2,10:00:00,10:00:00,a,1,,\nx2,11:05:00,11:05:00,b,2,,\n"},
  };
}

}  // namespace karvan::timetable::detail
