// The corridor's facts: what stands in its tables, with where it comes from; its map; published
// figures against the model's.

#include <chrono>
#include <cmath>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"
#include "karvan/report/comparison.h"
#include "karvan/report/map_report.h"

#include "endpoints.h"

namespace karvan::server {
namespace {

std::string_view type_of(const report::CatalogColumn& column) {
  if (column.is_list) return "list";
  if (column.is_number) return "number";
  return column.is_flag ? "flag" : "text";
}

Json columns_of(const report::CatalogTable& table) {
  Json columns = Json::array();
  for (const report::CatalogColumn& column : table.columns) {
    Json json{{"name", column.name}, {"type", type_of(column)}};
    if (!column.unit.empty()) json["unit"] = column.unit;
    if (!column.doc.empty()) json["doc"] = column.doc;
    if (!column.refers_to.empty()) json["refers_to"] = column.refers_to;
    columns.push_back(std::move(json));
  }
  return columns;
}

Json value_of(const report::CatalogColumn& column, const std::string& cell) {
  if (column.is_list) {
    Json items = Json::array();
    for (const std::string_view item : split(cell, ';'))
      items.push_back(item);
    return items;
  }
  if (column.is_flag) return cell == "yes";
  if (!column.is_number) return cell;
  // Shortest form that reads back the same: the number as the table has it.
  const std::optional<double> number = parse_double(cell);
  if (!number) return cell;
  const bool is_whole = std::abs(*number) < 1e15 && std::trunc(*number) == *number;
  return is_whole ? Json(static_cast<std::int64_t>(*number)) : Json(*number);
}

Json row_of(const report::CatalogTable& table, const std::vector<std::string>& cells) {
  Json json = Json::object();
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!cells[i].empty()) json[table.columns[i].name] = value_of(table.columns[i], cells[i]);
  return json;
}

Json table_rows(const report::CatalogTable& table, std::string_view confidence = {}) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (!confidence.empty() && table.cell(row, "confidence") != confidence) continue;
    rows.push_back(row_of(table, table.rows[row]));
  }
  return rows;
}

std::size_t count_of(const report::CatalogTable& table, std::string_view confidence) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    if (table.cell(row, "confidence") == confidence) ++count;
  return count;
}

Json corridor_json(const Services& services, const Case& one) {
  const CorridorInfo& info = one.world().info();
  const load::Scenario* scenario = one.scenario();
  Json json{
      {"name", info.name},
      {"title", info.title},
      {"data", services.cases.data_hash()},
      {"version", kVersion},
      {"calendar",
       {{"from", date_to_text(info.calendar_from)}, {"until", date_to_text(info.calendar_until)}}},
      {"scenario", scenario == nullptr ? Json{} : Json(scenario->info.name)}};
  for (const char* name :
       {"places", "links", "services", "calls", "vessels", "crossings", "sources"}) {
    const report::CatalogTable* table = one.catalog().table(name);
    json[name] = table == nullptr ? Json::array() : table_rows(*table);
  }
  return json;
}

Json tables_json(const Case& one) {
  Json tables = Json::array();
  for (const report::CatalogTable& table : one.catalog().tables) {
    tables.push_back({{"name", table.name},
                      {"description", table.description},
                      {"rows", table.rows.size()},
                      {"columns", columns_of(table)},
                      {"confidence",
                       {{"published", count_of(table, "published")},
                        {"derived", count_of(table, "derived")},
                        {"assumed", count_of(table, "assumed")}}}});
  }
  return {{"tables", std::move(tables)}};
}

bool is_confidence(std::string_view word) {
  return word == "published" || word == "derived" || word == "assumed";
}

}  // namespace

Response get_corridor(const Services& services, const Request& request, const std::string&) {
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  return tagged_by(request, one->hash(), [&services, &opened = *one]() -> Response {
    return {.body = dump(corridor_json(services, opened))};
  });
}

Response get_map(const Services& services, const Request& request, const std::string&) {
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  return tagged_by(request, one->hash(), [&request, &opened = *one]() -> Response {
    const World world = opened.world();
    Date date = world.info().calendar_until - std::chrono::days{1};
    if (const auto given = request.parameter("date")) {
      const std::optional<Date> parsed = parse_date(*given);
      if (!parsed)
        return problem(400, "", {{.parameter = "date", .detail = "expected one like 2026-03-02"}});
      date = *parsed;
    }
    return {.type = "application/geo+json", .body = report::map_geojson(world, date)};
  });
}

Response get_tables(const Services& services, const Request& request, const std::string&) {
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  return tagged_by(request, one->hash(),
                   [&opened = *one]() -> Response { return {.body = dump(tables_json(opened))}; });
}

Response get_table(const Services& services, const Request& request, const std::string& name) {
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  const report::CatalogTable* table = one->catalog().table(name);
  if (table == nullptr) return problem(404, "the corridor has no such table");
  const std::string_view confidence = request.parameter("confidence").value_or("");
  if (!confidence.empty() && !is_confidence(confidence))
    return problem(400, "",
                   {{.parameter = "confidence", .detail = "expected published, derived, assumed"}});
  return tagged_by(request, one->hash(), [table, confidence]() -> Response {
    return {.body = dump({{"name", table->name},
                          {"description", table->description},
                          {"columns", columns_of(*table)},
                          {"rows", table_rows(*table, confidence)}})};
  });
}

Response get_observations(const Services& services, const Request& request, const std::string&) {
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  const std::string_view all = request.parameter("all").value_or("false");
  if (all != "true" && all != "false")
    return problem(400, "", {{.parameter = "all", .detail = "expected true or false"}});
  return tagged_by(request, one->hash(), [all, &opened = *one]() -> Response {
    const World world = opened.world();
    return {.body = report::sheet_json(
                report::comparison_sheet(world, report::compare(world), all == "true"))};
  });
}

}  // namespace karvan::server
