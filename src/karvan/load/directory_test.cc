#include "karvan/load/directory.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/scenario.h"

namespace karvan::load {
namespace {

namespace fs = std::filesystem;

TEST(Directory, ReadsTablesInfoAndScenarios) {
  const fs::path folder =
      fs::path{testing::TempDir()} / ("karvan_load_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "scenarios");
  const auto write = [&folder](const std::string& name, const std::string& text) {
    std::ofstream{folder / name, std::ios::binary} << text;
  };
  for (const auto& [name, text] : detail::small_corridor())
    write(name, text);
  write("scenarios/one.toml", "name = \"one\"\ntitle = \"One\"\n");
  write("README.md", "not ours");
  Complaints complaints;
  const Files files = read_folder(folder, complaints);
  EXPECT_TRUE(files.contains("links.csv"));
  EXPECT_TRUE(files.contains("scenarios/one.toml"));
  EXPECT_FALSE(files.contains("README.md"));
  EXPECT_TRUE(load_corridor(folder, complaints).has_value());
  EXPECT_TRUE(complaints.empty());
  fs::remove_all(folder);

  EXPECT_FALSE(load_corridor(folder, complaints).has_value());
  EXPECT_EQ(complaints.error_count(), 1U);
  EXPECT_EQ(to_text(*complaints.begin()),
            folder.generic_string() + ": cannot be read: No such file or directory");
}

// The data tests: what is shipped loads without a word, with every scenario.
void expect_no_complaint(const std::string& folder) {
  Complaints complaints;
  const Files files = read_folder(folder, complaints);
  const auto loaded = load_corridor(files, folder, complaints);
  if (loaded) {
    for (const ScenarioInfo& info : list_scenarios(files, folder, complaints)) {
      EXPECT_TRUE(load_scenario(*loaded, files, info.name, complaints).has_value()) << info.name;
    }
  }
  EXPECT_TRUE(loaded.has_value());
  for (const Complaint& complaint : complaints)
    ADD_FAILURE() << to_text(complaint);
}

TEST(TitrData, LoadsWithoutComplaint) {
  expect_no_complaint("data/titr");
}

TEST(DemoData, LoadsWithoutComplaint) {
  expect_no_complaint("data/demo");
}

}  // namespace
}  // namespace karvan::load
