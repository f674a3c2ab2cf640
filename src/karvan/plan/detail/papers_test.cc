// Goal: fees counted leg by leg are those that documents_of() lists for the whole itinerary; and
// the lead of one state over another is never exceeded. Method: random legs of random modes between
// random countries with random memberships.

#include "karvan/plan/detail/papers.h"

#include <gtest/gtest.h>

#include "karvan/base/random.h"
#include "karvan/cost/documents_of.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan::plan::detail {
namespace {

class Sheaf {
 public:
  explicit Sheaf(std::uint64_t seed) : random_{seed, "papers"} {
    Corridor& c = b_.corridor;
    for (const char* code : {"A", "B", "C"}) {
      const Id<Country> country = b_.country(code);
      for (const char* end : {"1", "2"})
        places_.push_back(b_.place(std::string{code} + end, country, std::chrono::minutes{0}));
    }
    for (const Mode mode : {Mode::kRail, Mode::kRoad, Mode::kSea})
      c.services.push_back({.code = std::string{to_text(mode)}, .mode = mode});
    for (int i = 0; i < 6; ++i)
      add_document(i);
  }

  // A chain of legs that hang together, with a border where countries change.
  Itinerary way(int legs) {
    Itinerary it;
    Id<Place> here = any_place();
    for (int i = 0; i < legs; ++i) {
      const Id<Place> next = any_place();
      if (next == here) continue;
      const Id<Service> service{static_cast<std::size_t>(random_.uniform_int(0, 2))};
      const Passage passage{.link = {}, .from = here, .to = next};
      it.legs.push_back({.service = service,
                         .from = here,
                         .to = next,
                         .consignment = {.goods = b_.goods("machinery")},
                         .path = {passage}});
      const World world{b_.corridor};
      if (crosses_border(world, passage))
        it.borders.push_back({.leg = it.legs.size() - 1, .passage = passage});
      here = next;
    }
    return it;
  }

  const Corridor& corridor() const { return b_.corridor; }
  Id<Goods> goods() const { return b_.goods("machinery"); }

 private:
  Id<Place> any_place() { return places_[static_cast<std::size_t>(random_.uniform_int(0, 5))]; }

  void add_document(int i) {
    Corridor& c = b_.corridor;
    Document row{.code = "d" + std::to_string(i),
                 .crossing_only = random_.bernoulli(0.5),
                 .usd_per_consignment = Usd{static_cast<double>(random_.uniform_int(0, 9))}};
    if (random_.bernoulli(0.6))
      row.modes.push_back(random_.bernoulli(0.5) ? Mode::kRail : Mode::kRoad);
    if (random_.bernoulli(0.8)) {
      row.regime =
          b_.regime("r" + std::to_string(i), random_.bernoulli(0.6) ? RegimeKind::kConsignmentNote
                                                                    : RegimeKind::kCustomsTransit);
      for (const Id<Country> country : c.countries.ids()) {
        if (random_.bernoulli(0.7))
          c.memberships.push_back({.regime = row.regime, .country = country});
      }
    }
    c.documents.push_back(row);
  }

  RandomStream random_;
  testing::CorridorBuilder b_;
  std::vector<Id<Place>> places_;
};

// Fees of legs `first` .. end, and the state after them.
std::optional<Cents> walk(const PaperRules& rules,
                          const World& world,
                          const Itinerary& it,
                          std::size_t first,
                          Papers papers) {
  Cents sum = 0;
  for (std::size_t i = first; i < it.legs.size(); ++i) {
    const Leg& leg = it.legs[i];
    const Mode mode = world[leg.service].mode;
    sum += rules.take_leg(papers, rules.notes(mode, leg.path, 0));
    if (crosses_border(world, leg.path.front()))
      sum += rules.cross(papers, rules.transit(mode, leg.path.front(), 0));
  }
  const std::optional<Cents> last = rules.finish(papers);
  if (!last) return std::nullopt;
  return sum + *last;
}

TEST(Papers, LegByLegTheyCostWhatTheWholeWayNeeds) {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    Sheaf sheaf{seed};
    const World world{sheaf.corridor()};
    const cost::BorderBook borders{world};
    const PaperRules rules{world, borders, sheaf.goods(), {Date{}}};
    const Itinerary it = sheaf.way(6);
    if (it.legs.empty()) continue;
    Cents expected = 0;
    for (const DocumentNeeded& paper : cost::documents_of(world, borders, it))
      expected += to_cents(paper.cost);
    int hypotheses = 0;
    for (const PaperRules::Start& start : rules.starts(it.legs.front().from, it.legs.back().to)) {
      const auto found = walk(rules, world, it, 0, start.papers);
      if (!found) continue;
      ++hypotheses;
      EXPECT_EQ(start.cents + *found, expected) << "seed " << seed;
    }
    EXPECT_EQ(hypotheses, 1) << "seed " << seed;
  }
}

TEST(Papers, OurLeadOverOthersIsNeverExceeded) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Sheaf sheaf{seed};
    const World world{sheaf.corridor()};
    const cost::BorderBook borders{world};
    const PaperRules rules{world, borders, sheaf.goods(), {Date{}}};
    // Two histories, one future.
    const auto state_after = [&](const Itinerary& it) {
      Papers papers;
      for (const Leg& leg : it.legs) {
        const Mode mode = world[leg.service].mode;
        static_cast<void>(rules.take_leg(papers, rules.notes(mode, leg.path, 0)));
        if (crosses_border(world, leg.path.front()))
          static_cast<void>(rules.cross(papers, rules.transit(mode, leg.path.front(), 0)));
      }
      return papers;
    };
    const Papers ours = state_after(sheaf.way(3));
    const Papers theirs = state_after(sheaf.way(3));
    const Itinerary future = sheaf.way(5);
    const auto lead = rules.lead(ours, theirs, 5);
    const auto they_pay = walk(rules, world, future, 0, theirs);
    if (!lead || !they_pay) continue;
    const auto we_pay = walk(rules, world, future, 0, ours);
    ASSERT_TRUE(we_pay.has_value()) << "seed " << seed;
    EXPECT_LE(*we_pay, *they_pay + *lead) << "seed " << seed;
  }
}

}  // namespace
}  // namespace karvan::plan::detail
