#include "karvan/simulate/simulate.h"

#include <utility>

#include "karvan/simulate/detail/compile.h"
#include "karvan/simulate/detail/run.h"

namespace karvan::simulate {
namespace {

// Also of services that nobody uses in these days: who sets a capacity to 0 means to see something.
void refuse_empty_capacities(detail::Workshop& shop) {
  for (const Id<Capacity> id : shop.world.ids<Capacity>()) {
    if (shop.world[id].units <= 0)
      shop.errors.push_back("capacities " + shop.world[id].code +
                            ": units is 0; expected more, or remove the row");
  }
}

}  // namespace

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
  refuse_empty_capacities(shop);
  detail::compile_places(shop);
  detail::compile_demand(shop, alternatives);
  detail::compile_vessels(shop);
  detail::compile_pipes(shop);
  detail::list_limited_hops(*model);
  compiled.errors = std::move(shop.errors);
  compiled.warnings = std::move(shop.warnings);
  if (compiled.errors.empty()) compiled.model = model;
  return compiled;
}

Result<Answer> Simulator::run(const detail::Model& model,
                              const Question& question,
                              const Watch& watch) {
  return detail::Run{model, question}.finish(watch);
}

Live::Live(std::shared_ptr<const detail::Model> model, const Question& question)
    : model_{std::move(model)}, run_{std::make_unique<detail::Run>(*model_, question)} {}
Live::Live(std::shared_ptr<const detail::Model> model, std::unique_ptr<detail::Run> run)
    : model_{std::move(model)}, run_{std::move(run)} {}
Live::Live(Live&&) noexcept = default;
Live& Live::operator=(Live&&) noexcept = default;
Live::~Live() = default;

Live Live::branch() const {
  return Live{model_, std::make_unique<detail::Run>(*run_)};
}

Live Live::branch(std::uint64_t replication) const {
  Live copy = branch();
  copy.run_->draw_anew(replication);
  return copy;
}

Instant Live::now() const {
  return detail::to_instant(run_->now());
}

std::optional<Error> Live::run_until(Instant until, const Watch& watch) {
  return run_->advance(detail::to_time(until), watch);
}

Result<Answer> Live::finish(const Watch& watch) {
  return run_->finish(watch);
}

}  // namespace karvan::simulate
