#include "karvan/plan/handle.h"

#include <gtest/gtest.h>

#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/random_corridor.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan::plan {
namespace {

// A question that differs from the default in every field, on a corridor with each kind of thing.
struct HandleSample {
  testing::TinyCase tiny = *testing::tiny_case(
      "place Altynkol Aktau in KZ\n"
      "place Alat in AZ\n"
      "rail  Altynkol-Aktau 3200km 96h  daily 00:00\n"
      "ferry Aktau-Alat      470km 22h  daily 23:59\n"
      "regime smgs consignment_note KZ AZ\n"
      "ask   plan Altynkol -> Alat  2 box40 machinery  depart 2026-03-01T00:00Z days 30 legs 3\n");
  World world{tiny.corridor};
};

bool is_same(const Question& a, const Question& b) {
  return a.from == b.from && a.to == b.to && a.shipment.goods == b.shipment.goods &&
         a.shipment.quantity == b.shipment.quantity && a.shipment.unit == b.shipment.unit &&
         a.shipment.load_unit == b.shipment.load_unit && a.depart == b.depart &&
         a.arrive_by == b.arrive_by && a.window == b.window && a.window_step == b.window_step &&
         a.days_max == b.days_max && a.legs_max == b.legs_max &&
         a.keep_safer_options == b.keep_safer_options && a.deadline == b.deadline &&
         a.saves_storage == b.saves_storage && a.weighs_risk == b.weighs_risk &&
         a.refuse.modes == b.refuse.modes && a.refuse.countries == b.refuse.countries &&
         a.refuse.places == b.refuse.places && a.refuse.operators == b.refuse.operators &&
         a.refuse.services == b.refuse.services && a.refuse.risks == b.refuse.risks &&
         a.refuse.regimes == b.refuse.regimes && a.only.modes == b.only.modes &&
         a.only.countries == b.only.countries && a.only.operators == b.only.operators &&
         a.only.services == b.only.services && a.require.modes == b.require.modes &&
         a.require.countries == b.require.countries && a.require.operators == b.require.operators &&
         a.require.services == b.require.services && a.via == b.via &&
         a.transshipments_max == b.transshipments_max && a.budget == b.budget &&
         a.tolerance == b.tolerance && a.papers_from == b.papers_from;
}

TEST(Handle, HoldsTheWholeQuestion) {
  const HandleSample sample;
  Question question = sample.tiny.question;
  question.shipment.quantity = 0.1;  // no finite binary fraction
  question.keep_safer_options = false;
  question.deadline = question.depart + std::chrono::hours{400};
  question.saves_storage = true;
  question.weighs_risk = false;
  question.arrive_by = question.depart + std::chrono::days{20};
  question.window = std::chrono::days{14};
  question.window_step = std::chrono::hours{6};
  question.refuse = {.modes = {Mode::kRoad, Mode::kPipeline},
                     .countries = {*sample.world.find<Country>("AZ")},
                     .places = {*sample.world.find<Place>("aktau")},
                     .operators = {sample.world.ids<Operator>().front()},
                     .services = {*sample.world.find<Service>("ferry_aktau_alat")},
                     .risks = {Risk::kWar, Risk::kSanctions},
                     .regimes = {*sample.world.find<Regime>("smgs")}};
  const Id<Country> kazakhstan = *sample.world.find<Country>("KZ");
  const Id<Service> ferry = *sample.world.find<Service>("ferry_aktau_alat");
  question.only = {.modes = {Mode::kRail, Mode::kSea},
                   .countries = {kazakhstan},
                   .operators = {sample.world.ids<Operator>().front()},
                   .services = {ferry}};
  question.require = {.modes = {Mode::kSea},
                      .countries = {kazakhstan},
                      .operators = {sample.world.ids<Operator>().front()},
                      .services = {ferry}};
  question.via = {*sample.world.find<Place>("aktau")};
  question.transshipments_max = 1;
  question.tolerance = 0.025;
  question.budget = Usd{5000.1};
  for (const Instant depart : {question.depart, Instant{std::chrono::seconds{-1}}}) {
    question.depart = depart;
    question.papers_from = depart - std::chrono::hours{30};
    const Result<Handle> read = read_handle(sample.world, handle_of(sample.world, question));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(is_same(read->question, question));
    EXPECT_FALSE(read->promise);
  }
}

TEST(Handle, HoldsThePromiseOfAnItinerary) {
  const HandleSample sample;
  const Answer answer = plan(sample.world, sample.tiny.question);
  ASSERT_EQ(verify(sample.world, sample.tiny.question, answer), std::vector<std::string>{});
  ASSERT_FALSE(answer.itineraries.empty());
  const Itinerary& option = answer.itineraries.front();
  const std::string text = handle_of(sample.world, sample.tiny.question, option);
  const Result<Handle> read = read_handle(sample.world, "  " + text + "\n");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_TRUE(read->promise);
  EXPECT_EQ(read->promise->legs, booked(option));
  EXPECT_EQ(read->promise->arrive, option.arrive);
  EXPECT_NEAR(read->promise->cost.value(), option.cost.value(), 1e-9);
  EXPECT_NEAR(read->promise->co2e.value(), option.co2e.value(), 1e-9);
}

// Every letter changed, every length cut: refused in words, never believed.
TEST(Handle, RefusesWhatWasAltered) {
  const HandleSample sample;
  const std::string text = handle_of(sample.world, sample.tiny.question);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string altered = text;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    const Result<Handle> read = read_handle(sample.world, altered);
    ASSERT_FALSE(read) << "letter " << i;
    EXPECT_NE(read.error().message.find("handle"), std::string::npos);
    EXPECT_FALSE(read_handle(sample.world, std::string_view{text}.substr(0, i)));
    EXPECT_FALSE(read_handle(sample.world, text + text[i]));
  }
}

