#include "karvan/simulate/simulate.h"

#include <algorithm>

#include "karvan/simulate/detail/compile.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate {

Simulator::Compiled Simulator::compile(const World& world,
                                       const Question& question,
                                       const Alternator& alternatives) {
  Compiled compiled;
  const auto model = std::make_shared<detail::Model>(world);
  if (question.days < 1 || question.days > 36600 || question.warm_up_days < 0 ||
      question.warm_up_days > 3660) {
    compiled.errors.emplace_back("days must be 1 to 36600, days of warm-up 0 to 3660");
    return compiled;
  }
  model->from = detail::to_time(question.from);
  model->begin = model->from - question.warm_up_days * detail::kDay;
  model->until = model->from + question.days * detail::kDay;
  detail::Workshop shop{world, question, *model};
  detail::compile_places(shop);
  detail::compile_demand(shop, alternatives);
  detail::compile_vessels(shop);
  detail::compile_pipes(shop);
  compiled.errors = std::move(shop.errors);
  compiled.warnings = std::move(shop.warnings);
  if (compiled.errors.empty()) compiled.model = model;
  return compiled;
}

Result<Answer> Simulator::run(const detail::Model& model,
                              const Question& question,
                              const std::atomic<bool>* stop) {
  return detail::Run{model, question}.go(stop);
}

}  // namespace karvan::simulate
