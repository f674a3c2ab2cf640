#include "karvan/load/seen.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/load/csv.h"
#include "karvan/load/references.h"
#include "karvan/model/clock.h"

namespace karvan::load {
namespace {

constexpr std::array<std::string_view, 5> kLegs{"service", "from", "to", "loaded", "unloaded"};
constexpr std::array<std::string_view, 5> kLog{"service", "place", "shipment", "business_step",
                                               "event_time"};

class SeenReader {
 public:
  SeenReader(const World& world, const std::string& file, Complaints& complaints)
      : world_{world}, clocks_{world}, file_{file}, complaints_{complaints} {
    for (const Id<Service> id : world.ids<Service>())
      services_.insert(world[id].code, id.index());
    for (const Id<Place> id : world.ids<Place>())
      places_.insert(world[id].code, id.index());
    for (const Id<Call> id : world.ids<Call>())
      calls_[world[id].service].push_back(id);
  }

  std::vector<MovementSeen> read(std::string_view text) {
    const CsvTable table = read_csv(text, file_, complaints_);
    const bool is_log = column(table, "business_step").has_value();
    if (!find_columns(table, is_log ? kLog : kLegs)) return {};
    for (std::size_t row = 0; row < table.records(); ++row) {
      if (table.is_faulty(row)) continue;
      line_ = table.line(row);
      for (std::size_t i = 0; i < cells_.size(); ++i)
        cells_[i] = trim(table.cell(row, columns_[i]));
      if (is_log) {
        event();
      } else {
        leg();
      }
    }
    if (without_loading_ > 0)
      complaints_.add(
          {.file = file_,
           .message = std::to_string(without_loading_) +
                      " unloadings are passed over: the log does not hold their loading",
           .severity = Severity::kWarning});
    return std::move(movements_);
  }

 private:
  struct Loaded {
    Id<Service> service;
    Id<Place> place;
    Instant time{};
  };

  static std::optional<std::size_t> column(const CsvTable& table, std::string_view name) {
    for (std::size_t c = 0; c < table.columns(); ++c)
      if (trim(table.header(c)) == name) return c;
    return std::nullopt;
  }

  bool find_columns(const CsvTable& table, std::span<const std::string_view, 5> names) {
    names_ = {names.begin(), names.end()};
    columns_.clear();
    for (const std::string_view name : names) {
      const std::optional<std::size_t> at = column(table, name);
      if (!at)
        complaints_.add({.file = file_,
                         .line = 1,
                         .column = std::string{name},
                         .message = "is missing",
                         .hint = "columns are " + join(names, ", ")});
      columns_.push_back(at.value_or(0));
    }
    return complaints_.ok();
  }

  void complain(std::size_t cell, std::string message, std::string hint = {}) {
    complaints_.add({.file = file_,
                     .line = line_,
                     .column = std::string{names_[cell]},
                     .value = std::string{cells_[cell]},
                     .message = std::move(message),
                     .hint = std::move(hint)});
  }

  template <class Row>
  std::optional<Id<Row>> find(const CodeIndex& codes, std::size_t cell, std::string_view what) {
    if (const auto row = codes.find(cells_[cell])) return Id<Row>{*row};
    const std::vector<std::string> alike = codes.alike(cells_[cell]);
    complain(cell, "is no " + std::string{what} + " of this corridor",
             alike.empty() ? "" : "did you mean '" + alike.front() + "'?");
    return std::nullopt;
  }

  std::optional<Instant> instant(std::size_t cell, Id<Place> place) {
    const std::optional<ParsedInstant> parsed = parse_instant(cells_[cell]);
    if (!parsed || parsed->date_only) {
      complain(cell, "is no instant; expected 2026-03-02T08:00 or 2026-03-02T08:00+05:00");
      return std::nullopt;
    }
    if (parsed->offset) return parsed->to_instant({});
    const Instant clock = parsed->to_instant(std::chrono::minutes{0});
    const Date day = std::chrono::floor<std::chrono::days>(clock);
    return clocks_.instant(place, day, std::chrono::floor<std::chrono::minutes>(clock - day));
  }

  // Sequences of the nearest two calls of the service, one after the other, at these places.
  std::optional<std::pair<int, int>> calls(Id<Service> service,
                                           Id<Place> from,
                                           Id<Place> to) const {
    std::optional<std::pair<int, int>> nearest;
    const auto all = calls_.find(service);
    if (all == calls_.end()) return std::nullopt;
    for (const Id<Call> first : all->second) {
      if (world_[first].place != from) continue;
      for (const Id<Call> last : all->second) {
        const std::pair pair{world_[first].sequence, world_[last].sequence};
        if (world_[last].place != to || pair.second <= pair.first) continue;
        if (!nearest || pair.second - pair.first < nearest->second - nearest->first) nearest = pair;
      }
    }
    return nearest;
  }

  // What cargo did; `cell` is to blame where the service does not run so.
  void add(const Loaded& loaded, Id<Place> to, Instant unloaded, std::size_t cell) {
    const auto pair = calls(loaded.service, loaded.place, to);
    if (!pair)
      return complain(cell, "is no call of " + world_[loaded.service].code + " after " +
                                world_[loaded.place].code);
    movements_.push_back({.service = loaded.service,
                          .from_sequence = pair->first,
                          .to_sequence = pair->second,
                          .took = to_hours(unloaded - loaded.time)});
  }

  void leg() {
    const auto service = find<Service>(services_, 0, "service");
    const auto from = find<Place>(places_, 1, "place");
    const auto to = find<Place>(places_, 2, "place");
    if (!service || !from || !to) return;
    const std::optional<Instant> loaded = instant(3, *from);
    const std::optional<Instant> unloaded = instant(4, *to);
    if (!loaded || !unloaded) return;
    if (*unloaded < *loaded) return complain(4, "is earlier than loaded");
    add({.service = *service, .place = *from, .time = *loaded}, *to, *unloaded, 2);
  }

  void event() {
    const bool is_loading = cells_[3] == "loading";
    if (!is_loading && cells_[3] != "unloading") return;
    const auto service = find<Service>(services_, 0, "service");
    const auto place = find<Place>(places_, 1, "place");
    if (!service || !place) return;
    const std::optional<Instant> time = instant(4, *place);
    if (!time) return;
    const std::string shipment{cells_[2]};
    if (is_loading) {
      loaded_[shipment] = {.service = *service, .place = *place, .time = *time};
      return;
    }
    const auto at = loaded_.find(shipment);
    if (at == loaded_.end()) {
      ++without_loading_;
      return;
    }
    if (at->second.service != *service)
      return complain(0, "unloads what " + world_[at->second.service].code + " has loaded");
    if (*time < at->second.time) return complain(4, "is earlier than its loading");
    add(at->second, *place, *time, 1);
    loaded_.erase(at);
  }

  const World& world_;
  Clocks clocks_;
  const std::string& file_;
  Complaints& complaints_;
  CodeIndex services_;
  CodeIndex places_;
  std::map<Id<Service>, std::vector<Id<Call>>> calls_;
  std::map<std::string, Loaded> loaded_;  // by shipment, while aboard
  std::vector<std::string_view> names_;   // of the five cells
  std::vector<std::size_t> columns_;
  std::array<std::string_view, 5> cells_;
  int line_ = 0;
  std::size_t without_loading_ = 0;
  std::vector<MovementSeen> movements_;
};

}  // namespace

std::vector<MovementSeen> read_seen(const World& world,
                                    std::string_view text,
                                    const std::string& file,
                                    Complaints& complaints) {
  return SeenReader{world, file, complaints}.read(text);
}

}  // namespace karvan::load
