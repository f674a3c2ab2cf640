#include "karvan/plan/reach.h"

#include <algorithm>
#include <utility>

#include "karvan/base/check.h"

namespace karvan::plan {

std::vector<Question> reach_questions(const World& world, const Question& question) {
  std::vector<Question> all;
  for (const Id<Place> place : world.ids<Place>()) {
    if (place == question.from) continue;
    Question one = question;
    one.to = place;
    if (!one.via.empty() && one.via.back() == place) one.via.pop_back();
    if (!unfit(one)) all.push_back(std::move(one));
  }
  return all;
}

std::vector<Reached> reached(const std::vector<Question>& questions,
                             const std::vector<Answer>& answers) {
  CHECK(questions.size() == answers.size());
  std::vector<Reached> all;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::vector<Itinerary>& found = answers[i].itineraries;
    if (!found.empty()) all.push_back({.place = questions[i].to, .earliest = found.front()});
  }
  std::ranges::sort(all, {},
                    [](const Reached& one) { return std::pair{one.earliest.arrive, one.place}; });
  return all;
}

}  // namespace karvan::plan