TEST(Handle, SaysWhatIsWrong) {
  const HandleSample sample;
  const auto message = [&](std::string_view text) {
    return read_handle(sample.world, text).error().message;
  };
  EXPECT_NE(message("").find("not a handle"), std::string::npos);
  EXPECT_NE(message("k9AAAA").find("another version ('k9')"), std::string::npos);
  EXPECT_NE(message("k1%%%%%%%%").find("damaged"), std::string::npos);
  EXPECT_NE(message(std::string(20'000, 'k')).find("too long"), std::string::npos);
  // Made on other data.
  const std::string text = handle_of(sample.world, sample.tiny.question);
  const testing::TinyCase other =
      *testing::tiny_case("place Aktau Alat\nferry Aktau-Alat 470km 22h daily 23:59\n");
  EXPECT_NE(read_handle(World{other.corridor}, text).error().message.find("'altynkol'"),
            std::string::npos);
}

// A world that has not changed gives every option again, to the cent and the minute.
TEST(Follow, GivesEveryOptionAgainInTheSameWorld) {
  std::size_t followed = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    const testing::RandomCase random = testing::random_case(seed, static_cast<int>(seed / 12));
    const World world{random.corridor};
    const Answer answer = plan(world, random.question);
    ASSERT_EQ(verify(world, random.question, answer), std::vector<std::string>{});
    for (const Itinerary& option : answer.itineraries) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      const Answer again = follow(world, random.question, booked(option));
      ASSERT_EQ(again.itineraries.size(), 1U) << again.refusal.message;
      EXPECT_EQ(booked(again.itineraries.front()), booked(option));
      EXPECT_EQ(again.itineraries.front().arrive, option.arrive);
      EXPECT_NEAR(again.itineraries.front().cost.value(), option.cost.value(), 1e-6);
      EXPECT_NEAR(again.itineraries.front().co2e.value(), option.co2e.value(), 1e-6);
      ++followed;
    }
  }
  EXPECT_GT(followed, 60U);
}

}  // namespace
}  // namespace karvan::plan
