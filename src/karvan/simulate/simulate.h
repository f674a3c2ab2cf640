#pragma once
// The front door of the room: compile a world and its demand once, then run it as often as wanted,
// from as many threads as wanted.

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

namespace karvan::simulate {

namespace detail {
struct Model;
}

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

  // One run. `question` may differ from the compiled one in seed, replication and keep_events only.
  // Stops early, with an error, when `stop` is set; nothing delivered in all its days is an
  // error too.
  static Result<Answer> run(const detail::Model& model,
                            const Question& question,
                            const std::atomic<bool>* stop = nullptr);
};

}  // namespace karvan::simulate
