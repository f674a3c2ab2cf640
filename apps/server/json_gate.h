#pragma once
// The gate for JSON from outside: size and depth are looked at before anything is built, and every
// member is asked for with its type and range. All faults of a body come at once.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "karvan/base/result.h"

#include "http.h"

namespace karvan::server {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t kDeepestJson = 32;

// An error for text that is no JSON, too deep, or not in UTF-8.
Result<Json> parse_json(std::string_view text);

// Indented, ending in a line break. Broken UTF-8 becomes U+FFFD.
std::string dump(const Json& json);

// "#/avoid_mode" for what a room says about "--avoid-mode".
Fault fault_of(const Error& error);

// Reads the members of an object. An absent member leaves the value as it is.
class BodyReader {
 public:
  explicit BodyReader(const Json& body);
  ~BodyReader();
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  void text(std::string_view key, std::string& value);
  void must_text(std::string_view key, std::string& value);
  void flag(std::string_view key, bool& value);
  void integer(std::string_view key, int& value, int low, int high);
  void natural(std::string_view key, std::uint64_t& value);
  void number(std::string_view key, double& value, double low, double high);
  void must_number(std::string_view key, double& value, double low, double high);
  void texts(std::string_view key, std::vector<std::string>& values, std::size_t most);

  // The objects of a list; empty if it is absent or none.
  std::vector<const Json*> objects(std::string_view key, std::size_t most);

  // What was found wrong, with the members that nobody asked for.
  std::vector<Fault> faults();

 private:
  const Json* find(std::string_view key);
  void refuse(std::string_view key, std::string_view expected);

  const Json& body_;
  std::vector<std::string> asked_;
  std::vector<Fault> faults_;
};

}  // namespace karvan::server
