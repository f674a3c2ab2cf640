#include "karvan/base/json.h"

#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace karvan {
namespace {

std::string written(JsonWriter json) {
  json.object().text("name", "Ələt \"1\"").number("hours", 3.27, 1).number("days", 2, 3);
  json.null("none").boolean("is_open", false).integer("legs", -4);
  json.list("links", std::vector{1, 2}, [&json](int one) { json.integer(one); });
  json.key("empty").object().end().key("row").array().object().text("a", "b");
  return std::move(json).finish();
}

TEST(Json, StandsOnOneLine) {
  EXPECT_EQ(written({}),
            R"({"name":"Ələt \"1\"","hours":3.3,"days":2,"none":null,"is_open":false,"legs":-4,)"
            R"("links":[1,2],"empty":{},"row":[{"a":"b"}]})");
}

TEST(Json, StandsOnALineForEachMember) {
  EXPECT_EQ(written(JsonWriter{2}), R"({
  "name": "Ələt \"1\"",
  "hours": 3.3,
  "days": 2,
  "none": null,
  "is_open": false,
  "legs": -4,
  "links": [
    1,
    2
  ],
  "empty": {},
  "row": [
    {
      "a": "b"
    }
  ]
})");
}

TEST(Json, NumbersAreRoundedAndPlain) {
  JsonWriter json;
  json.array().number(-0.001, 2).number(12.0, 2).number(1e15, 1).number(100, 0);
  json.number(std::numeric_limits<double>::infinity(), 2);
  EXPECT_EQ(std::move(json).finish(), "[0,12,1000000000000000,100,null]");
}

TEST(Json, TextIsQuoted) {
  EXPECT_EQ(json_quoted("a\"b\\c\n\t\x01"), "\"a\\\"b\\\\c\\n\\t\\u0001\"");
  EXPECT_EQ(json_quoted("Ələt 西安"), "\"Ələt 西安\"");
  EXPECT_EQ(json_quoted("a\xff"
                        "b"),
            "\"a\xef\xbf\xbd"
            "b\"");
}

}  // namespace
}  // namespace karvan
