// Goal: papers that take time hold back what needs them and nothing else, one rule a test; and the
// judge notices what goes without them.

#include <gtest/gtest.h>

#include "karvan/plan/k_best.h"
#include "karvan/plan/one_front.h"
#include "karvan/plan/reliability.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Instant kZero{Date{std::chrono::year{2026} / 3 / 1}};

struct PapersSample {
  explicit PapersSample(const std::string& lines)
      : tiny{*testing::tiny_case("place Aktau Kuryk in KZ\n"
                                 "place Alat Baku in AZ\n"
                                 "place Tbilisi in GE\n" +
                                 lines)} {}

  Answer ask(const Question& question) const {
    Answer answer = plan(world, question);
    EXPECT_EQ(verify(world, question, answer), std::vector<std::string>{});
    return answer;
  }
  Answer ask() const { return ask(tiny.question); }
  Answer at_hand() const {
    Question question = tiny.question;
    question.papers_from.reset();
    return ask(question);
  }

  testing::TinyCase tiny;
  World world{tiny.corridor};
};

std::vector<Instant> departures(const Answer& answer) {
  std::vector<Instant> list;
  for (const Itinerary& it : answer.itineraries)
    list.push_back(it.legs.front().depart);
  return list;
}

const std::string kAskAlat =
    "ask plan Aktau -> Alat 2 box40 machinery depart 2026-03-01T00:00Z "
    "papers 2026-03-01T00:00Z";

TEST(PapersFrom, TheStartWaitsForAllCustomaryPapers) {
  const PapersSample s{
      "ferry Aktau-Alat 470km 22h daily 12:00\n"
      "document invoice 0usd lead 10h\n"
      "document certificate 40usd lead 36h\n" +
      kAskAlat};
  EXPECT_EQ(departures(s.at_hand()), (std::vector{kZero + hours{12}}));
  const Answer answer = s.ask();
  EXPECT_EQ(departures(answer), (std::vector{kZero + hours{36}}));
  const std::vector<DocumentNeeded>& papers = answer.itineraries[0].documents;
  ASSERT_EQ(papers.size(), 2U);
  EXPECT_EQ(papers[0].needed, kZero + hours{36});
  EXPECT_EQ(papers[0].apply_by, kZero + hours{26});
  EXPECT_EQ(papers[1].apply_by, kZero);
}

TEST(PapersFrom, PapersAreThereByTheCutOffForDocuments) {
  const PapersSample s{
      "ferry Aktau-Alat 470km 22h daily 12:00 documents 6h\n"
      "document certificate 40usd lead 36h\n" +
      kAskAlat};
  const Answer answer = s.ask();
  EXPECT_EQ(departures(answer), (std::vector{kZero + hours{60}}));
  EXPECT_EQ(answer.itineraries[0].documents[0].needed, kZero + hours{54});
  EXPECT_EQ(answer.itineraries[0].documents[0].apply_by, kZero + hours{18});
  EXPECT_EQ(departures(s.at_hand()), (std::vector{kZero + hours{12}}));
}

TEST(PapersFrom, OnDemandLeavesTheMinuteThatPapersAreReady) {
  const PapersSample s{
      "truck Baku-Tbilisi 500km 9h anytime\n"
      "document cmr_note 15usd modes road lead 7h\n"
      "ask plan Baku -> Tbilisi 2 box40 machinery depart 2026-03-01T00:00Z "
      "papers 2026-03-01T00:30Z"};
  const Answer answer = s.ask();
  ASSERT_EQ(departures(answer), (std::vector{kZero + hours{7} + std::chrono::minutes{30}}));
  // Its arrival is no surer to come sooner than the paper.
  const Planner planner{s.world};
  const Reliability law = ReliabilityBook{planner}.assess(
      answer.itineraries[0], {.deadline = kZero + hours{15}, .waits_for_papers = true});
  EXPECT_EQ(law.on_time, 0);
}

// A note that reaches over both legs takes longest: the first day goes with two short ones.
TEST(PapersFrom, ANoteNotReadyLeavesTheLegToOthers) {
  const PapersSample s{
      "rail Alat-Baku 70km 4h daily 06:00 as first\n"
      "rail Baku-Tbilisi 500km 20h daily 12:00 as second\n"
      "regime long consignment_note AZ GE\n"
      "regime short consignment_note AZ\n"
      "regime shorter consignment_note AZ GE\n"
      "document long_note 10usd regime long modes rail lead 24h\n"
      "document short_note 20usd regime short modes rail lead 2h\n"
      "document shorter_note 30usd regime shorter modes rail lead 11h\n"
      "ask plan Alat -> Tbilisi 2 box40 machinery depart 2026-03-01T00:00Z "
      "papers 2026-03-01T00:00Z"};
  const Answer answer = s.ask();
  ASSERT_EQ(departures(answer), (std::vector{kZero + hours{6}, kZero + hours{30}}));
  EXPECT_EQ(answer.itineraries[0].documents.size(), 2U);
  ASSERT_EQ(answer.itineraries[1].documents.size(), 1U);
  EXPECT_EQ(answer.itineraries[0].cost - answer.itineraries[1].cost, Usd{40});
}

