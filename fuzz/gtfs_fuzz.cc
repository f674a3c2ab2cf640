// Feeds as strangers send them. Bytes that begin like a zip archive are one; others are texts of
// files, each after a line "== name", laid over a small sound feed, or, under "== sheet.csv", an
// operator's sheet. What comes out of an import is a corridor that holds together, unless the feed
// wrote cells of ours.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "karvan/base/check.h"
#include "karvan/load/build.h"
#include "karvan/load/detail/small_corridor.h"
#include "karvan/timetable/archive.h"
#include "karvan/timetable/detail/small_feed.h"
#include "karvan/timetable/import_gtfs.h"
#include "karvan/timetable/import_sheet.h"

namespace {

namespace load = karvan::load;
namespace timetable = karvan::timetable;

constexpr std::string_view kMark = "== ";
constexpr std::string_view kSheet = "sheet.csv";

void lay_over(std::string_view text, load::Files& files) {
  std::string name = "stop_times.txt";
  std::string body;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with(kMark)) {
      body += line;
      continue;
    }
    if (!body.empty()) files[name] = body;
    body.clear();
    name = line.substr(kMark.size(), line.size() - kMark.size() - (line.ends_with('\n') ? 1 : 0));
  }
  if (!body.empty()) files[name] = body;
}

void import_all(const load::Files& files, bool has_our_cells) {
  karvan::Complaints complaints;
  const auto imported = timetable::import_gtfs(files, {}, nullptr, complaints);
  CHECK(imported.has_value() == complaints.ok());
  if (!imported || has_our_cells) return;
  karvan::Complaints faults;
  CHECK(load::load_corridor(imported->files, "", faults).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += static_cast<char>(data[i]);
  const bool has_our_cells = text.find("karvan_") != std::string::npos;
  if (text.starts_with("PK")) {
    karvan::Complaints complaints;
    const auto files = timetable::unzipped(text, "feed.zip", complaints,
                                           {.entries = 20,
                                            .file_bytes = 1U << 20U,
                                            .total_bytes = 1U << 22U,
                                            .ratio_from = 1U << 16U});
    CHECK(files.has_value() == complaints.ok());
    // Compressed names and texts may hide our prefix.
    if (files) import_all(*files, true);
    return 0;
  }
  load::Files files = timetable::detail::small_feed();
  lay_over(text, files);
  if (const auto sheet = files.find(kSheet); sheet != files.end()) {
    static const auto base = [] {
      karvan::Complaints complaints;
      return load::load_corridor(load::detail::small_corridor(), "", complaints).value();
    }();
    karvan::Complaints complaints;
    const timetable::Base into{base};
    static_cast<void>(
        timetable::import_sheet(sheet->second, std::string{kSheet}, {}, &into, complaints));
    return 0;
  }
  import_all(files, has_our_cells);
  return 0;
}
