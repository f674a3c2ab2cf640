#pragma once
// The extra columns `karvan_<column>` of a feed's tables: cells of our own tables, taken as they
// are if the schema accepts them.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/load/schema.h"
#include "karvan/load/table_text.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

inline constexpr std::string_view kColumnPrefix = "karvan_";

// Cells by the names of their columns.
using Cells = std::map<std::string, std::string, std::less<>>;

// Codes of all rows of these tables. The texts must outlive the answer and stay where they are.
load::References references_of(const load::TableTexts& tables);

template <class Row>
class KarvanColumns {
 public:
  KarvanColumns() = default;
  explicit KarvanColumns(const FeedTable& table, std::string_view prefix = kColumnPrefix)
      : table_{&table} {
    const load::TableSpec& spec = load::schema<Row>().spec();
    for (std::size_t i = 0; i < table.names().size(); ++i) {
      const std::string_view name = table.names()[i];
      if (!name.starts_with(prefix)) continue;
      if (const auto column = load::find_column(spec, name.substr(prefix.size())))
        columns_.emplace_back(i, *column);
    }
  }

  bool empty() const { return columns_.empty(); }

  // The cells of a row, empty ones too. What the schema refuses is dropped and told. Columns in
  // `unchecked` are the caller's to judge.
  Cells cells(std::size_t row,
              const load::References& references,
              Remarks& remarks,
              std::string_view unchecked = {}) const {
    Cells result;
    const load::TableSpec& spec = load::schema<Row>().spec();
    for (const auto& [at, column] : columns_) {
      const std::string_view text = table_->cell(row, at);
      const std::string& name = spec.columns[column].name;
      if (!text.empty() && name != unchecked) {
        Row scratch;
        if (const auto fault = load::schema<Row>().set(column, scratch, text, references)) {
          remarks.dropped(table_->origin(row, at), "cell " + fault->message);
          continue;
        }
      }
      result[name] = text;
    }
    return result;
  }

 private:
  const FeedTable* table_ = nullptr;
  std::vector<std::pair<std::size_t, std::size_t>> columns_;  // in the feed, in the schema
};

}  // namespace karvan::timetable::detail
