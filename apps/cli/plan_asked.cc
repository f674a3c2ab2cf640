#include "plan_asked.h"

#include <algorithm>
#include <utility>

#include "karvan/plan/one_front.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/report/plan_digest.h"

#include "plan_kinds.h"

namespace karvan::cli {
namespace {

Result<plan::Ranking> ranking_of(const PlanArgs& args) {
  if (const Status fine = check_range("--k-best", args.k_best, 1, static_cast<int>(plan::kBestMax));
      !fine)
    return fine.error();
  const Result<report::Criterion> by = criterion_of("--by", args.by);
  if (!by) return by.error();
  if (*by == report::Criterion::kRisk)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "--k-best ranks by arrival, cost or co2e, not by risk",
                 .where = "--by"};
  plan::Ranking ranking{.options_max = static_cast<std::size_t>(args.k_best)};
  if (*by == report::Criterion::kArrival) ranking.by = plan::RankedBy::kArrival;
  if (*by == report::Criterion::kCo2e) ranking.by = plan::RankedBy::kCo2e;
  return ranking;
}

// What does not go together with --k-best, --one-front, --policy.
Status check_kinds(const PlanArgs& args) {
  const auto wrong = [](const char* option, std::string message) {
    return Error{.kind = ErrorKind::kInvalid, .message = std::move(message), .where = option};
  };
  const bool has_window = args.window != 0 || !args.arrive_by.empty();
  if (!args.page.empty() && args.handle.empty())
    return wrong("--page", "is that before or after a --handle; there is none");
  if (args.k_best != 0 && has_window)
    return wrong("--k-best", "ranks options of one hand-over; expected no --window, --arrive-by");
  if (args.k_best != 0 && args.one_front)
    return wrong("--k-best", "ranks options of one pair; expected no --one-front");
  if (args.policy && (has_window || args.one_front))
    return wrong("--policy",
                 "is for one pair and hand-over; expected no --window, --arrive-by, --one-front");
  if (args.policy && !args.budget.empty())
    return wrong("--policy", "does not weigh cost; expected no --budget");
  if (args.policy && args.legs != PlanArgs{}.legs)
    return wrong("--policy", "does not count legs; expected no --legs");
  if (args.one_front && !args.why_not.empty())
    return wrong("--why-not", "is asked of one pair; expected no --one-front");
  return Done{};
}

// Deadlines are on the clock of each destination.
std::vector<plan::Reliability> reliability_of(const PlanArgs& args,
                                              const plan::ReliabilityBook& book,
                                              const PlanAsked& asked,
                                              const plan::Answer& answer) {
  const Usd penalty{args.penalty};
  const bool waits = asked.question.papers_from.has_value();
  if (asked.pairs.empty() || !asked.question.deadline)
    return book.assess(answer.itineraries, {.deadline = asked.question.deadline,
                                            .penalty_per_day = penalty,
                                            .waits_for_papers = waits});
  std::vector<plan::Reliability> all;
  for (const Itinerary& it : answer.itineraries) {
    const auto own = std::ranges::find(asked.pairs, it.legs.back().to, &plan::Question::to);
    all.push_back(book.assess(
        it, {.deadline = own->deadline, .penalty_per_day = penalty, .waits_for_papers = waits}));
  }
  return all;
}

// So many options of the answer, with what else is told renumbered.
void cut(const World& world, const plan::Answer& answer, std::size_t most, PlanTold& told) {
  report::Selection selection = report::select(world, answer, most);
  for (plan::WhyNot& one : told.options.why_not) {
    report::renumber(selection, one.used_by);
    report::renumber(selection, one.beaten_by);
  }
  told.options.digest = std::move(selection.digest);
  told.options.found = answer.itineraries.size();
  told.answer = std::move(selection.answer);
}

}  // namespace

