#pragma once
// Handle: a question, and maybe one itinerary that answered it, as a compact text for people to
// keep and programs to send back: for earlier and later pages, for asking again what was planned.
//
// "k1" and base64url (RFC 4648, no padding) of: fields, each a tag, a length and bytes; then four
// bytes of a hash over what stands before. Rows are named by their codes, so that a handle outlives
// changes of the data. Whoever writes another shape counts the version up.

#include <string>
#include <string_view>

#include "karvan/base/result.h"
#include "karvan/plan/follow.h"

namespace karvan::plan {

// What an itinerary promised when its handle was made.
struct Promise {
  std::vector<BookedLeg> legs;
  Instant arrive{};
  Usd cost;
  KgCo2e co2e;

  friend bool operator==(const Promise&, const Promise&) = default;
};

struct Handle {
  Question question;
  std::optional<Promise> promise;  // of one itinerary
};

std::string handle_of(const World& world, const Question& question);
std::string handle_of(const World& world, const Question& question, const Itinerary& itinerary);

// Refuses what was cut, altered or made by another version, and codes that this world lacks.
Result<Handle> read_handle(const World& world, std::string_view text);

}  // namespace karvan::plan
