#include "karvan/load/scenario.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/base/table.h"
#include "karvan/base/text.h"
#include "karvan/load/build.h"
#include "karvan/load/cell.h"
#include "karvan/load/currency.h"
#include "karvan/load/patch.h"
#include "karvan/load/references.h"
#include "karvan/load/rows.h"
#include "karvan/load/schema.h"
#include "karvan/load/toml_text.h"
#include "karvan/load/variation.h"
#include "karvan/model/corridor.h"
#include "karvan/model/overlay.h"
#include "karvan/model/tariff.h"
#include "karvan/model/validate.h"

namespace karvan::load {
namespace {

constexpr std::string_view kBase = "base";
constexpr std::string_view kFolder = "scenarios/";
constexpr std::size_t kLongestChain = 16;
constexpr std::size_t kMostOperations = 10'000;
constexpr std::array<std::string_view, 4> kVerbs{"change", "add", "remove", "scale"};

std::string file_of(std::string_view name) {
  return std::string{kFolder} + std::string{name} + ".toml";
}

std::vector<std::string> names_in(const Files& files) {
  std::vector<std::string> names;
  for (const auto& [file, text] : files) {
    const std::string_view path = file;
    if (!path.starts_with(kFolder) || !path.ends_with(".toml")) continue;
    names.emplace_back(path.substr(kFolder.size(), path.size() - kFolder.size() - 5));
  }
  return names;
}

// One scenario's text.
struct ScenarioSource {
  ScenarioInfo info;
  TomlNode toml;
  std::string file;  // as complaints name it
};

class ScenarioReader {
 public:
  ScenarioReader(const Files& files, std::string_view folder, Complaints& complaints)
      : files_{files}, folder_{folder}, complaints_{complaints} {}

  // Requires that the file exists.
  std::optional<ScenarioSource> read(std::string_view name) {
    ScenarioSource source;
    source.file = path_in(folder_, file_of(name));
    auto toml = parse_toml(files_.find(file_of(name))->second, source.file, complaints_);
    if (!toml) return std::nullopt;
    source.toml = std::move(*toml);
    const std::size_t errors = complaints_.error_count();
    read_text(source, "name", source.info.name, true);
    read_text(source, "title", source.info.title, true);
    read_text(source, "description", source.info.description, false);
    source.info.parent = kBase;
    read_text(source, "parent", source.info.parent, false);
    if (!source.info.name.empty() && source.info.name != name) {
      complain(source, source.toml.find("name"), "name", source.info.name,
               "is not what the file is called");
    }
    check_keys(source);
    if (complaints_.error_count() != errors) return std::nullopt;
    return source;
  }

 private:
  void complain(const ScenarioSource& source,
                const TomlNode* at,
                std::string column,
                std::string_view value,
                std::string message) {
    complaints_.add({.file = source.file,
                     .line = at == nullptr ? 0 : at->line,
                     .column = std::move(column),
                     .value = std::string{value},
                     .message = std::move(message)});
  }

  void read_text(const ScenarioSource& source,
                 std::string_view key,
                 std::string& text,
                 bool is_needed) {
    const TomlNode* node = source.toml.find(key);
    if (node == nullptr) {
      if (is_needed) complain(source, nullptr, std::string{key}, "", "is missing");
    } else if (node->kind != TomlNode::Kind::kText) {
      complain(source, node, std::string{key}, node->text, "is not a text");
    } else {
      text = node->text;
    }
  }

  void check_keys(const ScenarioSource& source) {
    constexpr std::array<std::string_view, 4> kHead{"name", "title", "description", "parent"};
    for (const TomlNode& node : source.toml.items) {
      if (std::ranges::find(kHead, node.key) != kHead.end()) continue;
      if (std::ranges::find(kVerbs, node.key) == kVerbs.end()) {
        complain(source, &node, node.key, "",
                 "is not a key of a scenario; expected " + join(kHead, ", ") + " or a list of " +
                     join(kVerbs, ", "));
        continue;
      }
      const bool is_list_of_tables = node.kind == TomlNode::Kind::kList &&
                                     std::ranges::all_of(node.items, [](const TomlNode& item) {
                                       return item.kind == TomlNode::Kind::kTable;
                                     });
      if (!is_list_of_tables) {
        complain(source, &node, node.key, "",
                 "is not a list of tables; expected [[" + node.key + "]]");
      }
    }
  }

  const Files& files_;
  std::string_view folder_;
  Complaints& complaints_;
};

// Turns a scenario and its parents into an overlay.
class ScenarioBuilder {
 public:
  ScenarioBuilder(const Loaded& loaded, const Files& files)
      : loaded_{loaded}, files_{files}, patch_{loaded.raw} {}

