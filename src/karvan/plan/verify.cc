#include "karvan/plan/verify.h"

#include <algorithm>
#include <cmath>

#include "karvan/base/contains.h"
#include "karvan/base/text.h"
#include "karvan/cost/border_of.h"
#include "karvan/cost/carbon_of.h"
#include "karvan/cost/connection_risk.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/documents_of.h"
#include "karvan/cost/handling_of.h"
#include "karvan/cost/hazard_of.h"
#include "karvan/cost/hire_of.h"
#include "karvan/cost/money_of.h"
#include "karvan/cost/storage_of.h"
#include "karvan/cost/through_of.h"
#include "karvan/model/transshipment.h"
#include "karvan/plan/detail/verify_times.h"

namespace karvan::plan {
namespace {

constexpr double kCent = 0.0051;     // money is counted in whole cents
constexpr double kGram = 0.0011;     // CO2e in whole grams; sums of a leg are rounded once
constexpr double kSumCent = 0.0005;  // totals are sums of whole cents

Duration minutes_above(Duration duration) {
  return std::chrono::ceil<std::chrono::minutes>(duration);
}

bool is_near(Usd a, Usd b, double within) {
  return std::abs(a.value() - b.value()) <= within;
}
bool is_near(KgCo2e a, KgCo2e b) {
  return std::abs(a.value() - b.value()) <= kGram + 1e-9 * std::abs(b.value());
}

class Judge {
 public:
  Judge(const World& world, const Question& question)
      : world_{world},
        question_{question},
        times_{world},
        tariffs_{world},
        carbon_{world},
        handling_{world},
        borders_{world},
        risks_{world},
        storage_{world},
        hire_{world},
        hazards_{world} {}

  std::vector<std::string> judge(const Answer& answer) {
    follow_all(answer);
    compare(answer.itineraries);
    return std::move(faults_);
  }

  // Of options that others have followed.
  std::vector<std::string> judge_together(const std::vector<Itinerary>& itineraries) {
    compare(itineraries);
    return std::move(faults_);
  }

  std::vector<std::string> judge(const Answer& answer, const Ranking& ranking) {
    follow_all(answer);
    rank(answer.itineraries, ranking);
    return std::move(faults_);
  }

 private:
  void follow_all(const Answer& answer) {
    if (answer.itineraries.empty() == (answer.refusal.obstacle == Obstacle::kNone))
      fault("an answer has either options or a reason why not");
    for (std::size_t i = 0; i < answer.itineraries.size(); ++i) {
      where_ = "option " + std::to_string(i + 1) + ": ";
      follow(answer.itineraries[i]);
    }
  }

  void rank(const std::vector<Itinerary>& list, const Ranking& ranking) {
    const auto value = [&](const Itinerary& it) -> std::int64_t {
      if (ranking.by == RankedBy::kArrival) return it.arrive.time_since_epoch().count();
      if (ranking.by == RankedBy::kCost) return std::llround(it.cost.value() * 100);
      return std::llround(it.co2e.value() * 1000);
    };
    where_ = "ranking: ";
    expect(list.size() <= ranking.options_max, "more options than asked for");
    expect(std::ranges::is_sorted(list, {}, value), "out of order");
    std::vector<std::string> routes;
    for (const Itinerary& it : list) {
      std::vector<Id<Place>> been{question_.from};
      for (const Leg& leg : it.legs) {
        expect(!contains(been, leg.to), "comes back to a place");
        been.push_back(leg.to);
      }
      const std::string route = route_text(it);
      expect(!contains(routes, route), "two options by the same route");
      routes.push_back(route);
    }
  }

  // Modes with their gauges, and where they change.
  std::string route_text(const Itinerary& it) const {
    std::string route;
    std::string last;
    for (const Leg& leg : it.legs) {
      const Service& service = world_[leg.service];
      const std::string by =
          std::string{to_text(service.mode)} + " " + std::to_string(service.gauge.mm);
      if (by != last) route += world_[leg.from].code + " " + by + " ";
      last = by;
    }
    return route;
  }

