#pragma once
// JSON inside this room: keys in the order written, numbers rounded where they leave the house.
// Depth is ours (never that of input), so it is small.

#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

namespace karvan::report {
struct Sheet;
}

namespace karvan::report::detail {

using Json = nlohmann::ordered_json;

// Rounded to so many decimals; whole numbers without a point; null if infinite or not a number.
inline Json number(double value, int decimals) {
  if (!std::isfinite(value)) return {};
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  if (decimals == 0 && std::abs(rounded) < 9e15) return Json(static_cast<long long>(rounded));
  return Json(rounded == 0 ? 0.0 : rounded);
}

// Indented, ending in a line break. Broken UTF-8 becomes U+FFFD.
inline std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json to_json(const Sheet& sheet);

}  // namespace karvan::report::detail
