#include "karvan/report/show_report.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/detail/json.h"
#include "karvan/report/particulars.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

constexpr std::size_t kRelatedMax = 12;  // rows told of each related table
constexpr int kCellMax = 34;

std::string titled(const Style& style, std::string_view title, const std::string& block) {
  return "\n" + style.bold(title) + "\n" + block;
}

std::string indented(const std::string& block) {
  std::string all;
  for (const std::string_view line : split(block, '\n')) {
    if (!line.empty()) all += "  " + std::string{line} + "\n";
  }
  return all;
}

// A reference with the name of what it names: "xian (Xi'an)".
std::string with_name(const Catalog& catalog, const CatalogColumn& column, std::string_view cell) {
  const CatalogTable* table = catalog.table(column.refers_to);
  if (table == nullptr || cell.empty()) return one_line(cell);
  std::vector<std::string> items;
  for (const std::string_view id : column.is_list ? split(cell, ';') : std::vector{cell}) {
    const std::optional<std::size_t> row = table->row(id);
    const std::string_view name = row ? RowAt{.table = table, .row = *row}.name() : id;
    items.push_back(name == id || column.is_list
                        ? one_line(id)
                        : fmt::format("{} ({})", one_line(id), one_line(name)));
  }
  return join(items, ", ");
}

std::string value_text(const Catalog& catalog, const CatalogColumn& column, std::string_view cell) {
  if (cell.empty()) return "-";
  if (!column.refers_to.empty()) return with_name(catalog, column, cell);
  std::string value = one_line(cell);
  if (column.is_list) {
    for (std::size_t at = 0; (at = value.find(';', at)) != std::string::npos; at += 2)
      value.replace(at, 1, ", ");
  } else if (column.is_number) {
    if (const Cell number = typed_cell(column, cell); number.is_number()) {
      const auto& shown = std::get<Cell::Number>(number.value());
      value = column.name.ends_with("year") ? value : with_thousands(shown.value, shown.decimals);
    }
  }
  return column.unit.empty() ? value : value + " " + column.unit;
}

bool is_fact_column(std::string_view name) {
  return name == "note" || name == "source" || name == "confidence";
}

std::vector<Particular> particulars_of_row(const World& world, const RowAt& row, Date date) {
  if (row.table->name == "services") {
    if (const auto id = world.find<Service>(row.id())) return particulars_of(world, *id);
  }
  if (row.table->name == "places") {
    if (const auto id = world.find<Place>(row.id())) return particulars_of(world, *id);
  }
  if (row.table->name == "regimes") {
    if (const auto id = world.find<Regime>(row.id())) return particulars_of(world, *id, date);
  }
  return {};
}

// Tables that the particulars of a kind of row tell already.
bool is_told(const RowAt& row, std::string_view table) {
  if (row.table->name == "services") return table == "calls" || table == "capacities";
  if (row.table->name == "places") return table == "links" || table == "calls";
  if (row.table->name == "regimes") return table == "memberships";
  return false;
}

}  // namespace

Sheet tables_sheet(const Catalog& catalog) {
  Sheet sheet{.columns = {{"table", "Table"}, {"rows", "Rows"}, {"description", "What it holds"}},
              .rows = {}};
  for (const CatalogTable& table : catalog.tables)
    sheet.rows.push_back({table.name, Cell::count(table.rows.size()), table.description});
  return sheet;
}

Sheet glance_sheet(const CatalogTable& table, const std::vector<std::size_t>* rows) {
  const Sheet all = sheet_of(table, rows);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < all.columns.size(); ++i) {
    const auto has_text = [i](const std::vector<Cell>& row) {
      return !std::holds_alternative<std::monostate>(row[i].value());
    };
    const std::string& name = all.columns[i].name;
    if (name == "note" || name == "source" || (i > 0 && std::ranges::none_of(all.rows, has_text)))
      continue;
    kept.push_back(i);
  }
  Sheet glance;
  for (const std::size_t i : kept)
    glance.columns.push_back(all.columns[i]);
  for (const std::vector<Cell>& row : all.rows) {
    std::vector<Cell> cells;
    for (const std::size_t i : kept)
      cells.push_back(row[i]);
    glance.rows.push_back(std::move(cells));
  }
  return glance;
}

