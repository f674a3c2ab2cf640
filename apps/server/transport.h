#pragma once
// Transport: bytes of the network to Requests and Responses back. One thread carries all
// connections; a handler that takes time must leave it and call its Reply later. The only door to
// Boost: transport.cc is slow to compile, and nothing else pays for it.
//
// A peer that is slow, sends too much or breaks the protocol gets a problem+json and is cut off.
// While a handler works, its peer is listened to: the end of what it sends means that it has hung
// up, or closed its half; the answer is sent all the same, if the handler gives one. What a peer
// sends on before its answer hides that end.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "karvan/base/result.h"

#include "http.h"

namespace karvan::server {

struct TransportLimits {
  std::chrono::milliseconds idle{120'000};    // between two requests of a connection
  std::chrono::milliseconds request{10'000};  // from the first byte of a request to its last
  std::chrono::milliseconds write{30'000};    // for a peer that does not read
  std::chrono::milliseconds answer{600'000};  // until a handler has called its Reply
  std::chrono::milliseconds grace{5'000};     // for what is being answered when told to stop
  std::uint32_t header_bytes = 16U << 10U;
  std::uint64_t body_bytes = 1U << 20U;
  std::size_t connections = 4096;
};

struct TransportCounts {
  std::size_t connections = 0;  // open now
  std::size_t refused = 0;      // since the start, for want of room
};

class Transport {
 public:
  using Handler = std::function<void(Request, Reply)>;
  // Called on the thread of the network after a peer has hung up before its answer and
  // Request::is_unwanted was set.
  using HungUp = std::function<void()>;

  // Listens at once. Port 0: any that is free.
  static Result<std::unique_ptr<Transport>> open(const std::string& address,
                                                 std::uint16_t port,
                                                 const TransportLimits& limits,
                                                 Handler handler,
                                                 HungUp hung_up = {});
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  std::uint16_t port() const;
  // Serves until stop(), SIGTERM or SIGINT; then calls `stopping`, lets what is being answered end,
  // and returns.
  void run(const std::function<void()>& stopping = {});
  void stop();  // from any thread
  TransportCounts counts() const;

 private:
  struct Machine;
  explicit Transport(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine_;
};

// Whether the address is this machine talking to itself: "127.0.0.1", "::1".
bool is_loopback(const std::string& address);

}  // namespace karvan::server
