#pragma once
// Replay report: an option of a plan beside what became of it in simulated runs.

#include <string>

#include "karvan/choice/replayed.h"
#include "karvan/plan/reliability.h"
#include "karvan/report/sheet.h"
#include "karvan/report/style.h"

namespace karvan::report {

struct ReplayCase {
  Shipment shipment;
  choice::Replayed replayed;
  plan::Reliability
      surety;  // by the laws of delay alone: of the deadline, else of being as planned
  simulate::Question question;
};

std::string replay_text(const World& world, const ReplayCase& replay, const Style& style);
std::string replay_json(const World& world, const ReplayCase& replay);
// One row for each leg: when it leaves and arrives as planned, and by when in 10, 50 and 90 % of
// runs.
Sheet replay_sheet(const World& world, const ReplayCase& replay);

}  // namespace karvan::report
