#include "karvan/report/plan_why_not.h"

#include <algorithm>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/plan_report.h"
#include "karvan/report/plan_versus.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

std::string capital(std::string text) {
  if (!text.empty() && 'a' <= text.front() && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

// "option 2", "options 1 and 3", "an option not shown here".
std::string WhyNotTold::options_text(const std::vector<std::size_t>& options) const {
  std::vector<std::string> numbers;
  for (std::size_t n = 0; n < digest.shown.size(); ++n) {
    if (std::ranges::find(options, digest.shown[n]) != options.end())
      numbers.push_back(std::to_string(n + 1));
  }
  if (numbers.empty())
    return options.size() == 1 ? "an option not shown here"
                               : std::to_string(options.size()) + " options not shown here";
  if (numbers.size() == 1) return "option " + numbers.front();
  const std::string last = numbers.back();
  numbers.pop_back();
  return "options " + join(numbers, ", ") + " and " + last;
}

std::string WhyNotTold::missed(const plan::WhyNot& why_not) const {
  if (!why_not.missed_departure || !why_not.nearest) return {};
  const auto& legs = why_not.nearest->legs;
  const auto leg = std::ranges::find_if(
      legs, [&](const Leg& l) { return l.service == why_not.subject.service; });
  if (leg == legs.end() || why_not.missed_by.count() <= 0) return {};
  std::string text =
      " Its departure of " + local_time(clocks, leg->from, *why_not.missed_departure) + " from " +
      one_line(world[leg->from].name) + " is missed by " + duration_to_text(why_not.missed_by);
  if (why_not.cutoff.count() > 0)
    text += " (cargo must be there " + duration_to_text(why_not.cutoff) + " before)";
  return text + "; the next leaves " + local_time(clocks, leg->from, leg->depart) + ".";
}

std::string WhyNotTold::full(const plan::WhyNot& why_not) {
  return why_not.full_departure ? " There is " + why_not.full + "." : "";
}

std::string WhyNotTold::beaten(const plan::WhyNot& why_not) const {
  const Itinerary& way = *why_not.nearest;
  std::string text = fmt::format("The earliest way by it takes {}, {}, {}",
                                 duration_to_text(way.arrive - way.depart), usd_text(way.cost),
                                 co2e_text(way.co2e));
  if (why_not.beaten_by.empty()) return text + ", and no option is worse.";
  // The one told in the table, if any; else the first.
  std::size_t by = why_not.beaten_by.front();
  for (const std::size_t option : why_not.beaten_by) {
    if (std::ranges::find(digest.shown, option) == digest.shown.end()) continue;
    by = option;
    break;
  }
  return text + ". Against " + options_text({by}) +
         ", which is as good or better in all: " + versus_text(way, answer.itineraries[by]) + ".";
}

std::string WhyNotTold::reason(const plan::WhyNot& why_not) const {
  using plan::WhyNotReason;
  switch (why_not.reason) {
    case WhyNotReason::kUsed:
      return "It is used: by " + options_text(why_not.used_by) + ".";
    case WhyNotReason::kBeaten:
      return beaten(why_not) + full(why_not) + missed(why_not) +
             (why_not.lacking ? " " + why_not.not_ready + "." : "");
    case WhyNotReason::kFull:
    case WhyNotReason::kPapers:
    case WhyNotReason::kMissed:
      return why_not.message + " " + beaten(why_not);
    case WhyNotReason::kNoDeparture:
    case WhyNotReason::kNotCarried:
    case WhyNotReason::kNotServed:
    case WhyNotReason::kObstacle:
      break;
  }
  std::string text = capital(why_not.message);
  if (!why_not.refusal.hints.empty()) text += " Try: " + join(why_not.refusal.hints, "; ") + ".";
  return text;
}

std::string WhyNotTold::text(const plan::WhyNot& why_not, const Style& style) const {
  const plan::Subject& subject = why_not.subject;
  const std::string name =
      one_line(subject.service.valid() ? world[subject.service].name : world[subject.place].name);
  const std::string head = "Why not " + name + "?";
  const std::string all = wrapped(head + " " + one_line(reason(why_not)), 96, 2);
  return style.bold(all.substr(0, head.size())) + all.substr(head.size()) + '\n';
}

}  // namespace karvan::report
