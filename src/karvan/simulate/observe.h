#pragma once
// What a run says about the published figures of the world: the same quantity, counted in the event
// log as those who published it would have counted it.

#include <vector>

#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate {

struct Sighting {
  Id<Observation> observation;
  double value = 0;  // in the unit of the row
};

// For each observation that a run with Question::keep_events can answer, in table order. Its period
// must lie within the days that count.
//   throughput    from and to: what rode between the two, both ways; only from: what ships loaded
//                 and unloaded there; only via: what ships carried between the places of via. In
//                 t, kt, Mt, Mbbl (7.57 bbl/t), TEU, trucks, wagons, units, calls, calls/month,
//                 trains/day; of the kind of `load_unit` where it names one.
//   transit_time  from the first sight of a shipment at `from` to its arrival at `to`, by tonnes,
//                 over all of `via`; days or hours
//   running_time  pipelines only: from entering the line to leaving it
//   border_time   mean hours at the crossing whose link joins `from` and `to`
std::vector<Sighting> observe(const World& world, const Question& question, const Answer& answer);

}  // namespace karvan::simulate
