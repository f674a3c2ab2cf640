#pragma once
// The schema: each table's columns, said once (tables_*.cc) and used to read, to check and to
// document.
//
//   TableSchema<Sea>{"seas", "Seas and lakes."}
//       .key(&Sea::code)                                      column `id`, unique
//       .must("name", &Sea::name, "English name.")            may not be empty
//       .may("datum_m", &Sea::datum_m, "Level.", at_least(0)) empty: the member keeps its default
//       .fact(&Sea::fact)                                     columns note, source, confidence

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/load/cell.h"
#include "karvan/load/references.h"
#include "karvan/model/corridor.h"

namespace karvan::load {

struct TableSpec {
  std::string name;  // of the table; its file is <name>.csv
  std::string description;
  std::vector<ColumnSpec> columns;  // the first is `id`
};

// "km" for "length_km": what the end of a column's name says; empty if nothing.
std::string_view unit_of(std::string_view column_name);

// What is wrong with a cell whatever its type: emptiness, blanks at its ends.
MaybeFault check_presence(std::string_view text, const ColumnSpec& column);

template <class Row>
class TableSchema {
 public:
  TableSchema(std::string name, std::string description) {
    spec_.name = std::move(name);
    spec_.description = std::move(description);
  }

  TableSchema&& key(std::string Row::* code) && {
    add("id", code, "Unique id.", {}, true);
    return std::move(*this);
  }
  template <class Member>
  TableSchema&& must(std::string name, Member Row::* member, std::string doc, Range range = {}) && {
    add(std::move(name), member, std::move(doc), range, true);
    return std::move(*this);
  }
  template <class Member>
  TableSchema&& may(std::string name, Member Row::* member, std::string doc, Range range = {}) && {
    add(std::move(name), member, std::move(doc), range, false);
    return std::move(*this);
  }
  TableSchema&& fact(Fact Row::* fact) && {
    add_part("note", fact, &Fact::note, "What the figures rest on, and what to know.", false);
    add_part("source", fact, &Fact::sources, "Where the figures come from, separated by ;.", true);
    add_part("confidence", fact, &Fact::confidence, "How the figures came about.", true);
    return std::move(*this);
  }

  const TableSpec& spec() const { return spec_; }

  // Sets the member that the column stands for. A fault leaves the row as it was.
  MaybeFault set(std::size_t column,
                 Row& row,
                 std::string_view text,
                 const References& references) const {
    const ColumnSpec& spec = spec_.columns[column];
    if (MaybeFault fault = check_presence(text, spec)) return fault;
    if (text.empty()) return std::nullopt;
    return setters_[column](row, text, {.column = spec, .references = references});
  }

 private:
  using Setter = std::function<MaybeFault(Row&, std::string_view, const CellContext&)>;

  template <class Member>
  void describe(std::string name, std::string doc, Range range, bool is_required) {
    ColumnSpec column;
    column.name = std::move(name);
    column.unit = unit_of(column.name);
    column.doc = std::move(doc);
    column.range = range;
    column.required = is_required;
    Cell<Member>::describe(column);
    spec_.columns.push_back(std::move(column));
  }
  template <class Member>
  void add(std::string name, Member Row::* member, std::string doc, Range range, bool is_required) {
    describe<Member>(std::move(name), std::move(doc), range, is_required);
    setters_.push_back([member](Row& row, std::string_view text, const CellContext& context) {
      return Cell<Member>::parse(text, row.*member, context);
    });
  }
  template <class Member>
  void add_part(std::string name,
                Fact Row::* fact,
                Member Fact::* member,
                std::string doc,
                bool is_required) {
    describe<Member>(std::move(name), std::move(doc), {}, is_required);
    setters_.push_back([fact, member](Row& row, std::string_view text, const CellContext& context) {
      return Cell<Member>::parse(text, (row.*fact).*member, context);
    });
  }