  void fault(const std::string& text) { faults_.push_back(where_ + text); }
  void expect(bool holds, const std::string& text) {
    if (!holds) fault(text);
  }

  // None dominates another; in the order promised.
  void compare(const std::vector<Itinerary>& list) {
    const auto vector_of = [](const Itinerary& it) {
      return std::tuple{it.arrive, std::llround(it.cost.value() * 100),
                        std::llround(it.co2e.value() * 1000), it.miss_risk};
    };
    const bool has_window = question_.window > Duration::zero();
    const bool is_early_better = !has_window || !question_.arrive_by;
    for (std::size_t i = 0; i < list.size(); ++i) {
      for (std::size_t j = 0; j < list.size(); ++j) {
        const auto a = vector_of(list[i]);
        const auto b = vector_of(list[j]);
        where_ = "options " + std::to_string(i + 1) + " and " + std::to_string(j + 1) + ": ";
        if (i < j)
          expect(has_window && list[i].depart != list[j].depart ? list[i].depart < list[j].depart
                                                                : a <= b,
                 "out of order");
        const bool is_comparable =
            !question_.keep_safer_options || list[i].risks.is_within(list[j].risks);
        const bool is_no_worse = (!has_window || list[i].depart >= list[j].depart) &&
                                 (!is_early_better || std::get<0>(a) <= std::get<0>(b)) &&
                                 std::get<1>(a) <= std::get<1>(b) &&
                                 std::get<2>(a) <= std::get<2>(b) &&
                                 std::get<3>(a) <= std::get<3>(b);
        expect(i == j || !is_comparable || !is_no_worse, "the first dominates the second");
      }
    }
  }

  void follow(const Itinerary& it) {
    if (it.legs.empty() || it.transfers.size() != it.legs.size() + 1) {
      fault("legs and transfers do not go together");
      return;
    }
    expect(it.legs.front().from == question_.from && it.legs.back().to == question_.to,
           "does not join the places asked for");
    expect(it.legs.size() <= static_cast<std::size_t>(question_.legs_max), "too many legs");
    expect(is_moment(it.depart), "does not begin when asked");
    expect(!question_.arrive_by || it.arrive <= *question_.arrive_by, "arrives too late");
    expect(it.arrive <= it.depart + std::chrono::days{question_.days_max}, "takes too long");
    expect(!question_.budget || it.cost.value() <= question_.budget->value() + kCent,
           "dearer than the budget");
    whole_way(it);
    Instant now = it.depart;
    std::size_t border = 0;
    spread_ = 0;
    miss_risk_ = 0;
    for (std::size_t i = 0; i < it.legs.size(); ++i) {
      where_leg(i);
      now = transfer(it, i, now);
      leg(it.legs[i], now);
      connect(it.transfers[i], it.legs[i], now);
      now = borders(it, i, border);
    }
    where_leg(it.legs.size());
    now = transfer(it, it.legs.size(), now);
    meet_deadline(it);
    expect(border == it.borders.size(), "more borders than the legs cross");
    expect(now == it.arrive, "does not arrive when it says");
    sums(it);
  }

  // Whether cargo may be handed over then.
  bool is_moment(Instant given) const {
    for (Duration after{}; after <= question_.window; after += question_.window_step) {
      if (given == std::chrono::ceil<std::chrono::minutes>(question_.depart + after)) return true;
    }
    return false;
  }

  void where_leg(std::size_t i) {
    where_ = where_.substr(0, where_.find(':')) + ": leg " + std::to_string(i + 1) + ": ";
  }

  // The arriving cargo of a transfer: of the leg before, or what a shipper may bring to the gate.
  std::vector<Consignment> arriving(const Itinerary& it, std::size_t i) const {
    if (i > 0) return {it.legs[i - 1].consignment};
    std::vector<Consignment> list;
    for (const Id<LoadUnit> unit : cost::load_units_for(world_, question_.shipment))
      list.push_back(cost::pack(world_, question_.shipment, unit));
    return list;
  }

