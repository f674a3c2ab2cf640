// The handlers without a socket, on the demo corridor.

#include "api.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "json_gate.h"

namespace karvan::server {
namespace {

class ApiOnDemo : public testing::Test {
 protected:
  ApiOnDemo() {
    store_ = std::move(Store::open(":memory:")).value();
    auto session = cli::open_session({.data = "data/demo", .scenario = {}});
    EXPECT_TRUE(session);
    cases_ = std::move(Cases::open(std::move(session), *store_)).value();
    simulations_ = std::make_unique<Simulations>(*store_, cases_->data_hash(), 2);
    api_ = api_with({});
  }

  std::unique_ptr<Api> api_with(const Access& access, std::size_t most_long = 8) {
    return std::make_unique<Api>(Services{*cases_, *store_, *simulations_, page_, metrics_}, access,
                                 Rooms{.cores = 1, .most_long = most_long});
  }
  Response ask(const std::string& method,
               const std::string& path,
               const std::string& body = {},
               Pairs headers = {{"content-type", "application/json"}}) {
    const auto target = parse_target(path);
    EXPECT_TRUE(target);
    return api_->answer({.method = method,
                         .path = target->path,
                         .query = target->query,
                         .headers = std::move(headers),
                         .body = body});
  }
  static Json json(const Response& response) { return Json::parse(response.body); }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
      if (known == name) return value;
    return {};
  }

  std::unique_ptr<Store> store_;
  std::unique_ptr<Cases> cases_;
  std::unique_ptr<Simulations> simulations_;
  PageFiles page_;
  Metrics metrics_;
  std::unique_ptr<Api> api_;
};

constexpr const char* kPlan =
    R"({"from": "xian", "to": "constanta", "cargo": "80TEU", "goods": "machinery",
        "depart": "2026-03-02"})";
constexpr const char* kScenario =
    R"({"name": "mine", "title": "Mine", "parent": "aktau_closed",
        "change": [{"table": "places", "id": "aktau", "set": {"name": "Aqtau"}}]})";

TEST_F(ApiOnDemo, EveryRowTellsItsSourceAndConfidence) {
  const Json corridor = json(ask("GET", "/v1/corridor"));
  for (const char* table : {"places", "links", "services", "crossings"}) {
    ASSERT_FALSE(corridor[table].empty()) << table;
    for (const Json& row : corridor[table]) {
      EXPECT_TRUE(row["source"].is_array()) << row;
      EXPECT_TRUE(row["confidence"].is_string()) << row;
    }
  }
  EXPECT_EQ(ask("GET", "/v1/tables/links").status, 200);
  EXPECT_EQ(ask("GET", "/v1/tables/nothing").status, 404);
  EXPECT_EQ(ask("GET", "/v1/tables/links?scenario=nothing").status, 404);
}

TEST_F(ApiOnDemo, UnknownPathsAndMethodsAreProblems) {
  EXPECT_EQ(ask("GET", "/v1/nothing").status, 404);
  const Response wrong = ask("DELETE", "/v1/scenarios");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(header(wrong, "Allow"), "GET, POST");
  EXPECT_EQ(wrong.type, "application/problem+json");
  EXPECT_EQ(json(wrong)["status"], 405);
  EXPECT_EQ(ask("POST", "/v1/plan", kPlan, {{"content-type", "text/plain"}}).status, 415);
}

// Answered on the pools, as requests from outside are.
Response waited_for(Api& api,
                    const std::string& path,
                    const std::string& body,
                    const WorkPool::Flag& is_unwanted = nullptr) {
  std::promise<Response> told;
  api.handle({.method = "POST",
              .path = path,
              .query = {},
              .headers = {{"content-type", "application/json"}},
              .body = body,
              .is_unwanted = is_unwanted},
             [&told](Response response) { told.set_value(std::move(response)); });
  return told.get_future().get();
}

