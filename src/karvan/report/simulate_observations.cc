// Published figures against simulated ones.

#include <map>

#include "karvan/report/simulate_report.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

struct Held {
  Id<Observation> observation;
  des::Tally tally;
  double low = 0;  // of the simulated interval
  double high = 0;
  bool is_met = false;
};

std::vector<Held> held(const World& world, const ObservedCase& observed) {
  std::map<Id<Observation>, des::Tally> tallies;
  for (const std::vector<simulate::Sighting>& run : observed.runs) {
    for (const simulate::Sighting& sighting : run)
      tallies[sighting.observation].add(sighting.value);
  }
  std::vector<Held> list;
  for (const auto& [id, tally] : tallies) {
    const Observation& row = world[id];
    const auto interval = des::mean_interval(tally, 0.95);
    const double half = interval ? interval->half_width : 0.0;
    const double slack = row.tolerance_percent.value_or(0) / 100;
    Held one{
        .observation = id, .tally = tally, .low = tally.mean() - half, .high = tally.mean() + half};
    one.is_met = one.high >= row.low * (1 - slack) && one.low <= row.high * (1 + slack);
    list.push_back(one);
  }
  return list;
}

std::string span_text(double low, double high) {
  return low == high ? plain(low) : plain(low) + " to " + plain(high);
}

int observed_decimals(double value) {
  return value >= 1000 ? 0 : value >= 10 ? 1 : 2;
}

}  // namespace

Sheet simulate_observations_sheet(const World& world, const ObservedCase& observed) {
  Sheet sheet{{{"observation", "Row"},
               {"quantity", "What"},
               {"unit", "Unit"},
               {"use", "Counted for"},
               {"published", "Published"},
               {"tolerance_percent", "± %"},
               {"simulated", "Simulated"},
               {"simulated_low", "from"},
               {"simulated_high", "to"},
               {"met", "Met"}},
              {}};
  for (const Held& one : held(world, observed)) {
    const Observation& row = world[one.observation];
    const int decimals = observed_decimals(one.tally.mean());
    sheet.rows.push_back({Cell{row.code}, Cell{row.quantity}, Cell{row.unit}, Cell{row.use},
                          Cell{span_text(row.low, row.high)},
                          row.tolerance_percent ? Cell{*row.tolerance_percent, 0} : Cell{},
                          Cell{one.tally.mean(), decimals}, Cell{one.low, decimals},
                          Cell{one.high, decimals}, Cell{one.is_met}});
  }
  return sheet;
}

std::string simulate_observations_summary(const World& world, const ObservedCase& observed) {
  std::size_t met = 0;
  const std::vector<Held> list = held(world, observed);
  for (const Held& one : list)
    met += one.is_met ? 1 : 0;
  return std::to_string(met) + " of " + std::to_string(list.size()) + " published figures are met";
}

}  // namespace karvan::report
