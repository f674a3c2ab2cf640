// The books of cost on a corridor of four places in three countries, made by hand so that every
// expected figure can be worked out on paper.

#include <gtest/gtest.h>

#include "karvan/cost/border_of.h"
#include "karvan/cost/carbon_of.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/documents_of.h"
#include "karvan/cost/handling_of.h"
#include "karvan/cost/money_of.h"

namespace karvan::cost {
namespace {

Date day(int year, unsigned month, unsigned dom) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{dom}};
}

const Date kToday = day(2026, 3, 2);

// Khorgos (CN) -1435- Altynkol (KZ) -1520- Aktau (KZ) ~sea~ Alat (AZ).
class Books : public testing::Test {
 protected:
  Books() {
    cn = c.countries.push_back({.code = "CN"});
    kz = c.countries.push_back({.code = "KZ", .grid_g_per_kwh = 800});
    az = c.countries.push_back({.code = "AZ", .grid_g_per_kwh = 600});
    khorgos = c.places.push_back({.code = "khorgos", .country = cn});
    altynkol = c.places.push_back({.code = "altynkol", .country = kz});
    aktau = c.places.push_back({.code = "aktau", .country = kz});
    alat = c.places.push_back({.code = "alat", .country = az});
    border = link(khorgos, altynkol, Mode::kRail, Km{10});
    trunk = link(altynkol, aktau, Mode::kRail, Km{3000});
    sea = link(aktau, alat, Mode::kSea, Km{500});
    box40 = c.load_units.push_back({.code = "box40", .teu = Teu{2}, .payload = Tonnes{26}});
    box20 = c.load_units.push_back({.code = "box20", .teu = Teu{1}, .payload = Tonnes{21}});
    hopper = c.load_units.push_back({.code = "hopper",
                                     .kind = LoadUnitKind::kWagon,
                                     .payload = Tonnes{68},
                                     .gauge = Gauge{1520}});
    hopper_1435 = c.load_units.push_back({.code = "hopper_1435",
                                          .kind = LoadUnitKind::kWagon,
                                          .payload = Tonnes{60},
                                          .gauge = Gauge{1435}});
    bulk =
        c.load_units.push_back({.code = "bulk", .kind = LoadUnitKind::kBulk, .payload = Tonnes{1}});
    machinery = c.goods.push_back(
        {.code = "machinery", .tonnes_per_teu = Tonnes{10}, .load_units = {box20, box40}});
    wheat = c.goods.push_back({.code = "wheat", .is_food = true, .load_units = {hopper, bulk}});
    railway = c.operators.push_back({.code = "railway"});
    train = c.services.push_back({.code = "train", .operator_ = railway, .mode = Mode::kRail});
    ship = c.services.push_back({.code = "ship",
                                 .operator_ = railway,
                                 .mode = Mode::kSea,
                                 .vessel_kind = VesselKind::kContainerFeeder});
  }

  Id<Link> link(Id<Place> from, Id<Place> to, Mode mode, Km length) {
    return c.links.push_back({.from = from,
                              .to = to,
                              .mode = mode,
                              .length = length,
                              .speed = KmPerHour{40},
                              .electrified = Electrified::kYes});
  }
  Consignment boxes(double units) const {
    return {.goods = machinery, .load_unit = box40, .units = units, .tonnes = Tonnes{20 * units}};
  }
  std::vector<Passage> whole_train() const {
    return {{.link = border, .from = khorgos, .to = altynkol},
            {.link = trunk, .from = altynkol, .to = aktau}};
  }
  void member(Id<Regime> regime, Id<Country> country, std::optional<Date> from = {}) {
    c.memberships.push_back({.regime = regime, .country = country, .from = from});
  }

  Corridor c;
  Id<Country> cn, kz, az;
  Id<Place> khorgos, altynkol, aktau, alat;
  Id<Link> border, trunk, sea;
  Id<LoadUnit> box40, box20, hopper, hopper_1435, bulk;
  Id<Goods> machinery, wheat;
  Id<Operator> railway;
  Id<Service> train, ship;
};

