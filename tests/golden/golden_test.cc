// Runs tests/golden/*.case: a corridor and a question as text, "----", the expected answer. Every
// answer also passes its judge. Lines "why service CODE" and "why place CODE" ask why the answer
// does not use it. KARVAN_UPDATE=1 writes what came out into the files; the diff is then to be
// read.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "karvan/base/text.h"
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

// The lines "why ..." cut out of a question.
std::vector<std::string> take_whys(std::string& question) {
  std::vector<std::string> whys;
  std::string rest;
  for (const std::string_view line : split(question, '\n')) {
    if (line.starts_with("why ")) {
      whys.emplace_back(line.substr(4));
    } else {
      rest += std::string{line} + "\n";
    }
  }
  question = rest;
  return whys;
}

std::string numbers(const std::vector<std::size_t>& options) {
  std::string text;
  for (const std::size_t i : options)
    text += " " + std::to_string(i + 1);
  return text;
}

std::string why_text(const plan::WhyNot& why) {
  using plan::WhyNotReason;
  if (why.reason == WhyNotReason::kUsed) return "used by option" + numbers(why.used_by);
  if (!why.nearest) return why.message;
  const Itinerary& way = *why.nearest;
  std::string text = why.message.empty() ? "" : why.message + " ";
  text += "its earliest way: " + duration_to_text(way.arrive - way.depart) + ", USD " +
          format_fixed(way.cost.value(), 2) + ", " + format_fixed(way.co2e.value(), 1) +
          " kg CO2e; as good or better: option" + numbers(why.beaten_by);
  if (why.reason != WhyNotReason::kFull && !why.full.empty()) text += "; " + why.full;
  if (why.missed_departure)
    text += "; missed by " + duration_to_text(why.missed_by) + ": " +
            instant_to_text(*why.missed_departure, std::chrono::minutes{0});
  return text;
}

std::string asked_why(const World& world,
                      const plan::Planner& planner,
                      const testing::TinyCase& tiny,
                      const plan::Answer& answer,
                      const std::string& line) {
  const std::string code{trim(std::string_view{line}.substr(line.find(' ') + 1))};
  plan::Subject subject;
  if (line.starts_with("service ")) {
    subject.service = world.find<Service>(code).value_or(Id<Service>{});
  } else {
    subject.place = world.find<Place>(code).value_or(Id<Place>{});
  }
  if (subject.service.valid() == subject.place.valid()) return "why " + line + ": unknown\n";
  return "why not " + code + ": " + why_text(planner.why_not(tiny.question, answer, subject)) +
         "\n";
}

std::string answered(std::string question_text) {
  const std::vector<std::string> whys = take_whys(question_text);
  const Result<testing::TinyCase> tiny = testing::tiny_case(question_text);
  if (!tiny) return tiny.error().where + ": " + tiny.error().message + "\n";
  const World world{tiny->corridor};
  const plan::Planner planner{world};
  const plan::Answer answer = planner.answer(tiny->question);
  for (const std::string& fault : plan::verify(world, tiny->question, answer))
    ADD_FAILURE() << fault;
  std::string text = testing::plan_text(world, answer);
  for (const std::string& line : whys)
    text += asked_why(world, planner, *tiny, answer, line);
  return text;
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
