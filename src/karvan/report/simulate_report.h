#pragma once
// What a simulated year looks like, for people, spreadsheets and programs.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/report/chart.h"
#include "karvan/report/sheet.h"
#include "karvan/report/style.h"
#include "karvan/simulate/experiment.h"
#include "karvan/simulate/observe.h"

namespace karvan::report {

struct SimulateCase {
  std::string scenario;  // empty: the data as they are
  simulate::Question question;
  std::vector<simulate::Answer> answers;  // one for each replication, at least one
  std::vector<std::string> warnings;
  std::vector<std::string> remarks;  // on how it was run
};

// The facilities with the most waiting, over all runs, most first.
std::vector<simulate::FacilityResult> worst_facilities(const SimulateCase& run, std::size_t most);

// Headline, bottlenecks, markets, ports, ships, pipelines.
std::string simulate_text(const SimulateCase& run, const Style& style);
// Figures with their intervals, or why they have none: name, mean, low, high, runs, note.
Sheet estimates_sheet(const std::vector<simulate::Estimate>& list);
// Every figure.
Sheet simulate_sheet(const SimulateCase& run);
// Paired differences against a base that met the same chance; `other` minus `base`.
Sheet simulate_difference_sheet(const SimulateCase& base, const SimulateCase& other);
std::string simulate_difference_text(const SimulateCase& base,
                                     const SimulateCase& other,
                                     const Style& style);
// Every observation that the runs could answer: what was published, what was simulated, and whether
// the two agree: the interval of the mean (the mean itself, of a single run) meets the published
// range widened by its tolerance.
struct ObservedCase {
  std::vector<std::vector<simulate::Sighting>> runs;  // one list for each replication
};
Sheet simulate_observations_sheet(const World& world, const ObservedCase& observed);
// "31 of 40 published figures are met".
std::string simulate_observations_summary(const World& world, const ObservedCase& observed);

// Tonnes delivered by month, mean over the replications: the route's markets where it has any so
// named ("TITR ..."), else all; the largest six.
Chart deliveries_chart(const SimulateCase& run);
// Small charts within text: deliveries of each market by month, queues by week where most waits.
std::string simulate_sparklines(const SimulateCase& run, const Style& style);
// How many waited, week by week, where most did, of the facilities whose code contains the text.
Chart queues_chart(const SimulateCase& run, std::string_view part_of_code);

// One row for each event of the first replication's shipments.
std::string simulate_events_csv(const World& world, const simulate::Answer& answer);
// One row for each shipment that the first replication delivered: what it took and on what.
std::string simulate_shipments_csv(const World& world, const simulate::Answer& answer);

}  // namespace karvan::report
