#pragma once
// plan::Question: how do I ship this from here to there, leaving then?

#include <chrono>
#include <optional>
#include <vector>

#include "karvan/model/shipment.h"

namespace karvan::plan {

// What the shipper refuses. Empty lists refuse nothing.
struct Refusals {
  std::vector<Mode> modes;
  std::vector<Id<Country>> countries;  // no leg may touch a place there
  std::vector<Id<Place>> places;       // no leg may call at or pass through it
  std::vector<Id<Operator>> operators;
  std::vector<Id<Service>> services;
  std::vector<Risk> risks;  // links and services that bear one of these
  // No border may be crossed where one of these governs the mode and binds both countries. Borders
  // use every regime that does, so that refusing one refuses them.
  std::vector<Id<Regime>> regimes;

  friend bool operator==(const Refusals&, const Refusals&) = default;
};

// The complement: where a list is not empty, all else of its kind is refused. Places that lie in no
// country are in none that is refused.
struct Only {
  std::vector<Mode> modes;
  std::vector<Id<Country>> countries;
  std::vector<Id<Operator>> operators;
  std::vector<Id<Service>> services;

  friend bool operator==(const Only&, const Only&) = default;
};

// What every option must use, in any order: each that is named, at least once. A country is used by
// a leg that touches a place there.
struct Requirements {
  std::vector<Mode> modes;
  std::vector<Id<Country>> countries;
  std::vector<Id<Operator>> operators;
  std::vector<Id<Service>> services;

  std::size_t size() const {
    return modes.size() + countries.size() + operators.size() + services.size();
  }
  friend bool operator==(const Requirements&, const Requirements&) = default;
};
inline constexpr std::size_t kRequirementsMax = 4;
inline constexpr std::size_t kViaMax = 8;
inline constexpr std::chrono::days kPapersBeforeMax{3650};
inline constexpr int kTransshipmentsMost = 16;
// Places to pass + 1, times 2 for each thing to use, times transshipments + 1: at most so many.
inline constexpr std::size_t kStagesMax = 64;

struct Question {
  Id<Place> from;
  Id<Place> to;
  Shipment shipment;
  Instant depart{};  // cargo is handed over at `from`
  // Papers can be applied for from then on, and each takes its lead time (cost/documents_of.h).
  // Nothing: they are at hand. At most kPapersBeforeMax before `depart`, not after the last day.
  std::optional<Instant> papers_from;
  Refusals refuse;
  Only only;
  Requirements require;  // at most kRequirementsMax
  // Every option calls at or passes these one after the other, at most kViaMax: by a transfer
  // there, by a call with the cargo on board or without one. None is named twice or an end of the
  // way.
  std::vector<Id<Place>> via;
  // How often the goods or their load unit may be moved between vehicles on the way
  // (model/transshipment.h), 0..kTransshipmentsMost; loading and unloading at the ends are none.
  std::optional<int> transshipments_max;
  std::optional<Usd> budget;  // an option costs no more; above 0
  // Cargo should be free at `to` by then. No limit: an option that misses it, or may, is riskier.
  std::optional<Instant> deadline;
  // Cargo must be free at `to` by then: what is later is no option.
  std::optional<Instant> arrive_by;
  // More than 0: cargo may be handed over at `depart` or any whole number of steps after it, up to
  // this long after it. Handed over later is then better, as a criterion of its own; of options
  // that are there by `arrive_by`, if that is set, none is better for being there earlier.
  // Together with days_max at most 400 days.
  Duration window{};
  Duration window_step = std::chrono::hours{24};  // at least a minute
  // True: later sailings and later cargo that save storage are looked for too, so that cost is
  // exact to the last day of storage; some ten times the work. False: storage is charged, but of
  // two ways to be on a sailing the earlier one is shown.
  bool saves_storage = false;
  // False: every connection counts as made, so that no later sailing is told for being surer; the
  // front is that over arrival, cost and CO2e (and the deadline), found in a fraction of the time.
  bool weighs_risk = true;
  // 0: the exact front. More, below 1: an option may be left out where another is at most by this
  // share of its own worse in time on the way, cost, CO2e and the probability of every connection,
  // and bears no risk that it does not. Fewer options, found sooner.
  double tolerance = 0;
  // False: an option over a sanctioned or war zone may displace a safe one that is slower, dearer
  // and dirtier; the answer is then the plain Pareto set over arrival, cost, CO2e and risk.
  bool keep_safer_options = true;
  int days_max = 120;                  // an option takes no longer; 1..400
  int legs_max = 24;                   // 1..64
  std::size_t labels_max = 5'000'000;  // bound of the search; reaching it is said in the Answer
};

}  // namespace karvan::plan
