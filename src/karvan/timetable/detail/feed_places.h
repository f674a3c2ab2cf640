#pragma once
// The stops of a feed as places: platforms and entrances belong to their stations; what has no
// point on the earth is dropped.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/geo/earth.h"
#include "karvan/timetable/detail/feed_table.h"
#include "karvan/timetable/remarks.h"

namespace karvan::timetable::detail {

struct FeedPlace {
  std::size_t row = 0;  // of stops
  std::string id;
  std::string name;
  std::string zone;  // empty: the agency's
};

class FeedPlaces {
 public:
  FeedPlaces(const FeedTable& stops, Remarks& remarks);

  // The place of a stop: its station's, or its own.
  std::optional<std::size_t> find(std::string_view stop_id) const;
  const std::vector<FeedPlace>& all() const { return places_; }
  const std::vector<GeoPoint>& points() const { return points_; }

 private:
  static constexpr std::size_t kAbsent = FeedTable::kAbsent;
  static constexpr int kDeepest = 8;  // of stations within stations

  void index(const FeedTable& stops, Remarks& remarks);
  // The row of the outermost station that the stop lies in.
  std::size_t station_of(const FeedTable& stops, std::size_t row, Remarks& remarks) const;

  std::map<std::string, std::size_t, std::less<>> row_of_;
  std::vector<std::size_t> place_of_row_;  // kAbsent: dropped
  std::vector<FeedPlace> places_;
  std::vector<GeoPoint> points_;
};

// Text as a cell of ours: control characters become blanks, at most 200 bytes.
std::string plain_text(std::string_view text);

}  // namespace karvan::timetable::detail
