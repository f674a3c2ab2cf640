#include "scenario_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

namespace karvan::server {
namespace {

// A basic string: all that JSON escapes, TOML escapes alike; DEL it escapes besides.
std::string quoted(const std::string& text) {
  std::string result = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = 0; (at = result.find('\x7f', at)) != std::string::npos;)
    result.replace(at, 1, "\\u007f");
  return result;
}

// Leaves, lists of leaves, tables of these. False if TOML has no word for it.
bool write_value(const Json& json, std::string& toml) {
  if (json.is_string()) {
    toml += quoted(json.get_ref<const std::string&>());
  } else if (json.is_boolean()) {
    toml += json.get<bool>() ? "true" : "false";
  } else if (json.is_number()) {
    toml += json.dump();
  } else if (json.is_array()) {
    toml += '[';
    for (const Json& item : json) {
      if (toml.back() != '[') toml += ", ";
      if (!write_value(item, toml)) return false;
    }
    toml += ']';
  } else if (json.is_object()) {
    toml += "{ ";
    bool is_first = true;
    for (const auto& [key, value] : json.items()) {
      if (!is_first) toml += ", ";
      is_first = false;
      toml += quoted(key) + " = ";
      if (!write_value(value, toml)) return false;
    }
    toml += " }";
  } else {
    return false;
  }
  return true;
}

Error refuse(const std::string& where, const std::string& expected) {
  return {.kind = ErrorKind::kMalformed, .message = "expected " + expected, .where = "--" + where};
}

Result<std::string> operations(const std::string& verb, const Json& list) {
  std::string toml;
  if (!list.is_array()) return refuse(verb, "a list of operations");
  for (const Json& operation : list) {
    if (!operation.is_object()) return refuse(verb, "a list of operations");
    toml += "\n[[" + verb + "]]\n";
    for (const auto& [key, value] : operation.items()) {
      toml += quoted(key) + " = ";
      if (!write_value(value, toml)) return refuse(verb, "texts, numbers, true, false, lists");
      toml += '\n';
    }
  }
  return toml;
}

}  // namespace

Result<std::string> scenario_toml(const Json& json) {
  constexpr std::array<const char*, 4> kHead{"name", "title", "description", "parent"};
  constexpr std::array<const char*, 4> kVerbs{"change", "scale", "add", "remove"};
  if (!json.is_object()) return refuse("", "an object");
  std::string toml;
  for (const char* key : kHead) {
    const auto value = json.find(key);
    if (value == json.end()) continue;
    if (!value->is_string()) return refuse(key, "a text");
    toml += std::string{key} + " = " + quoted(value->get_ref<const std::string&>()) + "\n";
  }
  for (const char* verb : kVerbs) {
    const auto list = json.find(verb);
    if (list == json.end()) continue;
    const Result<std::string> text = operations(verb, *list);
    if (!text) return text.error();
    toml += *text;
  }
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kHead, key) == kHead.end() &&
        std::ranges::find(kVerbs, key) == kVerbs.end())
      return refuse(key, "name, title, description, parent, change, scale, add or remove");
  }
  return toml;
}

}  // namespace karvan::server
