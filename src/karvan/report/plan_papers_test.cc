// What a forwarder takes along: plan_calendar, plan_quote.

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "karvan/base/text.h"
#include "karvan/report/detail/quote_lines.h"
#include "karvan/report/detail/sample_answer.h"
#include "karvan/report/plan_calendar.h"
#include "karvan/report/plan_quote.h"

namespace karvan::report {
namespace {

using detail::has;
using detail::SampleAnswer;

std::vector<std::string> lines_of(const std::string& calendar) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < calendar.size();) {
    const std::size_t end = calendar.find("\r\n", at);
    if (end == std::string::npos) {
      ADD_FAILURE() << "a line without CRLF";
      break;
    }
    lines.push_back(calendar.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// RFC 5545 3.1: a line break and a blank are nothing.
std::string unfolded(std::string calendar) {
  for (std::size_t at; (at = calendar.find("\r\n ")) != std::string::npos;)
    calendar.erase(at, 3);
  return calendar;
}

std::vector<std::string> values(const std::string& calendar, const std::string& key) {
  std::vector<std::string> found;
  for (const std::string& line : lines_of(unfolded(calendar))) {
    if (line.starts_with(key + ":")) found.push_back(line.substr(key.size() + 1));
  }
  return found;
}

TEST(PlanCalendar, IsFoldedAndBalanced) {
  const SampleAnswer sample;
  const std::string calendar =
      plan_calendar(sample.world(), sample.question(), sample.answer().itineraries[1]);
  int depth = 0;
  for (const std::string& line : lines_of(calendar)) {
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_TRUE(is_valid_utf8(line)) << "a letter cut in two: " << line;
    depth += line.starts_with("BEGIN:") ? 1 : 0;
    depth -= line.starts_with("END:") ? 1 : 0;
    EXPECT_GE(depth, line == "END:VCALENDAR" ? 0 : 1);
  }
  EXPECT_EQ(depth, 0);
  EXPECT_TRUE(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
}

TEST(PlanCalendar, HasAnEventForEachLegAndTheEnd) {
  const SampleAnswer sample;
  const Itinerary& option = sample.answer().itineraries[0];
  const std::string calendar = plan_calendar(sample.world(), sample.question(), option);
  EXPECT_EQ(values(calendar, "UID").size(), option.legs.size() + 1);
  EXPECT_EQ(values(calendar, "DTEND").size(), option.legs.size());
  EXPECT_EQ(values(calendar, "SUMMARY").front(), "rail Xi'an - Altynkol");
  EXPECT_EQ(values(calendar, "SUMMARY").back(), "Cargo free at Constanța");
  // Midnight in Xi'an and a third of four days: UTC, whatever the clocks say.
  EXPECT_EQ(values(calendar, "DTSTART").front(), "20260303T000000Z");
  EXPECT_TRUE(has(values(calendar, "DESCRIPTION").front(), "Carrier\\, Ltd"));
  const std::vector<std::string> uids = values(calendar, "UID");
  EXPECT_EQ(std::set<std::string>(uids.begin(), uids.end()).size(), uids.size());
}

TEST(PlanCalendar, KeepsItsUidsWhereHoursShift) {
  const SampleAnswer sample;
  Itinerary option = sample.answer().itineraries[0];
  const auto uids = values(plan_calendar(sample.world(), sample.question(), option), "UID");
  for (Leg& leg : option.legs) {
    leg.depart += std::chrono::hours{5};
    leg.arrive += std::chrono::hours{5};
  }
  EXPECT_EQ(values(plan_calendar(sample.world(), sample.question(), option), "UID"), uids);
  const auto& other = sample.answer().itineraries[1];
  EXPECT_NE(values(plan_calendar(sample.world(), sample.question(), other), "UID"), uids);
}

TEST(QuoteLines, AddUpToThePrice) {
  const SampleAnswer sample;
  for (const Itinerary& option : {sample.answer().itineraries[0], sample.answer().itineraries[2]}) {
    Usd sum;
    for (const detail::QuoteLine& line : detail::quote_lines(sample.world(), option))
      sum += line.cost;
    EXPECT_NEAR(sum.value(), option.cost.value(), 0.01);
  }
}

TEST(PlanQuote, IsOnePageWithoutScriptsOrAnythingRemote) {
  const SampleAnswer sample;
  const std::string page =
      plan_quote(sample.world(), sample.question(), sample.answer(), {.merits = "earliest"});
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  for (const char* bad :
       {"<script", "http:", "https:", "url(", "@import", "<link", "<img", "onload"})
    EXPECT_FALSE(has(page, bad)) << bad;
  for (const char* part : {"Xi&#39;an", "Constanța", "SMGS note", "CO2e", "Validity", "Schedule",
                           "<code>documents</code>", "<code>lift</code>", "A4", "<svg"})
    EXPECT_TRUE(has(page, part)) << part;
  // Every element that is opened is closed.
  for (const char* tag : {"table", "tr", "td", "section", "svg", "ul", "li", "p", "h2", "div"}) {
    const auto count = [&page](const std::string& text) {
      std::size_t n = 0;
      for (std::size_t at = 0; (at = page.find(text, at)) != std::string::npos; ++at)
        ++n;
      return n;
    };
    const std::string name = tag;
    EXPECT_EQ(count("<" + name + ">") + count("<" + name + " "), count("</" + name + ">")) << tag;
  }
}

TEST(PlanQuote, NamesOfTheDataCannotOpenATag) {
  SampleAnswer sample;
  Corridor corridor = sample.corridor();
  corridor.services[Id<Service>{0}].name = "<script>alert(\"1\")</script>&";
  const World world{corridor};
  const std::string page = plan_quote(world, sample.question(), sample.answer(), {});
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_TRUE(has(page, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;"));
}

}  // namespace
}  // namespace karvan::report
