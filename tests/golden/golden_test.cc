// Runs tests/golden/*.case: a corridor and a question as text, "----", the expected answer. Every
// answer also passes its judge. KARVAN_UPDATE=1 writes what came out into the files; the diff is
// then to be read.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/testing/plan_text.h"
#include "karvan/testing/tiny_corridor.h"

namespace karvan {
namespace {

constexpr std::string_view kRule = "----\n";

std::vector<std::filesystem::path> cases() {
  std::vector<std::filesystem::path> paths;
  if (!std::filesystem::exists("tests/golden")) return paths;  // not run from the root
  for (const auto& entry : std::filesystem::directory_iterator{"tests/golden"}) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return std::move(text).str();
}

std::string answered(const std::string& question_text) {
  const Result<testing::TinyCase> tiny = testing::tiny_case(question_text);
  if (!tiny) return tiny.error().where + ": " + tiny.error().message + "\n";
  const World world{tiny->corridor};
  const plan::Answer answer = plan::plan(world, tiny->question);
  for (const std::string& fault : plan::verify(world, tiny->question, answer))
    ADD_FAILURE() << fault;
  return testing::plan_text(world, answer);
}

class Golden : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, AnswersAsWritten) {
  const std::string text = read(GetParam());
  const std::size_t rule = text.find(kRule);
  ASSERT_NE(rule, std::string::npos) << "no line ---- in " << GetParam();
  const std::string question = text.substr(0, rule);
  const std::string expected = text.substr(rule + kRule.size());
  const std::string found = answered(question);
  if (std::getenv("KARVAN_UPDATE") != nullptr) {
    if (found != expected) std::ofstream{GetParam()} << question << kRule << found;
    return;
  }
  EXPECT_EQ(found, expected) << GetParam();
}

std::string name_of(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  return info.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace karvan
