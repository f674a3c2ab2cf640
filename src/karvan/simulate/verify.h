#pragma once
// An independent auditor: follows every shipment through the event log of a run, sharing no code
// with the engine.

#include <string>
#include <vector>

#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate {

// Every law that the log of a run (Question::keep_events) breaks, in words; empty if none. Checks
// that instants never fall; that a shipment begins once, by release or by going ahead of another,
// and ends at most once; that it boards where it is, by a service that calls there, leaves the same
// vehicle at a later call of it, and is never in two places; that kilograms are neither made nor
// lost, at parting and in all; that what was delivered in the days that count is what the answer
// says in all. At most 50 are told.
std::vector<std::string> verify(const World& world, const Question& question, const Answer& answer);

}  // namespace karvan::simulate
