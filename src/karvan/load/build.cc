#include "karvan/load/build.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/base/table.h"
#include "karvan/base/text.h"
#include "karvan/load/cell.h"
#include "karvan/load/csv.h"
#include "karvan/load/currency.h"
#include "karvan/load/raw.h"
#include "karvan/load/references.h"
#include "karvan/load/rows.h"
#include "karvan/load/schema.h"
#include "karvan/load/toml_text.h"
#include "karvan/model/corridor.h"
#include "karvan/model/validate.h"

namespace karvan::load {
namespace {

class Builder {
 public:
  Builder(const Files& files, std::string_view folder) : files_{files} { loaded_.folder = folder; }

  std::optional<Loaded> build(Complaints& complaints) {
    check_file_names();
    read_info();
    for (std::size_t i = 0; i < kTableCount; ++i)
      read_table(i);
    for_each_table([this]<class Row>() { parse_table<Row>(); });
    convert_money();
    if (complaints_.ok()) check_whole();
    const bool ok = complaints_.ok();
    complaints_.sort();
    complaints.add_all(complaints_);
    if (!ok) return std::nullopt;
    return std::move(loaded_);
  }

 private:
  void check_file_names() {
    for (const auto& [name, text] : files_) {
      if (name.find('/') != std::string::npos || !name.ends_with(".csv")) continue;
      const std::string_view table = std::string_view{name}.substr(0, name.size() - 4);
      if (find_table(table)) continue;
      complaints_.add({.file = path_in(loaded_.folder, name),
                       .message = "is not a table of the schema",
                       .hint = near_table(table)});
    }
  }

  void read_info() {
    const std::string file = path_in(loaded_.folder, kInfoFile);
    const auto text = files_.find(kInfoFile);
    if (text == files_.end()) {
      complaints_.add({.file = file, .message = "is missing; it names the corridor"});
      return;
    }
    const auto info = parse_toml(text->second, file, complaints_);
    if (info) read_info(*info, file);
  }

  void read_info(const TomlNode& toml, const std::string& file) {
    CorridorInfo& info = loaded_.corridor.info;
    TableSpec keys{.name = "corridor", .description = {}, .columns = {}};
    const auto read = [&]<class T>(std::string_view key, T& value, bool is_needed) {
      ColumnSpec& column = keys.columns.emplace_back();
      column.name = key;
      Cell<T>::describe(column);
      const TomlNode* node = toml.find(key);
      if (node == nullptr) {
        if (is_needed)
          complaints_.add({.file = file, .column = column.name, .message = "is missing"});
        return;
      }
      MaybeFault fault;
      if (!node->is_leaf()) {
        fault = CellFault{.message = "is not a single " + column.type};
      } else {
        fault = Cell<T>::parse(trim(node->text), value, {.column = column, .references = codes_});
      }
      if (fault) {
        complain_about_cell(complaints_, {.file = file, .line = node->line},
                            {.column = column, .references = codes_}, node->text,
                            std::move(*fault));
      }
    };
    read("name", info.name, true);
    read("title", info.title, true);
    read("description", info.description, false);
    read("license", info.license, false);
    read("calendar_from", info.calendar_from, true);
    read("calendar_until", info.calendar_until, true);
    for (const TomlNode& node : toml.items) {
      if (find_column(keys, node.key)) continue;
      complaints_.add({.file = file,
                       .line = node.line,
                       .column = node.key,
                       .message = "is not a key of corridor.toml",
                       .hint = near_column(keys, node.key)});
    }
  }

  // First pass: cells and codes.
  void read_table(std::size_t number) {
    const TableSpec& spec = table_specs()[number];
    RawTable& raw = loaded_.raw[number];
    codes_[number].name = spec.name;
    raw.file = path_in(loaded_.folder, spec.name + ".csv");
    raw.csv_column.assign(spec.columns.size(), RawTable::kAbsent);
    const auto text = files_.find(spec.name + ".csv");
    if (text == files_.end()) {
      if (std::ranges::find(kNeededTables, spec.name) != kNeededTables.end()) {
        complaints_.add({.file = raw.file, .message = "is missing"});
        codes_[number].is_complete = false;
      }
      return;
    }
    raw.csv = read_csv(text->second, raw.file, complaints_);
    codes_[number].is_complete = raw.csv.is_complete();
    match_columns(spec, raw);
    if (raw.csv_column[0] == RawTable::kAbsent) {
      codes_[number].is_complete = false;
      return;
    }
    index_codes(codes_[number].codes, raw);
  }

  // Of the header, which is line 1.
  void complain(const RawTable& raw, Complaint complaint) {
    complaint.file = raw.file;
    complaint.line = 1;
    complaints_.add(std::move(complaint));
  }

