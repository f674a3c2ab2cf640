#pragma once
// Simulations: long questions as jobs: queued, run one at a time on all cores (standing back for
// everything else), watched, cancelled, and their answers kept in the store. A job's id is the hash
// of its question, so the same question is the same job. From any thread.

#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/simulate/answer.h"
#include "karvan/simulate/question.h"

#include "cases.h"
#include "json_gate.h"
#include "simulation_figures.h"
#include "store.h"
#include "work_pool.h"

namespace karvan::server {

struct SimulationOrder {
  std::string id;  // hash of `question_text`
  std::string question_text;
  std::string question_json;  // as it was asked, defaults filled in
  std::shared_ptr<const Case> base;
  std::shared_ptr<const Case> other;  // to compare with; may be null
  simulate::Question question;
  std::size_t replications = 1;
};

enum class JobState { kQueued, kRunning, kDone, kFailed, kCancelled };

struct JobView {
  std::string id;
  JobState state = JobState::kQueued;
  double progress = 0;  // 0..1
  std::size_t replications = 0;
  std::size_t replications_done = 0;
  bool has_events = false;
  std::vector<std::string> faults;  // of a failed one
};

// Simulation of api/openapi.yaml.
Json to_json(const JobView& view);
// SimulationResult of these answers.
std::string simulation_json(const SimulationOrder& order,
                            std::vector<simulate::Answer> answers,
                            std::vector<simulate::Answer> others,
                            const std::vector<std::string>& warnings,
                            const std::string& data_hash);

class Simulations {
 public:
  Simulations(Store& store, std::string data_hash, std::size_t most_waiting);
  // Cancels all.
  ~Simulations();

  // The job of this order, new or under way; nothing if the queue is full.
  std::optional<JobView> submit(SimulationOrder order);
  std::optional<JobView> find(const std::string& id) const;
  std::vector<JobView> list() const;
  std::optional<JobView> cancel(const std::string& id);
  void cancel_all();
  // SimulationResult of the replications 0 to n - 1 done so far; nothing before the first.
  std::optional<std::string> partial(const std::string& id) const;
  // Some of its figures, as told last while it runs; null before the first and after the end.
  std::shared_ptr<const SimulationFigures> figures(const std::string& id) const;
  // What could not be stored, for want of room; else nothing.
  std::optional<std::string> unstored(const std::string& id) const;
  std::size_t waiting() const { return pool_.waiting(); }

 private:
  struct Job;
  void run(const std::shared_ptr<Job>& job);
  void end(Job& job, JobState state, std::vector<std::string> faults = {});
  Status run_sides(Job& job);
  std::shared_ptr<Job> job(const std::string& id) const;
  void forget_old();

  static constexpr std::size_t kMostRemembered = 64;

  Store& store_;
  const std::string data_hash_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;
  std::deque<std::shared_ptr<Job>> order_;  // as they came
  WorkPool pool_;                           // last: its thread uses all of the above
};

}  // namespace karvan::server
