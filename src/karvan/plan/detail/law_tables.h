#pragma once
// LawTables: every law of the corridor laid on the grid, once: handling, gauge changes, border
// procedures, running times between calls, storms. Immutable; nothing is computed twice.
//
// What the laws mean is what `simulate` means by them: each link's running time is multiplied by a
// factor of its own, of the law of the mode in the country it begins in, at least kFactorFloor; the
// vehicle goes on after its dwell however late it is. Border steps are undergone by their share.

#include <map>

#include "karvan/plan/detail/distribution.h"
#include "karvan/plan/detail/engine.h"
#include "karvan/plan/learned_laws.h"

namespace karvan::plan::detail {

inline constexpr double kFactorFloor = 0.5;

// A border step as a consignment meets it.
struct StepLaw {
  Law law;
  double factor = 1;  // on its hours
  double share = 1;   // that undergoes it

  friend bool operator<(const StepLaw& a, const StepLaw& b);
};

class LawTables {
 public:
  LawTables(const Engine& engine, Minute step, const LearnedLaws& learned);

  Minute step() const { return step_; }
  const Course& course(Id<Service> service) const {
    return engine_.graph.courses()[courses_[service]];
  }

  // Fixed time and that of the units, as cost::HandlingBook sums them.
  Distribution work(Id<Handling> id, double units) const;
  Distribution work(Id<GaugeChange> id, double units) const;

  // From leaving a stop to arriving at a later one.
  Distribution run(const Course& course, std::uint32_t board, std::uint32_t leave) const;
  // How much later than its timetable a vehicle leaves a stop; it does not leave earlier.
  const Distribution& late(const Course& course, std::uint32_t stop) const {
    return lates_[course.first_stop + stop];
  }
  // What was learned for the way between two stops, borders included; null if nothing.
  const Distribution* learned(const Course& course, std::uint32_t board, std::uint32_t leave) const;

  // The procedure of a border.
  Distribution border(std::span<const StepTaken> steps) const;

  // How long a ship that would leave or enter then is kept by the weather; null where there is
  // none.
  const Distribution* storm(Id<Place> place, Minute minute) const;

 private:
  struct Fixed {
    Law law;
    Distribution laid;
  };
  void lay_works();
  void lay_runs(const Course& course);
  void lay_borders();
  void lay_storms();
  void lay_learned(const LearnedLaws& learned);
  const Law* delay(Mode mode, Id<Country> country) const;
  Distribution hop(const Course& course, std::uint32_t stop) const;
  std::vector<StepLaw> recipe(std::span<const StepTaken> steps) const;
  Distribution laid(const std::vector<StepLaw>& steps) const;
  Distribution work(const Fixed& fixed, double minutes) const;

  const Engine& engine_;
  Minute step_;
  Column<Service, std::uint32_t> courses_;
  std::map<std::pair<Mode, Id<Country>>, Law> delays_;
  Column<Handling, Fixed> handlings_;
  Column<GaugeChange, Fixed> gauge_changes_;
  std::vector<Distribution> runs_;   // by stop: from leaving the one before to arriving
  std::vector<Distribution> lates_;  // by stop
  std::map<std::vector<StepLaw>, Distribution> borders_;
  std::map<std::pair<Id<Place>, unsigned>, Distribution> storms_;  // by month, 1..12
  std::map<std::tuple<Id<Service>, int, int>, Distribution> learned_;
};

}  // namespace karvan::plan::detail
