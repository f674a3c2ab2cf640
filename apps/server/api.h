#pragma once
// Api: from a Request to a Response by the table of api/openapi.yaml's paths. Each handler is a
// plain function of the services and the request; which of them may take time is said in the table,
// and those leave the thread of the network for a pool with a bounded queue.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "cases.h"
#include "http.h"
#include "page_files.h"
#include "simulations.h"
#include "store.h"
#include "work_pool.h"

namespace karvan::server {

inline constexpr std::string_view kVersion = KARVAN_VERSION;

struct Metrics {
  std::array<std::atomic<std::uint64_t>, 6> answers{};  // by hundreds of the status
  std::atomic<std::uint64_t> busy{0};                   // of those: 429 and 503
  std::atomic<std::uint64_t> from_store{0};             // questions answered before
  // Long plans whose asker has hung up: before they were begun, and while they were worked out.
  std::atomic<std::uint64_t> dropped{0};
  std::atomic<std::uint64_t> stopped{0};
};

struct Access {
  std::string token;             // empty: none is asked for
  bool only_local_names = true;  // Host must be a name of this machine for itself
};

struct Services {
  Cases& cases;
  Store& store;
  Simulations& simulations;
  const PageFiles& page;
  Metrics& metrics;
};

struct Rooms {
  std::size_t cores = 1;      // so many questions are answered at once
  std::size_t most_long = 8;  // so many long ones wait; one is answered at a time
};

struct Prepared;  // endpoints.h

class Api {
 public:
  Api(Services services, Access access, Rooms rooms);

  // The answer, on this thread or on one of the pools.
  void handle(Request request, const Reply& reply);
  // Some peer has hung up before its answer: what it asked for leaves the queue.
  void hung_up() { long_.sweep(); }
  // The answer on this thread: for tests.
  Response answer(const Request& request);

 private:
  struct Chosen;
  Chosen choose(const Request& request) const;
  void count(const Response& response);
  // Reads it on the thread of a pool, and answers it there or on that of another.
  void prepare(const Chosen& chosen, Request request, const Reply& reply);
  // What was handed over to a pool of its own.
  void work_out(const Prepared& prepared, const WorkPool::Flag& is_unwanted, const Reply& reply);

  Services services_;
  Access access_;
  WorkPool long_;       // what may take many seconds
  WorkPool questions_;  // what may take a second
  WorkPool reads_;      // what takes milliseconds; last, for it hands over to the others
};

// 401, 403, 421: whether this request is to be heard at all; status 200 if so.
Response admit(const Access& access, const Request& request);

}  // namespace karvan::server
