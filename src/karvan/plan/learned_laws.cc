#include "karvan/plan/learned_laws.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace karvan::plan {
namespace {

auto leg_of(const MovementSeen& seen) {
  return std::tuple{seen.service, seen.from_sequence, seen.to_sequence};
}

// Mean and standard deviation in two passes; n - 1 as the sample is all that is known.
Law law_of(std::span<const MovementSeen> seen) {
  const auto n = static_cast<double>(seen.size());
  double sum = 0;
  for (const MovementSeen& movement : seen)
    sum += movement.took.value();
  const double mean = sum / n;
  double squares = 0;
  for (const MovementSeen& movement : seen)
    squares += (movement.took.value() - mean) * (movement.took.value() - mean);
  const double cv = mean > 0 ? std::sqrt(squares / (n - 1)) / mean : 0;
  return cv > 0 ? Law{LawFamily::kLognormal, mean, cv} : Law{LawFamily::kConstant, mean};
}

}  // namespace

LearnedLaws learn(std::vector<MovementSeen> movements, std::size_t movements_min) {
  CHECK(movements_min >= 2);
  // By duration last, so that sums do not depend on the order in which they were given.
  std::ranges::sort(movements, {}, [](const MovementSeen& seen) {
    return std::tuple_cat(leg_of(seen), std::tuple{seen.took.value()});
  });
  LearnedLaws learned;
  for (auto begin = movements.begin(); begin != movements.end();) {
    const auto end = std::find_if(begin, movements.end(), [&](const MovementSeen& other) {
      return leg_of(other) != leg_of(*begin);
    });
    LearnedLaw law{.service = begin->service,
                   .from_sequence = begin->from_sequence,
                   .to_sequence = begin->to_sequence,
                   .seen = static_cast<std::size_t>(end - begin)};
    if (law.seen < movements_min) {
      learned.refused.push_back(law);
    } else {
      law.hours = law_of({begin, end});
      learned.laws.push_back(law);
    }
    begin = end;
  }
  return learned;
}

}  // namespace karvan::plan
