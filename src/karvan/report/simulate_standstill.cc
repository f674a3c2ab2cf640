// The text of a simulated span: what berths and ships do with their time.

#include <algorithm>
#include <array>
#include <functional>

#include "karvan/base/text.h"
#include "karvan/report/detail/simulate_sections.h"
#include "karvan/report/table.h"

namespace karvan::report::detail {

std::string quays(const SimulateCase& run, const Means& means, const Style& style) {
  constexpr std::size_t kShown = 10;
  TextTable table{{{"Berths"},
                   {"Ships", Align::kRight},
                   {"Work", Align::kRight},
                   {"Fill", Align::kRight},
                   {"Storm", Align::kRight},
                   {"Idle", Align::kRight}},
                  2};
  std::size_t rows = 0;
  for (const auto& [busy, berth] : ranked_facilities(run, means, "utilization")) {
    if (berth->kind != simulate::FacilityKind::kBerth) continue;
    if (rows++ == kShown) break;
    const std::string name = "facility/" + berth->code + "/";
    table.add(
        {shortened(berth->name, 46), means.number(name + "served", 1, 0),
         means.number(name + "share_working", 100, 0), means.number(name + "share_filling", 100, 0),
         means.number(name + "share_stormbound", 100, 0), with_thousands((1 - busy) * 100, 0)});
  }
  if (table.empty()) return "";
  return "\n" + style.bold("Berths") +
         " (% of their time: ships work, wait for more cargo, wait for calm sea; none there)\n" +
         table.text(style);
}

namespace {

constexpr std::array<const char*, 8> kShares{"share_sailing", "share_ballast", "share_working",
                                             "share_filling", "share_berth",   "share_stormbound",
                                             "share_repair",  "share_idle"};

// Ships whose names differ in a number at the end only.
struct Fleet {
  std::string name;
  std::size_t ships = 0;
  double voyages = 0;
  double tonnes = 0;
  double full = 0;  // weighted by voyages
  std::array<double, kShares.size()> shares{};
};

std::string ship_class(const std::string& ship) {
  const std::size_t last = ship.find_last_not_of("0123456789");
  if (last == std::string::npos || last + 1 == ship.size() || ship[last] != ' ') return ship;
  return ship.substr(0, last);
}

// The most tonnes first.
std::vector<Fleet> fleets(const SimulateCase& run, const Means& means) {
  std::vector<Fleet> list;
  for (const simulate::VesselResult& ship : run.answers.front().vessels) {
    const std::string figures = "vessel/" + ship.name + "/";
    const std::string name = ship_class(ship.name);
    auto at = std::ranges::find(list, name, &Fleet::name);
    if (at == list.end()) at = list.insert(list.end(), Fleet{.name = name});
    ++at->ships;
    const double voyages = means(figures + "voyages");
    at->voyages += voyages;
    at->tonnes += means(figures + "carried_t");
    at->full += voyages * means(figures + "load_factor");
    for (std::size_t i = 0; i < kShares.size(); ++i)
      at->shares[i] += means(figures + kShares[i]);
  }
  std::erase_if(list, [](const Fleet& fleet) { return fleet.voyages <= 0; });
  std::ranges::stable_sort(list, std::greater{}, &Fleet::tonnes);
  return list;
}

}  // namespace

std::string ships(const SimulateCase& run, const Means& means, const Style& style) {
  constexpr std::size_t kShown = 20;
  TextTable table{{{"Ship or class"},
                   {"Voyages", Align::kRight},
                   {"kt", Align::kRight},
                   {"Full", Align::kRight},
                   {"Laden", Align::kRight},
                   {"Ballast", Align::kRight},
                   {"Work", Align::kRight},
                   {"Fill", Align::kRight},
                   {"Berth", Align::kRight},
                   {"Storm", Align::kRight},
                   {"Repair", Align::kRight},
                   {"Idle", Align::kRight}},
                  2};
  const std::vector<Fleet> list = fleets(run, means);
  for (std::size_t f = 0; f < list.size() && f < kShown; ++f) {
    const Fleet& fleet = list[f];
    const std::string many = fleet.ships > 1 ? std::to_string(fleet.ships) + " x " : "";
    std::vector<std::string> cells{
        shortened(many + fleet.name, 20), with_thousands(fleet.voyages, 0),
        with_thousands(fleet.tonnes / 1e3, 0), with_thousands(fleet.full / fleet.voyages * 100, 0)};
    for (const double share : fleet.shares)
      cells.push_back(with_thousands(share / static_cast<double>(fleet.ships) * 100, 0));
    table.add(std::move(cells));
  }
  if (table.empty()) return "";
  std::string text =
      "\n" + style.bold("Ships") +
      " (%: how full they sail; of their time: at sea laden and in ballast, working, at the\n"
      "quay for more cargo, outside for a berth, kept by weather, in repair, without cargo)\n" +
      table.text(style);
  if (list.size() > kShown)
    text += "  " + std::to_string(list.size() - kShown) + " more carry less\n";
  return text;
}

}  // namespace karvan::report::detail
