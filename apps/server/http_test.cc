#include "http.h"

#include <gtest/gtest.h>

namespace karvan::server {
namespace {

TEST(HttpTarget, EscapesBecomeBytesAndBrokenOnesAreRefused) {
  const auto target = parse_target("/v1/tables/a%20b?scenario=x+y&all=%74rue&bare");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/v1/tables/a b");
  ASSERT_EQ(target->query.size(), 3U);
  EXPECT_EQ(target->query[0].second, "x y");
  EXPECT_EQ(target->query[1].second, "true");
  EXPECT_EQ(target->query[2].second, "");
  for (const char* broken : {"", "no-slash", "/%", "/%4", "/%zz", "/a%00b", "/?x=%q1"})
    EXPECT_FALSE(parse_target(broken)) << broken;
}

TEST(HttpTag, WhatIsKnownIsNotSentAgain) {
  const Response first = tagged({}, {.body = "same"});
  ASSERT_EQ(first.headers.size(), 1U);
  const std::string tag = first.headers[0].second;
  for (const std::string& named : {tag, "W/" + tag, "\"other\", " + tag}) {
    const Response again = tagged({.headers = {{"if-none-match", named}}}, {.body = "same"});
    EXPECT_EQ(again.status, 304) << named;
    EXPECT_TRUE(again.body.empty());
  }
  EXPECT_EQ(tagged({.headers = {{"if-none-match", tag}}}, {.body = "other"}).status, 200);
}

TEST(HttpTag, RefusalsGetNoTagOfTheirVersion) {
  const Response refused = tagged_by({}, "v", [] { return problem(400, "no"); });
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(refused.headers.empty());
}

}  // namespace
}  // namespace karvan::server
