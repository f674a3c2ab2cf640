#include "karvan/plan/k_best.h"

#include <algorithm>
#include <tuple>

#include "karvan/plan/detail/explain.h"
#include "karvan/plan/detail/itinerary_of.h"

namespace karvan::plan {
namespace {

using detail::Cents;
using detail::Routes;
using detail::Run;

constexpr std::size_t kWatchedMax = 8;  // each may double the stages

class Ranker {
 public:
  Ranker(const Planner& planner, const Question& question, const Ranking& ranking)
      : planner_{planner},
        engine_{planner.engine()},
        question_{question},
        ranking_{ranking},
        memo_{engine_} {
    answer_.statistics.voyages = engine_.graph.voyage_count();
  }

  Answer run() {
    seek({});
    while (!parts_.empty() && answer_.itineraries.size() < ranking_.options_max) {
      const auto best = std::ranges::min_element(parts_, {}, &Part::key);
      Part part = std::move(*best);
      parts_.erase(best);
      split(part);
      answer_.itineraries.push_back(std::move(part.best));
    }
    return std::move(answer_);
  }

 private:
  // The criterion; then all that tells options apart.
  using Key = std::tuple<std::int64_t, Instant, std::int64_t, std::int64_t, std::int64_t, unsigned>;

  // Some of the routes not told yet, with the best option among them.
  struct Part {
    Routes routes;
    Itinerary best;
    Key key;
  };

  Key key_of(const Itinerary& it) const {
    const Cents cents = detail::to_cents(it.cost);
    const detail::Grams grams = detail::to_grams(it.co2e);
    std::int64_t value = cents;
    if (ranking_.by == RankedBy::kArrival) value = it.arrive.time_since_epoch().count();
    if (ranking_.by == RankedBy::kCo2e) value = grams;
    return {value, it.arrive, cents, grams, it.miss_risk, it.risks.number()};
  }

  // The parts of what is left of a part without the route of its best option: those that go on
  // otherwise after each of its runs. None goes on after the last: that is at the destination.
  void split(const Part& part) {
    const std::vector<Run> route = route_of(part.best);
    for (std::size_t common = part.routes.begin.size(); common < route.size(); ++common) {
      Routes rest;
      rest.once = part.routes.once;
      if (common == part.routes.begin.size()) rest.barred = part.routes.barred;
      rest.begin.assign(route.begin(), route.begin() + static_cast<std::ptrdiff_t>(common));
      rest.barred.push_back(route[common]);
      seek(std::move(rest));
    }
  }

  std::vector<Run> route_of(const Itinerary& it) const {
    std::vector<Run> route;
    for (const Leg& leg : it.legs) {
      const Service& service = engine_.world[leg.service];
      const Run run{.mode = service.mode, .gauge = service.gauge, .to = leg.to};
      const bool goes_on =
          !route.empty() && route.back().mode == run.mode && route.back().gauge == run.gauge;
      if (goes_on) route.pop_back();
      route.push_back(run);
    }
    return route;
  }

  void seek(Routes routes) {
    const Question question = bounded();
    while (!planner_.is_stopped()) {
      std::optional<Itinerary> best = best_of(question, routes);
      if (!best) return;
      const Id<Place> again = returns_to(*best);
      if (!again.valid()) {
        const Key key = key_of(*best);
        parts_.push_back({.routes = std::move(routes), .best = *std::move(best), .key = key});
        return;
      }
      if (routes.once.size() == kWatchedMax) {
        answer_.statistics.is_complete = false;
        return;
      }
      routes.once.push_back(again);
    }
    answer_.statistics.is_complete = false;  // stopped
  }

  // What is worse than as many options known as are still wanted need not be found.
  Question bounded() const {
    Question question = question_;
    const std::size_t wanted = ranking_.options_max - answer_.itineraries.size();
    if (parts_.size() < wanted) return question;
    std::vector<const Part*> known;
    for (const Part& part : parts_)
      known.push_back(&part);
    std::ranges::sort(known, {}, [](const Part* part) { return part->key; });
    const Itinerary& last = known[wanted - 1]->best;
    if (ranking_.by == RankedBy::kCost) question.budget = last.cost;
    if (ranking_.by == RankedBy::kArrival) question.arrive_by = last.arrive;
    return question;
  }

  detail::Sought sought() const {
    if (ranking_.by == RankedBy::kArrival) return detail::Sought::kEarliest;
    return ranking_.by == RankedBy::kCost ? detail::Sought::kCheapest : detail::Sought::kCleanest;
  }

  std::optional<Itinerary> best_of(const Question& question, const Routes& routes) {
    const detail::QueryTables tables{engine_, question, {}, &memo_, &routes};
    detail::SearchLimits limits = detail::limits_of(question, planner_.stop());
    limits.sought = sought();
    const detail::Found found = detail::search(engine_, tables, limits);
    answer_.statistics.labels_made += found.statistics.labels_made;
    answer_.statistics.labels_kept += found.statistics.labels_kept;
    answer_.statistics.labels_pruned += found.statistics.labels_pruned;
    if (!found.statistics.is_complete) answer_.statistics.is_complete = false;
    std::optional<Itinerary> best;
    for (const std::uint32_t option : found.options) {
      Itinerary one = detail::itinerary_of(engine_, tables, found, option);
      if (!best || key_of(one) < key_of(*best)) best = std::move(one);
    }
    return best;
  }

  // The first place where cargo comes off though it was there before; none: not valid.
  static Id<Place> returns_to(const Itinerary& it) {
    std::vector<Id<Place>> been{it.legs.front().from};
    for (const Leg& leg : it.legs) {
      if (std::ranges::find(been, leg.to) != been.end()) return leg.to;
      been.push_back(leg.to);
    }
    return {};
  }

  const Planner& planner_;
  const detail::Engine& engine_;
  const Question& question_;
  const Ranking& ranking_;
  detail::ShipmentMemo memo_;
  std::vector<Part> parts_;
  Answer answer_;
};

}  // namespace

Question as_ranked(Question question, const Ranking& ranking) {
  question.weighs_risk = false;
  question.tolerance = 0;
  if (ranking.by == RankedBy::kCost) question.saves_storage = true;
  return question;
}

Answer k_best(const Planner& planner, const Question& asked, const Ranking& ranking) {
  const Question question = as_ranked(asked, ranking);
  CHECK(question.window == Duration::zero());
  CHECK(1 <= ranking.options_max && ranking.options_max <= kBestMax);
  CHECK(!unfit(question));
  Refusal refusal = detail::obvious_refusal(planner.engine().world, question);
  Answer answer;
  if (refusal.obstacle == Obstacle::kNone) answer = Ranker{planner, question, ranking}.run();
  if (!answer.itineraries.empty()) return answer;
  Answer front = planner.answer(question);
  if (front.itineraries.empty()) return front;
  answer.refusal = {.obstacle = Obstacle::kUnreachable,
                    .message =
                        "Every way comes back to a place where the cargo has been; these "
                        "are not ranked.",
                    .hints = {"ask for the front instead"}};
  return answer;
}

}  // namespace karvan::plan
