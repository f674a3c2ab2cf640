#pragma once
// Why not?: for a service or place that somebody names, the first reason why an answer does not use
// it. Either an option does; or a way by it exists, but an option is as good in every criterion; or
// there is none, and an obstacle says why.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/enum_text.h"
#include "karvan/cost/documents_of.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::plan {

// One of the two is set.
struct Subject {
  Id<Service> service;
  Id<Place> place;
};

enum class WhyNotReason {
  kUsed,         // by the options of `used_by`
  kBeaten,       // `nearest` is the earliest way by it; options of `beaten_by` are as good in all
  kFull,         // others have booked a departure; with room, it would be worth an option
  kPapers,       // `lacking` is not ready for a departure; at hand, it would be worth an option
  kMissed,       // a departure is missed by `missed_by`; caught, it would be worth an option
  kNoDeparture,  // the service does not run within the days of the question
  kNotCarried,   // it takes the goods in no load unit, or not for their class of danger
  kNotServed,    // no service calls at the place or passes it
  kObstacle,     // `refusal` says which
};

}  // namespace karvan::plan

namespace karvan {

template <>
struct EnumTexts<plan::WhyNotReason> {
  static constexpr std::array values{
      std::pair{plan::WhyNotReason::kUsed, std::string_view{"used"}},
      std::pair{plan::WhyNotReason::kBeaten, std::string_view{"beaten"}},
      std::pair{plan::WhyNotReason::kFull, std::string_view{"full"}},
      std::pair{plan::WhyNotReason::kPapers, std::string_view{"document_not_ready"}},
      std::pair{plan::WhyNotReason::kMissed, std::string_view{"missed"}},
      std::pair{plan::WhyNotReason::kNoDeparture, std::string_view{"no_departure"}},
      std::pair{plan::WhyNotReason::kNotCarried, std::string_view{"not_carried"}},
      std::pair{plan::WhyNotReason::kNotServed, std::string_view{"not_served"}},
      std::pair{plan::WhyNotReason::kObstacle, std::string_view{"obstacle"}},
  };
};

}  // namespace karvan

namespace karvan::plan {

struct WhyNot {
  Subject subject;
  WhyNotReason reason = WhyNotReason::kObstacle;
  std::vector<std::size_t> used_by;
  std::vector<std::size_t> beaten_by;
  std::optional<Itinerary> nearest;
  // The departure before the one that `nearest` takes of the service named: missed by how much,
  // its cut-off included. Not set where none leaves in the week before.
  std::optional<Instant> missed_departure;
  Duration missed_by{};
  Duration cutoff{};
  // The first departure before that of `nearest`, of the service named, that the cargo is in time
  // for but others have booked; `full` says how much is left.
  std::optional<Instant> full_departure;
  std::string full;
  // The first document that is not ready for the way that would be the nearest if papers were at
  // hand; `not_ready` says so.
  std::optional<cost::PaperLacking> lacking;
  std::string not_ready;
  std::string message;  // one sentence, in all but kUsed and kBeaten
  Refusal refusal;      // kObstacle
};

}  // namespace karvan::plan
