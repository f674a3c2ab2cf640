#include "karvan/plan/detail/explain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "karvan/base/contains.h"
#include "karvan/base/text.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/plan/detail/explain_asked.h"
#include "karvan/plan/detail/itinerary_of.h"

namespace karvan::plan::detail {
namespace {

std::string sentence(std::string text) {
  if (!text.empty() && 'a' <= text.front() && text.front() <= 'z' && text.starts_with("the "))
    text.front() = 'T';
  return text;
}

std::string units_text(const World& world, const Consignment& cargo) {
  return with_thousands(cargo.units, 0) + " x " + named(world, cargo.load_unit);
}

std::uint32_t course_of(const Engine& engine, Id<Service> service) {
  const std::vector<Course>& courses = engine.graph.courses();
  return static_cast<std::uint32_t>(std::ranges::find(courses, service, &Course::service) -
                                    courses.begin());
}

// What a question would find if one family of constraints were gone.
struct Trial {
  std::unique_ptr<Itinerary> itinerary;
};

// Of all ways: the earliest; the one with the fewest pretended transfers where those were allowed.
std::unique_ptr<Itinerary> any_way(const Engine& engine, const Question& question, Relax relax) {
  const QueryTables tables{engine, question, relax};
  SearchLimits limits = limits_of(question);
  limits.keep_safer_options = true;
  limits.saves_storage = question.saves_storage && question.budget.has_value();
  const Found found = search(engine, tables, limits);
  if (found.options.empty()) return nullptr;
  std::uint32_t best = found.options.front();
  for (const std::uint32_t option : found.options) {
    if (relax.handling && found.labels[option].cents < found.labels[best].cents) best = option;
  }
  return std::make_unique<Itinerary>(itinerary_of(engine, tables, found, best));
}

class Explainer {
 public:
  Explainer(const Engine& engine,
            const Question& question,
            const Finder& find,
            std::string narrowed)
      : engine_{engine},
        world_{engine.world},
        question_{question},
        find_{find},
        asked_{asked_text(engine.world, question)},
        narrowed_{std::move(narrowed)} {}

  Refusal explain() {
    using Step = Refusal (Explainer::*)();
    constexpr std::array<Step, 14> kSteps{
        &Explainer::budget,   &Explainer::transshipments, &Explainer::refusals,
        &Explainer::closures, &Explainer::dangerous,      &Explainer::bookings,
        &Explainer::capacity, &Explainer::tariff,         &Explainer::handling,
        &Explainer::border,   &Explainer::papers,         &Explainer::cutoff,
        &Explainer::too_late, &Explainer::required};
    for (const Step step : kSteps) {
      Refusal refusal = (this->*step)();
      if (refusal.obstacle == Obstacle::kNone) continue;
      if (refusal.obstacle == Obstacle::kRefused) add_split(refusal);
      return refusal;
    }
    return several_or_nothing();
  }

 private:
  Trial attempt(const Engine& engine, const Question& question, Relax relax) const {
    return {find_(engine, question, relax)};
  }

  Trial attempt(Relax relax) const { return attempt(engine_, question_, relax); }

  std::string way() const {
    return named(world_, question_.from) + " to " + named(world_, question_.to) + asked_ +
           narrowed_;
  }
  std::string within() const { return " within " + std::to_string(question_.days_max) + " days"; }

  // --- what the shipper refuses ---

  // One refused thing, as words and as a question that allows it.
  struct Refused {
    std::string what;
    Id<Place> place;
    Id<Service> service;
    Question without;
    bool is_beyond = false;  // not refused by name, but not among what is allowed
  };

  template <class T>
  void add_beyond(std::vector<Refused>& list,
                  std::vector<T> Only::* member,
                  T item,
                  Refused refused) const {
    const std::vector<T>& allowed = question_.only.*member;
    if (allowed.empty() || contains(allowed, item)) return;
    refused.without = question_;
    (refused.without.only.*member).push_back(item);
    refused.is_beyond = true;
    add_once(list, std::move(refused));
  }

  static void add_once(std::vector<Refused>& list, Refused refused) {
    const bool is_known =
        std::ranges::any_of(list, [&](const Refused& o) { return o.what == refused.what; });
    if (!is_known) list.push_back(std::move(refused));
  }

