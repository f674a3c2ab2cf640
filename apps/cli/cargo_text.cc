#include "cargo_text.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <string>
#include <vector>

#include "karvan/base/text.h"

#include "lookup.h"

namespace karvan::cli {
namespace {

constexpr std::string_view kExamples =
    "expected something like 80TEU, 40x40ft, 40FEU, 9000t, 44wagons, 20trucks or 12xbox40";

Error bad_cargo(std::string_view text, std::string_view why) {
  return {.kind = ErrorKind::kMalformed,
          .message = "cargo '" + std::string{text} + "' " + std::string{why},
          .where = "--cargo"};
}

struct Parts {
  double number = 0;
  std::string word;  // lower case, without blanks around it
};

std::optional<Parts> split_number(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() &&
         (std::isdigit(static_cast<unsigned char>(text[n])) != 0 || text[n] == '.'))
    ++n;
  const std::optional<double> number = parse_double(text.substr(0, n));
  if (!number) return std::nullopt;
  std::string word = to_lower_ascii(trim(text.substr(n)));
  // "40 x 40ft": the sign of multiplication, ASCII or not.
  for (const std::string_view times : {"x", "*", "×"}) {
    if (word.starts_with(times)) {
      word = std::string{trim(std::string_view{word}.substr(times.size()))};
      break;
    }
  }
  return Parts{.number = *number, .word = std::move(word)};
}

struct Counted {
  const World& world;
  std::string_view text;
  Id<Goods> goods;
  Id<LoadUnit> load_unit;

  // The one load unit that fits: the one given, else the first plain one of the goods.
  Result<Id<LoadUnit>> find(std::string_view what,
                            const std::function<bool(const LoadUnit&)>& fits) const {
    if (load_unit.valid()) {
      if (fits(world[load_unit])) return load_unit;
      return bad_cargo(text, "does not fit --load-unit " + world[load_unit].code);
    }
    std::vector<std::string> known;
    std::vector<Id<LoadUnit>> ids;
    for (const Id<LoadUnit> id : world[goods].load_units) {
      if (!fits(world[id])) continue;
      ids.push_back(id);
      known.push_back(world[id].code);
    }
    const std::string name = world[goods].name;
    if (ids.empty())
      return bad_cargo(text, "cannot be: " + name + " does not travel in " + std::string{what});
    if (ids.size() > 1)
      return bad_cargo(text, "could be several; say which with --load-unit: " + join(known, ", "));
    return ids.front();
  }
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

Result<Id<LoadUnit>> box_of(const Counted& counted, double teu) {
  const auto size_fits = [teu](const LoadUnit& unit) {
    return unit.kind == LoadUnitKind::kContainer && unit.teu == Teu{teu};
  };
  if (counted.load_unit.valid()) return counted.find("such boxes", size_fits);
  // The plainest box of the size: the first the goods name that is refrigerated only if they are.
  const Goods& goods = counted.world[counted.goods];
  const bool is_cold = goods.temperature_max_c && *goods.temperature_max_c < 15;
  for (const Id<LoadUnit> id : goods.load_units) {
    const LoadUnit& unit = counted.world[id];
    if (size_fits(unit) && unit.is_refrigerated == is_cold) return id;
  }
  return counted.find("such boxes", size_fits);
}

Result<Id<LoadUnit>> unit_named(const Counted& counted, const std::string& word) {
  const auto of_kind = [](LoadUnitKind kind) {
    return [kind](const LoadUnit& unit) { return unit.kind == kind; };
  };
  if (is_one_of(word, {"feu", "40ft", "40'", "40ft container", "40ft containers", "40 ft"}))
    return box_of(counted, 2);
  if (is_one_of(word, {"20ft", "20'", "20ft container", "20ft containers", "20 ft"}))
    return box_of(counted, 1);
  if (is_one_of(word, {"box", "boxes", "container", "containers"}))
    return counted.find("containers", of_kind(LoadUnitKind::kContainer));
  if (is_one_of(word, {"wagon", "wagons", "car", "cars"}))
    return counted.find("wagons", of_kind(LoadUnitKind::kWagon));
  if (is_one_of(word, {"truck", "trucks", "lorry", "lorries"}))
    return counted.find("trucks", of_kind(LoadUnitKind::kTruck));
  if (is_one_of(word, {"unit", "units"}) && counted.load_unit.valid()) return counted.load_unit;
  Result<Id<LoadUnit>> named = find_load_unit(counted.world, word);
  if (named && counted.load_unit.valid() && *named != counted.load_unit)
    return bad_cargo(counted.text,
                     "does not fit --load-unit " + counted.world[counted.load_unit].code);
  if (!named) return bad_cargo(counted.text, "is not understood; " + std::string{kExamples});
  return named;
}

}  // namespace

Result<Shipment> parse_cargo(const World& world,
                             std::string_view text,
                             Id<Goods> goods,
                             Id<LoadUnit> load_unit) {
  const std::optional<Parts> parts = split_number(trim(text));
  if (!parts) return bad_cargo(text, "does not begin with a number; " + std::string{kExamples});
  if (parts->number <= 0 || parts->number > 1e9)
    return bad_cargo(text, "is out of range; expected more than 0 and at most 1e9");
  if (parts->word.empty()) return bad_cargo(text, "has no unit; " + std::string{kExamples});
  Shipment shipment;
  shipment.goods = goods;
  shipment.quantity = parts->number;
  shipment.load_unit = load_unit;
  if (parts->word == "teu") {
    shipment.unit = QuantityUnit::kTeu;
    return shipment;
  }
  if (is_one_of(parts->word, {"t", "tonne", "tonnes", "ton", "tons"})) {
    shipment.unit = QuantityUnit::kTonnes;
    return shipment;
  }
  if (parts->word == "kt") {
    shipment.unit = QuantityUnit::kTonnes;
    shipment.quantity *= 1000;
    return shipment;
  }
  const Counted counted{.world = world, .text = text, .goods = goods, .load_unit = load_unit};
  const Result<Id<LoadUnit>> unit = unit_named(counted, parts->word);
  if (!unit) return unit.error();
  if (parts->number != static_cast<double>(static_cast<long long>(parts->number)))
    return bad_cargo(text, "counts pieces; expected a whole number");
  shipment.unit = QuantityUnit::kUnits;
  shipment.load_unit = *unit;
  return shipment;
}

}  // namespace karvan::cli
