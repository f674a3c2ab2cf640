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
  std::vector<KeptRuns> sides;  // while it runs: by replication, null where none is done
  std::string log;              // of the first run, if it was asked for
  std::size_t claimed = 0;      // replications of which the figures are told, or are being written
  std::shared_ptr<const SimulationFigures> told;
  std::string unstored;

  std::size_t count_of_sides() const { return order.other ? 2 : 1; }
  std::size_t runs() const { return order.replications * count_of_sides(); }
  bool is_ended() const { return state != JobState::kQueued && state != JobState::kRunning; }

  // So many replications are done on all sides without a gap.
  std::size_t prefix() const {
    std::size_t least = sides.empty() ? 0 : order.replications;
    for (const KeptRuns& side : sides)
      least = std::min(least,
                       static_cast<std::size_t>(std::ranges::find(side, nullptr) - side.begin()));
    return least;
  }
  std::vector<KeptRuns> done() const {
    const std::size_t whole = prefix();
    std::vector<KeptRuns> all;
    for (const KeptRuns& side : sides)
      all.emplace_back(side.begin(), side.begin() + static_cast<std::ptrdiff_t>(whole));
    return all;
  }
  // Whether the figures of so many are worth being told: of each up to sixteen, then of an eighth
  // more each time, so that the work of telling grows as that of running does.
  bool is_due(std::size_t whole) const {
    return whole > claimed && (whole >= claimed + std::max(claimed / 8, std::size_t{1}) ||
                               whole == order.replications);
  }
  void keep(std::size_t run, simulate::Answer& answer);
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

namespace {

std::vector<simulate::Answer> answers_of(const KeptRuns& side) {
  std::vector<simulate::Answer> answers;
  answers.reserve(side.size());
  for (const auto& run : side)
    answers.push_back(run->answer);
  return answers;
}

std::vector<simulate::Answer> others_of(const std::vector<KeptRuns>& sides) {
  return sides.size() < 2 ? std::vector<simulate::Answer>{} : answers_of(sides.back());
}

}  // namespace

std::optional<std::string> Simulations::partial(const std::string& id) const {
  const auto known = job(id);
  if (!known) return std::nullopt;
  std::vector<KeptRuns> sides;
  std::vector<std::string> warnings;
  {
    const std::scoped_lock lock{known->mutex};
    sides = known->done();
    warnings = known->warnings;
  }
  if (sides.empty() || sides.front().empty()) return std::nullopt;
  return simulation_json(known->order, answers_of(sides.front()), others_of(sides), warnings,
                         data_hash_);
}

std::shared_ptr<const SimulationFigures> Simulations::figures(const std::string& id) const {
  const auto known = job(id);
  if (!known) return nullptr;
  const std::scoped_lock lock{known->mutex};
  return known->told;
}

void Simulations::end(Job& job, JobState state, std::vector<std::string> faults) {
  const std::scoped_lock lock{job.mutex};
  job.sides = {};
  job.log = {};
  job.told = nullptr;
  if (job.state == JobState::kCancelled) return;
  job.state = state;
  job.faults = std::move(faults);
}

// On the thread of the run: sides take turns. What is told grows, whichever thread comes first.
void Simulations::Job::keep(std::size_t run, simulate::Answer& answer) {
  const std::size_t side = run % count_of_sides();
  std::string events;
  if (run == 0 && order.question.keep_events)
    events = report::simulate_events_csv(order.base->world(), answer);
  answer.events = {};
  answer.delivered = {};
  simulate::FigureList headline = headline_of(answer);
  auto kept = std::make_shared<const KeptRun>(std::move(headline), std::move(answer));
  std::vector<KeptRuns> whole;
  {
    const std::scoped_lock lock{mutex};
    if (is_ended()) return;
    if (!events.empty()) log = std::move(events);
    sides[side][run / count_of_sides()] = std::move(kept);
    if (!is_due(prefix())) return;
    claimed = prefix();
    whole = done();
  }
  auto figures = std::make_shared<const SimulationFigures>(figures_so_far(whole));
  const std::scoped_lock lock{mutex};
  if (!is_ended() && (!told || told->replications < figures->replications))
    told = std::move(figures);
}

namespace {

Error refusal(std::string message) {
  return {.kind = ErrorKind::kInvalid, .message = std::move(message)};
}

// The question that is asked of what it is compared with.
simulate::Question question_of_other(simulate::Question question) {
  question.keep_events = false;
  question.lose_unserved = true;  // what the base carries and this does not is a difference
  return question;
}

Result<simulate::Simulator::Compiled> compiled(const Case& one,
                                               const World& world,
                                               const simulate::Question& question,
                                               const std::atomic<bool>& stop) {
  const simulate::Alternator ask = choice::alternatives_from(world);
  const auto unless_stopped = [&](Id<Demand> demand, const Shipment& shipment, Instant at) {
    return stop ? simulate::Alternatives{.itineraries = {}, .refusal = "stopped"}
                : ask(demand, shipment, at);
  };
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(world, question, unless_stopped);
  if (stop) return refusal("stopped");
  if (compiled.model) return compiled;
  std::string all;
  for (const std::string& error : compiled.errors)
    all += (all.empty() ? "" : "\n") + cli::located(one.loaded(), error);
  return refusal(all);
}

}  // namespace

// Both sides of a comparison by turns, so that its first pair is there after two runs.
Status Simulations::run_sides(Job& job) {
  const SimulationOrder& order = job.order;
  const World world = order.base->world();
  const auto base = compiled(*order.base, world, order.question, job.stop);
  if (!base) return base.error();
  std::vector<simulate::Arm> arms{{.model = base->model.get(), .question = order.question}};
  std::optional<World> other_world;
  std::shared_ptr<const simulate::detail::Model> other_model;
  if (order.other) {
    const simulate::Question question = question_of_other(order.question);
    other_world.emplace(order.other->world());
    const auto other = compiled(*order.other, *other_world, question, job.stop);
    if (!other) return other.error();
    other_model = other->model;
    arms.push_back({.model = other_model.get(), .question = question});
  }
  {
    const std::scoped_lock lock{job.mutex};
    job.sides.assign(arms.size(), KeptRuns(order.replications));
    job.warnings = base->warnings;
  }
  const auto pulse = [&job](double runs) {
    const std::scoped_lock lock{job.mutex};
    job.runs_done += runs;
  };
  const auto done = simulate::replicate_arms(
      arms, order.replications,
      {.for_each = cli::threads_of(0),
       .visit = [&job](std::size_t run, simulate::Answer& answer) { job.keep(run, answer); },
       .watch = {.stop = &job.stop, .pulse = pulse}});
  if (!done) return done.error();
  return Done{};
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
  if (const Status done = run_sides(job); !done)
    return end(job, JobState::kFailed, lines(done.error()));
  std::vector<KeptRuns> sides;
  {
    const std::scoped_lock lock{job.mutex};
    sides = job.done();
  }
  // Cancelled while the last run was ending.
  if (sides.empty() || sides.front().size() < job.order.replications)
    return end(job, JobState::kCancelled);
  StoredAnswer answer{.kind = "simulation",
                      .question = job.order.question_text,
                      .body = simulation_json(job.order, answers_of(sides.front()),
                                              others_of(sides), job.warnings, data_hash_),
                      .log = job.log};
  if (const Status saved = store_.save_answer(job.order.id, answer); !saved) {
    const std::scoped_lock lock{job.mutex};
    job.unstored = std::move(answer.body);
  }
  end(job, JobState::kDone);
}

}  // namespace karvan::server