TEST_F(Books, EightyTeuOfMachineryAreFortyLongBoxes) {
  const World world{c};
  const Shipment shipment{.goods = machinery, .quantity = 80, .unit = QuantityUnit::kTeu};
  ASSERT_EQ(load_units_for(world, shipment), std::vector{box40});
  const Consignment consignment = pack(world, shipment, box40);
  EXPECT_EQ(consignment.units, 40);
  EXPECT_DOUBLE_EQ(consignment.tonnes.value(), 800);  // 10 t a TEU
}

TEST_F(Books, OddTeuTravelInShortBoxes) {
  const World world{c};
  const Shipment shipment{.goods = machinery, .quantity = 3, .unit = QuantityUnit::kTeu};
  EXPECT_EQ(load_units_for(world, shipment), std::vector{box20});
}

TEST_F(Books, TonnesFillWholeWagons) {
  const World world{c};
  const Shipment shipment{.goods = wheat, .quantity = 3000};
  EXPECT_EQ(load_units_for(world, shipment), (std::vector{hopper, bulk}));
  EXPECT_EQ(pack(world, shipment, hopper).units, 45);  // 44.1 wagons of 68 t
  EXPECT_EQ(pack(world, shipment, bulk).units, 3000);
}

TEST_F(Books, WagonsAreCountedInTheWagonThatWasNamed) {
  const World world{c};
  const Shipment shipment{
      .goods = wheat, .quantity = 10, .unit = QuantityUnit::kUnits, .load_unit = hopper};
  EXPECT_EQ(pack(world, shipment, hopper).units, 10);
  EXPECT_EQ(pack(world, shipment, hopper_1435).units, 12);  // 680 t in wagons of 60 t
}

TEST_F(Books, MostSpecificTariffWinsAndCountriesArePricedLinkByLink) {
  c.tariffs.push_back({.mode = Mode::kRail, .per_unit_km = Usd{1}});
  c.tariffs.push_back({.country = kz,
                       .mode = Mode::kRail,
                       .load_unit_kind = LoadUnitKind::kContainer,
                       .per_unit_km = Usd{0.25}});
  const World world{c};
  const TariffBook book{world};
  // 10 km x 1 + 3,000 km x 0.25 for each of two boxes.
  EXPECT_DOUBLE_EQ(book.price(train, whole_train(), boxes(2), kToday)->value(), 1520);
  c.tariffs.push_back({.service = train, .mode = Mode::kRail, .fixed = Usd{50}});
  const TariffBook better{world};
  EXPECT_DOUBLE_EQ(better.price(train, whole_train(), boxes(2), kToday)->value(), 50);
}

TEST_F(Books, QuantityBreaksMinimaAndDatesApply) {
  c.tariffs.push_back({.mode = Mode::kRail, .per_unit = Usd{100}, .minimum = Usd{150}});
  c.tariffs.push_back({.mode = Mode::kRail, .quantity_from = 40, .per_unit = Usd{80}});
  c.tariffs.push_back({.country = kz,
                       .mode = Mode::kRail,
                       .per_unit = Usd{1},
                       .valid_until = kToday});  // no longer today
  const World world{c};
  const TariffBook book{world};
  EXPECT_DOUBLE_EQ(book.price(train, whole_train(), boxes(1), kToday)->value(), 150);
  EXPECT_DOUBLE_EQ(book.price(train, whole_train(), boxes(40), kToday)->value(), 3200);
}

TEST_F(Books, NoTariffMeansNotOffered) {
  c.tariffs.push_back(
      {.mode = Mode::kRail, .load_unit_kind = LoadUnitKind::kWagon, .per_unit = Usd{1}});
  const World world{c};
  EXPECT_FALSE(TariffBook{world}.price(train, whole_train(), boxes(1), kToday));
}

