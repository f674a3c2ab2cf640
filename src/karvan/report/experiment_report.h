#pragma once
// Experiments on a simulated corridor: a number swept, assumed numbers screened, bottlenecks
// widened. Sheets for all formats; text for people.

#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/report/simulate_report.h"
#include "karvan/simulate/screening.h"

namespace karvan::report {

// The figures that `wanted` names (with * for any letters); if it is empty, tonnes delivered,
// tonne-hours waited, and mean and P90 transit of the market that delivers most. An error, with
// near ones, for a name that no figure has.
Result<std::vector<std::string>> chosen_figures(const simulate::Answer& answer,
                                                const std::vector<std::string>& wanted);

struct SweepPoint {
  double value = 0;
  std::vector<simulate::Answer> answers;
};
struct Sweep {
  std::string cells;       // what was varied
  bool is_factor = false;  // the values multiply what the data say
  std::vector<std::string> figures;
  std::vector<SweepPoint> points;  // each with as many answers, met by the same chance
};
// A row for each figure and value: mean, interval, and the paired change from the first value.
Sheet sweep_sheet(const Sweep& sweep);
std::string sweep_text(const Sweep& sweep, const Style& style);

struct ScreenedInput {
  std::string cells;
  std::vector<std::string> ids;    // the rows
  std::vector<std::string> basis;  // what they say they rest on, the most frequent first
  simulate::Effect effect;         // of going from the low to the high end of the range
};
struct Screening {
  std::string figure;
  double range = 0.2;  // each input from 1 - range to 1 + range times what the data say
  double mean = 0;     // of the figure over all runs of the screening
  std::size_t trajectories = 0;
  std::size_t replications = 0;
  std::vector<ScreenedInput> inputs;  // by mu*, greatest first
  // Whole tables that a first look set aside or that cannot be moved, and why, in words.
  std::vector<std::string> remarks;
};
Sheet screening_sheet(const std::vector<Screening>& screenings);
std::string screening_text(const std::vector<Screening>& screenings, const Style& style);
// A tornado of the greatest twenty, as SVG.
std::string screening_svg(const Screening& screening);

struct Widened {
  std::string code;  // of the bottleneck
  std::string name;
  std::string what;  // "10 % more: berths.aktau_oil.rate_t_per_h"; or why nothing could be done
  std::vector<simulate::Answer> answers;  // none if nothing could be done
};
struct Worth {
  std::vector<simulate::Answer> base;
  std::vector<Widened> widened;
};
Sheet worth_sheet(const Worth& worth);
std::string worth_text(const Worth& worth, const Style& style);

}  // namespace karvan::report
