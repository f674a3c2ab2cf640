#pragma once
// Store: saved scenarios and given answers in one SQLite file (WAL, synchronous=FULL: what was
// acknowledged is on the disk, whatever happens to the process or the power). From any thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/result.h"

namespace karvan::server {

// An answer under the hash of its question. The question is kept and compared, so that two that
// had the same hash would never be taken for each other.
struct StoredAnswer {
  std::string kind;      // "plan", "simulation"
  std::string question;  // all that the answer depends on
  std::string body;
  std::string log;  // event log of a simulation; may be empty
};

class Store {
 public:
  // Opens or makes the file; ":memory:" keeps nothing. `most_bytes` bounds it: what no longer fits
  // is refused, never what was saved.
  static Result<std::unique_ptr<Store>> open(const std::string& path,
                                             std::uint64_t most_bytes = 4ULL << 30U);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Name and text of all, by name.
  Result<std::vector<std::pair<std::string, std::string>>> scenarios();
  Status save_scenario(const std::string& name, const std::string& toml);
  Status delete_scenario(const std::string& name);

  Status save_answer(const std::string& key, const StoredAnswer& answer);
  // Without its log.
  Result<std::optional<StoredAnswer>> answer(const std::string& key);
  Result<std::optional<std::string>> log(const std::string& key);

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace karvan::server
