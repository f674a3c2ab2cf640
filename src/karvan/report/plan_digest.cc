#include "karvan/report/plan_digest.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "karvan/base/text.h"
#include "karvan/report/style.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

constexpr std::size_t kTagsMax = 4;  // of features, beside the three criteria

template <class T>
void add_once(std::vector<T>& list, const T& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

bool changes_gauge(const Itinerary& itinerary, std::size_t leg) {
  return leg < itinerary.transfers.size() && itinerary.transfers[leg].gauge_change.valid();
}

void add_transits(const World& world,
                  const Itinerary& itinerary,
                  const Leg& leg,
                  std::vector<Feature>& features) {
  const Mode mode = world[leg.service].mode;
  if (mode == Mode::kSea) return;  // a ship calls at a country, it does not cross it
  const Id<Country> first = world[itinerary.legs.front().from].country;
  const Id<Country> last = world[itinerary.legs.back().to].country;
  for (const Passage& passage : leg.path) {
    // A country is crossed where a link lies within it; touching its border station is not enough.
    const Id<Country> country = world[passage.from].country;
    if (country != world[passage.to].country || country == first || country == last) continue;
    add_once(features,
             {.kind = Feature::Kind::kTransits, .mode = mode, .place = {}, .country = country});
  }
}

OptionDigest describe(const World& world, const Itinerary& itinerary) {
  OptionDigest option;
  for (std::size_t i = 0; i < itinerary.legs.size(); ++i) {
    const Leg& leg = itinerary.legs[i];
    const Mode mode = world[leg.service].mode;
    const bool changes_mode = option.modes.empty() || option.modes.back() != mode;
    const bool regauges = i > 0 && changes_gauge(itinerary, i);
    if (i > 0 && (changes_mode || regauges)) add_once(option.gateways, leg.from);
    if (i > 0 && changes_mode)
      add_once(option.features,
               {.kind = Feature::Kind::kEmbarks, .mode = mode, .place = leg.from, .country = {}});
    if (regauges)
      add_once(option.features,
               {.kind = Feature::Kind::kRegauges, .mode = mode, .place = leg.from, .country = {}});
    if (changes_mode) option.modes.push_back(mode);
    add_transits(world, itinerary, leg, option.features);
  }
  return option;
}

std::string feature_text(const World& world, const Feature& feature) {
  switch (feature.kind) {
    case Feature::Kind::kEmbarks:
      return "via " + one_line(world[feature.place].name) + " by " +
             std::string{mode_word(feature.mode)};
    case Feature::Kind::kTransits:
      return "over " + one_line(world[feature.country].name) + " by " +
             std::string{mode_word(feature.mode)};
    case Feature::Kind::kRegauges:
      return "gauge change at " + one_line(world[feature.place].name);
  }
  return {};
}

struct Criteria {
  std::array<double, 3> of{};  // hours, USD, kg CO2e
};

std::vector<Criteria> criteria_of(const plan::Answer& answer) {
  std::vector<Criteria> all;
  for (const Itinerary& itinerary : answer.itineraries) {
    const Hours hours = to_hours(itinerary.arrive - itinerary.depart);
    all.push_back({{hours.value(), itinerary.cost.value(), itinerary.co2e.value()}});
  }
  return all;
}

std::size_t best_by(const std::vector<Criteria>& all, std::size_t criterion) {
  const auto less = [criterion](const Criteria& a, const Criteria& b) {
    return a.of[criterion] < b.of[criterion];
  };
  return static_cast<std::size_t>(std::ranges::min_element(all, less) - all.begin());
}

// The best of those that bear no risk; nothing if all or none do.
std::optional<std::size_t> best_safe_by(const plan::Answer& answer,
                                        const std::vector<Criteria>& all,
                                        std::size_t criterion) {
  std::optional<std::size_t> best;
  bool some_bear_risk = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!answer.itineraries[i].risks.empty()) {
      some_bear_risk = true;
    } else if (!best || all[i].of[criterion] < all[*best].of[criterion]) {
      best = i;
    }
  }
  return some_bear_risk ? best : std::nullopt;
}

// The mean of the criteria, each from 0 (best of all) to 1 (worst).
std::vector<double> scores(const std::vector<Criteria>& all) {
  std::vector<double> scores(all.size(), 0.0);
  for (std::size_t k = 0; k < 3; ++k) {
    const auto less = [k](const Criteria& a, const Criteria& b) { return a.of[k] < b.of[k]; };
    const auto [low, high] = std::ranges::minmax_element(all, less);
    const double spread = high->of[k] - low->of[k];
    if (spread <= 0) continue;
    for (std::size_t i = 0; i < all.size(); ++i)
      scores[i] += (all[i].of[k] - low->of[k]) / spread / 3.0;
  }
  return scores;
}

// The best-scored option that shows a feature not yet known; nothing if there is none.
std::optional<std::size_t> next_new(const std::vector<OptionDigest>& options,
                                    const std::vector<double>& score,
                                    const std::set<Feature>& known) {
  std::optional<std::size_t> best;
  const auto is_new = [&known](const Feature& f) { return !known.contains(f); };
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (best && score[i] >= score[*best]) continue;
    if (std::ranges::any_of(options[i].features, is_new)) best = i;
  }
  return best;
}