  Instant transfer(const Itinerary& it, std::size_t i, Instant now) {
    const Transfer& given = it.transfers[i];
    const Leg* before = i == 0 ? nullptr : &it.legs[i - 1];
    const Leg* after = i == it.legs.size() ? nullptr : &it.legs[i];
    const auto side = [this](const Leg* l) {
      return l == nullptr ? Side::kGate : side_of(world_[l->service].mode);
    };
    const auto gauge = [this](const Leg* l) {
      return l == nullptr ? Gauge{} : world_[l->service].gauge;
    };
    expect(given.place == (after != nullptr ? after->from : before->to), "transfer elsewhere");
    expect(before == nullptr || after == nullptr || before->to == after->from, "legs do not meet");
    expect(given.from == side(before) && given.to == side(after), "transfer between other sides");
    expect(given.begin == now, "transfer does not begin when cargo arrives");
    for (const Consignment& cargo : arriving(it, i)) {
      const auto work = handling_.work(
          {.place = given.place,
           .from = side(before),
           .to = side(after),
           .from_gauge = gauge(before),
           .to_gauge = gauge(after),
           .arriving = cargo,
           .leaving = after == nullptr ? cargo.load_unit : after->consignment.load_unit});
      if (!work || work->handling != given.handling || work->gauge_change != given.gauge_change)
        continue;
      if (!is_near(work->cost, given.cost, kCent) || !is_near(work->co2e, given.co2e)) continue;
      if (!is_near(storage(given, cargo, after), given.storage, kSumCent)) continue;
      expect(times_.work_done(given.place, now, minutes_above(work->duration)) == given.end,
             "the work is not done then");
      if (question_.weighs_risk) spread_ = cost::widened(spread_, risks_.of_work(*work));
      return given.end;
    }
    fault("no such work or storage at " + world_[given.place].code);
    return given.end;
  }

  // What standing there until the departure costs; nothing at the destination.
  Usd storage(const Transfer& given, const Consignment& cargo, const Leg* after) const {
    if (after == nullptr) return {};
    return storage_.terms(given.place, cargo).charge(after->depart - given.begin);
  }

  void leg(const Leg& given, Instant ready) {
    const Service& service = world_[given.service];
    const std::vector<Id<Call>> calls = times_.calls(given.service);
    std::vector<Id<Link>> links;
    bool boards = false;
    bool leaves = false;
    for (const Id<Call> id : calls) {
      const Call& call = world_[id];
      if (call.sequence == given.from_sequence) boards = call.loads && call.place == given.from;
      if (call.sequence == given.to_sequence) leaves = call.unloads && call.place == given.to;
      if (call.sequence > given.from_sequence && call.sequence <= given.to_sequence)
        links.insert(links.end(), call.links.begin(), call.links.end());
    }
    expect(boards && leaves && given.from_sequence < given.to_sequence,
           service.code + " does not serve these calls");
    const auto path = passages(world_, given.from, links);
    expect(path && *path == given.path, "the path is not that of the service");
    expect(std::abs(length(world_, given.path).value() - given.distance.value()) < 1e-6,
           "wrong distance");
    refused(given);
    beyond(given);
    regimes(given);
    cargo(given);
    expect(!is_dangerous() || (service.cutoff_dangerous &&
                               !hazards_.refusal(given.service, question_.shipment.goods)),
           "dangerous goods are not accepted");
    expect(ready + cutoff(service) <= given.depart, "the cut-off is missed");
    for (const std::string& objection : times_.objections(given))
      fault(objection);
    const Date day = std::chrono::floor<std::chrono::days>(given.depart);
    const auto price = tariffs_.price(given.service, given.path, given.consignment, day);
    expect(price && is_near(*price, given.cost, kCent), "another price");
    const cost::Carbon carbon =
        carbon_.emitted(given.service, given.path, given.consignment.tonnes);
    expect(is_near(carbon.wtw, given.co2e) && is_near(carbon.ttw, given.co2e_ttw),
           "another emission");
  }

