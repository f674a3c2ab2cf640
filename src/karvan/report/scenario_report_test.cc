#include "karvan/report/scenario_report.h"

#include <gtest/gtest.h>

namespace karvan::report {
namespace {

const ScenarioChange kClosed{"links", "a-b", "status", "open", "closed", "changed"};
const ScenarioChange kGone{"services", "s", "", "", "", "removed"};

TEST(ScenarioReport, TellsAnAddedRowInOneLine) {
  const std::string text =
      scenario_text({.name = "x", .title = "X", .description = "", .parent = "base", .cells = 3},
                    {kClosed,
                     {"closures", "c", "id", "", "c", "added"},
                     {"closures", "c", "reach", "", "place", "added"},
                     {"closures", "c", "from", "", "2026-03-01", "added"}},
                    Style{});
  EXPECT_NE(text.find("reach place, from 2026-03-01"), std::string::npos) << text;
  EXPECT_NE(text.find("links     a-b  changed  status  open  closed"), std::string::npos) << text;
}

TEST(ScenarioReport, DifferenceLeavesOutWhatBothSay) {
  const Sheet same = difference_sheet({.a = "a", .b = "b", .of_a = {kClosed}, .of_b = {kClosed}});
  EXPECT_TRUE(same.rows.empty());
  const Sheet other =
      difference_sheet({.a = "a", .b = "b", .of_a = {kClosed, kGone}, .of_b = {kClosed}});
  EXPECT_EQ(sheet_csv(other),
            "table,id,column,corridor,a,b\n"
            "services,s,,,(row removed),\n");
}

}  // namespace
}  // namespace karvan::report