TEST(PapersFrom, ALegWithoutAnyNoteWaitsForNone) {
  const PapersSample s{
      "ferry Aktau-Alat 470km 22h daily 12:00\n"
      "regime smgs consignment_note KZ GE\n"  // binds not AZ
      "document smgs_note 25usd regime smgs modes sea lead 100h\n" +
      kAskAlat};
  EXPECT_EQ(departures(s.ask()), (std::vector{kZero + hours{12}}));
}

TEST(PapersFrom, TransitPapersAreNeededAtTheBorder) {
  const std::string lines =
      "ferry Aktau-Alat 470km 22h daily 12:00\n"
      "regime slow customs_transit KZ AZ\n"
      "regime quick customs_transit KZ AZ\n"
      "document slow_paper 5usd regime slow lead 50h\n";
  // Reached at 34 h, 58 h, ...
  EXPECT_EQ(departures(PapersSample{lines + kAskAlat}.ask()), (std::vector{kZero + hours{36}}));
  const PapersSample both{lines + "document quick_paper 9usd regime quick lead 34h\n" + kAskAlat};
  const Answer answer = both.ask();
  ASSERT_EQ(departures(answer), (std::vector{kZero + hours{12}}));
  ASSERT_EQ(answer.itineraries[0].documents.size(), 1U);
  EXPECT_EQ(both.world[answer.itineraries[0].documents[0].document].code, "quick_paper");
  EXPECT_EQ(answer.itineraries[0].documents[0].needed, kZero + hours{34});
  EXPECT_EQ(answer.itineraries[0].documents[0].apply_by, kZero);
}

TEST(PapersFrom, WhatOnlyCrossingCargoNeedsHoldsNobodyBackWithin) {
  PapersSample s{
      "truck Aktau-Kuryk 70km 2h anytime\n"
      "document certificate 40usd lead 30h\n"
      "ask plan Aktau -> Kuryk 2 box40 machinery depart 2026-03-01T00:00Z "
      "papers 2026-03-01T00:00Z"};
  EXPECT_EQ(departures(s.ask()), (std::vector{kZero}));
  for (const Id<Document> id : s.tiny.corridor.documents.ids())
    s.tiny.corridor.documents[id].crossing_only = false;
  EXPECT_EQ(departures(s.ask()), (std::vector{kZero + hours{30}}));
}

TEST(PapersFrom, WithoutAWayInTimeTheDocumentIsNamed) {
  const PapersSample s{
      "calendar 2026-03-01 2026-05-01\n"
      "ferry Aktau-Alat 470km 22h on 2026-03-02 08:00 as feeder\n"
      "document certificate 40usd lead 36h\n" +
      kAskAlat};
  const Answer answer = s.ask();
  EXPECT_EQ(answer.refusal.obstacle, Obstacle::kPapers);
  EXPECT_NE(answer.refusal.message.find(
                "certificate is ready 1 d 12 h after papers are applied for, 2026-03-02 12:00; "
                "feeder takes papers at Aktau until 2026-03-02 08:00"),
            std::string::npos)
      << answer.refusal.message;
}

TEST(PapersFrom, EveryKindOfQuestionWaits) {
  const PapersSample s{
      "ferry Aktau-Alat 470km 22h daily 12:00\n"
      "document certificate 40usd lead 36h\n" +
      kAskAlat};
  const Planner planner{s.world};
  const Ranking ranking{.by = RankedBy::kArrival, .options_max = 3};
  EXPECT_EQ(departures(k_best(planner, s.tiny.question, ranking)),
            (std::vector{kZero + hours{36}}));
  EXPECT_EQ(departures(one_front(planner, {s.tiny.question})), (std::vector{kZero + hours{36}}));
  Question window = s.tiny.question;
  window.window = days{3};
  window.arrive_by = kZero + days{3};
  const Answer answer = s.ask(window);
  EXPECT_EQ(departures(answer), (std::vector{kZero + hours{36}}));
  // Handed over as late as may be: a day later nothing waits for papers.
  EXPECT_EQ(answer.itineraries.front().depart, kZero + days{1});
}

TEST(PapersFrom, TheJudgeNoticesWhatGoesWithoutPapers) {
  const PapersSample s{
      "ferry Aktau-Alat 470km 22h daily 12:00\n"
      "document certificate 40usd lead 36h\n" +
      kAskAlat};
  Answer early = s.at_hand();
  EXPECT_FALSE(verify(s.world, s.tiny.question, early).empty());
  Answer answer = s.ask();
  answer.itineraries[0].documents[0].apply_by += hours{1};
  EXPECT_FALSE(verify(s.world, s.tiny.question, answer).empty());
}

TEST(PapersFrom, AMomentThatCannotBeMeantIsRefused) {
  const PapersSample s{"ferry Aktau-Alat 470km 22h daily 12:00\n" + kAskAlat};
  Question question = s.tiny.question;
  for (const Instant moment :
       {question.depart - days{3651}, question.depart + days{question.days_max} + hours{1}}) {
    question.papers_from = moment;
    ASSERT_TRUE(unfit(question).has_value());
    EXPECT_EQ(unfit(question)->field, "papers_from");
  }
  question.papers_from = question.depart - days{300};
  EXPECT_FALSE(unfit(question).has_value());
}

}  // namespace
}  // namespace karvan::plan