  template <class T>
  void add_refused(std::vector<Refused>& list,
                   std::vector<T> Refusals::* member,
                   T item,
                   Refused refused) const {
    if (!contains(question_.refuse.*member, item)) return;
    refused.without = question_;
    std::erase(refused.without.refuse.*member, item);
    add_once(list, std::move(refused));
  }

  // Everything refused that an itinerary touches, in its order.
  std::vector<Refused> refused_on(const Itinerary& itinerary) const {
    std::vector<Refused> list;
    for (std::size_t i = 0; i < itinerary.legs.size(); ++i) {
      const Leg& leg = itinerary.legs[i];
      add_refused_service(list, leg.service);
      for (const Passage& passage : leg.path) {
        add_refused(list, &Refusals::risks, world_[passage.link].risk,
                    {.what = "the risk " + std::string{to_text(world_[passage.link].risk)}});
        for (const Id<Place> place : {passage.from, passage.to})
          add_refused_place(list, place);
        if (crosses_border(world_, passage)) add_refused_regimes(list, leg, passage);
      }
    }
    return list;
  }

  void add_refused_service(std::vector<Refused>& list, Id<Service> id) const {
    const Service& service = world_[id];
    const Refused by_name{.what = named(world_, id), .service = id};
    const Refused by_operator{.what = named(world_, service.operator_), .service = id};
    const Refused by_mode{.what = "the mode " + std::string{to_text(service.mode)}};
    add_refused(list, &Refusals::services, id, by_name);
    add_beyond(list, &Only::services, id, by_name);
    add_refused(list, &Refusals::operators, service.operator_, by_operator);
    add_beyond(list, &Only::operators, service.operator_, by_operator);
    add_refused(list, &Refusals::modes, service.mode, by_mode);
    add_beyond(list, &Only::modes, service.mode, by_mode);
    add_refused(list, &Refusals::risks, service.risk,
                {.what = "the risk " + std::string{to_text(service.risk)}});
  }

  void add_refused_place(std::vector<Refused>& list, Id<Place> place) const {
    const Id<Country> country = world_[place].country;
    add_refused(list, &Refusals::places, place, {.what = named(world_, place), .place = place});
    if (!country.valid()) return;
    add_refused(list, &Refusals::countries, country, {.what = named(world_, country)});
    add_beyond(list, &Only::countries, country, {.what = named(world_, country)});
  }

  void add_refused_regimes(std::vector<Refused>& list,
                           const Leg& leg,
                           const Passage& border) const {
    if (question_.refuse.regimes.empty()) return;
    const auto shared = engine_.borders.shared_regimes(
        world_[border.from].country, world_[border.to].country, world_[leg.service].mode,
        std::chrono::floor<std::chrono::days>(leg.arrive));
    for (const Id<Regime> regime : shared)
      add_refused(list, &Refusals::regimes, regime, {.what = named(world_, regime)});
  }

  Refusal refusals() {
    const Trial trial = attempt({.refusals = true});
    if (!trial.itinerary) return {};
    const std::vector<Refused> list = refused_on(*trial.itinerary);
    Refusal refusal{.obstacle = Obstacle::kRefused};
    for (const Refused& refused : list) {
      if (!attempt(engine_, refused.without, {}).itinerary) continue;
      refusal.message = sentence(refused.what) +
                        (refused.is_beyond ? " is not among what is allowed" : " is refused") +
                        ", and every way from " + way() + within() + " needs it.";
      refusal.place = refused.place;
      refusal.service = refused.service;
      refusal.hints.push_back("allow " + refused.what);
      return refusal;
    }
    refusal.message =
        "Every way from " + way() + within() + " needs something refused; the " + "quickest needs ";
    std::vector<std::string> names;
    for (const Refused& refused : list)
      names.push_back(refused.what);
    refusal.message += join(names, ", ") + ".";
    if (!list.empty()) {
      refusal.place = list.front().place;
      refusal.service = list.front().service;
    }
    for (const std::string& name : names)
      refusal.hints.push_back("allow " + name);
    return refusal;
  }

  // --- what the shipper asks of the whole way ---

  Refusal budget() { return explain_budget(engine_, question_, narrowed_); }
  Refusal transshipments() { return explain_transshipments(engine_, question_, find_, narrowed_); }
  Refusal papers() { return explain_papers(engine_, question_, find_, narrowed_); }
  Refusal required() { return explain_required(engine_, question_, find_, narrowed_); }

