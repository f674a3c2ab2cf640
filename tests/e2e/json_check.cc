// json_check [SCHEMA]: reads JSON from standard input and exits 0 if it is well-formed and, where a
// schema is given, fits it. Knows the part of JSON Schema that api/*.schema.json use: type, enum,
// required, properties, additionalProperties, items, minItems, exclusiveMinimum, pattern and $ref
// within the file. Prints where it does not fit.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <regex>
#include <string>

#include <nlohmann/json.hpp>

namespace {

using Json = nlohmann::json;

class Checker {
 public:
  explicit Checker(const Json& schema) : root_{schema} {}

  bool fits(const Json& value) {
    check(value, root_, "$");
    return faults_ == 0;
  }

 private:
  void fault(const std::string& where, const std::string& what) {
    if (++faults_ <= 20) std::cerr << where << ": " << what << '\n';
  }

  static bool is_of(const Json& value, const std::string& type) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "number") return value.is_number();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
  }

  void check_type(const Json& value, const Json& types, const std::string& where) {
    const Json list = types.is_array() ? types : Json::array({types});
    const auto fits_one = [&value](const Json& type) {
      return is_of(value, type.get<std::string>());
    };
    if (std::none_of(list.begin(), list.end(), fits_one))
      fault(where, "is not of type " + types.dump());
  }

  void check_object(const Json& value, const Json& schema, const std::string& where) {
    for (const Json& key : schema.value("required", Json::array())) {
      if (!value.contains(key.get<std::string>())) fault(where, "lacks " + key.dump());
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [key, item] : value.items()) {
      if (properties.contains(key)) {
        check(item, properties[key], where + "." + key);
      } else if (schema.contains("additionalProperties")) {
        check(item, schema["additionalProperties"], where + "." + key);
      } else if (!properties.empty()) {
        fault(where, "has undocumented " + key);
      }
    }
  }

  void check_array(const Json& value, const Json& schema, const std::string& where) {
    if (value.size() < schema.value("minItems", std::size_t{0})) fault(where, "has too few items");
    if (!schema.contains("items")) return;
    for (std::size_t i = 0; i < value.size(); ++i)
      check(value[i], schema["items"], where + "[" + std::to_string(i) + "]");
  }

  void check(const Json& value, const Json& schema, const std::string& where) {
    if (schema.contains("$ref"))
      check(value, root_.at(Json::json_pointer{schema["$ref"].get<std::string>().substr(1)}),
            where);
    if (schema.contains("type")) check_type(value, schema["type"], where);
    if (schema.contains("enum")) {
      const Json& known = schema["enum"];
      if (std::find(known.begin(), known.end(), value) == known.end())
        fault(where, value.dump() + " is not one of " + known.dump());
    }
    if (schema.contains("pattern") && value.is_string() &&
        !std::regex_search(value.get<std::string>(),
                           std::regex{schema["pattern"].get<std::string>()}))
      fault(where, value.dump() + " has another form");
    if (schema.contains("exclusiveMinimum") && value.is_number() &&
        value.get<double>() <= schema["exclusiveMinimum"].get<double>())
      fault(where, value.dump() + " is too small");
    if (value.is_object()) check_object(value, schema, where);
    if (value.is_array()) check_array(value, schema, where);
  }

  const Json& root_;
  int faults_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    const Json value = Json::parse(std::cin);
    if (argc < 2) return 0;
    std::ifstream file{argv[1]};
    const Json schema = Json::parse(file);
    return Checker{schema}.fits(value) ? 0 : 1;
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
}
