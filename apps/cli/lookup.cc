#include "lookup.h"

#include <algorithm>

#include "karvan/base/text.h"

namespace karvan::cli {
namespace {

constexpr std::size_t kSuggestionsMax = 5;

bool is_called(const Candidate& candidate, const std::string& folded) {
  if (fold_name(candidate.code) == folded) return true;
  const auto same = [&folded](const std::string& name) { return fold_name(name) == folded; };
  return std::ranges::any_of(candidate.names, same);
}

// Labels of candidates that may have been meant: names alike, then names that contain the text.
std::vector<std::string> suggestions(const std::string& folded,
                                     const std::vector<Candidate>& candidates) {
  struct Near {
    std::size_t distance;
    std::size_t position;
  };
  const std::size_t distance_max = folded.size() < 5 ? 1 : 2;
  std::vector<Near> near;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    std::size_t best = distance_max + 2;
    std::vector<std::string> names = candidates[i].names;
    names.push_back(candidates[i].code);
    for (const std::string& name : names) {
      const std::string key = fold_name(name);
      best = std::min(best, edit_distance(key, folded));
      if (folded.size() >= 3 && key.find(folded) != std::string::npos)
        best = std::min(best, distance_max + 1);
    }
    if (best <= distance_max + 1) near.push_back({best, i});
  }
  const auto nearer = [](const Near& a, const Near& b) { return a.distance < b.distance; };
  std::ranges::stable_sort(near, nearer);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < near.size() && i < kSuggestionsMax; ++i)
    labels.push_back(candidates[near[i].position].label);
  return labels;
}

template <class Row, class Describe>
Result<Id<Row>> find(const World& world,
                     std::string_view what,
                     std::string_view text,
                     Describe&& describe) {
  const std::vector<Id<Row>> ids = world.ids<Row>();
  std::vector<Candidate> candidates;
  candidates.reserve(ids.size());
  for (const Id<Row> id : ids)
    candidates.push_back(describe(world[id]));
  const Result<std::size_t> chosen = choose(what, text, candidates);
  if (!chosen) return chosen.error();
  return ids[*chosen];
}

template <class Row>
Candidate by_name(const Row& row) {
  return {.code = row.code, .label = row.name + " (" + row.code + ")", .names = {row.name}};
}

}  // namespace

Result<std::size_t> choose(std::string_view what,
                           std::string_view text,
                           const std::vector<Candidate>& candidates) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].code == text) return i;
  }
  const std::string quoted = std::string{what} + " '" + std::string{text} + "'";
  const std::string folded = fold_name(text);
  if (folded.empty())
    return Error{.kind = ErrorKind::kMalformed,
                 .message = "no " + quoted + "; give a code or a name"};
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (is_called(candidates[i], folded)) found.push_back(i);
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    std::vector<std::string> labels;
    for (const std::size_t i : found)
      labels.push_back(candidates[i].label);
    return Error{.kind = ErrorKind::kConflict,
                 .message = quoted + " is ambiguous: " + join(labels, ", ") + "; give the code"};
  }
  const std::vector<std::string> near = suggestions(folded, candidates);
  std::string message = "no " + quoted;
  if (!near.empty()) message += "; did you mean " + join(near, " or ") + "?";
  return Error{.kind = ErrorKind::kNotFound, .message = std::move(message)};
}

Result<Id<Place>> find_place(const World& world, std::string_view text) {
  return find<Place>(world, "place", text, [&world](const Place& place) {
    Candidate candidate{
        .code = place.code,
        .label = place.name + " (" + place.code + ", " + world[place.country].code + ")",
        .names = place.other_names};
    candidate.names.push_back(place.name);
    if (!place.unlocode.empty()) candidate.names.push_back(place.unlocode);
    return candidate;
  });
}

Result<Id<Goods>> find_goods(const World& world, std::string_view text) {
  return find<Goods>(world, "goods", text, by_name<Goods>);
}

Result<Id<LoadUnit>> find_load_unit(const World& world, std::string_view text) {
  return find<LoadUnit>(world, "load unit", text, by_name<LoadUnit>);
}

Result<Id<Country>> find_country(const World& world, std::string_view text) {
  return find<Country>(world, "country", text, by_name<Country>);
}

Result<Id<Operator>> find_operator(const World& world, std::string_view text) {
  return find<Operator>(world, "operator", text, by_name<Operator>);
}

Result<Id<Service>> find_service(const World& world, std::string_view text) {
  return find<Service>(world, "service", text, by_name<Service>);
}

Result<Id<Regime>> find_regime(const World& world, std::string_view text) {
  return find<Regime>(world, "regime", text, by_name<Regime>);
}

Error at_option(std::string_view option, Error error) {
  if (error.where.empty()) error.where = std::string{option};
  return error;
}

}  // namespace karvan::cli