  // --- what the world does not give ---

  Refusal closures() {
    const Engine open{world_, Closures::kIgnore};
    const Trial trial = attempt(open, question_, {});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kClosed,
                    .message = "Every way from " + way() + within() + " passes something closed",
                    .hints = {"leave on another day", "ask for the scenario without the closure"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const std::string closed = closed_on(leg, refusal);
      if (closed.empty()) continue;
      refusal.message += ": " + closed;
      break;
    }
    refusal.message += ".";
    return refusal;
  }

  std::string closed_on(const Leg& leg, Refusal& refusal) const {
    const Date day = std::chrono::floor<std::chrono::days>(leg.depart);
    for (const Passage& passage : leg.path) {
      if (world_[passage.link].is_open(day)) continue;
      refusal.service = leg.service;
      return world_[passage.link].code + " is not open on " + date_to_text(day);
    }
    for (const Id<Closure> id : world_.ids<Closure>()) {
      const Closure& row = world_[id];
      if (row.share_left > 0 || leg.arrive < Instant{row.from}) continue;
      if (row.until && leg.depart >= Instant{*row.until}) continue;
      const std::string closed = closed_by(row, leg, refusal);
      if (closed.empty()) continue;
      return closed + " is closed from " + date_to_text(row.from) +
             (row.until ? " until " + date_to_text(*row.until) : "") +
             (row.reason.empty() ? "" : " (" + row.reason + ")");
    }
    return {};
  }

  std::string closed_by(const Closure& row, const Leg& leg, Refusal& refusal) const {
    switch (row.reach) {
      case ClosureReach::kPlace:
        for (const Id<Place> place : {leg.from, leg.to}) {
          if (world_[place].code != row.code_of) continue;
          refusal.place = place;
          return named(world_, place);
        }
        return {};
      case ClosureReach::kService:
        if (world_[leg.service].code != row.code_of) return {};
        refusal.service = leg.service;
        return named(world_, leg.service);
      case ClosureReach::kLink:
        for (const Passage& passage : leg.path) {
          if (world_[passage.link].code == row.code_of) return row.code_of;
        }
        return {};
      case ClosureReach::kCrossing:
        for (const Passage& passage : leg.path) {
          if (!crosses_border(world_, passage)) continue;
          const auto found = engine_.borders.procedure(passage, world_[leg.service].mode,
                                                       leg.consignment, row.from);
          if (found && world_[found->crossing].code == row.code_of)
            return named(world_, found->crossing);
        }
        return {};
    }
    return {};
  }

