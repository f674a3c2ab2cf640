#include "json_gate.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenario_text.h"

namespace karvan::server {
namespace {

TEST(JsonGate, DeepTextIsRefusedBeforeItIsBuilt) {
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')));
  EXPECT_FALSE(parse_json(std::string(33, '[') + std::string(33, ']')));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_TRUE(parse_json("\"" + std::string(1000, '[') + "\""));
}

TEST(JsonGate, WhatIsNoJsonIsAnError) {
  for (const char* text : {"", "{", "nul", "{\"a\":1,}", "\"\xff\"", "1e999", "{}x"})
    EXPECT_FALSE(parse_json(text)) << text;
}

TEST(JsonGate, AllFaultsComeAtOnce) {
  const Json json = Json::parse(
      R"({"a": 1, "n": 1.5, "big": 99999999999, "f": "yes", "list": ["x", 2], "cargoo": ""})");
  BodyReader reader{json};
  std::string text;
  int n = 3;
  int big = 4;
  bool flag = false;
  std::vector<std::string> list;
  reader.must_text("a", text);
  reader.must_text("cargo", text);
  reader.integer("n", n, 0, 10);
  reader.integer("big", big, 0, 2'000'000'000);
  reader.flag("f", flag);
  reader.texts("list", list, 10);
  const std::vector<Fault> faults = reader.faults();
  ASSERT_EQ(faults.size(), 7U);
  EXPECT_EQ(faults[1].pointer, "#/cargo");
  EXPECT_EQ(faults[6].pointer, "#/cargoo");
  EXPECT_NE(faults[6].detail.find("did you mean 'cargo'"), std::string::npos);
  EXPECT_EQ(n, 3);
  EXPECT_EQ(big, 4);
  EXPECT_TRUE(list.empty());
}

TEST(JsonGate, OptionsOfTheCommandBecomePointers) {
  const Fault fault = fault_of({ErrorKind::kInvalid, "is wrong", "--avoid-mode"});
  EXPECT_EQ(fault.pointer, "#/avoid_mode");
}

TEST(ScenarioText, JsonAndTomlSayTheSame) {
  const auto toml = scenario_toml(Json::parse(
      R"({"title": "A \"b\"\u007f", "name": "x",
          "scale": [{"table": "tariffs", "where": {"operator": "k"}, "column": "c", "factor": 1.2}],
          "change": [{"table": "links", "id": ["a", "b"], "set": {"status": "closed"}}]})"));
  ASSERT_TRUE(toml);
  EXPECT_EQ(*toml,
            "name = \"x\"\n"
            "title = \"A \\\"b\\\"\\u007f\"\n"
            "\n[[change]]\n\"table\" = \"links\"\n\"id\" = [\"a\", \"b\"]\n"
            "\"set\" = { \"status\" = \"closed\" }\n"
            "\n[[scale]]\n\"table\" = \"tariffs\"\n\"where\" = { \"operator\" = \"k\" }\n"
            "\"column\" = \"c\"\n\"factor\" = 1.2\n");
}

TEST(ScenarioText, WhatTomlCannotSayIsRefused) {
  for (const char* text : {R"([])", R"({"name": 1})", R"({"add": {}})", R"({"add": [1]})",
                           R"({"add": [{"row": null}]})", R"({"ad": []})"})
    EXPECT_FALSE(scenario_toml(Json::parse(text))) << text;
}

}  // namespace
}  // namespace karvan::server
