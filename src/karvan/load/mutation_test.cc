// Goal: no file, however damaged, brings the loader down. Method: random cuts, flips, doublings and
// shuffles of the files of a small corridor; each either loads or is complained about. A seed that
// fails can be repeated with KARVAN_SEED.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "karvan/base/hash.h"
#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/scenario.h"

namespace karvan::load {
namespace {

constexpr std::uint64_t kRounds = 1500;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_{seed} {}
  std::size_t below(std::size_t n) {
    state_ += 0x9e3779b97f4a7c15U;
    return static_cast<std::size_t>(mix64(state_) % n);
  }

 private:
  std::uint64_t state_;
};

void damage(std::string& text, Dice& dice) {
  constexpr std::string_view kSigns = "\",;\n\r\t=-.0[]{}#\\\xff";
  if (text.empty()) return;
  const std::size_t at = dice.below(text.size());
  const std::size_t n = 1 + dice.below(std::min<std::size_t>(40, text.size() - at));
  switch (dice.below(8)) {
    case 0:
      text.resize(at);
      break;
    case 1:
      text[at] = static_cast<char>(dice.below(256));
      break;
    case 2:
      text.insert(at, 1, kSigns[dice.below(kSigns.size())]);
      break;
    case 3:
      text.erase(at, n);
      break;
    case 4:
      text.insert(dice.below(text.size()), text.substr(at, n));
      break;
    case 5:
      text += text.substr(at);
      break;
    default: {  // another digit: the text stays well-formed
      const std::size_t digit = text.find_first_of("0123456789", at);
      if (digit != std::string::npos) text[digit] = static_cast<char>('0' + dice.below(10));
      break;
    }
  }
}

TEST(Mutation, DamagedFilesLoadOrAreComplainedAbout) {
  Files sound = detail::small_corridor();
  sound["scenarios/s.toml"] =
      "name = \"s\"\ntitle = \"S\"\n[[change]]\ntable = \"links\"\nid = \"aktau-alat-sea\"\n"
      "set = { speed_kmh = 10 }\n[[scale]]\ntable = \"tariffs\"\nwhere = { mode = \"rail\" }\n"
      "column = \"per_unit\"\nfactor = 1.5\n[[add]]\ntable = \"seas\"\nrow = { id = \"aral\", "
      "name = \"Aral\", source = \"atlas\", confidence = \"assumed\" }\n[[remove]]\ntable = "
      "\"vessels\"\nid = \"agdam\"\n";
  const char* given = std::getenv("KARVAN_SEED");
  const std::uint64_t first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  const std::uint64_t end = given == nullptr ? first + kRounds : first + 1;
  std::size_t loaded_count = 0;
  for (std::uint64_t seed = first; seed < end; ++seed) {
    SCOPED_TRACE("KARVAN_SEED=" + std::to_string(seed));
    Dice dice{seed};
    Files files = sound;
    for (std::size_t n = 1 + dice.below(3); n > 0; --n) {
      auto file = files.begin();
      std::advance(file, static_cast<std::ptrdiff_t>(dice.below(files.size())));
      damage(file->second, dice);
    }
    Complaints complaints;
    const auto loaded = load_corridor(files, "", complaints);
    ASSERT_EQ(loaded.has_value(), complaints.ok());
    if (!loaded) continue;
    ++loaded_count;
    const auto scenario = load_scenario(*loaded, files, "s", complaints);
    ASSERT_EQ(scenario.has_value(), complaints.ok());
  }
  if (given == nullptr) {
    EXPECT_GT(loaded_count, kRounds / 20) << "the damage is too great to test anything";
  }
}

}  // namespace
}  // namespace karvan::load
