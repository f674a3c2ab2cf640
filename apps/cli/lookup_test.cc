#include "lookup.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace karvan::cli {
namespace {

const std::vector<Candidate>& candidates() {
  static const std::vector<Candidate> all{
      {"aktau", "Aktau (aktau, KZ)", {"Aktau", "Ақтау", "KZAAU"}},
      {"alat", "Alat (alat, AZ)", {"Alat", "Ələt", "AZALA"}},
      {"xian", "Xi'an (xian, CN)", {"Xi'an", "Xi An", "CNSIA"}},
      {"khorgos_cn", "Khorgos (khorgos_cn, CN)", {"Khorgos"}},
      {"khorgos_kz", "Khorgos (khorgos_kz, KZ)", {"Khorgos"}},
      {"constanta", "Constanța (constanta, RO)", {"Constanța"}},
  };
  return all;
}

std::string chosen(std::string_view text) {
  const Result<std::size_t> result = choose("place", text, candidates());
  return result ? candidates()[*result].code : result.error().message;
}

TEST(Choose, TakesCodesNamesAndOtherSpellings) {
  EXPECT_EQ(chosen("aktau"), "aktau");
  EXPECT_EQ(chosen("KZAAU"), "aktau");
  EXPECT_EQ(chosen("Ələt"), "alat");
  EXPECT_EQ(chosen("XI'AN"), "xian");
  EXPECT_EQ(chosen("xi an"), "xian");
  EXPECT_EQ(chosen("Constanta"), "constanta");
  EXPECT_EQ(chosen("Ақтау"), "aktau");
}

TEST(Choose, TellsAllThatAreMeant) {
  EXPECT_EQ(
      chosen("Khorgos"),
      "place 'Khorgos' is ambiguous: Khorgos (khorgos_cn, CN), Khorgos (khorgos_kz, KZ); give "
      "the code");
}

TEST(Choose, SuggestsNearOnes) {
  EXPECT_EQ(chosen("constnta"), "no place 'constnta'; did you mean Constanța (constanta, RO)?");
  EXPECT_EQ(chosen("zzzzzz"), "no place 'zzzzzz'");
}

TEST(Choose, RefusesNothingAndRubbish) {
  EXPECT_NE(chosen("").find("give a code or a name"), std::string::npos);
  EXPECT_NE(chosen("'").find("give a code or a name"), std::string::npos);
  EXPECT_NE(chosen("\xFF\xFE").find("no place"), std::string::npos);
}

}  // namespace
}  // namespace karvan::cli