  bool is_dangerous() const { return !world_[question_.shipment.goods].hazard_class.empty(); }
  Duration cutoff(const Service& service) const {
    const Hours hours =
        is_dangerous() ? service.cutoff_dangerous.value_or(Hours{}) : service.cutoff_cargo;
    return minutes_above(to_duration(hours));
  }

  // How surely cargo that is ready makes the leg, and how late it may come off it.
  void connect(const Transfer& before, const Leg& given, Instant ready) {
    const Service& service = world_[given.service];
    const Duration slack = given.depart - cutoff(service) - ready;
    expect(slack == before.slack, "another slack");
    cost::MissRisk risk = 0;
    if (service.departs != DepartureRule::kOnDemand) {
      risk = cost::miss_risk(spread_, whole_minutes(slack));
      spread_ = 0;
    }
    add_risk(risk, before);
    if (!question_.weighs_risk) return;
    spread_ = cost::widened(spread_, run_lateness(given).second_moment() + border_variance(given));
  }

  static std::int64_t whole_minutes(Duration duration) {
    return std::chrono::floor<std::chrono::minutes>(duration).count();
  }

  void add_risk(cost::MissRisk risk, const Transfer& given) {
    miss_risk_ += risk;
    expect(std::abs(given.probability - cost::probability(risk)) < 1e-9,
           "another probability of the connection");
  }

  cost::Lateness run_lateness(const Leg& given) const {
    cost::Lateness late;
    const std::vector<Id<Call>> calls = times_.calls(given.service);
    for (std::size_t i = 1; i < calls.size(); ++i) {
      const Call& call = world_[calls[i]];
      const Call& before = world_[calls[i - 1]];
      if (before.sequence < given.from_sequence || call.sequence > given.to_sequence) continue;
      const auto hop = passages(world_, before.place, call.links);
      if (!hop) continue;
      late = late + risks_.of_run(world_[given.service].mode, *hop,
                                  times_.running(given.service, before.sequence, call.sequence));
    }
    return late;
  }

  std::int64_t border_variance(const Leg& given) const {
    const Service& service = world_[given.service];
    if (service.border_in_timetable) return 0;
    std::int64_t variance = 0;
    for (const Passage& passage : given.path) {
      if (!crosses_border(world_, passage)) continue;
      const auto procedure =
          borders_.procedure(passage, service.mode, given.consignment,
                             std::chrono::floor<std::chrono::days>(given.arrive));
      if (procedure) variance += risks_.of_border(*procedure);
    }
    return variance;
  }

  void meet_deadline(const Itinerary& it) {
    cost::MissRisk risk = 0;
    if (question_.deadline)
      risk = cost::miss_risk(spread_, whole_minutes(*question_.deadline - it.arrive));
    add_risk(risk, it.transfers.back());
    expect(miss_risk_ == it.miss_risk, "another risk of a missed connection");
    expect(std::abs(cost::probability(miss_risk_) - it.probability) < 1e-9,
           "another probability of the whole");
  }

  void refused(const Leg& given) {
    const Service& service = world_[given.service];
    const Refusals& refuse = question_.refuse;
    expect(!contains(refuse.modes, service.mode), "a refused mode");
    expect(!contains(refuse.operators, service.operator_), "a refused operator");
    expect(!contains(refuse.services, given.service), "a refused service");
    expect(!contains(refuse.risks, service.risk), "a refused risk");
    for (const Passage& passage : given.path) {
      expect(!contains(refuse.risks, world_[passage.link].risk), "a refused risk");
      for (const Id<Place> place : {passage.from, passage.to}) {
        expect(!contains(refuse.places, place), "a refused place");
        expect(!contains(refuse.countries, world_[place].country), "a refused country");
      }
    }
  }

  void beyond(const Leg& given) {
    const Service& service = world_[given.service];
    const Only& only = question_.only;
    expect(only.modes.empty() || contains(only.modes, service.mode), "a mode not allowed");
    expect(only.operators.empty() || contains(only.operators, service.operator_),
           "an operator not allowed");
    expect(only.services.empty() || contains(only.services, given.service),
           "a service not allowed");
    for (const Passage& passage : given.path) {
      for (const Id<Place> place : {passage.from, passage.to}) {
        const Id<Country> country = world_[place].country;
        expect(only.countries.empty() || !country.valid() || contains(only.countries, country),
               "a country not allowed");
      }
    }
  }

