#include "karvan/load/patch.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/complaint.h"
#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/load/raw.h"
#include "karvan/load/references.h"
#include "karvan/load/schema.h"
#include "karvan/load/toml_text.h"

namespace karvan::load {
namespace {

// A leaf's text, or a list's with ; in between; nothing for what no cell can hold.
std::optional<std::string> cell_text(const TomlNode& node) {
  if (node.is_leaf()) return node.text;
  if (node.kind != TomlNode::Kind::kList) return std::nullopt;
  std::vector<std::string_view> parts;
  for (const TomlNode& item : node.items) {
    if (!item.is_leaf()) return std::nullopt;
    parts.emplace_back(item.text);
  }
  return join(parts, ";");
}

// Twelve digits: hides the dust of binary fractions.
std::string patched_number(double value) {
  std::array<char, 40> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                          std::chars_format::general, 12);
  return fault == std::errc{} ? std::string{buffer.data(), end} : std::string{};
}

// The law's time made longer; its shape stays. Nothing if the text is no law.
std::optional<std::string> scaled_law(std::string_view text, double factor) {
  if (const auto number = parse_double(text)) return patched_number(*number * factor);
  std::string scaled;
  for (const std::string_view word : split(text, ' ')) {
    if (!scaled.empty()) scaled += ' ';
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const bool is_time =
        name == "value" || name == "mean" || name == "min" || name == "mode" || name == "max";
    if (equals == std::string_view::npos || !is_time) {
      scaled += word;
      continue;
    }
    const auto number = parse_double(word.substr(equals + 1));
    if (!number) return std::nullopt;
    scaled += std::string{name} + "=" + patched_number(*number * factor);
  }
  return scaled;
}

std::optional<std::string> scaled(const ColumnSpec& column, std::string_view text, double factor) {
  if (column.type == "law") return scaled_law(text, factor);
  const auto number = parse_double(text);
  if (!number || !std::isfinite(*number * factor)) return std::nullopt;
  return patched_number(column.type == "integer" ? std::round(*number * factor) : *number * factor);
}

bool is_scalable(const ColumnSpec& column) {
  return column.type == "number" || column.type == "integer" || column.type == "law";
}

// Whether a cell is what a condition asks for: the same text, or one of a list's items.
bool fits(std::string_view cell, const std::string& wanted, const ColumnSpec& column) {
  if (cell == wanted) return true;
  if (!column.type.starts_with("list")) return false;
  const auto items = split(cell, ';');
  return std::ranges::find(items, wanted) != items.end();
}

struct Condition {
  std::size_t column;
  std::vector<std::string> any_of;
};

// One operation at work.
class Operation {
 public:
  Operation(PatchedTable& table,
            const TomlNode& op,
            const std::string& file,
            Complaints& complaints)
      : table_{table}, op_{op}, place_{.file = file, .line = op.line}, complaints_{complaints} {}

  void change() {
    check_keys({"table", "id", "where", "set"});
    const std::vector<std::size_t> rows = chosen();
    const TomlNode* set = need("set", TomlNode::Kind::kTable);
    if (set == nullptr) return;
    for (const auto& [column, text] : cells(*set)) {
      if (column == 0) {
        complain(*set, "id", text, "cannot be changed", "remove this row and add another");
        continue;
      }
      for (const std::size_t row : rows)
        table_.set(row, column, text, place_);
    }
  }

  void add() {
    check_keys({"table", "row"});
    const TomlNode* row = need("row", TomlNode::Kind::kTable);
    if (row == nullptr) return;
    std::vector<std::string> texts(table_.spec().columns.size());
    for (auto& [column, text] : cells(*row))
      texts[column] = std::move(text);
    if (texts[0].empty()) {
      complain(*row, "id", "", "is missing in the row to add");
      return;
    }
    for (std::size_t i = 0; i < table_.size(); ++i) {
      if (table_.code(i) != texts[0] || (table_.is_added(i) && table_.is_removed(i))) continue;
      complain(*row, "id", texts[0], "is in " + table_.spec().name + " already",
               table_.is_removed(i) ? "change the row instead of removing it" : "use [[change]]");
      return;
    }
    table_.add(std::move(texts), place_);
  }

  void remove() {
    check_keys({"table", "id", "where"});
    for (const std::size_t row : chosen())
      table_.remove(row);
  }

