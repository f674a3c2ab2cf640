#include "json_gate.h"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"

namespace karvan::server {
namespace {

constexpr std::size_t kLongestText = 2000;

// How deep lists and objects stand in each other; brackets within texts do not count.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  if (depth_of(text) > kDeepestJson)
    return Error{
        .kind = ErrorKind::kInvalid,
        .message = "the body is nested more than " + std::to_string(kDeepestJson) + " deep"};
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    return Error{.kind = ErrorKind::kMalformed, .message = "the body is not JSON in UTF-8"};
  return json;
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Fault fault_of(const Error& error) {
  std::string_view where = error.where;
  if (!where.starts_with("--")) return {.detail = error.message};
  std::string pointer = "#/" + std::string{where.substr(2)};
  std::ranges::replace(pointer, '-', '_');
  return {.pointer = std::move(pointer), .detail = error.message};
}

BodyReader::BodyReader(const Json& body) : body_{body} {
  if (!body.is_object()) faults_.push_back({.pointer = "#", .detail = "is not an object"});
}
BodyReader::~BodyReader() = default;

const Json* BodyReader::find(std::string_view key) {
  asked_.emplace_back(key);
  if (!body_.is_object()) return nullptr;
  const auto found = body_.find(asked_.back());
  return found == body_.end() ? nullptr : &*found;
}

void BodyReader::refuse(std::string_view key, std::string_view expected) {
  faults_.push_back(
      {.pointer = "#/" + std::string{key}, .detail = "expected " + std::string{expected}});
}

void BodyReader::text(std::string_view key, std::string& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const auto* text = json->get_ptr<const std::string*>();
  if (text == nullptr || text->size() > kLongestText)
    return refuse(key, "a text of at most " + std::to_string(kLongestText) + " bytes");
  value = *text;
}

void BodyReader::must_text(std::string_view key, std::string& value) {
  const std::size_t before = faults_.size();
  text(key, value);
  if (value.empty() && faults_.size() == before) refuse(key, "a text; it is required");
}

void BodyReader::flag(std::string_view key, bool& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const auto* flag = json->get_ptr<const Json::boolean_t*>();
  if (flag == nullptr) return refuse(key, "true or false");
  value = *flag;
}

void BodyReader::integer(std::string_view key, int& value, int low, int high) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const auto* whole = json->get_ptr<const Json::number_integer_t*>();
  if (whole == nullptr || *whole < low || *whole > high ||
      (json->is_number_unsigned() && json->get<std::uint64_t>() > 0x7fffffffU))
    return refuse(key,
                  "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  value = static_cast<int>(*whole);
}

void BodyReader::natural(std::string_view key, std::uint64_t& value) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const auto* whole = json->get_ptr<const Json::number_unsigned_t*>();
  if (whole == nullptr) return refuse(key, "a whole number from 0 to 2^64 - 1");
  value = *whole;
}

void BodyReader::number(std::string_view key, double& value, double low, double high) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const double given =
      json->is_number() ? json->get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (!(given >= low && given <= high))
    return refuse(key, "a number from " + format_fixed(low, 0) + " to " + format_fixed(high, 0));
  value = given;
}

void BodyReader::must_number(std::string_view key, double& value, double low, double high) {
  if (find(key) == nullptr) return refuse(key, "a number; it is required");
  number(key, value, low, high);
}

void BodyReader::texts(std::string_view key, std::vector<std::string>& values, std::size_t most) {
  const Json* json = find(key);
  if (json == nullptr) return;
  const bool is_list =
      json->is_array() && json->size() <= most && std::ranges::all_of(*json, [](const Json& item) {
        return item.is_string() && item.get_ref<const std::string&>().size() <= kLongestText;
      });
  if (!is_list) return refuse(key, "a list of at most " + std::to_string(most) + " texts");
  for (const Json& item : *json)
    values.push_back(item.get_ref<const std::string&>());
}

std::vector<const Json*> BodyReader::objects(std::string_view key, std::size_t most) {
  const Json* json = find(key);
  if (json == nullptr) return {};
  std::vector<const Json*> all;
  if (json->is_array() && json->size() <= most) {
    for (const Json& item : *json)
      if (item.is_object()) all.push_back(&item);
    if (all.size() == json->size()) return all;
  }
  refuse(key, "a list of at most " + std::to_string(most) + " objects");
  return {};
}

std::vector<Fault> BodyReader::faults() {
  if (!body_.is_object()) return faults_;
  for (const auto& [key, value] : body_.items()) {
    if (std::ranges::find(asked_, key) != asked_.end()) continue;
    const auto near = key.size() > 64 ? std::vector<std::string>{} : closest(key, asked_, 1);
    faults_.push_back({.pointer = "#/" + key,
                       .detail = near.empty() ? "is not a member this takes"
                                              : "is not a member this takes; did you mean '" +
                                                    near.front() + "'?"});
  }
  return std::move(faults_);
}

}  // namespace karvan::server