  Refusal dangerous() {
    if (world_[question_.shipment.goods].hazard_class.empty()) return {};
    const Trial trial = attempt({.dangerous = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kDangerous,
                    .hints = {"choose other goods, or add a service that takes them"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const std::string text = hazard_text(engine_, leg.service, question_.shipment.goods);
      if (text.empty()) continue;
      refusal.service = leg.service;
      refusal.place = leg.from;
      refusal.message = text + ", and there is no way from " + way() + within() + " without it.";
      return refusal;
    }
    return refusal;
  }

  Refusal bookings() {
    const Trial trial = attempt({.bookings = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kBooked,
                    .hints = {"leave on another day", "split the shipment"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const std::string text = booked_text(engine_, leg);
      if (text.empty()) continue;
      refusal.service = leg.service;
      refusal.place = leg.from;
      refusal.message = named(world_, leg.service) + " has " + text + ", and every way from " +
                        way() + within() + " needs that or the like.";
      return refusal;
    }
    return refusal;
  }

  // The first border for which no crossing says how it is passed.
  Refusal border() {
    const Trial trial = attempt({.border = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kBorder, .hints = {"add a crossing"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const Mode mode = world_[leg.service].mode;
      const Date day = std::chrono::floor<std::chrono::days>(leg.arrive);
      for (const Passage& passage : leg.path) {
        if (!crosses_border(world_, passage) ||
            engine_.borders.procedure(passage, mode, leg.consignment, day))
          continue;
        refusal.service = leg.service;
        refusal.place = passage.to;
        refusal.message = "No procedure is known for the border from " +
                          named(world_, world_[passage.from].country) + " to " +
                          named(world_, world_[passage.to].country) + " by " +
                          std::string{to_text(mode)} + ", and every way from " + way() + within() +
                          " needs that or the like.";
        return refusal;
      }
    }
    return refusal;
  }

  double capacity_of(Id<Service> service, Id<LoadUnit> unit) const {
    return std::max(engine_.capacity(service, unit), 0.0);
  }

  Refusal capacity() {
    const Trial trial = attempt({.capacity = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kCapacity,
                    .hints = {"split the shipment", "choose another load unit"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const double most = capacity_of(leg.service, leg.consignment.load_unit);
      if (leg.consignment.units <= most) continue;
      refusal.service = leg.service;
      refusal.place = leg.from;
      refusal.message = "No departures on the only ways from " + way() + " take " +
                        units_text(world_, leg.consignment) + ": " + named(world_, leg.service) +
                        " takes " + with_thousands(most, 0) + ".";
      return refusal;
    }
    return refusal;
  }

  // A smaller load may pass where all that is refused is avoided.
  void add_split(Refusal& refusal) {
    const Refusal too_large = capacity();
    if (too_large.obstacle == Obstacle::kNone) return;
    refusal.hints.push_back("or split the shipment: " + too_large.message);
  }

  Refusal tariff() {
    const Trial trial = attempt({.tariff = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kTariff,
                    .hints = {"choose another load unit", "add a tariff"}};
    for (const Leg& leg : trial.itinerary->legs) {
      const Date day = std::chrono::floor<std::chrono::days>(leg.depart);
      if (engine_.tariffs.price(leg.service, leg.path, leg.consignment, day)) continue;
      refusal.service = leg.service;
      refusal.place = leg.from;
      refusal.message = named(world_, leg.service) + " has no price for " +
                        named(world_, leg.consignment.load_unit) + " on " + date_to_text(day) +
                        ", and there is no way from " + way() + within() + " without it.";
      return refusal;
    }
    return refusal;
  }

  // The first transfer that no row of handling or gauge_changes allows.
  Refusal handling() {
    const Trial trial = attempt({.handling = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kHandling, .hints = {"choose another load unit"}};
    const Itinerary& itinerary = *trial.itinerary;
    for (std::size_t i = 0; i < itinerary.transfers.size(); ++i) {
      const Transfer& transfer = itinerary.transfers[i];
      if (transfer.handling.valid() || transfer.gauge_change.valid()) continue;
      const Leg* before = i == 0 ? nullptr : &itinerary.legs[i - 1];
      const Leg* after = i == itinerary.legs.size() ? nullptr : &itinerary.legs[i];
      refusal.place = transfer.place;
      if (after != nullptr) refusal.service = after->service;
      refusal.message = named(world_, transfer.place) + " cannot " +
                        transfer_text(transfer, before, after) + ", and every way from " + way() +
                        within() + " needs that or the like.";
      return refusal;
    }
    return refusal;
  }

  std::string transfer_text(const Transfer& transfer, const Leg* before, const Leg* after) const {
    const Leg& any = before != nullptr ? *before : *after;
    std::string text = "pass " + named(world_, any.consignment.load_unit) + " from " +
                       std::string{to_text(transfer.from)};
    const auto gauge = [this](const Leg* leg) {
      return leg == nullptr ? Gauge{} : world_[leg->service].gauge;
    };
    if (gauge(before).is_rail()) text += " of " + std::to_string(gauge(before).mm) + " mm";
    text += " to " + std::string{to_text(transfer.to)};
    if (gauge(after).is_rail()) text += " of " + std::to_string(gauge(after).mm) + " mm";
    if (after != nullptr && after->consignment.load_unit != any.consignment.load_unit)
      text += " as " + named(world_, after->consignment.load_unit);
    return text;
  }

  Refusal cutoff() {
    const Trial trial = attempt({.cutoff = true});
    if (!trial.itinerary) return {};
    Refusal refusal{.obstacle = Obstacle::kCutoff, .hints = {"hand the cargo over earlier"}};
    const bool is_dangerous = !world_[question_.shipment.goods].hazard_class.empty();
    const Itinerary& itinerary = *trial.itinerary;
    for (std::size_t i = 0; i < itinerary.legs.size(); ++i) {
      const Leg& leg = itinerary.legs[i];
      const Service& service = world_[leg.service];
      refusal.service = leg.service;
      refusal.place = leg.from;
      const Hours hours = is_dangerous ? *service.cutoff_dangerous : service.cutoff_cargo;
      if (itinerary.transfers[i].end + to_duration(hours) <= leg.depart) continue;
      refusal.message = "The last departure of " + named(world_, leg.service) + " from " +
                        named(world_, leg.from) + within() + " is missed: cargo must be there " +
                        duration_to_text(to_duration(hours)) + " before.";
      return refusal;
    }
    return refusal;
  }

  Refusal too_late() {
    Question longer = question_;
    longer.days_max = 400;
    longer.legs_max = 64;
    longer.arrive_by.reset();
    const Trial trial = attempt(engine_, longer, {});
    if (!trial.itinerary) return {};
    const Duration duration = trial.itinerary->arrive - trial.itinerary->depart;
    if (question_.arrive_by && trial.itinerary->arrive > *question_.arrive_by) {
      const Duration left = *question_.arrive_by - question_.depart;
      return {.obstacle = Obstacle::kTooLate,
              .message = "The quickest way from " + way() + " takes " + duration_to_text(duration) +
                         "; the cargo must be there " +
                         duration_to_text(std::max(left, Duration::zero())) +
                         " after it is handed over.",
              .hints = {"hand it over earlier", "allow a later arrival"}};
    }
    const std::size_t legs = trial.itinerary->legs.size();
    const bool is_late = duration > std::chrono::days{question_.days_max};
    return {.obstacle = Obstacle::kTooLate,
            .message = "The quickest way from " + way() + " takes " +
                       (is_late ? duration_to_text(duration) : std::to_string(legs) + " legs") +
                       "; the question allows " +
                       (is_late ? std::to_string(question_.days_max) + " days."
                                : std::to_string(question_.legs_max) + "."),
            .hints = {is_late ? "allow more days" : "allow more legs"}};
  }

  // --- no single family is to blame ---

  // The first services that carry the goods at the ends; then everything relaxed together.
  Refusal several_or_nothing() {
    for (const bool at_origin : {true, false}) {
      if (has_service(at_origin) || !narrowed_.empty()) continue;
      const Id<Place> place = at_origin ? question_.from : question_.to;
      return {
          .obstacle = at_origin ? Obstacle::kNoServiceAtOrigin : Obstacle::kNoServiceAtDestination,
          .message = std::string{"No service that carries "} +
                     named(world_, question_.shipment.goods) + " in any of its load units " +
                     (at_origin ? "leaves " : "reaches ") + named(world_, place) + ".",
          .place = place,
          .hints = {"choose a place nearby", "choose another load unit"}};
    }
    Question longer = question_;
    longer.days_max = 400;
    longer.legs_max = 64;
    longer.arrive_by.reset();
    const Engine open{world_, Closures::kIgnore};
    const Trial trial = attempt(open, longer,
                                {.refusals = true,
                                 .dangerous = true,
                                 .bookings = true,
                                 .capacity = true,
                                 .handling = true,
                                 .tariff = true,
                                 .border = true,
                                 .papers = true,
                                 .cutoff = true});
    if (!trial.itinerary) {
      return {.obstacle = Obstacle::kUnreachable,
              .message = "No chain of services that carry " +
                         named(world_, question_.shipment.goods) + " joins " + way() + "."};
    }
    Refusal refusal{
        .obstacle = Obstacle::kUnreachable,
        .message = "Nothing joins " + way() + ": several obstacles stand together on every way."};
    add_several(*trial.itinerary, refusal);
    return refusal;
  }

  // Whether any service carries one of the load units away from the origin or to the destination.
  bool has_service(bool at_origin) const {
    const Id<Place> place = at_origin ? question_.from : question_.to;
    const std::vector<Id<LoadUnit>>& units = world_[question_.shipment.goods].load_units;
    const std::vector<Id<LoadUnit>> asked = cost::load_units_for(world_, question_.shipment);
    for (const Course& course : engine_.graph.courses()) {
      const bool carries = std::ranges::any_of(engine_.capacities[course.service], [&](auto id) {
        return contains(units, world_[id].load_unit) || contains(asked, world_[id].load_unit);
      });
      if (!carries) continue;
      for (std::uint32_t i = 0; i < course.stop_count; ++i) {
        const Stop& stop = engine_.graph.stop(course, i);
        if (stop.place != place) continue;
        if (at_origin ? stop.loads && i + 1 < course.stop_count : stop.unloads && i > 0)
          return true;
      }
    }
    return false;
  }

  void add_several(const Itinerary& itinerary, Refusal& refusal) const {
    for (const Refused& refused : refused_on(itinerary))
      refusal.hints.push_back("allow " + refused.what);
    for (const Leg& leg : itinerary.legs) {
      const std::string closed = closed_on(leg, refusal);
      if (!closed.empty()) refusal.hints.push_back(closed);
      const std::string hazard = hazard_text(engine_, leg.service, question_.shipment.goods);
      if (!hazard.empty()) refusal.hints.push_back(hazard);
      const std::string booked = booked_text(engine_, leg);
      if (!booked.empty()) refusal.hints.push_back(named(world_, leg.service) + " has " + booked);
      const double most = capacity_of(leg.service, leg.consignment.load_unit);
      if (leg.consignment.units > most) {
        refusal.hints.push_back(named(world_, leg.service) + " takes " + with_thousands(most, 0) +
                                " x " + named(world_, leg.consignment.load_unit) + ", not " +
                                with_thousands(leg.consignment.units, 0));
      }
    }
    if (question_.papers_from) {
      const auto lacking =
          cost::paper_lacking(world_, engine_.borders, itinerary, *question_.papers_from);
      if (lacking) refusal.hints.push_back(lacking_text(engine_, itinerary, *lacking));
    }
    for (std::size_t i = 0; i < itinerary.transfers.size(); ++i) {
      const Transfer& transfer = itinerary.transfers[i];
      if (transfer.handling.valid() || transfer.gauge_change.valid()) continue;
      const Leg* before = i == 0 ? nullptr : &itinerary.legs[i - 1];
      const Leg* after = i == itinerary.legs.size() ? nullptr : &itinerary.legs[i];
      refusal.hints.push_back(named(world_, transfer.place) + " cannot " +
                              transfer_text(transfer, before, after));
    }
  }

  const Engine& engine_;
  const World& world_;
  const Question& question_;
  const Finder& find_;
  std::string asked_;     // of the whole way: " by way of Alat"
  std::string narrowed_;  // " by Feeder Aktau - Alat", where not all ways are asked for
};

Refusal refused_end(const World& world, Id<Place> place, const Refusals& refuse) {
  const std::string name = named(world, place);
  if (contains(refuse.places, place)) {
    return {.obstacle = Obstacle::kOriginRefused,
            .message = name + " is an end of the way and refused.",
            .place = place,
            .hints = {"allow " + name}};
  }
  const Id<Country> country = world[place].country;
  if (contains(refuse.countries, country)) {
    return {.obstacle = Obstacle::kOriginRefused,
            .message = name + " lies in " + named(world, country) + ", which is refused.",
            .place = place,
            .hints = {"allow " + named(world, country)}};
  }
  return {};
}

Refusal beyond_countries(const World& world, Id<Place> place, const Only& only) {
  const Id<Country> country = world[place].country;
  if (only.countries.empty() || !country.valid() || contains(only.countries, country)) return {};
  return {.obstacle = Obstacle::kOriginRefused,
          .message = named(world, place) + " lies in " + named(world, country) +
                     ", which is not among the countries allowed.",
          .place = place,
          .hints = {"allow " + named(world, country)}};
}

Refusal refused_place(const World& world, Id<Place> place, const Question& question) {
  Refusal refusal = refused_end(world, place, question.refuse);
  if (refusal.obstacle != Obstacle::kNone) return refusal;
  return beyond_countries(world, place, question.only);
}

}  // namespace

std::string hazard_text(const Engine& engine, Id<Service> service, Id<Goods> goods) {
  const World& world = engine.world;
  const Goods& carried = world[goods];
  if (carried.hazard_class.empty()) return {};
  if (!world[service].cutoff_dangerous)
    return named(world, service) + " does not take dangerous goods (" + named(world, goods) +
           ", class " + carried.hazard_class + ")";
  const auto found = engine.hazards.refusal(service, goods);
  if (!found) return {};
  const HazardRefusal& row = world[*found];
  return named(world, service) + " takes no goods of class " + row.hazard_class +
         (row.but_carries.empty() ? "" : " but " + join(row.but_carries, ", ")) + " (" + row.rule +
         "); " + named(world, goods) + " are of class " + carried.hazard_class;
}

std::string booked_text(const Engine& engine, const Leg& leg) {
  const World& world = engine.world;
  const std::uint32_t number = course_of(engine, leg.service);
  if (number == engine.graph.courses().size() || !engine.rooms.is_booked(number)) return {};
  const Course& course = engine.graph.courses()[number];
  Minute leaves = engine.epoch.minute(leg.depart);
  Minute run = 0;
  for (std::uint32_t i = 0; i < course.stop_count; ++i) {
    const Stop& stop = engine.graph.stop(course, i);
    if (stop.sequence == leg.from_sequence) leaves -= stop.depart;
    if (stop.sequence == leg.from_sequence) run -= stop.depart;
    if (stop.sequence == leg.to_sequence) run += stop.arrive;
  }
  const Minute extra = engine.epoch.minute(leg.arrive) - engine.epoch.minute(leg.depart) - run;
  const Load load = engine.load(leg.service, leg.consignment, extra);
  if (engine.rooms.has_room(number, leaves, load)) return {};
  const Id<Place> first = engine.graph.stop(course, 0).place;
  const Instant at = engine.epoch.instant(leaves);
  const std::string day = date_to_text(local_date(at, engine.clocks.offset(first, at)));
  if (extra > 0)
    return "no slots from " + day +
           " on: the load takes several departures, and others have booked"
           " some of them";
  const double most = engine.capacity(leg.service, leg.consignment.load_unit);
  const double left =
      std::max(std::floor(most * (1 - engine.rooms.taken(number, leaves)) + 1e-6), 0.0);
  return "no slot on " + day + ": " + with_thousands(left, 0) + " of " + with_thousands(most, 0) +
         " x " + named(world, leg.consignment.load_unit) + " left";
}

Refusal obvious_refusal(const World& world, const Question& question) {
  if (question.from == question.to) {
    return {.obstacle = Obstacle::kSamePlace,
            .message = "The cargo is already at " + named(world, question.to) + ".",
            .place = question.to};
  }
  const CorridorInfo& info = world.info();
  const Date day = std::chrono::floor<std::chrono::days>(question.depart);
  if (day < info.calendar_from || day >= info.calendar_until) {
    return {.obstacle = Obstacle::kOutsideCalendar,
            .message = "The timetables run from " + date_to_text(info.calendar_from) + " until " +
                       date_to_text(info.calendar_until) + ", without " + date_to_text(day) + ".",
            .hints = {"leave on a day of the timetables"}};
  }
  Refusal hire = explain_hire(world, question);
  if (hire.obstacle != Obstacle::kNone) return hire;
  if (cost::load_units_for(world, question.shipment).empty()) {
    return {.obstacle = Obstacle::kNoLoadUnit,
            .message = "No load unit carries " + named(world, question.shipment.goods) +
                       " in the quantity asked for.",
            .hints = {"give the quantity in tonnes", "name a load unit"}};
  }
  for (const Id<Place> place : {question.from, question.to}) {
    Refusal refusal = refused_place(world, place, question);
    if (refusal.obstacle != Obstacle::kNone) return refusal;
  }
  for (const Id<Place> place : question.via) {
    Refusal refusal = refused_place(world, place, question);
    if (refusal.obstacle == Obstacle::kNone) continue;
    refusal.obstacle = Obstacle::kRequired;
    refusal.message = "The way must pass " + named(world, place) + ": " + refusal.message;
    return refusal;
  }
  return {};
}

Refusal explain(const Engine& engine, const Question& question, const Found& found) {
  if (!found.statistics.is_complete) {
    return {.obstacle = Obstacle::kLimit,
            .message = "The search stopped after " +
                       with_thousands(static_cast<double>(found.statistics.labels_made), 0) +
                       " partial options without reaching " + named(engine.world, question.to) +
                       ".",
            .hints = {"raise labels_max"}};
  }
  const Finder find = any_way;
  return Explainer{engine, question, find, ""}.explain();
}

Refusal explain_narrowed(const Engine& engine,
                         const Question& question,
                         const Finder& find,
                         const std::string& narrowed) {
  return Explainer{engine, question, find, narrowed}.explain();
}

}  // namespace karvan::plan::detail
