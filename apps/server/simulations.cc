#include "simulations.h"

#include <algorithm>
#include <utility>

#include "karvan/choice/alternatives.h"
#include "karvan/report/simulate_report.h"
#include "karvan/simulate/experiment.h"

#include "../cli/session.h"
#include "../cli/threads.h"

namespace karvan::server {

struct Simulations::Job {
  explicit Job(SimulationOrder asked) : order{std::move(asked)} {}

  const SimulationOrder order;
  std::atomic<bool> stop{false};

  mutable std::mutex mutex;  // of what follows
  JobState state = JobState::kQueued;
  double runs_done = 0;  // parts of runs too
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
  // Of the base, by replication, while it runs; its events left out.
  std::vector<std::shared_ptr<const simulate::Answer>> answers;
  std::string unstored;

  std::size_t runs() const { return order.replications * (order.other ? 2 : 1); }
  bool is_ended() const { return state != JobState::kQueued && state != JobState::kRunning; }

  std::size_t prefix() const {
    const auto gap = std::ranges::find(answers, nullptr);
    return static_cast<std::size_t>(gap - answers.begin());
  }
  JobView view() const {
    const std::scoped_lock lock{mutex};
    const bool is_done = state == JobState::kDone;
    return {.id = order.id,
            .state = state,
            .progress = is_done ? 1 : std::min(runs_done / static_cast<double>(runs()), 1.0),
            .replications = order.replications,
            .replications_done = is_done ? order.replications : prefix(),
            .has_events = order.question.keep_events,
            .faults = faults};
  }
};

Simulations::Simulations(Store& store, std::string data_hash, std::size_t most_waiting)
    : store_{store}, data_hash_{std::move(data_hash)}, pool_{1, most_waiting, 10} {}

Simulations::~Simulations() {
  cancel_all();
}

std::shared_ptr<Simulations::Job> Simulations::job(const std::string& id) const {
  const std::scoped_lock lock{mutex_};
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : found->second;
}

std::optional<JobView> Simulations::submit(SimulationOrder order) {
  const std::string id = order.id;
  const std::scoped_lock lock{mutex_};
  if (const auto known = jobs_.find(id); known != jobs_.end()) {
    JobView view = known->second->view();
    if (view.state == JobState::kQueued || view.state == JobState::kRunning) return view;
    // Being stopped is no answer, and what failed may be asked again.
    std::erase(order_, known->second);
    jobs_.erase(known);
  }
  auto job = std::make_shared<Job>(std::move(order));
  if (!pool_.submit([this, job] { run(job); })) return std::nullopt;
  jobs_.emplace(id, job);
  order_.push_back(job);
  forget_old();
  return job->view();
}

// Under the lock. Ended ones go first come, first gone; the queue bounds the others.
void Simulations::forget_old() {
  for (auto at = order_.begin(); order_.size() > kMostRemembered && at != order_.end();) {
    const JobState state = (*at)->view().state;
    if (state == JobState::kQueued || state == JobState::kRunning) {
      ++at;
      continue;
    }
    jobs_.erase((*at)->order.id);
    at = order_.erase(at);
  }
}

std::optional<JobView> Simulations::find(const std::string& id) const {
  const auto known = job(id);
  return known ? std::optional{known->view()} : std::nullopt;
}

std::vector<JobView> Simulations::list() const {
  const std::scoped_lock lock{mutex_};
  std::vector<JobView> views;
  for (const auto& job : order_)
    views.push_back(job->view());
  return views;
}

std::optional<JobView> Simulations::cancel(const std::string& id) {
  const auto known = job(id);
  if (!known) return std::nullopt;
  known->stop = true;
  {
    const std::scoped_lock lock{known->mutex};
    // The one that runs stops soon and says so itself; seen from outside it is over.
    if (!known->is_ended()) known->state = JobState::kCancelled;
  }
  return known->view();
}

void Simulations::cancel_all() {
  for (const JobView& view : list())
    static_cast<void>(cancel(view.id));
}

std::optional<std::string> Simulations::unstored(const std::string& id) const {
  const auto known = job(id);
  if (!known) return std::nullopt;
  const std::scoped_lock lock{known->mutex};
  return known->unstored.empty() ? std::nullopt : std::optional{known->unstored};
}

std::optional<std::string> Simulations::partial(const std::string& id) const {
  const auto known = job(id);
  if (!known) return std::nullopt;
  std::vector<simulate::Answer> answers;
  std::vector<std::string> warnings;
  {
    const std::scoped_lock lock{known->mutex};
    for (std::size_t i = 0; i < known->prefix(); ++i)
      answers.push_back(*known->answers[i]);
    warnings = known->warnings;
  }
  if (answers.empty()) return std::nullopt;
  return simulation_json(known->order, answers, {}, warnings, data_hash_);
}

void Simulations::end(Job& job, JobState state, std::vector<std::string> faults) {
  const std::scoped_lock lock{job.mutex};
  job.answers.clear();
  job.answers.shrink_to_fit();
  if (job.state == JobState::kCancelled) return;
  job.state = state;
  job.faults = std::move(faults);
}

Result<std::vector<simulate::Answer>> Simulations::run_case(Job& job,
                                                            const Case& one,
                                                            bool is_base) {
  simulate::Question question = job.order.question;
  if (!is_base) {
    question.keep_events = false;
    question.lose_unserved = true;  // what the base carries and this does not is a difference
  }
  const World world = one.world();
  const simulate::Alternator ask = choice::alternatives_from(world);
  const auto unless_stopped = [&](Id<Demand> demand, const Shipment& shipment, Instant at) {
    return job.stop ? simulate::Alternatives{.itineraries = {}, .refusal = "stopped"}
                    : ask(demand, shipment, at);
  };
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(world, question, unless_stopped);
  const auto refuse = [](std::string message) {
    return Error{.kind = ErrorKind::kInvalid, .message = std::move(message)};
  };
  if (job.stop) return refuse("stopped");
  if (!compiled.model) {
    std::string all;
    for (const std::string& error : compiled.errors)
      all += (all.empty() ? "" : "\n") + cli::located(one.loaded(), error);
    return refuse(all);
  }
  if (is_base) {
    const std::scoped_lock lock{job.mutex};
    job.answers.resize(job.order.replications);
    job.warnings = compiled.warnings;
  }
  const auto visit = [&job, is_base](std::size_t i, simulate::Answer& answer) {
    if (i > 0) {
      answer.events = {};
      answer.delivered = {};
    }
    if (!is_base) return;
    auto events = std::exchange(answer.events, {});
    auto delivered = std::exchange(answer.delivered, {});
    auto copy = std::make_shared<const simulate::Answer>(answer);
    answer.events = std::move(events);
    answer.delivered = std::move(delivered);
    const std::scoped_lock lock{job.mutex};
    if (!job.is_ended()) job.answers[i] = std::move(copy);
  };
  const auto pulse = [&job](double runs) {
    const std::scoped_lock lock{job.mutex};
    job.runs_done += runs;
  };
  return simulate::replicate(*compiled.model, question, job.order.replications,
                             {.for_each = cli::threads_of(0),
                              .visit = visit,
                              .watch = {.stop = &job.stop, .pulse = pulse}});
}

void Simulations::run(const std::shared_ptr<Job>& given) {
  Job& job = *given;
  {
    const std::scoped_lock lock{job.mutex};
    if (job.is_ended()) return;
    job.state = JobState::kRunning;
  }
  const auto lines = [](const Error& error) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= error.message.size();) {
      const std::size_t stop = std::min(error.message.find('\n', begin), error.message.size());
      all.push_back(error.message.substr(begin, stop - begin));
      begin = stop + 1;
    }
    return all;
  };
  const auto base = run_case(job, *job.order.base, true);
  if (!base) return end(job, JobState::kFailed, lines(base.error()));
  std::vector<simulate::Answer> others;
  if (job.order.other) {
    auto other = run_case(job, *job.order.other, false);
    if (!other) return end(job, JobState::kFailed, lines(other.error()));
    others = std::move(other).value();
  }
  StoredAnswer answer{
      .kind = "simulation",
      .question = job.order.question_text,
      .body = simulation_json(job.order, *base, others, job.warnings, data_hash_),
      .log = job.order.question.keep_events
                 ? report::simulate_events_csv(job.order.base->world(), base->front())
                 : std::string{}};
  if (const Status saved = store_.save_answer(job.order.id, answer); !saved) {
    const std::scoped_lock lock{job.mutex};
    job.unstored = std::move(answer.body);
  }
  end(job, JobState::kDone);
}

}  // namespace karvan::server