  // Regimes that govern the borders of a leg are none of those refused.
  void regimes(const Leg& given) {
    for (const Passage& passage : given.path) {
      if (!crosses_border(world_, passage)) continue;
      const auto shared = borders_.shared_regimes(
          world_[passage.from].country, world_[passage.to].country, world_[given.service].mode,
          std::chrono::floor<std::chrono::days>(given.arrive));
      for (const Id<Regime> regime : shared)
        expect(!contains(question_.refuse.regimes, regime), "a refused regime");
    }
  }

  // What is asked of all legs together.
  void whole_way(const Itinerary& it) {
    std::size_t passed = 0;
    const auto pass = [&](Id<Place> place) {
      if (passed < question_.via.size() && question_.via[passed] == place) ++passed;
    };
    for (const Leg& leg : it.legs) {
      pass(leg.from);
      for (const Passage& passage : leg.path)
        pass(passage.to);
    }
    expect(passed == question_.via.size(), "does not pass what it must, in this order");
    const Requirements& require = question_.require;
    const auto any = [&](auto use) { return std::ranges::any_of(it.legs, use); };
    for (const Mode mode : require.modes)
      expect(any([&](const Leg& leg) { return world_[leg.service].mode == mode; }),
             "without a mode that it must use");
    for (const Id<Operator> id : require.operators)
      expect(any([&](const Leg& leg) { return world_[leg.service].operator_ == id; }),
             "without an operator that it must use");
    for (const Id<Service> id : require.services)
      expect(any([&](const Leg& leg) { return leg.service == id; }),
             "without a service that it must use");
    for (const Id<Country> id : require.countries)
      expect(any([&](const Leg& leg) { return touches(leg, id); }),
             "without a country that it must touch");
    expect(transshipments(world_, it) <=
               question_.transshipments_max.value_or(std::numeric_limits<int>::max()),
           "too many transshipments");
  }

  bool touches(const Leg& leg, Id<Country> country) const {
    return std::ranges::any_of(leg.path, [&](const Passage& passage) {
      return world_[passage.from].country == country || world_[passage.to].country == country;
    });
  }

  // Right units in number, carried in this number, for as long as they take.
  void cargo(const Leg& given) {
    const Consignment packed = cost::pack(world_, question_.shipment, given.consignment.load_unit);
    expect(given.consignment.goods == packed.goods && given.consignment.units == packed.units &&
               given.consignment.tonnes == packed.tonnes,
           "not the shipment that was asked for");
    expect(contains(world_[packed.goods].load_units, packed.load_unit) ||
               contains(cost::load_units_for(world_, question_.shipment), packed.load_unit),
           "the goods do not travel in this load unit");
    double capacity = -1;
    for (const Id<Capacity> id : world_.ids<Capacity>()) {
      const Capacity& row = world_[id];
      if (row.service == given.service && row.load_unit == packed.load_unit)
        capacity = std::max(capacity, row.units);
    }
    const auto later = cost::last_part_after(world_[given.service], packed.units, capacity);
    expect(later.has_value(), "more than a departure takes");
    const Duration duration =
        times_.running(given.service, given.from_sequence, given.to_sequence) +
        later.value_or(Duration{0});
    const double booked = times_.booked(given, later.value_or(Duration{0}));
    expect(booked == 0 || booked + std::min(1.0, packed.units / capacity) <= 1 + 1e-9,
           "others have booked that departure");
    expect(given.depart + duration == given.arrive, "another running time");
  }

