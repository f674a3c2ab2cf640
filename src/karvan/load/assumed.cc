#include "karvan/load/assumed.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "karvan/base/text.h"
#include "karvan/load/schema.h"

namespace karvan::load {
namespace {

// No quantities (a level against a datum is none), or given by something else.
constexpr std::array<std::string_view, 10> kFixedColumns{
    "datum_m",    "lon",   "lat", "sequence",  "year",
    "built_year", "month", "day", "length_km", "quantity_from"};
// Timetables; figures to be held against the model; what describes the data themselves.
constexpr std::array<std::string_view, 6> kFixedTables{"calls",        "departures", "observations",
                                                       "shape_points", "sources",    "time_zones"};
// What a row speaks of, if it has one of these.
constexpr std::array<std::string_view, 8> kSubjects{"place",  "service",  "crossing", "link",
                                                    "market", "operator", "goods",    "regime"};

bool has(auto& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// Whether there is a number to scale: zero stays zero, a law is taken to have one.
bool has_number(std::string_view text) {
  if (text.empty()) return false;
  const auto number = parse_double(text);
  return !number || *number != 0;
}

// Cells of one column that move together.
struct Members {
  std::set<std::string> ids;
  std::size_t of = 0;  // how many assumed cells the condition would choose
};

struct Group {
  std::string table;
  // By the condition that chooses them ("place=aktau,confidence=assumed") and by column.
  std::map<std::pair<std::string, std::string>, Members> members;
  std::map<std::string, std::set<std::string>> notes;  // the rows that have them
};

class Grouping {
 public:
  Grouping(const Loaded& loaded, std::string_view part, Grain grain)
      : loaded_{loaded}, part_{part}, grain_{grain} {
    for (std::size_t t = 0; t < table_specs().size(); ++t) {
      const TableSpec& spec = table_specs()[t];
      if (has(kFixedTables, spec.name) || !find_column(spec, "confidence")) continue;
      for (std::size_t c = 1; c < spec.columns.size(); ++c) {
        const std::string& type = spec.columns[c].type;
        const bool is_number = type == "number" || type == "integer" || type == "law";
        if (is_number && !has(kFixedColumns, spec.columns[c].name)) add(t, c);
      }
    }
  }

  std::vector<AssumedGroup> groups() const {
    std::vector<AssumedGroup> list;
    for (const auto& [name, group] : groups_)
      list.push_back(listed(name, group));
    return list;
  }

 private:
  void add(std::size_t table, std::size_t column) {
    const TableSpec& spec = table_specs()[table];
    const RawTable& raw = loaded_.raw[table];
    const std::size_t confidence = *find_column(spec, "confidence");
    const auto note = find_column(spec, "note");
    std::optional<std::size_t> subject;
    for (const std::string_view word : kSubjects) {
      if (!subject) subject = find_column(spec, word);
    }
    const std::string& name = spec.columns[column].name;
    std::map<std::string, std::size_t> chosen;  // by condition
    for (std::size_t row = 0; row < raw.rows(); ++row) {
      if (raw.cell(row, confidence) != "assumed" || !has_number(raw.cell(row, column))) continue;
      const std::string id{raw.code(row)};
      const std::string_view about = subject ? raw.cell(row, *subject) : std::string_view{};
      const bool is_narrow = grain_ == Grain::kSubject && !about.empty();
      const std::string condition =
          is_narrow ? spec.columns[*subject].name + "=" + std::string{about} : std::string{};
      ++chosen[condition];
      if ((spec.name + "." + id + "." + name).find(part_) == std::string::npos) continue;
      Group& group = groups_[name_of(spec.name, condition, id, name)];
      group.table = spec.name;
      group.members[{condition, name}].ids.insert(id);
      if (note) group.notes[std::string{raw.cell(row, *note)}].insert(id);
    }
    for (auto& [key, group] : groups_) {
      if (group.table != spec.name) continue;
      for (auto& [which, members] : group.members) {
        if (which.second == name) members.of = chosen[which.first];
      }
    }
  }

  std::string name_of(const std::string& table,
                      const std::string& condition,
                      const std::string& id,
                      const std::string& column) const {
    switch (grain_) {
      case Grain::kTable:
        return table;
      case Grain::kColumn:
        return table + "." + column;
      case Grain::kSubject:
        return table + "." + (condition.empty() ? "*" : condition) + "." + column;
      case Grain::kCell:
        break;
    }
    return table + "." + id + "." + column;
  }

  static AssumedGroup listed(const std::string& name, const Group& group) {
    AssumedGroup result{.name = name, .table = group.table};
    std::set<std::string> ids;
    for (const auto& [which, members] : group.members) {
      const auto& [condition, column] = which;
      ids.insert(members.ids.begin(), members.ids.end());
      // Rows without a subject cannot be told from those with one by a condition.
      const bool is_all = members.ids.size() == members.of && members.ids.size() > 1 &&
                          (!condition.empty() || name.find(".*.") == std::string::npos);
      if (is_all) {
        result.cells.push_back(group.table + "." + condition + (condition.empty() ? "" : ",") +
                               "confidence=assumed." + column);
        continue;
      }
      for (const std::string& id : members.ids)
        result.cells.push_back(group.table + "." + id + "." + column);
    }
    result.ids.assign(ids.begin(), ids.end());
    for (const auto& [text, rows] : group.notes)
      result.notes.push_back({.text = text, .rows = rows.size()});
    std::ranges::stable_sort(result.notes, std::greater{}, &AssumedNote::rows);
    return result;
  }

  const Loaded& loaded_;
  std::string_view part_;
  Grain grain_;
  std::map<std::string, Group> groups_;
};

}  // namespace

std::vector<AssumedGroup> assumed_groups(const Loaded& loaded, std::string_view part, Grain grain) {
  return Grouping{loaded, part, grain}.groups();
}

}  // namespace karvan::load
