#pragma once
// A request as text came in and a response as text goes out: all that handlers know of HTTP. Plain
// values, so that every handler can be tested without a socket; transport.h carries them.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace karvan::server {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // "GET"; a HEAD comes as GET, its body is dropped on the way out
  std::string path;    // decoded, begins with '/'
  Pairs query;         // decoded, in the order written
  Pairs headers;       // names in lower case
  std::string body;
  // Set once the peer has hung up before its answer; null where nobody looks.
  std::shared_ptr<const std::atomic<bool>> is_unwanted = nullptr;

  // The first of this name; empty if there is none.
  std::string_view header(std::string_view name) const;
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// Splits "/v1/tables/links?scenario=x%20y"; nothing if it is no path or has broken escapes.
struct Target {
  std::string path;
  Pairs query;
};
std::optional<Target> parse_target(std::string_view target);

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  Pairs headers;
  // Instead of the body: asked some times a second for what to send next, perhaps nothing yet;
  // std::nullopt ends the answer.
  std::function<std::optional<std::string>()> stream;
};

using Reply = std::function<void(Response)>;  // to be called once, from any thread

// What is wrong with one part of a request.
struct Fault {
  std::string pointer;    // "#/from", or
  std::string parameter;  // the query's, or
  int line = 0;           // of a scenario's text
  std::string detail;
};

// application/problem+json (RFC 9457) of this status.
Response problem(int status, std::string detail, const std::vector<Fault>& faults = {});
// The same of a server that has too much to do: when to come again.
Response busy(int status, std::string detail, int retry_after_seconds);

// The response with a strong ETag of its body; 304 instead if the request names it.
Response tagged(const Request& request, Response response);
// The same where `version` says all that the answer to this path and query depends on: it is made
// only if it has to be sent. What is made with another status than 200 stays as it is.
Response tagged_by(const Request& request,
                   std::string_view version,
                   const std::function<Response()>& make);

// Headers that every answer has: what a browser may do with it.
const Pairs& security_headers();

}  // namespace karvan::server
