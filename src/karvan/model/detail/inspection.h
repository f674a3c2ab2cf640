#pragma once
// What the parts of validate.cc share: a world, and the findings about it so far. Each part looks
// at some of the tables.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/uncertainty.h"
#include "karvan/model/validate.h"
#include "karvan/model/world.h"

namespace karvan::detail {

struct At {
  std::string_view table;
  std::size_t row = 0;
  std::string_view code;
};

// Why a law is impossible, empty if it is not.
std::string_view fault_of(const Law& law);

inline constexpr std::string_view kDigits = "0123456789";
inline constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
bool is_all(std::string_view text, std::string_view allowed);

struct Inspection {
  const World& world;
  std::vector<Finding> findings = {};

  template <class Row>
  At at(std::string_view table, Id<Row> id) const {
    return {.table = table, .row = id.index(), .code = world[id].code};
  }
  void say(const At& at,
           std::string column,
           std::string_view value,
           std::string message,
           std::string hint = {});
  // Odd, but it can be worked with.
  void warn(const At& at,
            std::string column,
            std::string_view value,
            std::string message,
            std::string hint = {});

  // Rows that say the same thing twice: `key(row)` must differ.
  template <class Row, class Key>
  void check_unique(std::string_view table, std::string_view what, Key key) {
    std::map<decltype(key(std::declval<const Row&>())), Id<Row>> seen;
    for (const Id<Row> id : world.ids<Row>()) {
      const auto [first, is_new] = seen.try_emplace(key(world[id]), id);
      if (is_new) continue;
      say(at(table, id), "", "",
          "says the same " + std::string{what} + " as '" + world[first->second].code + "'");
    }
  }

  template <class Row>
  void check_period(std::string_view table,
                    Id<Row> id,
                    std::string column,
                    std::optional<Date> from,
                    std::optional<Date> until) {
    if (!from || !until || *from < *until) return;
    say(at(table, id), std::move(column), date_to_text(*until),
        "is not after " + date_to_text(*from));
  }

  template <class Row>
  void check_law(std::string_view table, Id<Row> id, std::string column, const Law& law) {
    const std::string_view fault = fault_of(law);
    if (!fault.empty()) {
      say(at(table, id), std::move(column), "", "the law " + std::string{fault});
    } else if (law.family != LawFamily::kConstant && !(mean(law) > Hours{0})) {
      warn(at(table, id), std::move(column), "", "the law is always 0", "write it as 0");
    }
  }
};

void inspect_network(Inspection& in);
void inspect_traffic(Inspection& in);
void inspect_rules(Inspection& in);

}  // namespace karvan::detail
