#pragma once
// Range search: the front over all moments of a window at which cargo may be handed over, the
// moment being one more criterion (later is better).
//
// Earlier cargo may do all that later cargo may, by waiting: the front of a moment is never worse
// than that of a later one. So where the fronts at two moments are equal, so are all between, and
// the window is halved only where they differ (range queries of RAPTOR, Delling et al. 2015, ask
// every departure of the origin instead; here on-demand services have none). Where waiting at the
// origin is charged, earlier cargo may be dearer, and every moment is asked.

#include <functional>

#include "karvan/plan/answer.h"
#include "karvan/plan/detail/engine.h"
#include "karvan/plan/detail/stop.h"
#include "karvan/plan/question.h"

namespace karvan::plan::detail {

// Answers a question without a window, nothing explained.
using Asker = std::function<Answer(const Question&)>;

// The refusal is left open: that is for the caller to explain. Requires a window. Asks no more once
// `stop`, where there is one, is set.
Answer range(const Engine& engine,
             const Question& question,
             const Asker& ask,
             const std::atomic<bool>* stop);

// Takes out what others beat by the criteria of the question, and sorts as an Answer does.
void keep_front(const Question& question, std::vector<Itinerary>& itineraries);

}  // namespace karvan::plan::detail