TEST_F(ApiOnDemo, LongPlansAreRefusedWhereThereIsNoRoomForThem) {
  const std::string plan{kPlan};
  const std::string best = plan.substr(0, plan.size() - 1) + R"(, "k_best": 2})";
  const auto crowded = api_with({}, 0);
  for (const auto& [path, body] : {std::pair{"/v1/plan", best}, {"/v1/plan/matrix", plan}}) {
    const Response refused = waited_for(*crowded, path, body);
    EXPECT_EQ(refused.status, 429) << path;
    EXPECT_FALSE(header(refused, "Retry-After").empty());
  }
  EXPECT_EQ(waited_for(*crowded, "/v1/plan", plan).status, 200);
  EXPECT_EQ(waited_for(*crowded, "/v1/plan", R"({"from": 1})").status, 422);
  EXPECT_EQ(waited_for(*api_, "/v1/plan", best).status, 200);
  EXPECT_EQ(waited_for(*crowded, "/v1/plan", best).status, 200) << "known, it needs no room";
}

TEST_F(ApiOnDemo, ALongPlanIsNotWorkedOutForWhoHasHungUp) {
  const std::string plan{kPlan};
  const std::string best = plan.substr(0, plan.size() - 1) + R"(, "k_best": 3})";
  const auto gone = std::make_shared<const std::atomic<bool>>(true);
  EXPECT_EQ(waited_for(*api_, "/v1/plan", best, gone).status, 503);
  EXPECT_EQ(metrics_.dropped, 1U);
  EXPECT_EQ(waited_for(*api_, "/v1/plan", plan, gone).status, 200) << "a short one is answered";
  const auto there = std::make_shared<const std::atomic<bool>>(false);
  EXPECT_EQ(waited_for(*api_, "/v1/plan", best, there).status, 200);
  EXPECT_EQ(metrics_.from_store, 0U) << "nothing was kept of what was not whole";
  EXPECT_EQ(metrics_.dropped + metrics_.stopped, 1U);
  const Response metrics = ask("GET", "/metrics");
  EXPECT_NE(metrics.body.find("karvan_plans_cancelled_total{when=\"waiting\"} 1\n"),
            std::string::npos);
}

TEST(WorkPool, SweepsOutWhatIsUnwantedAndKeepsTheRest) {
  std::promise<void> begun;
  std::promise<void> end;
  std::vector<int> called;
  WorkPool pool{1, 2, 0};
  const auto unwanted = std::make_shared<std::atomic<bool>>(false);
  std::promise<void> last;
  ASSERT_TRUE(pool.submit([&] {
    begun.set_value();
    end.get_future().wait();
  }));
  begun.get_future().wait();
  ASSERT_TRUE(pool.submit([&called] { called.push_back(1); }, unwanted));
  ASSERT_TRUE(pool.submit([&called, &last] {
    called.push_back(2);
    last.set_value();
  }));
  EXPECT_FALSE(pool.submit([] {})) << "it is full";
  pool.sweep();
  EXPECT_EQ(pool.waiting(), 2U);
  *unwanted = true;
  pool.sweep();
  EXPECT_EQ(called, std::vector{1}) << "on this thread, while the other works";
  EXPECT_EQ(pool.waiting(), 1U);
  EXPECT_TRUE(pool.submit([] {})) << "there is room again";
  end.set_value();
  last.get_future().wait();
  EXPECT_EQ(called, (std::vector{1, 2}));
}

TEST_F(ApiOnDemo, TheSameQuestionIsAnsweredFromTheStore) {
  const Response first = ask("POST", "/v1/plan", kPlan);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_FALSE(json(first)["itineraries"].empty());
  const Response again = ask("POST", "/v1/plan", kPlan);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(metrics_.from_store, 1U);
  const Response linked = ask("GET", header(first, "Content-Location"));
  EXPECT_EQ(linked.body, first.body);
}

TEST_F(ApiOnDemo, AnAnswerTellsAsManyOptionsAsWanted) {
  const std::string plan{kPlan};
  const Json all = json(ask("POST", "/v1/plan", plan));
  const Response one =
      ask("POST", "/v1/plan", plan.substr(0, plan.size() - 1) + R"(, "options": 1})");
  ASSERT_EQ(one.status, 200) << one.body;
  ASSERT_GT(all["itineraries"].size(), 1U);
  EXPECT_EQ(json(one)["itineraries"].size(), 1U);
  EXPECT_EQ(json(one)["statistics"]["options"], all["itineraries"].size());
  EXPECT_EQ(json(one)["statistics"]["options"], all["statistics"]["options"]);
}

