// The Trans-Caspian data as a whole: that it loads, that its clocks are right, that what it adds up
// to is what was published, and that no place is cut off.

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>
#include <ostream>
#include <queue>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "karvan/choice/alternatives.h"
#include "karvan/load/directory.h"
#include "karvan/model/clock.h"

namespace karvan {
namespace {

const load::Loaded& titr() {
  static const load::Loaded loaded = [] {
    Complaints complaints;
    std::optional<load::Loaded> read = load::load_corridor("data/titr", complaints);
    for (const Complaint& complaint : complaints)
      ADD_FAILURE() << to_text(complaint);
    return read ? std::move(*read) : load::Loaded{};
  }();
  return loaded;
}

World world() {
  return World{titr().corridor};
}

Id<Place> place(std::string_view code) {
  return world().find<Place>(code).value_or(Id<Place>{});
}

TEST(TitrData, IsAsLargeAsTheRouteIs) {
  const Corridor& c = titr().corridor;
  EXPECT_GE(c.places.size(), 140U);
  EXPECT_GE(c.links.size(), 200U);
  EXPECT_GE(c.services.size(), 60U);
  EXPECT_GE(c.vessels.size(), 30U);
  EXPECT_GE(c.regimes.size(), 12U);
  EXPECT_GE(c.demand.size(), 40U);
}

TEST(TitrData, EveryRowNamesItsSource) {
  for_each_table([]<class Row>() {
    if constexpr (!std::is_same_v<Row, Source>) {
      for (const Row& row : rows<Row>(titr().corridor)) {
        EXPECT_FALSE(row.fact.sources.empty()) << row.code;
      }
    }
  });
}

TEST(TitrData, AnAssumedRowSaysOnWhatItRests) {
  for (const Tariff& tariff : titr().corridor.tariffs) {
    if (tariff.fact.confidence == Confidence::kAssumed) {
      EXPECT_FALSE(tariff.fact.note.empty()) << tariff.code;
    }
  }
}

// Against the system's time-zone database: an independent copy of the same law.
TEST(TitrData, ClocksAgreeWithTheSystemAtEveryDayOfTheCalendar) {
  if (!std::filesystem::exists("/usr/share/zoneinfo/Asia/Almaty")) {
    GTEST_SKIP() << "no tzdata on this machine";
  }
  const Clocks clocks{world()};
  const CorridorInfo& info = titr().corridor.info;
  std::map<std::string, Id<Place>> zones;
  for (const Id<Place> id : world().ids<Place>())
    zones.try_emplace(world()[id].zone, id);
  for (const auto& [zone, somewhere] : zones) {
    setenv("TZ", zone.c_str(), 1);
    tzset();
    for (Date day = info.calendar_from; day < info.calendar_until; day += std::chrono::days{1}) {
      for (const int hour : {0, 1, 2, 12}) {
        const Instant instant = Instant{day} + std::chrono::hours{hour};
        const std::time_t seconds = instant.time_since_epoch().count();
        std::tm local{};
        localtime_r(&seconds, &local);
        const auto minutes = clocks.offset(somewhere, instant);
        ASSERT_EQ(minutes.count() * 60, local.tm_gmtoff)
            << zone << " on " << instant_to_text(instant, minutes);
      }
    }
  }
  unsetenv("TZ");
  tzset();
}

// Shortest rail distance, by simple Dijkstra over the links table.
double rail_km(std::string_view from, std::string_view to) {
  const World w = world();
  using Entry = std::pair<double, Id<Place>>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  Column<Place, double> best{w.size<Place>(), 1e9};
  queue.emplace(0, place(from));
  best[place(from)] = 0;
  while (!queue.empty()) {
    const auto [km, here] = queue.top();
    queue.pop();
    if (here == place(to)) return km;
    if (km > best[here]) continue;
    for (const Id<Link> id : w.ids<Link>()) {
      const Link& link = w[id];
      if (link.mode != Mode::kRail || !link.is_open(titr().corridor.info.calendar_until)) continue;
      if (link.from != here && link.to != here) continue;
      const Id<Place> next = link.from == here ? link.to : link.from;
      if (km + link.length.value() >= best[next]) continue;
      best[next] = km + link.length.value();
      queue.emplace(best[next], next);
    }
  }
  return 1e9;
}

struct Length {
  const char* from;
  const char* to;
  double km;       // published
  double percent;  // within

  friend std::ostream& operator<<(std::ostream& out, const Length& one) {
    return out << one.from << " to " << one.to << ", " << one.km << " km";
  }
};

class PublishedLength : public testing::TestWithParam<Length> {};

TEST_P(PublishedLength, IsWhatTheLinksAddUpTo) {
  const Length& length = GetParam();
  EXPECT_NEAR(rail_km(length.from, length.to), length.km, length.km * length.percent / 100);
}

INSTANTIATE_TEST_SUITE_P(TitrData,
                         PublishedLength,
                         testing::Values(Length{"altynkol", "aktau", 3128, 1},
                                         Length{"dostyk", "moyinty", 836, 0.1},
                                         Length{"lanzhou", "urumqi", 1904, 0.1},
                                         Length{"baku", "boyuk_kesik", 503, 1},
                                         Length{"tbilisi", "poti", 310, 2},
                                         Length{"tbilisi", "batumi", 345, 2},
                                         Length{"kars", "mersin", 1300, 3}),
                         [](const auto& length) {
                           return std::string{length.param.from} + "_" + length.param.to;
                         });

TEST(TitrData, EveryPlaceReachesEveryOtherOverOpenLinksUnlessItSaysWhyNot) {
  const World w = world();
  std::set<Id<Place>> seen{place("xian")};
  std::vector<Id<Place>> waiting{place("xian")};
  while (!waiting.empty()) {
    const Id<Place> here = waiting.back();
    waiting.pop_back();
    for (const Id<Link> id : w.ids<Link>()) {
      const Link& link = w[id];
      if (!link.is_open(titr().corridor.info.calendar_from) &&
          !link.is_open(titr().corridor.info.calendar_until)) {
        continue;
      }
      for (const auto& [a, b] : {std::pair{link.from, link.to}, std::pair{link.to, link.from}}) {
        if (a == here && seen.insert(b).second) waiting.push_back(b);
      }
    }
  }
  for (const Id<Place> id : w.ids<Place>()) {
    if (w[id].unreachable_note.empty()) {
      EXPECT_TRUE(seen.contains(id)) << w[id].code;
    }
  }
}

// The same trains on another day are no other way: told twice, they would count twice.
TEST(TitrData, ShippersChooseAmongDifferentWays) {
  const simulate::Alternator ways = choice::alternatives_from(world());
  const Corridor& c = titr().corridor;
  std::size_t found = 0;
  for (const Id<Demand> id : c.demand.ids()) {
    const Demand& row = c.demand[id];
    if (row.year != 2024 || row.unit != DemandUnit::kTeu) continue;
    const Shipment shipment{.goods = row.goods, .quantity = 10, .unit = QuantityUnit::kTeu};
    const simulate::Alternatives told =
        ways(id, shipment, Instant{Date{std::chrono::year{2024} / 3 / 4}});
    std::set<std::vector<std::pair<Id<Service>, Id<Place>>>> different;
    for (const Itinerary& way : told.itineraries) {
      std::vector<std::pair<Id<Service>, Id<Place>>> rides;
      for (const Leg& leg : way.legs)
        rides.emplace_back(leg.service, leg.to);
      EXPECT_TRUE(different.insert(std::move(rides)).second) << row.code;
    }
    found += told.itineraries.size();
  }
  EXPECT_GE(found, 40U);
}

}  // namespace
}  // namespace karvan
