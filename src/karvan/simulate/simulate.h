#pragma once
// The front door of the room: compile a world and its demand once, then run it as often as wanted,
// from as many threads as wanted.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate {

namespace detail {
struct Model;
class Run;
}  // namespace detail

class Simulator {
 public:
  // A model, or why there is none: each error names the row to blame. Warnings do not prevent it.
  struct Compiled {
    std::shared_ptr<const detail::Model> model;  // null if there are errors
    std::vector<std::string> errors;
    std::vector<std::string> warnings;
  };
  // Asks `alternatives` for the ways of every demand row. The world must outlive the model.
  static Compiled compile(const World& world,
                          const Question& question,
                          const Alternator& alternatives);

  // One run. `question` may differ from the compiled one in seed, replication, keep_events and
  // most_events only. Ends early, with an error, when it is stopped or at its limit of events;
  // nothing delivered in all its days is an error too.
  static Result<Answer> run(const detail::Model& model,
                            const Question& question,
                            const Watch& watch = {});
};

// A corridor that runs and can be stopped at any moment, copied, and let run on: the ground for
// forecasts of what is under way. Run in pieces or at once, it has the same history.
class Live {
 public:
  // As it stands before its warm-up: empty. The world of the model must outlive it.
  Live(std::shared_ptr<const detail::Model> model, const Question& question);
  Live(Live&& other) noexcept;
  Live& operator=(Live&& other) noexcept;
  ~Live();

  // A copy with the same future.
  Live branch() const;
  // A copy whose future takes the chance of that replication; what has begun ends as drawn.
  Live branch(std::uint64_t replication) const;

  Instant now() const;
  // Up to `until`, at most to the end of the question's days; an error as of Simulator::run.
  std::optional<Error> run_until(Instant until, const Watch& watch = {});
  // To the end.
  Result<Answer> finish(const Watch& watch = {});

 private:
  Live(std::shared_ptr<const detail::Model> model, std::unique_ptr<detail::Run> run);

  std::shared_ptr<const detail::Model> model_;
  std::unique_ptr<detail::Run> run_;
};

}  // namespace karvan::simulate
