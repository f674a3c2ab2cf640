#include "cargo_text.h"

#include <string>

#include <gtest/gtest.h>

namespace karvan::cli {
namespace {

struct Sample {
  Corridor corridor;

  Sample() {
    const auto add = [this](const char* code, LoadUnitKind kind, double teu, bool cold) {
      LoadUnit unit;
      unit.code = code;
      unit.name = code;
      unit.kind = kind;
      unit.teu = Teu{teu};
      unit.is_refrigerated = cold;
      return corridor.load_units.push_back(unit);
    };
    Goods goods;
    goods.code = "machinery";
    goods.name = "Machinery";
    goods.load_units = {add("box20", LoadUnitKind::kContainer, 1, false),
                        add("reefer40", LoadUnitKind::kContainer, 2, true),
                        add("box40", LoadUnitKind::kContainer, 2, false),
                        add("wagon_covered", LoadUnitKind::kWagon, 0, false),
                        add("wagon_flat", LoadUnitKind::kWagon, 0, false),
                        add("truck", LoadUnitKind::kTruck, 0, false)};
    corridor.goods.push_back(goods);
  }

  World world() const { return World{corridor}; }

  // "80 teu", "40 units of box40", or the message.
  std::string parsed(std::string_view text, Id<LoadUnit> load_unit = {}) const {
    const Result<Shipment> result = parse_cargo(world(), text, Id<Goods>{0}, load_unit);
    if (!result) return result.error().message;
    std::string said = std::to_string(static_cast<long>(result->quantity));
    said += result->unit == QuantityUnit::kTeu      ? " teu"
            : result->unit == QuantityUnit::kTonnes ? " t"
                                                    : " units";
    if (result->load_unit.valid()) said += " of " + corridor.load_units[result->load_unit].code;
    return said;
  }
};

TEST(Cargo, ReadsWhatPeopleWrite) {
  const Sample sample;
  EXPECT_EQ(sample.parsed("80TEU"), "80 teu");
  EXPECT_EQ(sample.parsed("80 teu"), "80 teu");
  EXPECT_EQ(sample.parsed("9000 t"), "9000 t");
  EXPECT_EQ(sample.parsed("9kt"), "9000 t");
  EXPECT_EQ(sample.parsed("40x40ft"), "40 units of box40");
  EXPECT_EQ(sample.parsed("40 × 20ft"), "40 units of box20");
  EXPECT_EQ(sample.parsed("40FEU"), "40 units of box40");
  EXPECT_EQ(sample.parsed("20trucks"), "20 units of truck");
  EXPECT_EQ(sample.parsed("12 x box20"), "12 units of box20");
  EXPECT_EQ(sample.parsed("44wagons", Id<LoadUnit>{3}), "44 units of wagon_covered");
  EXPECT_EQ(sample.parsed("80TEU", Id<LoadUnit>{0}), "80 teu of box20");
}

TEST(Cargo, AsksWhereSeveralLoadUnitsFit) {
  EXPECT_EQ(Sample{}.parsed("44wagons"),
            "cargo '44wagons' could be several; say which with --load-unit: wagon_covered, "
            "wagon_flat");
}

TEST(Cargo, RefusesWhatContradictsTheLoadUnit) {
  EXPECT_EQ(Sample{}.parsed("40x40ft", Id<LoadUnit>{0}),
            "cargo '40x40ft' does not fit --load-unit box20");
}

TEST(Cargo, RefusesRubbish) {
  const Sample sample;
  for (const char* text : {"", "TEU", "-5TEU", "0t", "1e99t", "9,000t", "80", "80 bananas", "nan t",
                           "inf t", "2.5FEU", "99999999999999999999t"})
    EXPECT_TRUE(sample.parsed(text).starts_with("cargo '")) << text << ": " << sample.parsed(text);
}

}  // namespace
}  // namespace karvan::cli
