#pragma once
// Plan digest: what sets the options of a plan apart, in a few words, and which of them to show
// when there are many. Nothing here knows any corridor: names follow from modes, places and
// countries.
//
// The options shown are, in this order until there are enough: the earliest (of a window: the
// shortest on the way, and the one handed over last), the cheapest, the one
// with the lowest CO2e, the surest; then, again and again, the best-scored one with a feature that
// none shown so far has; then the best-scored of the rest. The score is the mean of the three
// criteria, each scaled to 0..1 over all options. They are listed by arrival.

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "karvan/plan/answer.h"

namespace karvan::report {

// Something that an itinerary does on its way between origin and destination.
struct Feature {
  enum class Kind {
    kEmbarks,   // changes at `place` to `mode` from another
    kTransits,  // crosses `country`, which is neither first nor last, by `mode`
    kRegauges,  // changes gauge at `place`
  };
  Kind kind = Kind::kEmbarks;
  Mode mode = Mode::kRail;
  Id<Place> place;
  Id<Country> country;

  friend auto operator<=>(const Feature&, const Feature&) = default;
};

struct OptionDigest {
  std::vector<Mode> modes;          // of legs, neighbors of the same mode joined
  std::vector<Id<Place>> gateways;  // where mode or gauge changes
  std::vector<Feature> features;    // in order of travel, each once
  bool is_latest = false;           // handed over last, where there is a window
  bool is_earliest = false;         // where there is a window: the shortest on the way
  bool is_cheapest = false;
  bool is_greenest = false;
  bool is_surest = false;         // of making all connections, if they differ in it
  bool is_earliest_safe = false;  // of those that bear no risk, if others do
  bool is_cheapest_safe = false;
  std::vector<std::string> tags;  // "earliest", "via Poti by ship", "over Türkiye by rail"
};

struct PlanDigest {
  std::vector<OptionDigest> options;  // one for each itinerary
  std::vector<std::size_t> shown;     // indices, ascending
};

PlanDigest digest(const World& world, const plan::Answer& answer, std::size_t options_max);

// The options that a digest of so many shows, as an answer of their own.
struct Selection {
  plan::Answer answer;
  PlanDigest digest;            // what sets them apart from all options, chosen or not
  std::vector<std::size_t> of;  // their indices in the whole answer, ascending
};
Selection select(const World& world, const plan::Answer& answer, std::size_t options_max);
// Indices in the whole answer as indices in the selection; those not in it are left out.
void renumber(const Selection& selection, std::vector<std::size_t>& options);

// "rail-ship-rail".
std::string mode_chain(const std::vector<Mode>& modes);

}  // namespace karvan::report
