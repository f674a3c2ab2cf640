#pragma once
// The prices of an itinerary line by line, each with the rows of data it rests on.

#include <string>
#include <vector>

#include "karvan/model/itinerary.h"

namespace karvan::report::detail {

enum class QuotePart { kCarriage, kHandling, kStorage, kBorders, kDocuments, kHire };

struct QuoteLine {
  QuotePart part = QuotePart::kCarriage;
  std::string what;
  std::vector<std::string> references;  // "tariffs:rail_kz_box40"
  std::vector<Id<Source>> sources;
  Confidence confidence = Confidence::kPublished;  // of the least sure row
  Usd cost;
};

// In the order of the parts, then of travel; nothing that is free. They add up to the itinerary's
// cost.
std::vector<QuoteLine> quote_lines(const World& world, const Itinerary& itinerary);

// The first day on which a price of the lines no longer holds, and the row that says so.
struct Expiry {
  std::optional<Date> day;
  std::string reference;
};
Expiry expiry_of(const World& world, const Itinerary& itinerary);

}  // namespace karvan::report::detail
