#pragma once
// Lookup: from what people type to rows: by code, by UN/LOCODE or ISO code, by a name or other name
// that only one row has, however it is spelled. Wrong ones get suggestions, several are told.

#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/result.h"
#include "karvan/model/world.h"

namespace karvan::cli {

Result<Id<Place>> find_place(const World& world, std::string_view text);
Result<Id<Goods>> find_goods(const World& world, std::string_view text);
Result<Id<LoadUnit>> find_load_unit(const World& world, std::string_view text);
Result<Id<Country>> find_country(const World& world, std::string_view text);
Result<Id<Operator>> find_operator(const World& world, std::string_view text);
Result<Id<Service>> find_service(const World& world, std::string_view text);
Result<Id<Regime>> find_regime(const World& world, std::string_view text);

// Something that can be chosen by any of its names.
struct Candidate {
  std::string code;
  std::string label;               // for messages: "Aktau (aktau, KZ)"
  std::vector<std::string> names;  // beside the code
};

// The position of the one that is meant; `what` is for messages: "place".
Result<std::size_t> choose(std::string_view what,
                           std::string_view text,
                           const std::vector<Candidate>& candidates);

// The error, as one of this option unless it says where it is.
Error at_option(std::string_view option, Error error);

}  // namespace karvan::cli
