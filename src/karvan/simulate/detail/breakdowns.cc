// What fails but ships: links, cranes, pumps. A link is down for days drawn before the run, so that
// scenarios meet the same ones. Cranes and pumps fail at work only, at most once in a piece of it,
// which then takes as much longer as the repair (operation-dependent failures, exact for an
// exponential law: Buzacott and Shanthikumar, Stochastic Models of Manufacturing Systems, 1993).

#include <algorithm>

#include "karvan/base/hash.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate::detail {

void Run::make_link_failures() {
  const Failures& laws = model_->link_failures;
  if (laws.between == kNone || laws.repair == kNone) return;
  for (Index s = 0; s < sections_.size(); ++s) {
    const Section& section = model_->sections[s];
    if (!section.is_limited()) continue;
    auto& down = sections_[s].down;
    std::erase_if(down, [this](const auto& span) { return span.first >= now(); });
    Fingerprint name;
    name.add(model_->world[section.link].code);
    des::Draws draws = draws_of(Stream::kLink, name.value());
    for (Time t = model_->begin; t < model_->until;) {
      const Time start = t + hours_to_ticks(model_->laws[laws.between].sample(draws));
      t = start + hours_to_ticks(model_->laws[laws.repair].sample(draws)) + 1;
      // One that has begun goes on as it was drawn.
      if (start >= now() && (down.empty() || start > down.back().second))
        down.emplace_back(start, t);
    }
  }
}

// The first moment from t on at which the link works.
Time Run::working_from(const SectionState& section, Time t) {
  auto at = std::ranges::upper_bound(section.down, t, {}, &std::pair<Time, Time>::first);
  if (at == section.down.begin()) return t;
  --at;
  return std::max(t, at->second);
}

// What a failure adds to so much work; nothing if none happens.
Time Run::repair_within(const Failures& laws, Stream stream, std::uint64_t entity, Time work) {
  if (laws.between == kNone || laws.repair == kNone) return 0;
  des::Draws draws = draws_of(stream, entity);
  if (hours_to_ticks(model_->laws[laws.between].sample(draws)) >= work) return 0;
  return hours_to_ticks(model_->laws[laws.repair].sample(draws));
}

}  // namespace karvan::simulate::detail