std::string RowReport::fields(const Style& style) const {
  TextTable table{{{"", Align::kLeft}, {"", Align::kLeft}, {"", Align::kLeft}}, 2};
  for (std::size_t i = 0; i < row.table->columns.size(); ++i) {
    const CatalogColumn& column = row.table->columns[i];
    if (is_fact_column(column.name)) continue;
    const std::string value = value_text(catalog, column, row.table->rows[row.row][i]);
    // A long value takes its line to itself.
    const bool is_long = display_width(value) > 50;
    table.add({column.name, value, is_long ? std::string{} : style.dim(column.doc)});
  }
  return table.text(style);
}

std::string RowReport::sources(const Style& style) const {
  const std::string_view confidence = row.cell("confidence");
  if (confidence.empty()) return {};
  std::string text = "  ";
  if (confidence == "assumed") {
    text += style.yellow(confidence);
  } else {
    text += style.green(confidence);
  }
  text += '\n';
  if (const std::string_view note = row.cell("note"); !note.empty())
    text += "  note: " + wrapped(one_line(note), 96, 8) + '\n';
  for (const RowAt& source : sources_of(catalog, row)) {
    text += fmt::format("  [{}] {}. {}, {}\n", source.id(), one_line(source.cell("title")),
                        one_line(source.cell("publisher")), one_line(source.cell("date")));
    if (const std::string_view address = source.cell("address"); !address.empty())
      text += "      " + style.dim(one_line(address)) + '\n';
  }
  return titled(style, "Rests on", text);
}

std::string RowReport::related(const Style& style) const {
  std::string text;
  for (const Referrers& of : referrers(catalog, row)) {
    if (is_told(row, of.table->name)) continue;
    std::vector<std::size_t> first = of.rows;
    if (first.size() > kRelatedMax) first.resize(kRelatedMax);
    std::string block = indented(sheet_text(glance_sheet(*of.table, &first), style, kCellMax));
    if (of.rows.size() > first.size())
      block += fmt::format("  ... and {} more\n", of.rows.size() - first.size());
    text += titled(style, fmt::format("{} ({})", of.table->name, of.rows.size()), block);
  }
  return text;
}

std::string RowReport::particulars(const Style& style) const {
  std::string text;
  for (const Particular& particular : particulars_of_row(world, row, date)) {
    if (particular.sheet.rows.empty()) continue;
    text += titled(style, particular.title, indented(sheet_text(particular.sheet, style, 48)));
  }
  return text;
}

std::string RowReport::text(const Style& style) const {
  std::string text = style.bold(one_line(row.name()));
  text += style.dim(fmt::format("  {}:{}", row.table->name, row.id())) + "\n";
  return text + fields(style) + sources(style) + particulars(style) + related(style);
}

std::string RowReport::json() const {
  using detail::Json;
  Json all = {{"table", row.table->name}, {"id", std::string{row.id()}}};
  const std::vector<std::size_t> only{row.row};
  all["fields"] = detail::to_json(sheet_of(*row.table, &only)).at(0);
  Json units = Json::object();
  for (const CatalogColumn& column : row.table->columns) {
    if (!column.unit.empty()) units[column.name] = column.unit;
  }
  all["units"] = std::move(units);
  all["sources"] = Json::array();
  for (const RowAt& source : sources_of(catalog, row)) {
    const std::vector<std::size_t> at{source.row};
    all["sources"].push_back(detail::to_json(sheet_of(*source.table, &at)).at(0));
  }
  for (const Particular& particular : particulars_of_row(world, row, date))
    all[particular.name] = detail::to_json(particular.sheet);
  all["related"] = Json::object();
  for (const Referrers& of : referrers(catalog, row))
    all["related"][of.table->name] = detail::to_json(sheet_of(*of.table, &of.rows));
  return detail::dump(all);
}

}  // namespace karvan::report