  void scale() {
    check_keys({"table", "id", "where", "column", "factor"});
    const std::vector<std::size_t> rows = chosen();
    const TomlNode* name = need("column", TomlNode::Kind::kText);
    const TomlNode* factor = need("factor", TomlNode::Kind::kNumber);
    if (name == nullptr || factor == nullptr) return;
    const auto column = known_column(*name, name->text);
    const auto number = parse_double(factor->text);
    if (!column) return;
    const ColumnSpec& spec = table_.spec().columns[*column];
    if (!is_scalable(spec)) {
      complain(*name, spec.name, "", "is a " + spec.type + "; only numbers and laws are scaled");
      return;
    }
    if (!number || *number < 0) {
      complain(*factor, "factor", factor->text, "is not a factor; expected a number of at least 0");
      return;
    }
    bool is_done = rows.empty();
    for (const std::size_t row : rows)
      is_done = scale_cell(row, *column, *number) || is_done;
    if (!is_done) complain(*name, spec.name, "", "is empty in every row chosen; nothing to scale");
  }

 private:
  void complain(const TomlNode& at,
                std::string column,
                std::string_view value,
                std::string message,
                std::string hint = {}) {
    complaints_.add({.file = place_.file,
                     .line = at.line > 0 ? at.line : place_.line,
                     .column = std::move(column),
                     .value = std::string{value},
                     .message = std::move(message),
                     .hint = std::move(hint)});
  }

  bool scale_cell(std::size_t row, std::size_t column, double factor) {
    const std::string text{table_.cell(row, column)};
    if (text.empty()) return false;
    const ColumnSpec& spec = table_.spec().columns[column];
    if (auto result = scaled(spec, text, factor)) {
      table_.set(row, column, std::move(*result), place_);
    } else {
      complain(op_, spec.name, text, "cannot be scaled by this factor");
    }
    return true;
  }

  void check_keys(std::initializer_list<std::string_view> known) {
    for (const TomlNode& node : op_.items) {
      if (std::ranges::find(known, node.key) != known.end()) continue;
      complain(node, node.key, "", "is not a key here; expected " + join(known, ", "));
    }
  }

  const TomlNode* need(std::string_view key, TomlNode::Kind kind) {
    const TomlNode* node = op_.find(key);
    if (node == nullptr) {
      complain(op_, std::string{key}, "", "is missing");
      return nullptr;
    }
    if (node->kind == kind) return node;
    const bool is_table = kind == TomlNode::Kind::kTable;
    complain(*node, std::string{key}, node->text,
             is_table ? "is not a table; expected { column = value, ... }"
                      : (kind == TomlNode::Kind::kText ? "is not a text" : "is not a number"));
    return nullptr;
  }

  std::optional<std::size_t> known_column(const TomlNode& at, const std::string& name) {
    const auto column = find_column(table_.spec(), name);
    if (!column) {
      complain(at, name, "", "is not a column of " + table_.spec().name,
               near_column(table_.spec(), name));
    }
    return column;
  }

  std::vector<std::pair<std::size_t, std::string>> cells(const TomlNode& node) {
    std::vector<std::pair<std::size_t, std::string>> result;
    for (const TomlNode& item : node.items) {
      const auto column = known_column(item, item.key);
      auto text = cell_text(item);
      if (!text) {
        complain(item, item.key, "", "is not a value that a cell can hold");
      } else if (column) {
        result.emplace_back(*column, std::move(*text));
      }
    }
    return result;
  }

  // The rows that `id` or `where` names; a complaint if there are none.
  std::vector<std::size_t> chosen() {
    const TomlNode* id = op_.find("id");
    const TomlNode* where = op_.find("where");
    if ((id == nullptr) == (where == nullptr)) {
      complain(op_, "id", "", "either id or where must say which rows are meant");
      return {};
    }
    return id != nullptr ? chosen_by_id(*id) : chosen_where(*where);
  }

  std::vector<std::size_t> chosen_by_id(const TomlNode& id) {
    std::vector<std::size_t> rows;
    const std::vector<TomlNode> alone{id};
    const auto& ids = id.is_leaf() ? alone : id.items;
    for (const TomlNode& item : ids) {
      if (const auto row = table_.find(item.text)) {
        rows.push_back(*row);
        continue;
      }
      CodeIndex codes;
      for (const std::size_t row : table_.rows())
        codes.insert(table_.code(row), row);
      const auto near = codes.alike(item.text);
      complain(item, "id", item.text, "is not an id in " + table_.spec().name,
               near.empty() ? std::string{} : "did you mean '" + near.front() + "'?");
    }
    return rows;
  }