  // Follows the borders of a leg; returns when the last is behind.
  Instant borders(const Itinerary& it, std::size_t number, std::size_t& next) {
    const Leg& leg = it.legs[number];
    const Service& service = world_[leg.service];
    const Date day = std::chrono::floor<std::chrono::days>(leg.arrive);
    Instant now = leg.arrive;
    for (const Passage& passage : leg.path) {
      if (!crosses_border(world_, passage)) continue;
      if (next == it.borders.size()) {
        fault("a border is missing");
        return now;
      }
      const BorderPassed& given = it.borders[next++];
      const auto procedure = borders_.procedure(passage, service.mode, leg.consignment, day);
      expect(given.leg == number && given.passage == passage, "another border");
      expect(procedure && procedure->crossing == given.crossing, "another crossing");
      if (!procedure) return now;
      expect(is_near(procedure->cost, given.cost, kCent), "another border fee");
      expect(procedure->regimes == given.regimes && procedure->steps.size() == given.steps.size(),
             "another procedure");
      expect(given.begin == now, "the border does not begin when reached");
      if (!service.border_in_timetable) {
        now = times_.gate_open(given.crossing, passage.to, now) +
              minutes_above(to_duration(procedure->hours));
      }
      expect(given.end == now, "the border is not behind then");
    }
    return now;
  }

  // No paper is used before it is ready, and none is lacking.
  void papers(const Itinerary& it) {
    for (const DocumentNeeded& paper : it.documents) {
      expect(paper.needed - paper.apply_by == to_duration(world_[paper.document].lead),
             "another lead time of a document");
      expect(!question_.papers_from || paper.apply_by >= *question_.papers_from,
             "a document is not ready");
    }
    if (!question_.papers_from) return;
    const auto lacking = cost::paper_lacking(world_, borders_, it, *question_.papers_from);
    expect(!lacking, "goes on without a document that is not ready");
  }

  void sums(const Itinerary& it) {
    Usd cost;
    KgCo2e co2e;
    KgCo2e ttw;
    Km distance;
    Risks risks;
    for (const Leg& leg : it.legs) {
      cost += leg.cost;
      co2e += leg.co2e;
      ttw += leg.co2e_ttw;
      distance += leg.distance;
      risks.add(world_[leg.service].risk);
      for (const Passage& passage : leg.path)
        risks.add(world_[passage.link].risk);
    }
    for (const Transfer& transfer : it.transfers) {
      cost += transfer.cost + transfer.storage;
      co2e += transfer.co2e;
    }
    for (const ThroughPrice& through : it.through)
      cost -= discount(it, through);
    for (const BorderPassed& border : it.borders)
      cost += border.cost;
    const std::vector<DocumentNeeded> documents =
        cost::documents_of(world_, borders_, it, question_.papers_from);
    const auto is_same = [](const DocumentNeeded& a, const DocumentNeeded& b) {
      return a.document == b.document && a.from == b.from && a.to == b.to && a.cost == b.cost &&
             a.needed == b.needed && a.apply_by == b.apply_by;
    };
    papers(it);
    cost += hire(it);
    expect(std::ranges::equal(documents, it.documents, is_same), "other documents");
    for (const DocumentNeeded& document : documents)
      cost += Usd{static_cast<double>(std::llround(document.cost.value() * 100)) / 100};
    expect(is_near(cost, it.cost, kSumCent),
           "cost is not the sum of its parts: " + format_fixed(cost.value(), 2) + ", not " +
               format_fixed(it.cost.value(), 2));
    expect(is_near(co2e, it.co2e), "CO2e is not the sum of its parts");
    expect(is_near(ttw, it.co2e_ttw), "tank-to-wheel CO2e is not the sum of its parts");
    expect(std::abs(distance.value() - it.distance.value()) < 1e-6, "wrong total distance");
    expect(risks == it.risks, "other risks");
  }