  TableSpec spec_;
  std::vector<Setter> setters_;  // one for each column
};

// The declarations of the house's tables: tables_*.cc.
template <class Row>
TableSchema<Row> schema_of();
template <>
TableSchema<LoadUnit> schema_of<LoadUnit>();
template <>
TableSchema<Goods> schema_of<Goods>();
template <>
TableSchema<Operator> schema_of<Operator>();
template <>
TableSchema<Service> schema_of<Service>();
template <>
TableSchema<Call> schema_of<Call>();
template <>
TableSchema<Departure> schema_of<Departure>();
template <>
TableSchema<Capacity> schema_of<Capacity>();
template <>
TableSchema<Booking> schema_of<Booking>();
template <>
TableSchema<HazardRefusal> schema_of<HazardRefusal>();
template <>
TableSchema<Vessel> schema_of<Vessel>();
template <>
TableSchema<WagonPool> schema_of<WagonPool>();
template <>
TableSchema<Locomotive> schema_of<Locomotive>();
template <>
TableSchema<Breakdown> schema_of<Breakdown>();
template <>
TableSchema<Tariff> schema_of<Tariff>();
template <>
TableSchema<ThroughRate> schema_of<ThroughRate>();
template <>
TableSchema<Storage> schema_of<Storage>();
template <>
TableSchema<Detention> schema_of<Detention>();
template <>
TableSchema<EmptyReturn> schema_of<EmptyReturn>();
template <>
TableSchema<ExchangeRate> schema_of<ExchangeRate>();
template <>
TableSchema<EmissionFactor> schema_of<EmissionFactor>();
template <>
TableSchema<Delay> schema_of<Delay>();
template <>
TableSchema<SeaLevel> schema_of<SeaLevel>();
template <>
TableSchema<Weather> schema_of<Weather>();
template <>
TableSchema<Closure> schema_of<Closure>();
template <>
TableSchema<MonthProfile> schema_of<MonthProfile>();
template <>
TableSchema<Demand> schema_of<Demand>();
template <>
TableSchema<Observation> schema_of<Observation>();
template <>
TableSchema<Source> schema_of<Source>();
template <>
TableSchema<Country> schema_of<Country>();
template <>
TableSchema<ZonePeriod> schema_of<ZonePeriod>();
template <>
TableSchema<Sea> schema_of<Sea>();
template <>
TableSchema<Place> schema_of<Place>();
template <>
TableSchema<Link> schema_of<Link>();
template <>
TableSchema<ShapePoint> schema_of<ShapePoint>();
template <>
TableSchema<Pipeline> schema_of<Pipeline>();
template <>
TableSchema<Berth> schema_of<Berth>();
template <>
TableSchema<Crane> schema_of<Crane>();
template <>
TableSchema<GaugeChange> schema_of<GaugeChange>();
template <>
TableSchema<Yard> schema_of<Yard>();
template <>
TableSchema<Tank> schema_of<Tank>();
template <>
TableSchema<OpeningHours> schema_of<OpeningHours>();
template <>
TableSchema<Handling> schema_of<Handling>();
template <>
TableSchema<Regime> schema_of<Regime>();
template <>
TableSchema<Membership> schema_of<Membership>();
template <>
TableSchema<Crossing> schema_of<Crossing>();
template <>
TableSchema<CrossingStep> schema_of<CrossingStep>();
template <>
TableSchema<RegimeEffect> schema_of<RegimeEffect>();
template <>
TableSchema<Document> schema_of<Document>();

// The same, made once.
template <class Row>
const TableSchema<Row>& schema() {
  static const TableSchema<Row> made = schema_of<Row>();
  return made;
}

// All tables in the order of kTables.
const std::vector<TableSpec>& table_specs();

// The number of the table of this name.
std::optional<std::size_t> find_table(std::string_view name);
std::optional<std::size_t> find_column(const TableSpec& table, std::string_view name);

// "did you mean 'links'?", or empty.
std::string near_table(std::string_view name);
std::string near_column(const TableSpec& table, std::string_view name);

}  // namespace karvan::load
