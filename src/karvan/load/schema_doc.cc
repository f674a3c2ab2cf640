#include "karvan/load/schema_doc.h"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/json.h"
#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/load/schema.h"

namespace karvan::load {
namespace {

constexpr std::string_view kHead =
    R"(# The tables of a corridor

<!-- Made from src/karvan/load/tables_*.cc by the test SchemaDoc; do not edit. -->

A corridor is a folder with `corridor.toml` and one CSV file for each table below. A table that is
not there is empty; `sources`, `countries`, `time_zones`, `places` and `links` must be there.

Files are UTF-8 with a header row; quotes as in RFC 4180; rows sorted by `id`. Empty cells mean
unknown, or the default. What may be written:

| type | written as |
|---|---|
| text | anything on one line |
| number, integer | `12`, `-0.5`, `1e3`; decimals with a point |
| flag | `yes` or `no` |
| date | `2026-03-02` |
| time | local time of day, `00:00` to `24:00` |
| offset | local minus UTC, `+05:00` |
| days | `daily`, or some of `Mon;Tue;Wed;Thu;Fri;Sat;Sun` |
| law | `36`, or a family with its parameters: `lognormal mean=36 cv=0.6` |
| gauge | millimetres between the rails: `1435`, `1520` |
| choice | one of the words named |
| reference | the `id` of a row in the table named |
| list of ... | several of them, separated by `;` |

Families of laws: `exponential mean=`, `lognormal mean= cv=`, `gamma mean= cv=`,
`weibull mean= shape=`, `triangular min= mode= max=`, `uniform min= max=`; in hours, unless the
column says otherwise.

`corridor.toml` has the keys `name`, `title`, `calendar_from`, `calendar_until` (first day without)
and may have `description` and `license`. Scenarios are in `scenarios/<name>.toml`.
)";

// What a column takes, in words.
std::string type_text(const ColumnSpec& column) {
  std::string text = column.type;
  if (!column.choices.empty()) text += ": " + join(column.choices, ", ");
  if (!column.reference.empty())
    text += " to [" + column.reference + "](#" + column.reference + ")";
  const std::string range = to_text(column.range);
  if (!range.empty()) text += ", " + range;
  return text;
}

std::string column_json(const ColumnSpec& column) {
  std::string json = "{\"name\": " + json_quoted(column.name);
  const auto add = [&json](std::string_view key, const std::string& value) {
    json += ", \"" + std::string{key} + "\": " + value;
  };
  add("type", json_quoted(column.type));
  if (!column.unit.empty()) add("unit", json_quoted(column.unit));
  add("required", column.required ? "true" : "false");
  if (std::isfinite(column.range.low)) add("minimum", number_text(column.range.low));
  if (std::isfinite(column.range.high)) add("maximum", number_text(column.range.high));
  if (!column.choices.empty()) {
    std::vector<std::string> quoted;
    quoted.reserve(column.choices.size());
    for (const std::string& choice : column.choices)
      quoted.push_back(json_quoted(choice));
    add("choices", "[" + join(quoted, ", ") + "]");
  }
  if (!column.reference.empty()) add("references", json_quoted(column.reference));
  add("doc", json_quoted(column.doc));
  return json + "}";
}

}  // namespace

std::string schema_markdown() {
  std::string text{kHead};
  for (const TableSpec& table : table_specs()) {
    text += "\n## " + table.name + "\n\n" + table.description + "\n\n";
    text += "| column | needed | what | unit | meaning |\n|---|---|---|---|---|\n";
    for (const ColumnSpec& column : table.columns) {
      text += "| `" + column.name + "` | " + (column.required ? "yes" : "") + " | " +
              type_text(column) + " | " + column.unit + " | " + column.doc + " |\n";
    }
  }
  return text;
}

std::string schema_json() {
  std::string json = "{\"tables\": [";
  std::string_view between = "\n";
  for (const TableSpec& table : table_specs()) {
    json += between;
    between = ",\n";
    json += " {\"name\": " + json_quoted(table.name) +
            ", \"file\": " + json_quoted(table.name + ".csv") +
            ",\n  \"description\": " + json_quoted(table.description) + ",\n  \"columns\": [";
    std::string_view comma = "\n";
    for (const ColumnSpec& column : table.columns) {
      json += comma;
      comma = ",\n";
      json += "   " + column_json(column);
    }
    json += "]}";
  }
  return json + "\n]}\n";
}

}  // namespace karvan::load
