#pragma once
// Cases: the corridor under each scenario asked for, loaded once and kept while it is asked often;
// and the scenarios themselves, those of the data and the saved ones. From any thread.

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/base/result.h"
#include "karvan/load/scenario.h"
#include "karvan/model/world.h"
#include "karvan/plan/plan.h"
#include "karvan/report/catalog.h"

#include "../cli/session.h"
#include "store.h"

namespace karvan::server {

// One scenario over the corridor, and what follows from it; made at first use.
class Case {
 public:
  Case(const load::Loaded& loaded, std::string_view data_hash, std::optional<load::Scenario> over);

  World world() const {
    return scenario_ ? World{loaded_.corridor, scenario_->overlay} : World{loaded_.corridor};
  }
  const load::Scenario* scenario() const { return scenario_ ? &*scenario_ : nullptr; }
  const std::string& hash() const { return hash_; }  // of the data and of what differs
  const report::Catalog& catalog() const;
  const plan::Planner& planner() const;
  const load::Loaded& loaded() const { return loaded_; }

 private:
  const load::Loaded& loaded_;
  std::optional<load::Scenario> scenario_;
  std::string hash_;
  mutable std::once_flag catalog_once_;
  mutable report::Catalog catalog_;
  mutable std::once_flag planner_once_;
  mutable std::optional<plan::Planner> planner_;
};

class Cases {
 public:
  // The session must have no scenario. Reads the saved scenarios.
  static Result<std::unique_ptr<Cases>> open(std::unique_ptr<cli::Session> session, Store& store);

  const cli::Session& session() const { return *session_; }
  const std::string& data_hash() const { return data_hash_; }

  // "", "base": the corridor itself. Errors: kNotFound, with near names; kInvalid for one that is
  // saved but no longer fits the data.
  Result<std::shared_ptr<const Case>> find(std::string_view scenario);
  // The same with what others have booked laid over it: a CSV as `karvan plan --booked` takes it.
  // Nothing after errors.
  std::shared_ptr<const Case> find_booked(std::string_view scenario,
                                          const std::string& booked,
                                          Complaints& complaints);

  // The texts of all scenarios, as "scenarios/<name>.toml".
  std::shared_ptr<const load::Files> texts() const;
  bool is_of_data(std::string_view name) const;
  // What the text would be, were it saved under this name; nothing after errors.
  std::optional<load::Scenario> check(const std::string& name,
                                      const std::string& toml,
                                      Complaints& complaints) const;
  // On the disk when it returns. Held by whoever looks before saving: editing().
  Status save(const std::string& name, const std::string& toml);
  Status remove(const std::string& name);
  std::mutex& editing() { return editing_; }

 private:
  explicit Cases(std::unique_ptr<cli::Session> session, Store& store);
  void replace_texts(load::Files texts);
  std::shared_ptr<const Case> kept(const std::string& key);
  // What is kept of this key from now on, unless the texts have changed since it was made.
  std::shared_ptr<const Case> keep(const std::string& key,
                                   const std::shared_ptr<const load::Files>& texts,
                                   std::shared_ptr<const Case> made);

  static constexpr std::size_t kMostKept = 6;  // a planner takes some 50 MB

  std::unique_ptr<cli::Session> session_;
  Store& store_;
  std::string data_hash_;
  std::mutex editing_;
  mutable std::mutex mutex_;  // of what follows
  std::shared_ptr<const load::Files> texts_;
  // By scenario and bookings; used last stands first.
  std::list<std::pair<std::string, std::shared_ptr<const Case>>> kept_;
};

std::string scenario_file(std::string_view name);

}  // namespace karvan::server