TEST_F(Books, ElectricTrainsEmitWhatTheGridOfEachCountryDoes) {
  c.emission_factors.push_back(
      {.mode = Mode::kRail, .traction = Traction::kElectric, .kwh_per_tkm = 0.04});
  c.emission_factors.push_back({.mode = Mode::kRail,
                                .traction = Traction::kDiesel,
                                .wtw_g_per_tkm = 30,
                                .ttw_g_per_tkm = 25});
  const World world{c};
  const CarbonBook book{world};
  // China's grid is unknown: 500 g. 0.04 x (10 km x 500 + 3,000 km x 800) x 1 t.
  const Carbon electric = book.emitted(train, whole_train(), Tonnes{1});
  EXPECT_NEAR(electric.wtw.value(), 0.04 * (10 * 500 + 3000 * 800) / 1000, 1e-9);
  EXPECT_EQ(electric.ttw.value(), 0);
  c.services[train].traction = Traction::kDiesel;
  const Carbon diesel = book.emitted(train, whole_train(), Tonnes{1});
  EXPECT_NEAR(diesel.wtw.value(), 90.3, 1e-9);
  EXPECT_NEAR(diesel.ttw.value(), 75.25, 1e-9);
}

TEST_F(Books, RegimesShrinkStepsOnlyWhereBothAreMembersOnTheDay) {
  const Id<Crossing> gate = c.crossings.push_back({.mode = Mode::kRail});
  c.crossing_steps.push_back({.crossing = gate,
                              .sequence = 1,
                              .kind = StepKind::kDocumentReissue,
                              .hours = {.a = 6},
                              .usd_per_consignment = Usd{100}});
  c.crossing_steps.push_back({.crossing = gate,
                              .sequence = 2,
                              .kind = StepKind::kInspection,
                              .hours = {.a = 10},
                              .share = 0.5,
                              .usd_per_unit = Usd{20}});
  c.crossing_steps.push_back({.crossing = gate,
                              .sequence = 3,
                              .kind = StepKind::kPhytosanitary,
                              .hours = {.a = 5},
                              .food_only = true});
  const Id<Regime> smgs = c.regimes.push_back({.code = "smgs"});
  c.regime_effects.push_back({.regime = smgs, .hours_factor = 0, .fee_factor = 0});
  member(smgs, cn);
  member(smgs, kz, day(2026, 3, 2));
  const World world{c};
  const BorderBook book{world};
  const Passage passage{.link = border, .from = khorgos, .to = altynkol};
  const auto before = book.procedure(passage, Mode::kRail, boxes(2), day(2026, 3, 1));
  EXPECT_DOUBLE_EQ(before->hours.value(), 6 + 0.5 * 10);
  EXPECT_DOUBLE_EQ(before->cost.value(), 100 + 0.5 * 40);
  EXPECT_TRUE(before->regimes.empty());
  const auto after = book.procedure(passage, Mode::kRail, boxes(2), day(2026, 3, 2));
  EXPECT_DOUBLE_EQ(after->hours.value(), 5);
  EXPECT_DOUBLE_EQ(after->cost.value(), 20);
  EXPECT_EQ(after->regimes, std::vector{smgs});
  const Consignment food{.goods = wheat, .load_unit = hopper, .units = 1};
  EXPECT_DOUBLE_EQ(book.procedure(passage, Mode::kRail, food, day(2026, 3, 2))->hours.value(), 10);
}

