#pragma once
// Bookings of an operator, laid over a corridor: the rows of the table `bookings` as a file of its
// own. Columns: service, departs_on, load_unit, units; leaves_at, id and note where wanted.

#include <string>
#include <string_view>

#include "karvan/base/complaint.h"
#include "karvan/load/patch.h"

namespace karvan::load {

struct BookedText {
  std::string file;  // as complaints and the rows' source name it
  std::string_view text;
};

// Adds the rows. Those that name no source have the file as one, and count as published by it.
void apply_booked(const BookedText& booked, Patch& patch, Complaints& complaints);

}  // namespace karvan::load
