#pragma once
// The answers to "why not?" in words, and what a refreshed itinerary changes.

#include <string>
#include <string_view>

#include "karvan/model/clock.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/why_not.h"
#include "karvan/report/plan_digest.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct WhyNotTold {
  const World& world;
  const Clocks& clocks;
  const plan::Answer& answer;
  const PlanDigest& digest;

  // "Kuryk: ..." with its reason and figures; may take several lines.
  std::string text(const plan::WhyNot& why_not, const Style& style) const;

 private:
  std::string options_text(const std::vector<std::size_t>& options) const;
  std::string reason(const plan::WhyNot& why_not) const;
  static std::string full(const plan::WhyNot& why_not);
  std::string beaten(const plan::WhyNot& why_not) const;
  std::string missed(const plan::WhyNot& why_not) const;
};

}  // namespace karvan::report
