#include "karvan/load/booked.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/load/csv.h"

namespace karvan::load {
namespace {

constexpr std::string_view kSource = "operator_bookings";
constexpr std::array<std::string_view, 4> kNeeded{"service", "departs_on", "load_unit", "units"};

// Of the schema, by column of the file; nothing after complaints.
std::optional<std::vector<std::size_t>> columns_of(const CsvTable& table,
                                                   const TableSpec& spec,
                                                   const std::string& file,
                                                   Complaints& complaints) {
  std::vector<std::size_t> columns;
  const std::size_t errors = complaints.error_count();
  const auto complain = [&](std::string_view column, std::string message, std::string hint) {
    complaints.add({.file = file,
                    .line = 1,
                    .column = std::string{column},
                    .message = std::move(message),
                    .hint = std::move(hint)});
  };
  for (std::size_t c = 0; c < table.columns(); ++c) {
    const std::string_view name = trim(table.header(c));
    const std::optional<std::size_t> known = find_column(spec, name);
    if (!known) complain(name, "is no column of bookings", near_column(spec, name));
    columns.push_back(known.value_or(0));
  }
  for (const std::string_view needed : kNeeded) {
    const std::size_t column = *find_column(spec, needed);
    if (std::ranges::find(columns, column) == columns.end())
      complain(needed, "is missing", "columns are " + join(kNeeded, ", ") + ", ...");
  }
  if (complaints.error_count() != errors) return std::nullopt;
  return columns;
}

void add_source(const std::string& file, Patch& patch) {
  const std::size_t table = table_number<Source>();
  const TableSpec& spec = patch[table].spec();
  std::vector<std::string> cells(spec.columns.size());
  const auto set = [&](std::string_view column, std::string_view text) {
    cells[*find_column(spec, column)] = text;
  };
  set("id", kSource);
  set("title", "Bookings of the operator");
  set("publisher", "the operator");
  set("date", "undated");
  set("address", file);
  patch.add(table, std::move(cells), {.file = file, .line = 0});
}

}  // namespace

void apply_booked(const BookedText& booked, Patch& patch, Complaints& complaints) {
  const CsvTable table = read_csv(booked.text, booked.file, complaints);
  const std::size_t number = table_number<Booking>();
  const TableSpec& spec = patch[number].spec();
  const auto columns = columns_of(table, spec, booked.file, complaints);
  if (!columns) return;
  const std::size_t source = *find_column(spec, "source");
  const std::size_t confidence = *find_column(spec, "confidence");
  bool is_source_needed = false;
  for (std::size_t row = 0; row < table.records(); ++row) {
    if (table.is_faulty(row)) continue;
    std::vector<std::string> cells(spec.columns.size());
    for (std::size_t c = 0; c < table.columns(); ++c)
      cells[(*columns)[c]] = table.cell(row, c);
    const RowPlace place{.file = booked.file, .line = table.line(row)};
    if (cells[0].empty()) cells[0] = "booked-" + std::to_string(place.line);
    if (cells[confidence].empty()) cells[confidence] = "published";
    if (cells[source].empty()) {
      cells[source] = kSource;
      is_source_needed = true;
    }
    if (patch[number].find(cells[0])) {
      complaints.add({.file = place.file,
                      .line = place.line,
                      .column = "id",
                      .value = cells[0],
                      .message = "is the id of another booking"});
      continue;
    }
    patch.add(number, std::move(cells), place);
  }
  if (is_source_needed && !patch[table_number<Source>()].find(kSource))
    add_source(booked.file, patch);
}

}  // namespace karvan::load