TEST_F(ApiOnDemo, WhatWasSeenTellsHowSurelyOptionsArrive) {
  const Json asked = Json::parse(kPlan);
  const Json before = json(ask("POST", "/v1/plan", asked.dump()))["itineraries"][0];
  const Json& leg = before["legs"].back();
  Json slow = asked;
  const Json movement{{"service", leg["service"]},
                      {"from", leg["from"]},
                      {"to", leg["to"]},
                      {"loaded", "2026-01-01T00:00"},
                      {"unloaded", "2026-03-01T00:00"}};
  slow["seen"] = Json::array();
  for (int i = 0; i < 30; ++i)
    slow["seen"].push_back(movement);
  const Response seen = ask("POST", "/v1/plan", slow.dump());
  ASSERT_EQ(seen.status, 200) << seen.body;
  const Json after = json(seen)["itineraries"][0];
  EXPECT_EQ(after["legs"], before["legs"]);
  EXPECT_GT(after["reliability"]["p50"], before["reliability"]["p50"]);
  slow["seen"][1]["to"] = leg["from"];
  const Response wrong = ask("POST", "/v1/plan", slow.dump());
  ASSERT_EQ(wrong.status, 422);
  EXPECT_EQ(json(wrong)["errors"][0]["pointer"], "#/seen/1/to");
  const Json again{{"refresh", before["handle"]}, {"seen", slow["seen"]}};
  EXPECT_EQ(ask("POST", "/v1/plan", again.dump()).status, 422);
}

TEST_F(ApiOnDemo, AQuestionThatIsWrongIsToldWhere) {
  const Response wrong = ask("POST", "/v1/plan", R"({"from": 1, "to": "x", "days": 0})");
  ASSERT_EQ(wrong.status, 422);
  EXPECT_EQ(json(wrong)["errors"][0]["pointer"], "#/from");
  const Response unknown =
      ask("POST", "/v1/plan",
          R"({"from": "xiann", "to": "constanta", "cargo": "8TEU", "goods": "machinery",
          "depart": "2026-03-02"})");
  ASSERT_EQ(unknown.status, 422);
  EXPECT_EQ(json(unknown)["errors"][0]["pointer"], "#/from");
  EXPECT_EQ(ask("POST", "/v1/plan", "{").status, 400);
}

TEST_F(ApiOnDemo, ScenariosAreSavedReplacedComparedAndDeleted) {
  const Response made = ask("POST", "/v1/scenarios", kScenario);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(header(made, "Location"), "/v1/scenarios/mine");
  EXPECT_EQ(ask("POST", "/v1/scenarios", kScenario).status, 409);
  const Response told = ask("GET", "/v1/scenarios/mine");
  EXPECT_EQ(told.body, made.body);
  EXPECT_EQ(header(told, "ETag"), header(made, "ETag"));
  const Json difference = json(ask("GET", "/v1/scenarios/mine/diff?against=aktau_closed"));
  EXPECT_EQ(difference.size(), 1U);

  std::string other = kScenario;
  other.replace(other.find("Aqtau"), 5, "Aktaw");
  const Pairs stale{{"content-type", "application/json"}, {"if-match", "\"stale\""}};
  EXPECT_EQ(ask("PUT", "/v1/scenarios/mine", other, stale).status, 412);
  EXPECT_EQ(ask("PUT", "/v1/scenarios/mine", other).status, 200);
  EXPECT_NE(ask("GET", "/v1/tables/places?scenario=mine").body.find("Aktaw"), std::string::npos);

  EXPECT_EQ(ask("DELETE", "/v1/scenarios/aktau_closed").status, 409);
  EXPECT_EQ(ask("DELETE", "/v1/scenarios/mine").status, 204);
  EXPECT_EQ(ask("GET", "/v1/scenarios/mine").status, 404);
}

TEST_F(ApiOnDemo, AScenarioThatDoesNotFitIsToldAndNotSaved) {
  const char* wrong = R"({"name": "bad", "title": "Bad",
      "change": [{"table": "places", "id": "nowhere", "set": {"name": "x"}}]})";
  EXPECT_EQ(ask("POST", "/v1/scenarios", wrong).status, 422);
  EXPECT_EQ(ask("GET", "/v1/scenarios/bad").status, 404);
  const Json checked = json(ask("POST", "/v1/scenarios/validate", wrong));
  EXPECT_EQ(checked["valid"], false);
  EXPECT_FALSE(checked["findings"].empty());
}

