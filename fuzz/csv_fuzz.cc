// Whole table files through the reader and the schema: the bytes stand for one table of the small
// corridor. The first byte says which; the rest is its text.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "karvan/base/check.h"
#include "karvan/load/build.h"
#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/schema.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace load = karvan::load;
  static const load::Files sound = load::detail::small_corridor();
  if (size == 0) return 0;
  std::string text;
  for (std::size_t i = 1; i < size; ++i)
    text += static_cast<char>(data[i]);
  load::Files files = sound;
  const std::string& name = load::table_specs()[data[0] % load::kTableCount].name;
  files[name + ".csv"] = text;
  karvan::Complaints complaints;
  const auto loaded = load::load_corridor(files, "", complaints);
  CHECK(loaded.has_value() == complaints.ok());

  // Small limits are met sooner.
  karvan::Complaints others;
  const load::CsvTable table = load::read_csv(
      text, "t.csv", others, {.cell_bytes = 16, .columns = 8, .records = 8, .faults = 4});
  for (std::size_t record = 0; record < table.records(); ++record) {
    for (std::size_t column = 0; column < table.columns(); ++column) {
      CHECK(table.cell(record, column).size() <= 16);
    }
  }
  return 0;
}
