#pragma once
// Warm-up: how long an empty corridor takes to fill, read off pilot runs that began empty. What is
// looked at is the tonnes under way at the end of each day, market by market, mean over the runs;
// the cut is MSER-5 (White 1997; Franklin, White 2008), which refuses where it lies at half the
// series: then the series has not settled, or never does because queues grow.

#include <optional>
#include <string>
#include <vector>

#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate {

// A market's tonnes under way at the end of each day, from the first of the warm-up on.
struct Filling {
  std::string market;
  std::vector<double> tonnes;
};
// Of a run with Question::keep_events. Markets by name.
std::vector<Filling> filling(const World& world, const Question& question, const Answer& answer);

struct WarmUp {
  std::string market;
  std::optional<int> days;  // absent: not settled
};
// Of each market that moves anything, over runs of the same question.
std::vector<WarmUp> warm_ups(const std::vector<std::vector<Filling>>& runs);

// The days after which every market that settles has settled; absent if markets with more than half
// of the tonnes under way do not.
std::optional<int> warm_up_days(const std::vector<std::vector<Filling>>& runs);

}  // namespace karvan::simulate
