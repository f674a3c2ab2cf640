#pragma once
// From texts to a checked Corridor: reads every table, turns codes into ids, converts money, checks
// the whole. Two passes over the rows, so that a row may refer to any other. All complaints of a
// pass come at once; the whole is checked only when every row could be read.

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "karvan/base/complaint.h"
#include "karvan/load/raw.h"
#include "karvan/model/corridor.h"
#include "karvan/model/validate.h"

namespace karvan::load {

// Name within the data folder ("links.csv", "corridor.toml") and text.
using Files = std::map<std::string, std::string, std::less<>>;

struct Loaded {
  std::string folder;  // as complaints name it; may be empty
  Corridor corridor;
  RawTables raw;
};

// Nothing if there is any error; warnings do not hinder. `folder` goes before file names in
// complaints. Tables may be absent (and are empty), but for sources, countries, time_zones, places
// and links. Files in sub-folders are not looked at.
std::optional<Loaded> load_corridor(const Files& files,
                                    std::string_view folder,
                                    Complaints& complaints);

// Tables that a corridor has even if they are empty.
inline constexpr std::array<std::string_view, 5> kNeededTables{"sources", "countries", "time_zones",
                                                               "places", "links"};
inline constexpr std::string_view kInfoFile = "corridor.toml";

// Ids stand in lists, file names and addresses: A-Z a-z 0-9 _ - .
inline constexpr std::size_t kLongestCode = 80;
bool is_code_char(char c);
bool is_code(std::string_view text);

// The texts as `folder` holds them, joined with '/'.
std::string path_in(std::string_view folder, std::string_view file);

}  // namespace karvan::load
