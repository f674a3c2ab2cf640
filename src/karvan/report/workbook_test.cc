#include "karvan/report/workbook.h"

#include <gtest/gtest.h>

namespace karvan::report {
namespace {

std::vector<WorkbookPage> pages() {
  Sheet sheet{{{"name", "Name"}, {"tonnes", "Tonnes"}, {"open", "Open"}},
              {{"Aktau", Cell{1234.5, 1}, true}, {"<&\x1b", Cell{}, false}}};
  return {{"Ports", sheet}, {"Empty", Sheet{{{"name", "Name"}}, {}}}};
}

TEST(Workbook, IsAZipArchiveThatNamesItsSheets) {
  const Result<std::string> bytes = workbook_xlsx(pages());
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(bytes->substr(0, 4), "PK\x03\x04");
  EXPECT_NE(bytes->find("xl/worksheets/sheet2.xml"), std::string::npos);
}

TEST(Workbook, GivesTheSameBytesTwice) {
  EXPECT_EQ(*workbook_xlsx(pages()), *workbook_xlsx(pages()));
}

}  // namespace
}  // namespace karvan::report