  // What hired load units cost until they are back; they are the same all the way.
  Usd hire(const Itinerary& it) {
    const Id<Operator> owner = question_.shipment.hired_from;
    expect(it.hire.has_value() == owner.valid(),
           "hired load units that were not asked for, or none");
    if (!it.hire || !owner.valid()) return {};
    const Consignment& cargo = it.legs.front().consignment;
    for (const Leg& leg : it.legs)
      expect(leg.consignment.load_unit == cargo.load_unit, "leaves hired load units");
    const auto terms = hire_.terms(owner, it.legs.back().to, cargo);
    if (!terms) {
      fault("hired load units are not taken back there");
      return {};
    }
    expect(it.hire->back == terms->back && it.hire->returned == it.arrive + terms->until_back,
           "hired load units go back otherwise");
    expect(is_near(it.hire->empty_return, terms->empty_return, kSumCent) &&
               is_near(it.hire->detention, terms->detention(it.arrive - it.depart), kSumCent),
           "another detention or empty return");
    return it.hire->empty_return + it.hire->detention;
  }

  // What a combined price saves, if it may be had at all.
  Usd discount(const Itinerary& it, const ThroughPrice& given) {
    where_leg(given.first_leg);
    if (given.first_leg > given.last_leg || given.last_leg >= it.legs.size()) {
      fault("a through rate for legs that are not there");
      return {};
    }
    for (const ThroughPrice& other : it.through) {
      expect(
          &other == &given || other.last_leg < given.first_leg || given.last_leg < other.first_leg,
          "two through rates for one leg");
    }
    const ThroughRate& rate = world_[given.rate];
    const Leg& first = it.legs[given.first_leg];
    const Consignment& cargo = first.consignment;
    expect(first.from == rate.from && it.legs[given.last_leg].to == rate.to,
           "a through rate between other places");
    expect(cost::is_offered(rate, std::chrono::floor<std::chrono::days>(first.depart)),
           "a through rate on another day");
    Usd sum;
    for (std::size_t i = given.first_leg; i <= given.last_leg; ++i) {
      expect(cost::may_carry(world_, rate, it.legs[i].service, it.legs[i].consignment.load_unit),
             "a through rate of other services or load units");
      expect(i == given.last_leg || it.legs[i].to != rate.to, "a through rate beyond its end");
      sum += it.legs[i].cost;
    }
    expect(is_near(cost::price(rate, cargo), given.cost, kSumCent), "another through price");
    expect(is_near(sum - given.cost, given.discount, kSumCent), "another discount");
    return given.discount;
  }

  const World& world_;
  const Question& question_;
  detail::VerifyTimes times_;
  cost::TariffBook tariffs_;
  cost::CarbonBook carbon_;
  cost::HandlingBook handling_;
  cost::BorderBook borders_;
  cost::RiskBook risks_;
  cost::StorageBook storage_;
  cost::HireBook hire_;
  cost::HazardBook hazards_;
  cost::SpreadClass spread_ = 0;  // of the cargo that is followed
  std::int64_t miss_risk_ = 0;
  std::string where_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> verify(const World& world,
                                const Question& question,
                                const Answer& answer) {
  return Judge{world, question}.judge(answer);
}

std::vector<std::string> verify_ranked(const World& world,
                                       const Question& question,
                                       const Ranking& ranking,
                                       const Answer& answer) {
  const Question ranked = as_ranked(question, ranking);
  return Judge{world, ranked}.judge(answer, ranking);
}

std::vector<std::string> verify_one_front(const World& world,
                                          const std::vector<Question>& questions,
                                          const Answer& answer) {
  if (answer.itineraries.empty()) return verify(world, questions.front(), answer);
  std::vector<std::string> faults;
  std::size_t followed = 0;
  for (const Question& question : questions) {
    Answer own;
    for (const Itinerary& it : answer.itineraries) {
      if (!it.legs.empty() && it.legs.front().from == question.from &&
          it.legs.back().to == question.to)
        own.itineraries.push_back(it);
    }
    followed += own.itineraries.size();
    if (!own.itineraries.empty())
      std::ranges::move(verify(world, question, own), std::back_inserter(faults));
  }
  if (followed != answer.itineraries.size())
    faults.emplace_back("an option joins none of the pairs asked for");
  Judge all{world, questions.front()};
  std::ranges::move(all.judge_together(answer.itineraries), std::back_inserter(faults));
  return faults;
}

}  // namespace karvan::plan