  void match_columns(const TableSpec& spec, RawTable& raw) {
    bool is_ordered = true;
    std::size_t last = 0;
    for (std::size_t i = 0; i < raw.csv.columns(); ++i) {
      const std::string name{raw.csv.header(i)};
      const auto column = find_column(spec, name);
      if (!column) {
        complain(raw, {.column = name,
                       .message = "is not a column of " + spec.name,
                       .hint = near_column(spec, name)});
      } else if (raw.csv_column[*column] != RawTable::kAbsent) {
        complain(raw, {.column = name, .message = "stands twice in the header"});
      } else {
        raw.csv_column[*column] = i;
        is_ordered = is_ordered && *column >= last;
        last = *column;
      }
    }
    if (raw.csv.columns() == 0) return;  // complained about already
    for (std::size_t i = 0; i < spec.columns.size(); ++i) {
      if (raw.csv_column[i] != RawTable::kAbsent) continue;
      const ColumnSpec& column = spec.columns[i];
      complain(raw, {.column = column.name,
                     .message = "is missing in the header",
                     .severity = column.required ? Severity::kError : Severity::kWarning});
    }
    if (!is_ordered) {
      complain(raw, {.message = "has its columns in another order than the schema",
                     .severity = Severity::kWarning});
    }
  }

  void index_codes(CodeIndex& codes, const RawTable& raw) {
    bool is_sorted = true;
    for (std::size_t row = 0; row < raw.rows(); ++row) {
      const std::string_view code = raw.code(row);
      const auto refuse = [&](std::string message, std::string hint, Severity severity) {
        complaints_.add({.file = raw.file,
                         .line = raw.csv.line(row),
                         .column = "id",
                         .value = std::string{code},
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .severity = severity});
      };
      if (code.empty()) continue;  // complained about when the row is parsed
      if (!is_code(code)) {
        refuse("is not an id; expected at most 80 of A-Z a-z 0-9 _ - .", {}, Severity::kError);
      }
      if (!codes.insert(code, row)) {
        refuse("is there twice; first in line " + std::to_string(raw.csv.line(*codes.find(code))),
               {}, Severity::kError);
      } else if (is_sorted && row > 0 && code < raw.code(row - 1)) {
        is_sorted = false;
        refuse("is out of order", "sort the rows by id, so that changes show as small diffs",
               Severity::kWarning);
      }
    }
  }

  // Second pass: rows. A row with a wrong number of cells stays empty.
  template <class Row>
  void parse_table() {
    constexpr std::size_t kNumber = table_number<Row>();
    const RawTable& raw = loaded_.raw[kNumber];
    Table<Row>& table = rows<Row>(loaded_.corridor);
    table.reserve(raw.rows());
    for (std::size_t row = 0; row < raw.rows(); ++row) {
      if (raw.csv.is_faulty(row)) {
        table.push_back(Row{});
        continue;
      }
      const auto cell_at = [&raw, row](std::size_t column) { return raw.cell(row, column); };
      const RowPlace place{.file = raw.file, .line = raw.csv.line(row)};
      const std::size_t kept = raw.csv_column[0];
      // Without an id column, every row would complain about it again.
      if (kept == RawTable::kAbsent) return;
      table.push_back(parse_row<Row>(place, cell_at, codes_, complaints_));
    }
  }

  void convert_money() {
    const UsdRates rates{World{loaded_.corridor}};
    const auto convert = [this, &rates]<class Row>(Table<Row>& table) {
      const RawTable& raw = loaded_.raw[table_number<Row>()];
      for (const Id<Row> id : table.ids()) {
        const std::string currency = table[id].currency;
        MaybeFault fault = convert_to_usd(table[id], rates);
        if (!fault) continue;
        const ColumnSpec& column =
            *std::ranges::find(schema<Row>().spec().columns, "currency", &ColumnSpec::name);
        complain_about_cell(complaints_, {.file = raw.file, .line = raw.csv.line(id.index())},
                            {.column = column, .references = codes_}, currency, std::move(*fault));
      }
    };
    convert(loaded_.corridor.tariffs);
    convert(loaded_.corridor.through_rates);
  }

  void check_whole() {
    for (Finding& finding : findings(World{loaded_.corridor})) {
      Complaint complaint{.file = path_in(loaded_.folder, kInfoFile),
                          .line = 0,
                          .column = std::move(finding.column),
                          .value = std::move(finding.value),
                          .message = std::move(finding.message),
                          .hint = std::move(finding.hint),
                          .severity = finding.severity};
      if (const auto table = find_table(finding.table)) {
        const RawTable& raw = loaded_.raw[*table];
        complaint.file = raw.file;
        if (finding.row < raw.rows()) complaint.line = raw.csv.line(finding.row);
      }
      complaints_.add(std::move(complaint));
    }
  }

  const Files& files_;
  Loaded loaded_;
  References codes_;
  Complaints complaints_;
};

}  // namespace

std::optional<Loaded> load_corridor(const Files& files,
                                    std::string_view folder,
                                    Complaints& complaints) {
  return Builder{files, folder}.build(complaints);
}

bool is_code_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

bool is_code(std::string_view text) {
  return text.size() <= kLongestCode && std::ranges::all_of(text, is_code_char);
}

std::string path_in(std::string_view folder, std::string_view file) {
  std::string path{folder};
  if (!path.empty() && !path.ends_with('/')) path += '/';
  path += file;
  return path;
}

}  // namespace karvan::load