TEST_F(ApiOnDemo, PagesOfOthersAndOtherNamesAreNotHeard) {
  const auto with = [this](const Pairs& headers) {
    return ask("GET", "/health", "", headers).status;
  };
  EXPECT_EQ(with({{"host", "localhost:8080"}}), 200);
  EXPECT_EQ(with({{"host", "[::1]:8080"}}), 200);
  EXPECT_EQ(with({{"host", "evil.example"}}), 421);
  EXPECT_EQ(with({{"host", "localhost:1"}, {"origin", "http://localhost:1"}}), 200);
  EXPECT_EQ(with({{"host", "localhost:1"}, {"origin", "http://localhost:2"}}), 403);
  EXPECT_EQ(with({{"host", "localhost:1"}, {"origin", "null"}}), 403);
}

TEST_F(ApiOnDemo, WhoDoesNotKnowTheTokenLearnsNothing) {
  api_ = api_with({.token = "0123456789abcdef", .only_local_names = false});
  EXPECT_EQ(ask("GET", "/v1/scenarios").status, 401);
  EXPECT_EQ(ask("GET", "/metrics").status, 401);
  EXPECT_EQ(ask("GET", "/health").status, 200);
  for (const char* wrong :
       {"Bearer ", "Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef"})
    EXPECT_EQ(ask("GET", "/v1/scenarios", "", {{"authorization", wrong}}).status, 401) << wrong;
  const Pairs right{{"authorization", "Bearer 0123456789abcdef"}};
  EXPECT_EQ(ask("GET", "/v1/scenarios", "", right).status, 200);
}

// Events of a simulation's stream until it ends.
struct Heard {
  std::string name;
  Json data;
};
std::vector<Heard> heard(const Response& stream) {
  std::vector<Heard> all;
  while (const std::optional<std::string> text = stream.stream()) {
    for (std::size_t at = 0; at < text->size(); at = text->find("\n\n", at) + 2) {
      const std::size_t line = text->find('\n', at);
      const std::size_t end = text->find("\n\n", at);
      all.push_back({text->substr(at + 7, line - at - 7),
                     Json::parse(text->substr(line + 7, end - line - 7))});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return all;
}

TEST_F(ApiOnDemo, AComparisonTellsItsFiguresPairByPair) {
  const Response posted = ask("POST", "/v1/simulations",
                              R"({"from": "2026-01-01", "days": 700, "warm_up": 30, "seed": 7,
          "replications": 12, "compare": "aktau_closed", "lose_unserved": true})");
  ASSERT_EQ(posted.status, 202) << posted.body;
  const std::string self = json(posted)["links"]["self"];
  const auto events = heard(ask("GET", self + "/progress?figure=corridor/delivered_t"));
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events.back().data["state"], "done");
  const Json result = json(ask("GET", self + "/result"));
  std::size_t told = 0;
  std::size_t tightenings = 0;
  for (const Heard& event : events) {
    if (event.name != "figures") continue;
    const std::size_t runs = event.data["replications"];
    EXPECT_GT(runs, told);
    told = runs;
    tightenings += runs < 12 ? 1 : 0;
    EXPECT_EQ(event.data["fingerprints"].size(), runs);
    for (const char* list : {"figures", "compared", "differences"}) {
      ASSERT_EQ(event.data[list].size(), 1U) << list;
      const Json& row = event.data[list][0];
      EXPECT_EQ(row["figure"], "corridor/delivered_t");
      EXPECT_EQ(row["runs"], runs);
      EXPECT_EQ(row["low"].is_null(), runs == 1);
      if (runs < 12) continue;
      EXPECT_NE(std::ranges::find(result[list], row), result[list].end()) << row;
    }
  }
  EXPECT_GT(tightenings, 0U);
  EXPECT_GT(result["differences"].size(), 100U);
}

TEST_F(ApiOnDemo, RoutesSpeakTheTermsOfTheStandard) {
  const Response routes = ask("GET",
                              "/v1/point-to-point-routes?placeOfReceipt=xian&placeOfDelivery="
                              "constanta&departureStartDate=2026-03-02&limit=2");
  ASSERT_EQ(routes.status, 200) << routes.body;
  const Json solutions = json(routes);
  ASSERT_FALSE(solutions.empty());
  EXPECT_LE(solutions.size(), 2U);
  EXPECT_EQ(solutions[0]["receiptTypeAtOrigin"], "CY");
  EXPECT_EQ(ask("GET", "/v1/point-to-point-routes").status, 400);
}

}  // namespace
}  // namespace karvan::server
