// Two scenarios under the same chance: what changes, and whether that is sure.

#include <algorithm>
#include <cmath>
#include <map>

#include "karvan/base/text.h"
#include "karvan/report/detail/simulate_sections.h"
#include "karvan/report/table.h"

namespace karvan::report {
namespace {

using simulate::Estimate;

constexpr std::size_t kPlaces = 8;  // where waiting changes most

class Differences {
 public:
  Differences(const SimulateCase& base, const SimulateCase& other, const Style& style)
      : base_{base}, other_{other}, means_{base}, style_{style} {
    for (Estimate& e : simulate::differences(base.answers, other.answers))
      list_.emplace(e.name, std::move(e));
  }

  // "-12.3 ±0.4", bold where zero is outside the interval; "=" where nothing changes.
  std::string change(const std::string& name, double scale, int decimals) const {
    const auto at = list_.find(name);
    if (at == list_.end() || !at->second.is_told()) return "-";
    const Estimate& e = at->second;
    const bool is_still = e.tally.mean() == 0 && (!e.interval || e.interval->half_width == 0);
    if (is_still) return "=";
    std::string text =
        (e.tally.mean() > 0 ? "+" : "") + with_thousands(e.tally.mean() * scale, decimals);
    if (e.interval) text += " ±" + with_thousands(e.interval->half_width * scale, decimals);
    return is_sure(e) ? style_.bold(text + " *") : text;
  }

  std::string corridor() const {
    TextTable table{{{"Corridor"}, {"Base", Align::kRight}, {"Change", Align::kRight}}, 2};
    const auto add = [&](const char* what, const char* figure, double scale) {
      const std::string name = std::string{"corridor/"} + figure;
      table.add({what, with_thousands(means_(name) * scale, 1), change(name, scale, 1)});
    };
    add("Delivered, kt", "delivered_t", 1e-3);
    add("Waited, kt days", "waiting_t_h", 1e-3 / 24);
    add("of it for want of capacity", "short_t_h", 1e-3 / 24);
    return table.text(style_);
  }

  std::string markets() const {
    TextTable table{{{"Market"},
                     {"Delivered, kt", Align::kRight},
                     {"Change", Align::kRight},
                     {"Days", Align::kRight},
                     {"Change", Align::kRight},
                     {"P90", Align::kRight},
                     {"Change", Align::kRight}},
                    2};
    for (const simulate::MarketResult& market : other_.answers.front().markets) {
      const std::string name = "market/" + market.market + "/";
      table.add({market.market, means_.number(name + "delivered_t", 1e-3, 1),
                 change(name + "delivered_t", 1e-3, 1),
                 means_.number(name + "transit_mean_h", 1.0 / 24, 1),
                 change(name + "transit_mean_h", 1.0 / 24, 1),
                 means_.number(name + "transit_p90_h", 1.0 / 24, 1),
                 change(name + "transit_p90_h", 1.0 / 24, 1)});
    }
    return "\n" + style_.bold("Markets") + " (transit in days)\n" + table.text(style_);
  }

  std::string ports() const {
    TextTable table{{{"Port"},
                     {"Loaded, kt", Align::kRight},
                     {"Change", Align::kRight},
                     {"Unloaded, kt", Align::kRight},
                     {"Change", Align::kRight},
                     {"Closed, %", Align::kRight},
                     {"Change", Align::kRight}},
                    2};
    for (const simulate::PlaceResult& port : other_.answers.front().places) {
      const std::string name = "port/" + port.place + "/";
      if (!is_any_sure({name + "loaded_t", name + "unloaded_t", name + "closed_share"})) continue;
      table.add({port.place, means_.number(name + "loaded_t", 1e-3, 1),
                 change(name + "loaded_t", 1e-3, 1), means_.number(name + "unloaded_t", 1e-3, 1),
                 change(name + "unloaded_t", 1e-3, 1), means_.number(name + "closed_share", 100, 1),
                 change(name + "closed_share", 100, 1)});
    }
    if (table.empty()) return "";
    return "\n" + style_.bold("Ports") + " (those that surely change)\n" + table.text(style_);
  }

  // Where surely more or less is waited, the greatest changes first.
  std::string waits() const {
    std::vector<std::pair<double, const simulate::FacilityResult*>> ranked;
    for (const auto* answers : {&other_.answers, &base_.answers}) {
      for (const simulate::FacilityResult& facility : answers->front().facilities) {
        const auto at = list_.find("facility/" + facility.code + "/waiting_t_h");
        const bool is_new = std::ranges::none_of(
            ranked, [&](const auto& r) { return r.second->code == facility.code; });
        if (is_new && at != list_.end() && is_sure(at->second))
          ranked.emplace_back(std::abs(at->second.tally.mean()), &facility);
      }
    }
    std::ranges::stable_sort(ranked,
                             [](const auto& a, const auto& b) { return a.first > b.first; });
    if (ranked.size() > kPlaces) ranked.resize(kPlaces);
    TextTable table{{{"At"},
                     {"For"},
                     {"Base, kt days", Align::kRight},
                     {"Change", Align::kRight},
                     {"Mean, h", Align::kRight},
                     {"Change", Align::kRight}},
                    2};
    for (const auto& [size, facility] : ranked) {
      const std::string name = "facility/" + facility->code + "/";
      table.add({shortened(detail::place_first(*facility), 36),
                 std::string{detail::kind_word(facility->kind)},
                 means_.number(name + "waiting_t_h", 1e-3 / 24, 1),
                 change(name + "waiting_t_h", 1e-3 / 24, 1),
                 means_.number(name + "mean_wait_h", 1, 1), change(name + "mean_wait_h", 1, 1)});
    }
    if (table.empty()) return "";
    return "\n" + style_.bold("Where waiting changes most") + " (surely)\n" + table.text(style_);
  }

 private:
  static bool is_sure(const Estimate& e) {
    return e.interval && e.interval->mean != 0 &&
           std::abs(e.interval->mean) > e.interval->half_width;
  }
  bool is_any_sure(const std::vector<std::string>& names) const {
    return std::ranges::any_of(names, [this](const std::string& name) {
      const auto at = list_.find(name);
      return at != list_.end() && is_sure(at->second);
    });
  }

  const SimulateCase& base_;
  const SimulateCase& other_;
  detail::Means means_;
  const Style& style_;
  std::map<std::string, Estimate> list_;
};

}  // namespace

std::string simulate_difference_text(const SimulateCase& base,
                                     const SimulateCase& other,
                                     const Style& style) {
  const auto name_of = [](const SimulateCase& c) {
    return c.scenario.empty() ? std::string{"the data as they are"} : c.scenario;
  };
  const Differences differences{base, other, style};
  const std::size_t runs = base.answers.size();
  return style.bold(name_of(other) + " against " + name_of(base)) + "\n" +
         wrapped(
             "The same chance in both; paired differences of " + std::to_string(runs) +
                 (runs == 1
                      ? " run, which tells no interval"
                      : " runs; ± is a 95 % interval, * where it leaves out zero (as it does by "
                        "chance once in twenty figures that do not change)") +
                 ".",
             detail::kWide, 0) +
         "\n\n" + differences.corridor() + differences.markets() + differences.ports() +
         differences.waits();
}

}  // namespace karvan::report
