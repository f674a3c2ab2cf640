#pragma once
// Feeds as zip archives and as folders. Archives come from strangers: their sizes are checked
// before and while they are unpacked, in memory only, and no name in them ever becomes a path.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "karvan/base/complaint.h"
#include "karvan/base/result.h"
#include "karvan/load/build.h"

namespace karvan::timetable {

struct ArchiveLimits {
  std::size_t archive_bytes = 256U << 20U;
  std::size_t entries = 1000;
  std::size_t file_bytes = 256U << 20U;    // of one file, unpacked
  std::size_t total_bytes = 1024U << 20U;  // of all files, unpacked
  std::size_t ratio = 200;                 // unpacked to packed, of files over ratio_from
  std::size_t ratio_from = 1U << 20U;      // timetables pack to a tenth; bombs to a thousandth
};

// The *.txt files of a zip archive, by their names without folders: those at its top, or, if there
// are none, those of the one folder that holds stops.txt. `name` is for complaints.
std::optional<load::Files> unzipped(std::string_view bytes,
                                    const std::string& name,
                                    Complaints& complaints,
                                    const ArchiveLimits& limits = {});

// The files as a zip archive; the same bytes for the same files.
Result<std::string> zipped(const load::Files& files);

// The *.txt files of a feed: `path` is a folder or a zip archive.
std::optional<load::Files> read_feed_files(const std::string& path, Complaints& complaints);

// A folder with these files, in one step: it appears whole or not at all. Other files of the folder
// `base` (empty: none) are carried over. Refuses a place where there is something already, unless
// it is `base` itself or an empty folder.
Status write_folder(const std::string& path, const load::Files& files, const std::string& base);

}  // namespace karvan::timetable
