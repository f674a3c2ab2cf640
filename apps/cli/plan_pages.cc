// karvan plan by handle: the page before or after, an option asked again.

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "karvan/plan/follow.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/plan.h"
#include "karvan/report/plan_refresh.h"
#include "karvan/report/plan_report.h"

#include "lookup.h"
#include "output.h"
#include "plan_kinds.h"
#include "session.h"

namespace karvan::cli {
namespace {

constexpr int kDaysTried = 31;

// What distinguishes the pages: how their options leave the origin.
std::set<std::pair<std::string, Instant>> firsts_of(const World& world,
                                                    const plan::Answer& answer) {
  std::set<std::pair<std::string, Instant>> firsts;
  for (const Itinerary& itinerary : answer.itineraries)
    firsts.emplace(world[itinerary.legs.front().service].code, itinerary.legs.front().depart);
  return firsts;
}

}  // namespace

Result<plan::Question> question_of_page(const World& world, const PlanArgs& args) {
  const Result<plan::Handle> handle = plan::read_handle(world, args.handle);
  if (!handle) return at_option("--handle", handle.error());
  if (args.page.empty()) return handle->question;
  if (args.page != "later" && args.page != "earlier")
    return at_option("--page", unknown_word("page", args.page, {"earlier", "later"}));
  const plan::Planner planner{world};
  const auto known = firsts_of(world, planner.answer(handle->question));
  plan::Question question = handle->question;
  for (int i = 1; i <= kDaysTried; ++i) {
    question.depart += std::chrono::days{args.page == "later" ? 1 : -1};
    const auto firsts = firsts_of(world, planner.answer(question));
    const auto is_new = [&known](const auto& first) { return !known.contains(first); };
    if (std::ranges::any_of(firsts, is_new)) return question;
  }
  return Error{
      .kind = ErrorKind::kNotFound,
      .message = "no " + args.page + " options within " + std::to_string(kDaysTried) + " days",
      .where = "--page"};
}

Result<plan::Handle> handle_of_option(const World& world,
                                      const std::string& text,
                                      std::string_view option) {
  Result<plan::Handle> handle = plan::read_handle(world, text);
  if (!handle) return at_option(option, handle.error());
  if (handle->promise) return handle;
  return Error{.kind = ErrorKind::kInvalid,
               .message = "the handle is that of a page; expected that of an option",
               .where = std::string{option}};
}

int run_refresh(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText,    Format::kJson, Format::kCsv,
                           Format::kGeoJson, Format::kIcs,  Format::kHtml};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const std::unique_ptr<Session> session = open_session(settings, args.booked);
  if (!session) return kBadInput;
  const World world = session->world();
  const Result<plan::Handle> handle = handle_of_option(world, args.refresh, "--refresh");
  if (!handle) return fail(handle.error());
  const plan::Answer today = plan::follow(world, handle->question, handle->promise->legs);
  const report::PlanReport report{world, handle->question, today, {.legs = !args.is_brief}};
  const int exit = today.itineraries.empty() ? kNo : kAnswered;
  if (settings.format == Format::kText)
    return finish(report::refresh_text(world, *handle, today, settings.style()) +
                      (exit == kNo ? "" : "\n" + report.text(settings.style())),
                  exit);
  for (const std::string& change : report::changes_of(world, *handle, today))
    say("changed: " + change);
  return finish(in_format(report, settings), exit);
}

}  // namespace karvan::cli
