#include "plan_seen.h"

#include <utility>
#include <vector>

#include "karvan/load/seen.h"

#include "output.h"
#include "session.h"

namespace karvan::cli {

std::optional<plan::LearnedLaws> learned_from(const World& world,
                                              const std::string& file,
                                              bool is_quiet) {
  if (file.empty()) return plan::LearnedLaws{};
  const Result<std::string> text = read_file(file);
  if (!text) {
    fail({.kind = text.error().kind, .message = text.error().message, .where = file});
    return std::nullopt;
  }
  Complaints complaints;
  std::vector<MovementSeen> seen = load::read_seen(world, *text, file, complaints);
  if (!complaints.empty()) tell(complaints);
  if (!complaints.ok()) return std::nullopt;
  const std::size_t movements = seen.size();
  plan::LearnedLaws learned = plan::learn(std::move(seen));
  if (!is_quiet)
    say("seen: " + std::to_string(movements) + " movements; " +
        std::to_string(learned.laws.size()) + " legs run by what was seen, " +
        std::to_string(learned.refused.size()) + " with fewer than " +
        std::to_string(plan::kMovementsMin) + " movements by the data");
  return learned;
}

}  // namespace karvan::cli