  std::optional<Scenario> build(std::string_view name,
                                std::span<const Tweak> tweaks,
                                Complaints& complaints,
                                const BookedText* booked = nullptr) {
    if (read_chain(name)) {
      apply();
      if (booked != nullptr) apply_booked(*booked, patch_, complaints_);
      for (const Tweak& tweak : tweaks)
        apply_tweak(tweak, patch_, complaints_);
      patch_.tidy();
      if (complaints_.ok()) make_overlay();
      if (complaints_.ok()) check_whole();
    }
    const bool ok = complaints_.ok();
    complaints_.sort();
    complaints.add_all(complaints_);
    if (!ok) return std::nullopt;
    list_changes();
    return std::move(scenario_);
  }

 private:
  // The scenario and its parents, the root first.
  bool read_chain(std::string_view name) {
    scenario_.info.name = name;
    std::string next{name};
    std::string from = path_in(loaded_.folder, kFolder);  // who names the next one
    std::vector<std::string> passed;
    while (next != kBase) {
      const auto refuse = [&](std::string message, std::string hint = {}) {
        complaints_.add({.file = from,
                         .column = passed.empty() ? "" : "parent",
                         .value = next,
                         .message = std::move(message),
                         .hint = std::move(hint)});
        return false;
      };
      if (!files_.contains(file_of(next))) {
        const auto names = names_in(files_);
        const auto near = next.size() > 64 ? std::vector<std::string>{} : closest(next, names, 3);
        return refuse("is not a scenario", near.empty() ? "known are: " + join(names, ", ")
                                                        : "did you mean '" + near.front() + "'?");
      }
      if (std::ranges::find(passed, next) != passed.end()) {
        return refuse("is its own ancestor: " + join(passed, " -> ") + " -> " + next);
      }
      if (passed.size() == kLongestChain) return refuse("has too many ancestors");
      auto source = ScenarioReader{files_, loaded_.folder, complaints_}.read(next);
      if (!source) return false;
      passed.push_back(next);
      next = source->info.parent;
      from = source->file;
      if (chain_.empty()) scenario_.info = source->info;
      chain_.insert(chain_.begin(), std::move(*source));
    }
    return true;
  }

  void apply() {
    std::size_t operations = 0;
    for (const ScenarioSource& source : chain_) {
      struct Step {
        std::string_view verb;
        const TomlNode* op;
      };
      std::vector<Step> steps;
      for (const TomlNode& node : source.toml.items) {
        for (const TomlNode& op : node.items)
          steps.push_back({.verb = node.key, .op = &op});
      }
      std::ranges::stable_sort(steps, {}, [](const Step& step) { return step.op->line; });
      for (const auto& [verb, op] : steps) {
        if (++operations > kMostOperations) {
          complaints_.add({.file = source.file,
                           .line = op->line,
                           .message = "too many operations; at most " +
                                      std::to_string(kMostOperations) + " are done"});
          return;
        }
        patch_.apply(verb, *op, source.file, complaints_);
      }
    }
  }

  void make_overlay() {
    scenario_.overlay.name = chain_.empty() ? std::string{} : scenario_.info.name;
    for (std::size_t i = 0; i < kTableCount; ++i) {
      const PatchedTable& table = patch_[i];
      codes_[i].name = table.spec().name;
      for (const std::size_t row : table.rows())
        codes_[i].codes.insert(table.code(row), row);
    }
    for_each_table([this]<class Row>() { parse_touched<Row>(); });
    for (std::size_t i = 0; i < kTableCount; ++i)
      check_references(i);
    if (complaints_.ok()) convert_money();
  }

  template <class Row>
  Row parse(std::size_t row) {
    const PatchedTable& table = patch_[table_number<Row>()];
    return parse_row<Row>(
        table.place(row), [&](std::size_t column) { return table.cell(row, column); }, codes_,
        complaints_);
  }

  template <class Row>
  void parse_touched() {
    const PatchedTable& table = patch_[table_number<Row>()];
    Difference<Row>& difference = scenario_.overlay.of<Row>();
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (table.is_removed(row)) {
        difference.removed.insert(Id<Row>{row});
      } else if (table.is_added(row)) {
        difference.added.push_back(parse<Row>(row));
      } else if (table.is_touched(row)) {
        difference.changed.emplace(Id<Row>{row}, parse<Row>(row));
      }
    }
  }

  // Rows that stayed as they were must not refer to removed ones.
  void check_references(std::size_t number) {
    const PatchedTable& table = patch_[number];
    for (std::size_t column = 0; column < table.spec().columns.size(); ++column) {
      const ColumnSpec& spec = table.spec().columns[column];
      if (!spec.table || !patch_[*spec.table].has_removed()) continue;
      for (const std::size_t row : table.rows()) {
        if (!table.is_touched(row)) check_reference(table, row, column);
      }
    }
  }

  void check_reference(const PatchedTable& table, std::size_t row, std::size_t column) {
    const ColumnSpec& spec = table.spec().columns[column];
    const std::string_view cell = table.cell(row, column);
    if (cell.empty()) return;
    for (const std::string_view code : split(cell, ';')) {
      if (codes_[*spec.table].codes.find(code)) continue;
      const RowPlace place = table.place(row);
      complaints_.add({.file = place.file,
                       .line = place.line,
                       .column = spec.name,
                       .value = std::string{code},
                       .message = "is removed by the scenario but used by '" +
                                  std::string{table.code(row)} + "'",
                       .hint = "remove this row too, or close the thing instead"});
    }
  }