  std::vector<std::size_t> chosen_where(const TomlNode& where) {
    if (where.kind != TomlNode::Kind::kTable || where.items.empty()) {
      complain(where, "where", where.text, "is not a table; expected { column = value, ... }");
      return {};
    }
    std::vector<Condition> conditions;
    for (const TomlNode& item : where.items) {
      const auto column = known_column(item, item.key);
      if (!column) return {};
      Condition condition{.column = *column, .any_of = {}};
      if (item.is_leaf()) condition.any_of.push_back(item.text);
      for (const TomlNode& alternative : item.items)
        condition.any_of.push_back(alternative.text);
      conditions.push_back(std::move(condition));
    }
    std::vector<std::size_t> rows;
    for (const std::size_t row : table_.rows()) {
      const auto holds = [&](const Condition& condition) {
        return std::ranges::any_of(condition.any_of, [&](const std::string& wanted) {
          return fits(table_.cell(row, condition.column), wanted,
                      table_.spec().columns[condition.column]);
        });
      };
      if (std::ranges::all_of(conditions, holds)) rows.push_back(row);
    }
    if (rows.empty()) {
      complain(where, "where", "", "no row of " + table_.spec().name + " is like this");
    }
    return rows;
  }

  PatchedTable& table_;
  const TomlNode& op_;
  RowPlace place_;
  Complaints& complaints_;
};

}  // namespace

const PatchedTable::Written* PatchedTable::written(std::size_t row) const {
  if (is_added(row)) return &added_[row - raw_->rows()];
  const auto entry = changed_.find(row);
  return entry == changed_.end() ? nullptr : &entry->second;
}

std::string_view PatchedTable::cell(std::size_t row, std::size_t column) const {
  const Written* text = written(row);
  return text == nullptr ? raw_->cell(row, column) : std::string_view{text->cells[column]};
}

RowPlace PatchedTable::place(std::size_t row) const {
  const Written* text = written(row);
  return text == nullptr ? RowPlace{.file = raw_->file, .line = raw_->csv.line(row)} : text->place;
}

std::optional<std::size_t> PatchedTable::find(std::string_view code) const {
  for (std::size_t row = 0; row < size(); ++row) {
    if (this->code(row) == code && !is_removed(row)) return row;
  }
  return std::nullopt;
}

std::vector<std::size_t> PatchedTable::rows() const {
  std::vector<std::size_t> result;
  for (std::size_t row = 0; row < size(); ++row) {
    if (!is_removed(row)) result.push_back(row);
  }
  return result;
}

void PatchedTable::set(std::size_t row,
                       std::size_t column,
                       std::string text,
                       const RowPlace& place) {
  DCHECK(row < size() && !is_removed(row));
  if (is_added(row)) {
    Written& written = added_[row - raw_->rows()];
    written.cells[column] = std::move(text);
    written.place = place;
    return;
  }
  const auto [entry, is_new] = changed_.try_emplace(row);
  Written& written = entry->second;
  if (is_new) {
    for (std::size_t i = 0; i < spec_->columns.size(); ++i) {
      written.cells.emplace_back(raw_->cell(row, i));
    }
  }
  written.cells[column] = std::move(text);
  written.place = place;
}

void PatchedTable::add(std::vector<std::string> cells, const RowPlace& place) {
  DCHECK(cells.size() == spec_->columns.size());
  added_.push_back({.cells = std::move(cells), .place = place});
}

void PatchedTable::tidy() {
  const std::size_t n = raw_->rows();
  std::erase_if(changed_, [this](const auto& entry) {
    const auto& [row, written] = entry;
    for (std::size_t i = 0; i < written.cells.size(); ++i) {
      if (written.cells[i] != raw_->cell(row, i)) return removed_.contains(row);
    }
    return true;
  });
  std::vector<Written> kept;
  for (std::size_t i = 0; i < added_.size(); ++i) {
    if (!removed_.contains(n + i)) kept.push_back(std::move(added_[i]));
  }
  added_ = std::move(kept);
  removed_.erase(removed_.lower_bound(n), removed_.end());
}

Patch::Patch(const RawTables& raw) {
  for (std::size_t i = 0; i < kTableCount; ++i)
    tables_.emplace_back(raw[i], table_specs()[i]);
}

void Patch::apply(std::string_view verb,
                  const TomlNode& op,
                  const std::string& file,
                  Complaints& complaints) {
  const auto refuse = [&](std::string value, std::string message, std::string hint = {}) {
    complaints.add({.file = file,
                    .line = op.line,
                    .column = "table",
                    .value = std::move(value),
                    .message = std::move(message),
                    .hint = std::move(hint)});
  };
  const TomlNode* name = op.find("table");
  if (name == nullptr || name->kind != TomlNode::Kind::kText) {
    refuse({}, "is missing; it names the table that this is about");
    return;
  }
  const auto table = find_table(name->text);
  if (!table) {
    refuse(name->text, "is not a table", near_table(name->text));
    return;
  }
  Operation operation{tables_[*table], op, file, complaints};
  if (verb == "change") operation.change();
  if (verb == "add") operation.add();
  if (verb == "remove") operation.remove();
  if (verb == "scale") operation.scale();
}

void Patch::tidy() {
  for (PatchedTable& table : tables_)
    table.tidy();
}

}  // namespace karvan::load
