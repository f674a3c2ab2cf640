#include "karvan/report/plan_asked.h"

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/style.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

template <class Row>
void add_names(const World& world, const std::vector<Id<Row>>& ids, std::vector<std::string>& to) {
  for (const Id<Row> id : ids)
    to.push_back(one_line(world[id].name.empty() ? world[id].code : world[id].name));
}

void add_modes(const std::vector<Mode>& modes, std::vector<std::string>& to) {
  for (const Mode mode : modes)
    to.emplace_back(mode_word(mode));
}

// Each kind that is kept to has a text of its own: all of them must hold.
void add_only(const World& world, const plan::Only& only, std::vector<std::string>& words) {
  std::vector<std::string> names;
  const auto tell = [&] {
    if (!names.empty()) words.push_back("only " + join(names, " or "));
    names.clear();
  };
  add_modes(only.modes, names);
  tell();
  add_names(world, only.countries, names);
  tell();
  add_names(world, only.operators, names);
  tell();
  add_names(world, only.services, names);
  tell();
}

}  // namespace

std::vector<std::string> asked_words(const World& world, const plan::Question& question) {
  std::vector<std::string> words;
  std::vector<std::string> names;
  add_names(world, question.via, names);
  if (!names.empty()) words.push_back("via " + join(names, ", then "));
  add_only(world, question.only, words);
  names.clear();
  add_modes(question.require.modes, names);
  add_names(world, question.require.countries, names);
  add_names(world, question.require.operators, names);
  add_names(world, question.require.services, names);
  if (!names.empty()) words.push_back("with " + join(names, " and "));
  if (question.transshipments_max)
    words.push_back(*question.transshipments_max == 0
                        ? std::string{"no transshipment"}
                        : fmt::format("at most {} transshipment{}", *question.transshipments_max,
                                      *question.transshipments_max == 1 ? "" : "s"));
  if (question.budget) words.push_back("budget " + usd_text(*question.budget));
  if (question.papers_from)
    words.push_back("papers from " +
                    local_time(Clocks{world}, question.from, *question.papers_from));
  if (question.shipment.hired_from.valid())
    words.push_back("load units of " + one_line(world[question.shipment.hired_from].name));
  if (question.tolerance > 0)
    words.push_back(fmt::format("within {:g} %", 100 * question.tolerance));
  return words;
}

}  // namespace karvan::report