std::vector<std::size_t> choose(const std::vector<OptionDigest>& options,
                                const std::vector<Criteria>& criteria,
                                const std::vector<std::size_t>& firsts,
                                std::size_t options_max) {
  if (options_max >= options.size()) {
    std::vector<std::size_t> all(options.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }
  std::set<std::size_t> chosen;
  std::set<Feature> known;
  const auto add = [&](std::size_t i) {
    if (chosen.size() >= options_max) return;
    chosen.insert(i);
    known.insert(options[i].features.begin(), options[i].features.end());
  };
  std::ranges::for_each(firsts, add);
  const std::vector<double> score = scores(criteria);
  while (chosen.size() < options_max) {
    const std::optional<std::size_t> next = next_new(options, score, known);
    if (!next) break;
    add(*next);
  }
  std::vector<std::size_t> rest(options.size());
  std::iota(rest.begin(), rest.end(), std::size_t{0});
  std::ranges::stable_sort(rest, {}, [&score](std::size_t i) { return score[i]; });
  std::ranges::for_each(rest, add);
  return {chosen.begin(), chosen.end()};
}

void add_merits(OptionDigest& option, bool has_window) {
  if (option.is_latest) option.tags.emplace_back("latest hand-over");
  if (option.is_earliest) option.tags.emplace_back(has_window ? "shortest" : "earliest");
  if (option.is_cheapest) option.tags.emplace_back("cheapest");
  if (option.is_greenest) option.tags.emplace_back("lowest CO2e");
  if (option.is_surest) option.tags.emplace_back("surest");
  if (option.is_earliest_safe)
    option.tags.emplace_back(has_window ? "shortest without risk" : "earliest without risk");
  if (option.is_cheapest_safe) option.tags.emplace_back("cheapest without risk");
}

void add_tags(const World& world, std::vector<OptionDigest>& options, bool has_window) {
  std::map<Feature, std::size_t> seen;
  for (const OptionDigest& option : options) {
    for (const Feature& feature : option.features)
      ++seen[feature];
  }
  for (OptionDigest& option : options) {
    add_merits(option, has_window);
    // What all options share tells nothing, unless there is only one.
    std::vector<Feature> telling;
    for (const Feature& feature : option.features) {
      if (options.size() == 1 || seen[feature] < options.size()) telling.push_back(feature);
    }
    // The rarest ones; said in order of travel.
    std::vector<Feature> rare = telling;
    const auto rarer = [&seen](const Feature& a, const Feature& b) { return seen[a] < seen[b]; };
    std::ranges::stable_sort(rare, rarer);
    if (rare.size() > kTagsMax) rare.resize(kTagsMax);
    for (const Feature& feature : telling) {
      if (std::ranges::find(rare, feature) != rare.end())
        option.tags.push_back(feature_text(world, feature));
    }
  }
}

}  // namespace

PlanDigest digest(const World& world, const plan::Answer& answer, std::size_t options_max) {
  PlanDigest digest;
  if (answer.itineraries.empty()) return digest;
  for (const Itinerary& itinerary : answer.itineraries)
    digest.options.push_back(describe(world, itinerary));
  const std::vector<Criteria> criteria = criteria_of(answer);
  const bool has_window = std::ranges::any_of(answer.itineraries, [&](const Itinerary& it) {
    return it.depart != answer.itineraries.front().depart;
  });
  digest.options[best_by(criteria, 0)].is_earliest = true;
  digest.options[best_by(criteria, 1)].is_cheapest = true;
  digest.options[best_by(criteria, 2)].is_greenest = true;
  std::vector<std::size_t> firsts{best_by(criteria, 0), best_by(criteria, 1), best_by(criteria, 2)};
  const auto [surest, least_sure] =
      std::ranges::minmax_element(answer.itineraries, {}, &Itinerary::miss_risk);
  if (surest->miss_risk < least_sure->miss_risk) {
    firsts.push_back(static_cast<std::size_t>(surest - answer.itineraries.begin()));
    digest.options[firsts.back()].is_surest = true;
  }
  if (const auto safe = best_safe_by(answer, criteria, 0)) {
    digest.options[*safe].is_earliest_safe = true;
    firsts.push_back(*safe);
  }
  if (const auto safe = best_safe_by(answer, criteria, 1)) {
    digest.options[*safe].is_cheapest_safe = true;
    firsts.push_back(*safe);
  }
  if (has_window) {  // they come by hand-over
    digest.options.back().is_latest = true;
    firsts.push_back(digest.options.size() - 1);
  }
  digest.shown = choose(digest.options, criteria, firsts, options_max);
  add_tags(world, digest.options, has_window);
  return digest;
}

Selection select(const World& world, const plan::Answer& answer, std::size_t options_max) {
  const PlanDigest all = digest(world, answer, options_max);
  Selection selection{
      .answer = {.itineraries = {}, .refusal = answer.refusal, .statistics = answer.statistics},
      .digest = {},
      .of = all.shown};
  for (const std::size_t i : selection.of) {
    selection.digest.shown.push_back(selection.digest.options.size());
    selection.digest.options.push_back(all.options[i]);
    selection.answer.itineraries.push_back(answer.itineraries[i]);
  }
  return selection;
}

void renumber(const Selection& selection, std::vector<std::size_t>& options) {
  std::vector<std::size_t> told;
  for (const std::size_t i : options) {
    const auto at = std::ranges::lower_bound(selection.of, i);
    if (at != selection.of.end() && *at == i)
      told.push_back(static_cast<std::size_t>(at - selection.of.begin()));
  }
  options = std::move(told);
}

std::string mode_chain(const std::vector<Mode>& modes) {
  std::vector<std::string_view> words;
  for (const Mode mode : modes)
    words.push_back(mode_word(mode));
  return join(words, "-");
}

}  // namespace karvan::report
