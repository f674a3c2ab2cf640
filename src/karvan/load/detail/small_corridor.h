#pragma once
// A sound corridor of four places, as texts, for this room's tests and fuzzers: by rail from Almaty
// to Aktau, over the sea to Alat, by rail on to Poti.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"
#include "karvan/load/csv.h"
#include "karvan/load/schema.h"

namespace karvan::load::detail {

// The table with the columns that `text` leaves out, empty, and the fact columns filled.
inline std::string full_table(std::string_view name, std::string_view text) {
  Complaints complaints;
  const CsvTable csv = read_csv(text, std::string{name}, complaints);
  const TableSpec& spec = table_specs()[find_table(name).value()];
  const auto cell_of = [&csv](std::size_t record, std::string_view column) {
    for (std::size_t i = 0; i < csv.columns(); ++i) {
      if (csv.header(i) == column) return csv_quoted(csv.cell(record, i));
    }
    if (column == "source") return std::string{"atlas"};
    if (column == "confidence") return std::string{"assumed"};
    return std::string{};
  };
  std::string full;
  const auto add_row = [&full](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      full += (i == 0 ? "" : ",") + cells[i];
    full += '\n';
  };
  std::vector<std::string> cells;
  for (const ColumnSpec& column : spec.columns)
    cells.push_back(column.name);
  add_row(cells);
  for (std::size_t record = 0; record < csv.records(); ++record) {
    cells.clear();
    for (const ColumnSpec& column : spec.columns)
      cells.push_back(cell_of(record, column.name));
    add_row(cells);
  }
  return full;
}

using TableText = std::pair<std::string_view, std::string_view>;  // name, short CSV

inline constexpr TableText kSmallNetwork[] = {
    {"sources", "id,title,publisher,date\natlas,Atlas,Karvan,2025\n"},
    {"countries", "id,name,currency\nAZ,Azerbaijan,AZN\nGE,Georgia,GEL\nKZ,Kazakhstan,KZT\n"},
    {"time_zones",
     "id,zone,valid_from,utc_offset,summer_time\n"
     "almaty_2024,Asia/Almaty,2024-03-01,+05:00,none\n"
     "baku_2016,Asia/Baku,2016-03-01,+04:00,none\n"},
    {"seas", "id,name\nblack_sea,Black Sea\ncaspian,Caspian Sea\n"},
    {"places",
     "id,name,kind,country,unlocode,lon,lat,zone,gauges,sea\n"
     "aktau,Aktau,seaport,KZ,KZSCO,51.2,43.6,Asia/Almaty,1520,caspian\n"
     "alat,Alat,ferry_port,AZ,,49.4,39.95,Asia/Baku,1520,caspian\n"
     "almaty,Almaty,rail_terminal,KZ,KZALA,76.9,43.3,Asia/Almaty,1520,\n"
     "poti,Poti,seaport,GE,GEPTI,41.65,42.15,Asia/Baku,1520,black_sea\n"},
    {"links",
     "id,from_place,to_place,mode,length_km,speed_kmh,gauges,status\n"
     "aktau-alat-sea,aktau,alat,sea,470,20,,open\n"
     "alat-poti-rail,alat,poti,rail,900,40,1520,open\n"
     "almaty-aktau-rail,almaty,aktau,rail,3100,45,1520,open\n"},
    {"load_units",
     "id,name,kind,teu,payload_t,gauge_mm\n"
     "box40,40 ft box,container,2,25,\n"
     "wagon,Wagon,wagon,,60,1520\n"},
    {"goods", "id,name,hs_chapter,load_units\nmachinery,Machinery,84,box40;wagon\n"},
};

inline constexpr TableText kSmallTraffic[] = {
    {"operators", "id,name,country\nferries,Ferries,AZ\nrailway,Railway,KZ\n"},
    {"services",
     "id,name,operator,mode,departs,departures_per_week,vessel_kind,gauge_mm\n"
     "ferry,Ferry,ferries,sea,when_full,4,rail_ferry,1520\n"
     "train,Train,railway,rail,timetable,,,1520\n"
     "west_train,Western train,railway,rail,frequency,3.5,,1520\n"},
    {"calls",
     "id,service,sequence,place,links\n"
     "ferry_1,ferry,1,aktau,\n"
     "ferry_2,ferry,2,alat,aktau-alat-sea\n"
     "train_1,train,1,almaty,\n"
     "train_2,train,2,aktau,almaty-aktau-rail\n"
     "west_train_1,west_train,1,alat,\n"
     "west_train_2,west_train,2,poti,alat-poti-rail\n"},
    {"departures", "id,service,days,leaves_at\ntrain_mon,train,Mon;Thu,23:00\n"},
    {"capacities",
     "id,service,load_unit,units\n"
     "ferry_box40,ferry,box40,60\n"
     "ferry_wagon,ferry,wagon,50\n"
     "train_box40,train,box40,60\n"
     "west_train_box40,west_train,box40,50\n"},
    {"vessels",
     "id,name,kind,operator,imo,speed_kn,services\n"
     "agdam,Agdam,rail_ferry,ferries,9074729,15,ferry\n"},
    {"handling",
     "id,place,from_side,to_side,from_kind,to_kind,hours,usd_per_unit\n"
     "aktau_rail_sea,aktau,rail,sea,container,container,lognormal mean=24 cv=0.6,80\n"
     "gate_rail,,gate,rail,container,container,4,50\n"},
    {"crossings", "id,name,mode\nrail_general,By rail,rail\nsea_general,By sea,sea\n"},
    {"crossing_steps",
     "id,crossing,sequence,kind,hours\n"
     "rail_1,rail_general,1,entry_customs,uniform min=2 max=6\n"
     "sea_1,sea_general,1,entry_customs,triangular min=1 mode=4 max=12\n"},
    {"tariffs",
     "id,operator,mode,load_unit,currency,per_unit,valid_from\n"
     "ferry_box40,ferries,sea,box40,,600,\n"
     "rail_box40,railway,rail,box40,KZT,500000,2025-06-01\n"},
    {"exchange_rates",
     "id,currency,date,usd_per_unit\n"
     "kzt_2024,KZT,2024-01-01,0.0022\n"
     "kzt_2025,KZT,2025-01-01,0.002\n"
     "kzt_2026,KZT,2026-01-01,0.0019\n"},
};

inline Files small_corridor() {
  Files files;
  for (const auto& [name, text] : kSmallNetwork)
    files[std::string{name} + ".csv"] = full_table(name, text);
  for (const auto& [name, text] : kSmallTraffic)
    files[std::string{name} + ".csv"] = full_table(name, text);
  files["corridor.toml"] =
      "name = \"small\"\ntitle = \"A small corridor\"\n"
      "calendar_from = 2025-01-01\ncalendar_until = 2027-01-01\n";
  return files;
}

}  // namespace karvan::load::detail
