#include "karvan/base/complaint.h"

#include <cstddef>
#include <string>

#include <gtest/gtest.h>

namespace karvan {
namespace {

TEST(ComplaintText, NamesPlaceValueAndRemedy) {
  const Complaint complaint{.file = "data/titr/links.csv",
                            .line = 42,
                            .column = "length_km",
                            .value = "abc",
                            .message = "is not a number; expected kilometers above 0",
                            .hint = "did you mean 12?"};
  EXPECT_EQ(to_text(complaint),
            "data/titr/links.csv:42: length_km: 'abc' is not a number; expected kilometers above 0 "
            "(did you mean 12?)");
}

TEST(ComplaintText, LeavesOutWhatIsNotKnown) {
  Complaint complaint;
  complaint.file = "places.csv";
  complaint.message = "has no rows";
  EXPECT_EQ(to_text(complaint), "places.csv: has no rows");
  complaint.severity = Severity::kWarning;
  complaint.file = "";
  EXPECT_EQ(to_text(complaint), "warning: has no rows");
}

TEST(ComplaintText, StaysOnOneLine) {
  Complaint complaint;
  complaint.value = "a\nb\x1b[31m";
  complaint.message = "is no name";
  EXPECT_EQ(to_text(complaint), "'a?b?[31m' is no name");
  // 59 letters and then a letter of two bytes: the cut falls before it, not inside.
  complaint.value = std::string(59, 'x') + "ș and more";
  EXPECT_EQ(to_text(complaint), "'" + std::string(59, 'x') + "...' is no name");
}

TEST(Complaints, WarningsDoNotSpoil) {
  Complaints complaints;
  EXPECT_TRUE(complaints.empty());
  complaints.add({.message = "odd", .severity = Severity::kWarning});
  EXPECT_TRUE(complaints.ok());
  EXPECT_FALSE(complaints.empty());
  complaints.add({.message = "wrong"});
  EXPECT_FALSE(complaints.ok());
  EXPECT_EQ(complaints.error_count(), 1U);
  EXPECT_EQ(complaints.warning_count(), 1U);
}

TEST(Complaints, SortsByFileThenLineAndKeepsOrderWithin) {
  Complaints complaints;
  complaints.add({.file = "b.csv", .line = 1, .message = "1"});
  complaints.add({.file = "a.csv", .line = 9, .message = "2"});
  complaints.add({.file = "a.csv", .line = 2, .message = "3"});
  complaints.add({.file = "a.csv", .line = 9, .message = "4"});
  complaints.sort();
  std::string order;
  for (const Complaint& complaint : complaints)
    order += complaint.message;
  EXPECT_EQ(order, "3241");
}

TEST(Complaints, CountsWhatItDoesNotKeep) {
  Complaints complaints;
  for (std::size_t i = 0; i < Complaints::kMaxKept + 5; ++i)
    complaints.add({.message = "wrong"});
  EXPECT_EQ(complaints.size(), Complaints::kMaxKept + 5);
  EXPECT_EQ(complaints.not_kept(), 5U);
  Complaints all;
  all.add({.message = "odd", .severity = Severity::kWarning});
  all.add_all(complaints);
  EXPECT_EQ(all.error_count(), Complaints::kMaxKept + 5);
  EXPECT_EQ(all.warning_count(), 1U);
  EXPECT_EQ(all.not_kept(), 6U);
}

}  // namespace
}  // namespace karvan
