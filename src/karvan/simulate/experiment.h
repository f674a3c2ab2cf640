#pragma once
// Experiment: many runs of one model, what they agree on and how sure one can be of it; and the
// difference between two models met by the same chance.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/des/intervals.h"
#include "karvan/simulate/simulate.h"

namespace karvan::simulate {

// Calls work(0) ... work(n - 1), each once, in any order and on any threads; returns when all are
// done. What a caller without threads passes is a loop.
using ForEach = std::function<void(std::size_t n, const std::function<void(std::size_t)>& work)>;

struct Crew {
  ForEach for_each;
  // Called with each answer where it was made, before the next run begins there; may change it (to
  // look at its events and drop them).
  std::function<void(std::size_t, Answer&)> visit;
  Watch watch;  // its pulse is called from all threads
};

// Replications 0 to n - 1, in this order whatever ran where. The first error, if any run had one.
Result<std::vector<Answer>> replicate(const detail::Model& model,
                                      const Question& question,
                                      std::size_t n,
                                      const Crew& crew);

// One of several models that are run side by side.
struct Arm {
  const detail::Model* model = nullptr;
  Question question;
};
// Replications 0 to n - 1 of each arm, by arm: as replicate() of each alone, but begun arm after
// arm with the same replication, so that what is to be compared is there early. `crew.visit` is
// called with replication * number of arms + arm.
Result<std::vector<std::vector<Answer>>> replicate_arms(std::span<const Arm> arms,
                                                        std::size_t n,
                                                        const Crew& crew);

// Replications until the 95 % interval of a figure's mean is as narrow as asked: half its width at
// most `share` of the mean. Looked at after every eight runs, so that it does not depend on how
// many threads there are; at most `most` runs. (Chow, Robbins 1965, with a floor of runs.)
struct Precision {
  std::string figure;  // a name of figures_of()
  double share = 0.01;
  std::size_t most = 1000;
};
// As replicate(); an error as well if no answer has such a figure.
Result<std::vector<Answer>> replicate_until(const detail::Model& model,
                                            const Question& question,
                                            const Precision& precision,
                                            const Crew& crew);

// One number of an answer under a name that all answers share: "market/TITR oil/delivered_t",
// "corridor/waiting_t_h" (tonne-hours that cargo waited, anywhere).
struct Figure {
  std::string name;
  double value = 0;
};
using FigureList = std::vector<Figure>;
FigureList figures_of(const Answer& answer);
// Whether it is that name; a '*' in it, one at most, stands for any text:
// "facility/*/share_of_short".
bool is_named(std::string_view name, std::string_view pattern);

// Why a mean stands without an interval.
enum class Doubt : std::uint8_t {
  kNone,
  kOneRun,     // one run tells no spread
  kFewRuns,    // a skewed figure (a wait, a queue, a high quantile) of fewer than five runs: the t
               // interval covers far less than it says (Law 2015, 9.4.1, tables 9.2 and 9.3)
  kFewServed,  // a run's quantile of too few waits: no two order statistics enclose it with 95 %
               // (David, Nagaraja 2003, 7.1)
  kFewObserved,  // a quantile of so few observations that none need lie beyond it: no figure at all
  kFewWeeks,     // one run, too short to be cut into batches
  kCorrelated,   // one run, whose batches hang together (von Neumann's ratio; Fishman 1978)
};

// A figure over all replications; those that lack it (a berth where no ship came) count as 0.
struct Estimate {
  std::string name;
  des::Tally tally;
  std::optional<des::Interval> interval;  // of the mean, 95 %; nothing if there is a doubt
  Doubt doubt = Doubt::kNone;

  // Whether its mean may be told.
  bool is_told() const { return doubt != Doubt::kFewObserved; }
};
// The mean queue of a facility in a single run has the interval of ten batches of its weeks; all
// other intervals are Student's, over the replications.
std::vector<Estimate> estimates(std::span<const Answer> answers);
// Of figures that were taken from answers before, one list for each; some may be left out, but with
// a quantile stays what counts its observations. A single run has no intervals.
std::vector<Estimate> estimates(std::span<const FigureList> runs);

// Paired differences, `other` minus `base`, replication by replication: common random numbers take
// the luck of the weather out (Law 2015, 11.2), and with it the skew that both share: two pairs are
// enough for an interval. Requires equal sizes.
std::vector<Estimate> differences(std::span<const Answer> base, std::span<const Answer> other);
std::vector<Estimate> differences(std::span<const FigureList> base,
                                  std::span<const FigureList> other);

}  // namespace karvan::simulate