// A hold of 20,000 t once paid the fee of 20,000 boxes.
TEST_F(Books, HoldIsDeclaredOnceHoweverManyTonnes) {
  const Id<LoadUnit> hold =
      c.load_units.push_back({.code = "hold", .kind = LoadUnitKind::kLiquid, .payload = Tonnes{1}});
  const Id<Crossing> gate = c.crossings.push_back({.mode = Mode::kSea});
  c.crossing_steps.push_back({.crossing = gate, .hours = {.a = 1}, .usd_per_unit = Usd{12}});
  const World world{c};
  const BorderBook book{world};
  const Passage passage{.link = border, .from = khorgos, .to = altynkol};
  const Consignment crude{.goods = wheat, .load_unit = hold, .units = 20000};
  EXPECT_DOUBLE_EQ(book.procedure(passage, Mode::kSea, crude, day(2026, 3, 1))->cost.value(), 12);
  EXPECT_DOUBLE_EQ(book.procedure(passage, Mode::kSea, boxes(2), day(2026, 3, 1))->cost.value(),
                   24);
}

TEST_F(Books, LastPartLeavesAsManyHeadwaysLater) {
  using namespace std::chrono_literals;
  Service ferry{.departs = DepartureRule::kWhenFull, .departures_per_week = 3.5};
  EXPECT_EQ(last_part_after(ferry, 50, 50), 0h);
  EXPECT_EQ(last_part_after(ferry, 51, 50), 48h);
  EXPECT_EQ(last_part_after(ferry, 150, 50), 96h);
  EXPECT_EQ(last_part_after(ferry, 1, 0), std::nullopt);
  ferry.departs = DepartureRule::kOnDemand;
  EXPECT_EQ(last_part_after(ferry, 150, 50), 48h);
  ferry.departs = DepartureRule::kTimetable;
  EXPECT_EQ(last_part_after(ferry, 51, 50), std::nullopt);
}

TEST_F(Books, CrossingOfTheLinkBeatsTheGeneralOne) {
  c.crossings.push_back({.code = "general", .mode = Mode::kRail});
  const Id<Crossing> own =
      c.crossings.push_back({.code = "own", .mode = Mode::kRail, .link = border});
  const World world{c};
  const Passage passage{.link = border, .from = khorgos, .to = altynkol};
  EXPECT_EQ(BorderBook{world}.procedure(passage, Mode::kRail, boxes(1), kToday)->crossing, own);
  EXPECT_FALSE(BorderBook{world}.procedure(passage, Mode::kSea, boxes(1), kToday));
}

TEST_F(Books, GaugesThatDifferNeedAGaugeChange) {
  c.gauge_changes.push_back({.place = altynkol,
                             .from = Gauge{1435},
                             .to = Gauge{1520},
                             .stands = 3,
                             .hours = {.a = 2},
                             .minutes_per_unit = 6,
                             .usd_per_unit = Usd{70}});
  c.handling.push_back(
      {.from = Side::kRail, .to = Side::kRail, .hours = {.a = 4}, .usd_per_unit = Usd{10}});
  const World world{c};
  const HandlingBook book{world};
  TransferQuery query{.place = altynkol,
                      .from = Side::kRail,
                      .to = Side::kRail,
                      .from_gauge = Gauge{1435},
                      .to_gauge = Gauge{1520},
                      .arriving = boxes(40),
                      .leaving = box40};
  const auto change = book.work(query);
  ASSERT_TRUE(change && change->gauge_change.valid());
  EXPECT_EQ(change->duration, std::chrono::minutes{2 * 60 + 40 * 6 / 3});
  EXPECT_DOUBLE_EQ(change->cost.value(), 2800);
  query.place = khorgos;  // which has none
  EXPECT_FALSE(book.work(query));
  query.to_gauge = Gauge{1435};  // no break: an ordinary transfer
  EXPECT_EQ(book.work(query)->duration, std::chrono::hours{4});
}

