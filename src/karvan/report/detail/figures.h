#pragma once
// Figures of a simulated case as its reports look them up.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/report/simulate_report.h"

namespace karvan::report::detail {

std::string_view kind_word(simulate::FacilityKind kind);

// Why a mean stands without an interval; empty if it has one.
std::string_view doubt_text(simulate::Doubt doubt);

// Estimates over the replications by figure name.
class Means {
 public:
  explicit Means(const SimulateCase& run);

  // The mean; 0 where no run tells the figure.
  double operator()(const std::string& name) const;
  // "12.3"; "-" where it may not be told or no run tells it.
  std::string number(const std::string& name, double scale, int decimals) const;
  // "12.3 ±0.4"; the mean alone where there is no interval, "-" where no run tells the figure.
  std::string text(const std::string& name, double scale, int decimals) const;
  const simulate::Estimate* find(const std::string& name) const;

 private:
  std::map<std::string, simulate::Estimate> list_;
};

// Every facility that any run saw, by one of its figures: the greatest first.
struct RankedFacility {
  double value = 0;  // mean over the replications
  const simulate::FacilityResult* facility = nullptr;
};
std::vector<RankedFacility> ranked_facilities(const SimulateCase& run,
                                              const Means& means,
                                              std::string_view figure);

}  // namespace karvan::report::detail
