#include "karvan/timetable/detail/feed_places.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/text.h"

namespace karvan::timetable::detail {
namespace {

constexpr std::size_t kLongestText = 200;

// Degrees; nothing for what is no point, or the Gulf of Guinea of empty cells turned to zeros.
std::optional<GeoPoint> point_of(std::string_view lon, std::string_view lat) {
  const auto x = parse_double(lon);
  const auto y = parse_double(lat);
  if (!x || !y || *x < -180 || *x > 180 || *y < -90 || *y > 90) return std::nullopt;
  if (*x == 0 && *y == 0) return std::nullopt;
  return GeoPoint{.lon = *x, .lat = *y};
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::size_t end = std::min(text.size(), kLongestText);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
    --end;
  std::string plain{text.substr(0, end)};
  for (char& c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20U || byte == 0x7fU) c = ' ';
  }
  return std::string{trim(plain)};
}

FeedPlaces::FeedPlaces(const FeedTable& stops, Remarks& remarks) {
  index(stops, remarks);
  const std::size_t lon = stops.column("stop_lon");
  const std::size_t lat = stops.column("stop_lat");
  const std::size_t name = stops.column("stop_name");
  const std::size_t zone = stops.column("stop_timezone");
  const std::size_t id = stops.column("stop_id");
  place_of_row_.assign(stops.size(), kAbsent);
  std::vector<std::size_t> place_of_station(stops.size(), kAbsent);
  for (std::size_t row = 0; row < stops.size(); ++row) {
    const std::size_t station = station_of(stops, row, remarks);
    if (place_of_station[station] == kAbsent) {
      auto point = point_of(stops.cell(station, lon), stops.cell(station, lat));
      if (!point && row != station) {
        point = point_of(stops.cell(row, lon), stops.cell(row, lat));
        if (point)
          remarks.repaired(stops.origin(station, lon), "station put where its first stop is");
      }
      if (!point) {
        remarks.dropped(stops.origin(row, lon), "stop has no point on the earth");
        continue;
      }
      place_of_station[station] = places_.size();
      std::string text = plain_text(stops.cell(station, name));
      if (text.empty()) {
        remarks.repaired(stops.origin(station, name), "stop without a name named by its id");
        text = plain_text(stops.cell(station, id));
      }
      places_.push_back({.row = station,
                         .id = std::string{stops.cell(station, id)},
                         .name = text.empty() ? "?" : text,
                         .zone = plain_text(stops.cell(station, zone))});
      points_.push_back(*point);
    }
    place_of_row_[row] = place_of_station[station];
  }
}

void FeedPlaces::index(const FeedTable& stops, Remarks& remarks) {
  const std::size_t id = stops.column("stop_id");
  for (std::size_t row = 0; row < stops.size(); ++row) {
    const std::string_view text = stops.cell(row, id);
    if (!row_of_.try_emplace(std::string{text}, row).second)
      remarks.dropped(stops.origin(row, id), "stop is there twice; the first is kept");
  }
}

std::size_t FeedPlaces::station_of(const FeedTable& stops,
                                   std::size_t row,
                                   Remarks& remarks) const {
  const std::size_t parent = stops.column("parent_station");
  std::size_t here = row;
  for (int depth = 0;; ++depth) {
    const std::string_view text = stops.cell(here, parent);
    if (text.empty()) return here;
    const auto up = row_of_.find(text);
    if (up == row_of_.end()) {
      remarks.repaired(stops.origin(here, parent), "unknown station; the stop stands alone");
      return here;
    }
    if (depth == kDeepest) {
      remarks.repaired(stops.origin(row, parent), "stations lie in each other; the stop is alone");
      return row;
    }
    here = up->second;
  }
}

std::optional<std::size_t> FeedPlaces::find(std::string_view stop_id) const {
  const auto row = row_of_.find(stop_id);
  if (row == row_of_.end() || place_of_row_[row->second] == kAbsent) return std::nullopt;
  return place_of_row_[row->second];
}

}  // namespace karvan::timetable::detail