TEST_F(Books, WagonsAreChangedWhereCargoIsTransshippedAndKeptWhereBogiesAre) {
  const auto row = [&](Id<Place> place, GaugeMethod method) {
    c.gauge_changes.push_back({.place = place,
                               .from = Gauge{1520},
                               .to = Gauge{1435},
                               .method = method,
                               .load_unit_kind = LoadUnitKind::kWagon});
  };
  row(altynkol, GaugeMethod::kTransshipment);
  row(aktau, GaugeMethod::kBogieExchange);
  const World world{c};
  const HandlingBook book{world};
  const auto can = [&](Id<Place> place, Id<LoadUnit> leaving) {
    return book
        .work({.place = place,
               .from = Side::kRail,
               .to = Side::kRail,
               .from_gauge = Gauge{1520},
               .to_gauge = Gauge{1435},
               .arriving = {.goods = wheat, .load_unit = hopper, .units = 1},
               .leaving = leaving})
        .has_value();
  };
  EXPECT_TRUE(can(altynkol, hopper_1435));
  EXPECT_FALSE(can(altynkol, hopper));
  EXPECT_TRUE(can(aktau, hopper));
  EXPECT_FALSE(can(aktau, hopper_1435));
}

TEST_F(Books, RestowingNeedsARowOfBothKindsAndAPlacesOwnRowWins) {
  c.handling.push_back({.from = Side::kRail,
                        .to = Side::kSea,
                        .from_kind = LoadUnitKind::kWagon,
                        .to_kind = LoadUnitKind::kBulk,
                        .hours = {.a = 24},
                        .kg_co2e_per_t = 1});
  c.handling.push_back({.place = aktau,
                        .from = Side::kRail,
                        .to = Side::kSea,
                        .from_kind = LoadUnitKind::kWagon,
                        .to_kind = LoadUnitKind::kBulk,
                        .hours = {.a = 12},
                        .kg_co2e_per_t = 2});
  const World world{c};
  const TransferQuery query{
      .place = aktau,
      .from = Side::kRail,
      .to = Side::kSea,
      .from_gauge = Gauge{1520},
      .arriving = {.goods = wheat, .load_unit = hopper, .units = 45, .tonnes = Tonnes{3000}},
      .leaving = bulk};
  const auto work = HandlingBook{world}.work(query);
  ASSERT_TRUE(work);
  EXPECT_EQ(work->duration, std::chrono::hours{12});
  EXPECT_DOUBLE_EQ(work->co2e.value(), 6000);
}

TEST_F(Books, OneNoteReachesAsFarAsItsRegime) {
  const Id<Regime> smgs =
      c.regimes.push_back({.code = "smgs", .kind = RegimeKind::kConsignmentNote});
  for (const Id<Country> country : {cn, kz})
    member(smgs, country);
  const Id<Document> note =
      c.documents.push_back({.code = "note", .regime = smgs, .modes = {Mode::kRail}});
  const Id<Document> bill = c.documents.push_back({.code = "bill", .modes = {Mode::kSea}});
  const Id<Document> invoice = c.documents.push_back({.code = "invoice"});
  c.documents.push_back({.code = "danger", .dangerous_only = true});
  const World world{c};
  Itinerary itinerary;
  const auto leg = [&](Id<Service> service, Passage passage) {
    itinerary.legs.push_back({.service = service,
                              .from = passage.from,
                              .to = passage.to,
                              .consignment = boxes(1),
                              .depart = Instant{kToday},
                              .path = {passage}});
  };
  leg(train, {.link = border, .from = khorgos, .to = altynkol});
  leg(train, {.link = trunk, .from = altynkol, .to = aktau});
  leg(ship, {.link = sea, .from = aktau, .to = alat});
  itinerary.borders.push_back({.leg = 0, .passage = itinerary.legs[0].path[0]});
  const auto needed = documents_of(world, BorderBook{world}, itinerary);
  ASSERT_EQ(needed.size(), 3U);
  EXPECT_EQ(needed[0].document, invoice);
  EXPECT_EQ(needed[1].document, note);
  EXPECT_EQ(needed[1].to, aktau);
  EXPECT_EQ(needed[2].document, bill);
}

}  // namespace
}  // namespace karvan::cost