Result<std::vector<plan::Question>> pairs_of(const World& world,
                                             const PlanArgs& args,
                                             const char* option) {
  const auto wrong_number = [option](std::size_t pairs) {
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "asks for " + std::to_string(pairs) +
                            " pairs of different places; expected 1 to " +
                            std::to_string(plan::kPairsMax),
                 .where = option};
  };
  const std::vector<std::string> origins = items_of({args.from});
  const std::vector<std::string> destinations = items_of({args.to});
  // So many cannot be named by mistake; nothing is read of them.
  constexpr std::size_t kMostNamed = plan::kPairsMax * 8;
  if (const std::size_t named = origins.size() * destinations.size(); named > kMostNamed)
    return wrong_number(named);
  std::vector<plan::Question> pairs;
  for (const std::string& from : origins) {
    for (const std::string& to : destinations) {
      PlanArgs own = args;
      own.from = from;
      own.to = to;
      const Result<plan::Question> pair = question_of(world, own);
      if (!pair) return pair.error();
      const auto is_same = [&](const plan::Question& other) {
        return other.from == pair->from && other.to == pair->to;
      };
      if (pair->from != pair->to && std::ranges::none_of(pairs, is_same)) pairs.push_back(*pair);
    }
  }
  if (!pairs.empty() && pairs.size() <= plan::kPairsMax) return pairs;
  return wrong_number(pairs.size());
}

Result<PlanAsked> asked_of(const World& world, const PlanArgs& args) {
  if (const Status fine = check_kinds(args); !fine) return fine.error();
  PlanAsked asked;
  const auto subjects = subjects_of(world, args.why_not);
  if (!subjects) return subjects.error();
  asked.subjects = *subjects;
  if (args.k_best != 0) {
    const Result<plan::Ranking> ranking = ranking_of(args);
    if (!ranking) return ranking.error();
    asked.ranking = *ranking;
  }
  if (args.one_front) {
    const auto pairs = pairs_of(world, args, "--one-front");
    if (!pairs) return pairs.error();
    asked.pairs = *pairs;
    asked.question = pairs->front();
    return asked;
  }
  const Result<plan::Question> question =
      args.handle.empty() ? question_of(world, args) : question_of_page(world, args);
  if (!question) return question.error();
  asked.question = *question;
  if (args.policy && asked.question.papers_from)
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "does not wait for papers; expected no --papers-from",
                 .where = "--policy"};
  if (asked.ranking) asked.question = plan::as_ranked(asked.question, *asked.ranking);
  return asked;
}

plan::Answer answer_to(const plan::Planner& planner, const PlanAsked& asked) {
  if (asked.ranking) return plan::k_best(planner, asked.question, *asked.ranking);
  if (!asked.pairs.empty()) return plan::one_front(planner, asked.pairs);
  return planner.answer(asked.question);
}

std::vector<std::string> broken_by(const World& world,
                                   const PlanAsked& asked,
                                   const plan::Answer& answer) {
  if (asked.ranking) return plan::verify_ranked(world, asked.question, *asked.ranking, answer);
  if (!asked.pairs.empty()) return plan::verify_one_front(world, asked.pairs, answer);
  return plan::verify(world, asked.question, answer);
}

PlanTold told_of(const World& world,
                 const PlanArgs& args,
                 const plan::Planner& planner,
                 const PlanAsked& asked,
                 plan::Answer answer) {
  PlanTold told{.answer = {}, .options = {}};
  told.options.pairs = asked.pairs;
  if (asked.ranking) told.options.ranked_by = args.by;
  for (const plan::Subject& subject : asked.subjects)
    told.options.why_not.push_back(planner.why_not(asked.question, answer, subject));
  if (asked.most && *asked.most < answer.itineraries.size()) {
    cut(world, answer, *asked.most, told);
  } else {
    told.answer = std::move(answer);
  }
  if (told.answer.itineraries.empty() || planner.is_stopped()) return told;
  const plan::ReliabilityBook book{planner, asked.learned};
  told.options.reliability = reliability_of(args, book, asked, told.answer);
  if (!args.policy || planner.is_stopped()) return told;
  plan::PolicyTerms& terms = told.options.policy_terms;
  terms.deadline = asked.question.deadline;
  if (asked.question.deadline) terms.aim = plan::Aim::kOnTime;
  told.options.policy = plan::policy(book, asked.question, terms);
  return told;
}

}  // namespace karvan::cli
