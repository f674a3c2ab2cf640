#pragma once
// The numbers that nobody has published: cells of rows that call themselves assumed, of any table
// of the schema that has numbers, in groups that are varied together.

#include <string>
#include <string_view>
#include <vector>

#include "karvan/load/build.h"

namespace karvan::load {

struct AssumedNote {
  std::string text;
  std::size_t rows = 0;
};
struct AssumedGroup {
  std::string name;  // "berths", "berths.rate_t_per_h", "berths.place=aktau.count"
  std::string table;
  std::vector<std::string> cells;  // as Tweaks name them, one or more for each of its columns
  std::vector<std::string> ids;    // the rows, ascending
  std::vector<AssumedNote> notes;  // what the rows say they rest on, the most frequent first
};

// How far apart cells may be and still move together: all of a table, of a column, of a column at
// one place (service, crossing, link, market, operator: what the table speaks of), or none.
enum class Grain { kTable, kColumn, kSubject, kCell };

// Numbers and laws with `part` in "table.id.column" (empty: all). Left out are cells that are empty
// or 0, and what cannot be scaled by itself: what is no quantity (coordinates, dates, orders),
// lengths of links, which the map tells, and timetables, whose hours must fit one another.
std::vector<AssumedGroup> assumed_groups(const Loaded& loaded, std::string_view part, Grain grain);

}  // namespace karvan::load