  // Money of touched rows; of all rows if the scenario changes exchange rates.
  void convert_money() {
    const UsdRates rates{World{loaded_.corridor, scenario_.overlay}};
    convert_rows<Tariff>(rates);
    convert_rows<ThroughRate>(rates);
  }

  template <class Row>
  void convert_rows(const UsdRates& rates) {
    const PatchedTable& table = patch_[table_number<Row>()];
    const std::size_t column = *find_column(table.spec(), "currency");
    Difference<Row>& difference = scenario_.overlay.of<Row>();
    if (!scenario_.overlay.of<ExchangeRate>().empty()) {
      for (const std::size_t row : table.rows()) {
        const std::string_view currency = table.cell(row, column);
        if (table.is_touched(row) || currency.empty() || currency == "USD") continue;
        difference.changed.emplace(Id<Row>{row}, parse<Row>(row));
      }
    }
    const auto convert = [&](Row& value, std::size_t row) {
      const std::string currency = value.currency;
      if (MaybeFault fault = convert_to_usd(value, rates)) {
        complain_about_cell(complaints_, table.place(row),
                            {.column = table.spec().columns[column], .references = codes_},
                            currency, std::move(*fault));
      }
    };
    for (auto& [id, value] : difference.changed)
      convert(value, id.index());
    for (std::size_t i = 0; i < difference.added.size(); ++i) {
      convert(difference.added[i], table.raw().rows() + i);
    }
  }

  void check_whole() {
    using Key = std::tuple<std::string_view, std::size_t, std::string, std::string>;
    std::set<Key> known;
    for (const Finding& finding : findings(World{loaded_.corridor})) {
      known.emplace(finding.table, finding.row, finding.column, finding.message);
    }
    for (const Finding& finding : findings(World{loaded_.corridor, scenario_.overlay})) {
      if (known.contains({finding.table, finding.row, finding.column, finding.message})) continue;
      Complaint complaint{.file = chain_.empty() ? std::string{} : chain_.back().file,
                          .column = finding.column,
                          .value = finding.value,
                          .message = finding.message,
                          .hint = finding.hint,
                          .severity = finding.severity};
      if (const auto table = find_table(finding.table)) {
        const RowPlace place = patch_[*table].place(finding.row);
        complaint.file = place.file;
        complaint.line = place.line;
      }
      if (!chain_.empty()) complaint.message += " (in scenario " + scenario_.info.name + ")";
      complaints_.add(std::move(complaint));
    }
  }

  void list_changes() {
    for (std::size_t i = 0; i < kTableCount; ++i) {
      const PatchedTable& table = patch_[i];
      for (std::size_t row = 0; row < table.size(); ++row)
        list_changes(table, row);
    }
  }

  void list_changes(const PatchedTable& table, std::size_t row) {
    CellChange change{.table = table.spec().name, .id = std::string{table.code(row)}};
    if (table.is_removed(row)) {
      change.kind = ChangeKind::kRemoved;
      scenario_.changes.push_back(change);
      return;
    }
    if (!table.is_touched(row)) return;
    change.kind = table.is_added(row) ? ChangeKind::kAdded : ChangeKind::kChanged;
    for (std::size_t column = 0; column < table.spec().columns.size(); ++column) {
      change.column = table.spec().columns[column].name;
      change.from = table.is_added(row) ? std::string_view{} : table.raw().cell(row, column);
      change.to = table.cell(row, column);
      if (change.from != change.to) scenario_.changes.push_back(change);
    }
  }

  const Loaded& loaded_;
  const Files& files_;
  Patch patch_;
  References codes_;
  std::vector<ScenarioSource> chain_;
  Scenario scenario_;
  Complaints complaints_;
};

}  // namespace

std::vector<ScenarioInfo> list_scenarios(const Files& files,
                                         std::string_view folder,
                                         Complaints& complaints) {
  std::vector<ScenarioInfo> infos;
  for (const std::string& name : names_in(files)) {
    auto source = ScenarioReader{files, folder, complaints}.read(name);
    if (source) infos.push_back(std::move(source->info));
  }
  return infos;
}

std::optional<Scenario> load_scenario(const Loaded& loaded,
                                      const Files& files,
                                      std::string_view name,
                                      Complaints& complaints) {
  return ScenarioBuilder{loaded, files}.build(name, {}, complaints);
}

std::optional<Scenario> load_booked(const Loaded& loaded,
                                    const Files& files,
                                    std::string_view name,
                                    const BookedText& booked,
                                    Complaints& complaints) {
  return ScenarioBuilder{loaded, files}.build(name, {}, complaints, &booked);
}

std::optional<Scenario> load_varied(const Loaded& loaded,
                                    const Files& files,
                                    std::string_view name,
                                    std::span<const Tweak> tweaks,
                                    Complaints& complaints) {
  return ScenarioBuilder{loaded, files}.build(name, tweaks, complaints);
}

}  // namespace karvan::load
