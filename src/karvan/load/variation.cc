#include "karvan/load/variation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/load/schema.h"
#include "karvan/load/toml_text.h"
#include "karvan/model/uncertainty.h"

namespace karvan::load {
namespace {

using Kind = TomlNode::Kind;

TomlNode leaf(std::string key, std::string text, Kind kind = Kind::kText) {
  return {.kind = kind, .key = std::move(key), .text = std::move(text)};
}

// Whether the id is like a pattern in which * stands for any letters.
bool is_like(std::string_view id, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return id == pattern;
  if (!id.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= id.size(); ++at) {
    if (is_like(id.substr(at), rest)) return true;
  }
  return false;
}

struct CellName {
  std::string table;
  std::string rows;
  std::string column;
};

std::optional<CellName> cell_name(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t last = text.rfind('.');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  return CellName{.table = std::string{text.substr(0, first)},
                  .rows = std::string{text.substr(first + 1, last - first - 1)},
                  .column = std::string{text.substr(last + 1)}};
}

std::optional<double> law_mean(std::string_view text, const ColumnSpec& column) {
  Law law;
  const References none{};
  if (Cell<Law>::parse(text, law, {.column = column, .references = none})) return std::nullopt;
  return mean(law).value();
}

// One tweak at work on a patch.
class Tweaking {
 public:
  Tweaking(const Tweak& tweak, Patch& patch, Complaints& complaints)
      : tweak_{tweak}, patch_{patch}, complaints_{complaints} {}

  void apply() {
    const auto name = cell_name(tweak_.cells);
    if (!name || name->rows.empty()) {
      complain(tweak_.cells, "is not a name of cells; expected TABLE.ROWS.COLUMN",
               "vessels.aktau_class.speed_kn, demand.*.quantity");
      return;
    }
    name_ = *name;
    const auto table = find_table(name_.table);
    if (!table) {
      complain(name_.table, "is not a table", near_table(name_.table));
      return;
    }
    const TableSpec& spec = table_specs()[*table];
    const auto column = find_column(spec, name_.column);
    if (!column) {
      complain(name_.column, "is not a column of " + spec.name, near_column(spec, name_.column));
      return;
    }
    const std::string& type = spec.columns[*column].type;
    if (type != "number" && type != "integer" && type != "law") {
      complain(name_.column, "is a " + type + "; only numbers and laws can be varied", {});
      return;
    }
    if (tweak_.is_factor) {
      act("scale", rows(patch_[*table]), tweak_.value);
    } else if (type == "law") {
      set_means(patch_[*table], *column);
    } else {
      act("change", rows(patch_[*table]), tweak_.value);
    }
  }

 private:
  void complain(std::string_view value, std::string message, std::string hint) {
    complaints_.add({.file = tweak_.where,
                     .column = {},
                     .value = std::string{value},
                     .message = std::move(message),
                     .hint = std::move(hint)});
  }

  // The key that says which rows are meant.
  TomlNode rows(const PatchedTable& table) {
    if (name_.rows.find('=') != std::string::npos) return conditions();
    if (name_.rows.find('*') == std::string::npos) return leaf("id", name_.rows);
    TomlNode ids{.kind = Kind::kList, .key = "id"};
    for (const std::size_t row : table.rows()) {
      if (is_like(table.code(row), name_.rows))
        ids.items.push_back(leaf("", std::string{table.code(row)}));
    }
    if (ids.items.empty())
      complain(name_.rows, "is like no id in " + name_.table, "karvan show " + name_.table);
    return ids;
  }

  TomlNode conditions() const {
    TomlNode where{.kind = Kind::kTable, .key = "where"};
    for (const std::string_view part : split(name_.rows, ',')) {
      const std::size_t equals = std::min(part.find('='), part.size());
      const std::string_view value = part.substr(std::min(equals + 1, part.size()));
      where.items.push_back(leaf(std::string{part.substr(0, equals)}, std::string{value}));
    }
    return where;
  }

  void act(std::string_view verb, TomlNode which, double value) {
    TomlNode op{.kind = Kind::kTable};
    op.items.push_back(leaf("table", name_.table));
    op.items.push_back(std::move(which));
    const std::string number = number_text(value);
    if (verb == "scale") {
      op.items.push_back(leaf("column", name_.column));
      op.items.push_back(leaf("factor", number, Kind::kNumber));
    } else {
      TomlNode set{.kind = Kind::kTable, .key = "set"};
      set.items.push_back(leaf(name_.column, number, Kind::kNumber));
      op.items.push_back(std::move(set));
    }
    patch_.apply(verb, op, tweak_.where, complaints_);
    if (tweak_.within) keep_within();
  }

  // Numbers that left the range of their column go back to its end.
  void keep_within() {
    const std::size_t number = *find_table(name_.table);
    const std::size_t at = *find_column(table_specs()[number], name_.column);
    const ColumnSpec& column = table_specs()[number].columns[at];
    for (const std::size_t row : patch_[number].rows()) {
      const auto value = parse_double(patch_[number].cell(row, at));
      if (!value || column.range.contains(*value)) continue;
      const double end = std::clamp(*value, column.range.low, column.range.high);
      patch_.set(number, row, {at, number_text(end)}, {.file = tweak_.where});
    }
  }

  // Each law among the rows chosen keeps its shape and gets the value as its mean.
  void set_means(const PatchedTable& table, std::size_t column) {
    Patch probe = patch_;  // tells which rows the name chooses, by touching them
    TomlNode op{.kind = Kind::kTable};
    op.items.push_back(leaf("table", name_.table));
    op.items.push_back(rows(table));
    TomlNode set{.kind = Kind::kTable, .key = "set"};
    set.items.push_back(leaf(name_.column, "chosen"));
    op.items.push_back(std::move(set));
    const std::size_t errors = complaints_.error_count();
    probe.apply("change", op, tweak_.where, complaints_);
    if (complaints_.error_count() != errors) return;
    const PatchedTable& chosen = probe[*find_table(name_.table)];
    for (const std::size_t row : table.rows()) {
      if (chosen.cell(row, column) != "chosen") continue;
      const auto now = law_mean(table.cell(row, column), table.spec().columns[column]);
      if (!now || *now <= 0) {
        complain(table.cell(row, column), "is no law with a mean that could be moved", {});
        return;
      }
      act("scale", leaf("id", std::string{table.code(row)}), tweak_.value / *now);
    }
  }

  const Tweak& tweak_;
  Patch& patch_;
  Complaints& complaints_;
  CellName name_;
};

}  // namespace

void apply_tweak(const Tweak& tweak, Patch& patch, Complaints& complaints) {
  Tweaking{tweak, patch, complaints}.apply();
}

}  // namespace karvan::load
