#include "karvan/plan/detail/query_tables.h"

#include <algorithm>

#include "karvan/base/contains.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/through_of.h"
#include "karvan/model/transshipment.h"

namespace karvan::plan::detail {
namespace {

constexpr std::uint32_t kUnset = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kClosed = kUnset - 1;  // a border without any procedure
constexpr std::size_t kSides = EnumTexts<Side>::values.size();
constexpr std::size_t kModes = EnumTexts<Mode>::values.size();

// Whether a list names others and not this.
template <class T>
bool is_beyond(const std::vector<T>& only, T item) {
  return !only.empty() && !contains(only, item);
}

// How many of the changes have come.
std::size_t changes_up_to(const std::vector<Minute>& changes, Minute minute) {
  return static_cast<std::size_t>(std::ranges::upper_bound(changes, minute) - changes.begin());
}

std::size_t period_at(const std::vector<Minute>& periods, Minute minute) {
  if (periods.size() == 1) return 0;
  const auto next = std::ranges::upper_bound(periods, minute);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(next - periods.begin(), 1) - 1);
}

}  // namespace

QueryTables::QueryTables(const Engine& engine,
                         const Question& question,
                         Relax relax,
                         ShipmentMemo* memo,
                         const Routes* routes)
    : engine_{engine},
      question_{question},
      relax_{relax},
      moments_{engine.epoch, question},
      is_dangerous_{!engine.world[question.shipment.goods].hazard_class.empty()},
      papers_{engine.world, engine.borders, question.shipment.goods, add_periods()},
      stages_{engine.world, question, routes},
      refused_places_{engine.world.size<Place>()},
      refused_links_{engine.world.size<Link>()},
      own_memo_{memo == nullptr ? std::make_unique<ShipmentMemo>(engine) : nullptr},
      memo_{memo == nullptr ? own_memo_.get() : memo} {
  add_units(question);
  if (!relax.tariff) add_throughs();
  if (!relax.refusals) mark_refused(question);
  for (const Course& course : engine.graph.courses()) {
    const Gauge gauge = engine.world[course.service].gauge;
    if (!contains(gauges_, gauge)) gauges_.push_back(gauge);
  }
  if (!contains(gauges_, Gauge{})) gauges_.push_back(Gauge{});
  slots_ = engine.world.size<Place>() * kSides * gauges_.size() * packed_.size();
  arrival_slots_.assign(slots_, kUnset);
  ready_slots_.assign(slots_, kUnset);
  if (stages_.are_asked()) boards_.resize(slots_);
  border_slots_.assign(
      engine.world.size<Link>() * 2 * kModes * packed_.size() * membership_periods_.size(), kUnset);

  memo_->extra.resize(engine.graph.courses().size() * packed_.size());
  memo_->has_extra.resize(memo_->extra.size(), 0);

  arrivals_.push_back({});  // the goal
  if (refused_places_[question.from] != 0) return;
  for (std::uint32_t unit = 0; unit < start_units_; ++unit)
    starts_.push_back(arrival_node(question.from, {.unit = unit}, Stages::kStart));
  for (std::uint32_t node = 1; node < arrivals_.size(); ++node)
    expand(node, question.to);
  own_memo_.reset();
  memo_ = nullptr;
  for (std::vector<std::uint32_t>* slots : {&arrival_slots_, &ready_slots_, &border_slots_})
    *slots = {};
  boards_ = {};
  if (reaches_goal_) bounds_ = find_bounds();
}

QueryTables::Moments::Moments(const Epoch& epoch, const Question& question)
    : begin{epoch.minute(question.depart)}, limit{begin + question.days_max * kDayMinutes} {
  if (question.deadline) deadline = epoch.minute_before(*question.deadline);
  if (question.arrive_by) limit = std::min(limit, epoch.minute_before(*question.arrive_by));
}

bool QueryTables::take_on(const Question& question) {
  const Question& own = question_;
  const bool is_alike =
      own.from == question.from && own.to == question.to && own.shipment == question.shipment &&
      own.refuse == question.refuse && own.only == question.only &&
      own.require == question.require && own.via == question.via &&
      own.transshipments_max == question.transshipments_max && own.days_max == question.days_max &&
      own.weighs_risk == question.weighs_risk && !own.papers_from && !question.papers_from;
  if (!is_alike) return false;
  const Moments moments{engine_.epoch, question};
  for (const std::vector<Minute>* all :
       {&engine_.tariff_changes, &engine_.membership_changes, &engine_.through_changes}) {
    if (changes_up_to(*all, moments.begin) != changes_up_to(*all, moments_.begin) ||
        changes_up_to(*all, moments.limit) != changes_up_to(*all, moments_.limit))
      return false;
  }
  moments_ = moments;
  tariff_periods_.front() = moments.begin;
  membership_periods_.front() = moments.begin;
  question_ = question;
  return true;
}

void QueryTables::add_units(const Question& question) {
  const World& world = engine_.world;
  std::vector<Id<LoadUnit>> units = cost::load_units_for(world, question.shipment);
  start_units_ = units.size();
  const Id<Operator> owner = question.shipment.hired_from;
  for (const Id<LoadUnit> unit : world[question.shipment.goods].load_units) {
    // Others are reached by restowing, from which hired ones are kept.
    if (!owner.valid() && !contains(units, unit)) units.push_back(unit);
  }
  for (const Id<LoadUnit> unit : units) {
    packed_.push_back(cost::pack(world, question.shipment, unit));
    if (owner.valid()) hire_.push_back(engine_.hire.terms(owner, question.to, packed_.back()));
  }
}

Cents QueryTables::hire_after(const ArrivalNode& node, Minute on_the_way) const {
  const cost::HireTerms& terms = *hire_[node.cargo.unit];
  return to_cents(terms.empty_return + terms.detention(std::chrono::minutes{on_the_way}));
}

void QueryTables::add_throughs() {
  const World& world = engine_.world;
  for (const Id<ThroughRate> id : world.ids<ThroughRate>()) {
    const ThroughRate& row = world[id];
    const auto unit = std::ranges::find(packed_, row.load_unit, &Consignment::load_unit);
    if (unit == packed_.end() || !row.load_unit.valid()) continue;
    Through through{.rate = id,
                    .unit = static_cast<std::uint32_t>(unit - packed_.begin()),
                    .cents = to_cents(cost::price(row, *unit))};
    if (row.valid_from) through.from = engine_.epoch.start_of(*row.valid_from);
    if (row.valid_until) through.until = engine_.epoch.start_of(*row.valid_until);
    if (through.from > limit() || through.until <= std::max(begin(), through.from)) continue;
    throughs_.push_back(through);
  }
}

bool QueryTables::may_carry(const Through& through, const Ride& ride) const {
  const Boarding& boarding = boardings_[ride.boarding];
  const std::uint32_t unit = readies_[boarding.ready].cargo.unit;
  return unit == through.unit &&
         cost::may_carry(engine_.world, engine_.world[through.rate],
                         engine_.graph.courses()[boarding.course].service, packed_[unit].load_unit);
}

bool QueryTables::begins_at(const Through& through, const Ride& ride) const {
  return readies_[boardings_[ride.boarding].ready].place == engine_.world[through.rate].from;
}

bool QueryTables::ends_at(const Through& through, std::uint32_t arrival) const {
  return arrivals_[arrival].place == engine_.world[through.rate].to;
}

void QueryTables::mark_refused(const Question& question) {
  const World& world = engine_.world;
  const Refusals& refuse = question.refuse;
  const auto is_refused = [&](Id<Place> place) {
    const Id<Country> country = world[place].country;
    return contains(refuse.places, place) || contains(refuse.countries, country) ||
           (country.valid() && is_beyond(question.only.countries, country));
  };
  for (const Id<Place> place : world.ids<Place>()) {
    if (!is_refused(place)) continue;
    refused_places_[place] = 1;
    refuses_places_ = true;
  }
  for (const Id<Link> link : world.ids<Link>()) {
    if (!contains(refuse.risks, world[link].risk)) continue;
    refused_links_[link] = 1;
    refuses_places_ = true;
  }
}

// Gives the first days of the membership periods.
std::vector<Date> QueryTables::add_periods() {
  const auto cut = [this](const std::vector<Minute>& all) {
    std::vector<Minute> periods{begin()};
    for (const Minute minute : all) {
      if (minute > begin() && minute <= limit()) periods.push_back(minute);
    }
    changes_[0].insert(changes_[0].end(), periods.begin() + 1, periods.end());
    return periods;
  };
  if (relax_.papers) question_.papers_from.reset();
  tariff_periods_ = cut(engine_.tariff_changes);
  std::vector<Minute> treaties = engine_.membership_changes;
  if (question_.papers_from) {
    const auto ready = ready_minutes(engine_.world, engine_.epoch, *question_.papers_from, true);
    treaties.insert(treaties.end(), ready.begin(), ready.end());
    sort_unique(treaties);
  }
  membership_periods_ = cut(treaties);
  if (!relax_.tariff) cut(engine_.through_changes);
  sort_unique(changes_[0]);
  std::vector<Date> days;
  for (const Minute minute : membership_periods_)
    days.push_back(engine_.epoch.day(minute));
  return days;
}

// Rides of services that want papers so long before they leave may be had from so long after.
std::uint32_t QueryTables::changes_for(Minute paper_cutoff) {
  if (!question_.papers_from) return 0;
  const auto known = std::ranges::find(paper_cutoffs_, paper_cutoff);
  const auto number = static_cast<std::uint32_t>(known - paper_cutoffs_.begin() + 1);
  if (known != paper_cutoffs_.end()) return number;
  paper_cutoffs_.push_back(paper_cutoff);
  std::vector<Minute> changes = changes_[0];
  for (const Minute ready :
       ready_minutes(engine_.world, engine_.epoch, *question_.papers_from, false)) {
    const Minute minute = ready + paper_cutoff;
    if (minute > begin() && minute <= limit()) changes.push_back(minute);
  }
  sort_unique(changes);
  changes_.push_back(std::move(changes));
  return number;
}

std::size_t QueryTables::slot(Id<Place> place, Cargo cargo) const {
  const auto gauge =
      static_cast<std::size_t>(std::ranges::find(gauges_, cargo.gauge) - gauges_.begin());
  const auto side = static_cast<std::size_t>(cargo.side);
  return ((place.index() * kSides + side) * gauges_.size() + gauge) * packed_.size() + cargo.unit;
}

std::uint32_t& QueryTables::slot_in(std::vector<std::uint32_t>& slots,
                                    std::size_t slot,
                                    std::uint32_t stage) {
  const std::size_t at = stage * slots_ + slot;
  if (at >= slots.size()) slots.resize((stage + 1) * slots_, kUnset);
  return slots[at];
}

std::uint32_t QueryTables::arrival_node(Id<Place> place, Cargo cargo, std::uint32_t stage) {
  std::uint32_t& node = slot_in(arrival_slots_, slot(place, cargo), stage);
  if (node == kUnset) {
    node = static_cast<std::uint32_t>(arrivals_.size());
    const cost::StorageTerms terms = engine_.storage.terms(place, packed_[cargo.unit]);
    arrivals_.push_back({.place = place,
                         .cargo = cargo,
                         .stage = stage,
                         .free_minutes = minutes_up(terms.free),
                         .storage_per_day = to_cents(terms.per_day)});
    has_storage_ = has_storage_ || terms.per_day.value() > 0;
  }
  return node;
}

std::uint32_t QueryTables::ready_node(Id<Place> place, Cargo cargo, std::uint32_t stage) {
  const std::size_t at = slot(place, cargo);
  std::uint32_t& known = slot_in(ready_slots_, at, stage);
  if (known != kUnset) return known;
  const auto node = static_cast<std::uint32_t>(readies_.size());
  known = node;
  readies_.push_back({.place = place,
                      .cargo = cargo,
                      .stage = stage,
                      .first_boarding = static_cast<std::uint32_t>(boardings_.size())});
  add_boardings(node, at);
  readies_[node].boarding_count =
      static_cast<std::uint32_t>(boardings_.size()) - readies_[node].first_boarding;
  return node;
}

void QueryTables::expand(std::uint32_t node, Id<Place> destination) {
  const ArrivalNode here = arrivals_[node];
  const auto first = static_cast<std::uint32_t>(transfers_.size());
  const std::vector<Cargo>& leaving = leavings(here.place);
  const std::vector<std::optional<Handover>>& found = handovers(here);
  for (std::size_t i = 0; i < leaving.size(); ++i) {
    if (!found[i]) continue;
    Handover handover = *found[i];
    std::optional<std::uint32_t> stage = here.stage;
    if (handover.is_transshipment) stage = stages_.after_transshipment(here.stage);
    if (!stage) continue;
    handover.ready = ready_node(here.place, leaving[i], *stage);
    if (readies_[handover.ready].boarding_count > 0) transfers_.push_back(handover);
  }
  arrivals_[node].first_transfer = first;
  arrivals_[node].transfer_count = static_cast<std::uint32_t>(transfers_.size()) - first;
  const bool may_stay = hire_.empty() || hire_[here.cargo.unit].has_value();
  if (here.place == destination && here.cargo.side != Side::kGate && may_stay &&
      stages_.may_end(here.stage, destination)) {
    arrivals_[node].exit = transfer(here, {.unit = here.cargo.unit});
    reaches_goal_ = reaches_goal_ || arrivals_[node].exit.has_value();
  }
}

std::optional<Handover> QueryTables::transfer(const ArrivalNode& from, Cargo to) const {
  if (!hire_.empty() && from.cargo.unit != to.unit) return std::nullopt;
  const std::optional<cost::Work> work =
      engine_.handling.work({.place = from.place,
                             .from = from.cargo.side,
                             .to = to.side,
                             .from_gauge = from.cargo.gauge,
                             .to_gauge = to.gauge,
                             .arriving = packed_[from.cargo.unit],
                             .leaving = packed_[to.unit].load_unit});
  if (!work) {
    const bool is_at_gate = from.cargo.side == Side::kGate || to.side == Side::kGate;
    const bool is_plausible = !is_at_gate || from.cargo.unit == to.unit;
    if (!relax_.handling || !is_plausible) return std::nullopt;
    return Handover{.cents = kPretended};
  }
  return Handover{
      .work = minutes_up(work->duration),
      .cents = to_cents(work->cost),
      .grams = to_grams(work->co2e),
      .variance = question_.weighs_risk ? engine_.risks.of_work(*work) : 0,
      .is_transshipment = from.cargo.side != Side::kGate &&
                          is_transshipment(engine_.world, work->handling, work->gauge_change)};
}

const std::vector<std::optional<Handover>>& QueryTables::handovers(const ArrivalNode& from) {
  std::vector<ShipmentMemo::Handovers>& known = memo_->handovers[from.place];
  for (const ShipmentMemo::Handovers& k : known) {
    if (k.from == from.cargo) return k.to;
  }
  ShipmentMemo::Handovers& made = known.emplace_back(ShipmentMemo::Handovers{.from = from.cargo});
  for (const Cargo& leaving : leavings(from.place))
    made.to.push_back(transfer(from, leaving));
  return made.to;
}

const std::vector<Cargo>& QueryTables::leavings(Id<Place> place) {
  std::optional<std::vector<Cargo>>& known = memo_->leavings[place];
  if (known) return *known;
  std::vector<Cargo>& list = known.emplace();
  for (const Board& board : engine_.graph.boards(place)) {
    const Course& course = engine_.graph.courses()[board.course];
    const Service& service = engine_.world[course.service];
    for (std::uint32_t unit = 0; unit < packed_.size(); ++unit) {
      const Cargo cargo{.side = side_of(service.mode), .gauge = service.gauge, .unit = unit};
      if (!contains(list, cargo) && extra_minutes(board.course, unit)) list.push_back(cargo);
    }
  }
  return list;
}

std::optional<Minute> QueryTables::extra_minutes(std::uint32_t course, std::uint32_t unit) {
  const std::size_t at = course * packed_.size() + unit;
  if (memo_->has_extra[at] == 0) {
    memo_->has_extra[at] = 1;
    memo_->extra[at] = count_extra_minutes(engine_.graph.courses()[course], unit);
  }
  return memo_->extra[at];
}

std::optional<Minute> QueryTables::count_extra_minutes(const Course& course,
                                                       std::uint32_t unit) const {
  const double capacity = engine_.capacity(course.service, packed_[unit].load_unit);
  const double units = packed_[unit].units;
  if (capacity < 0) return std::nullopt;
  if (relax_.capacity) return 0;
  const auto extra = cost::last_part_after(engine_.world[course.service], units, capacity);
  if (!extra || *extra > std::chrono::days{question_.days_max}) return std::nullopt;
  return static_cast<Minute>(std::chrono::duration_cast<std::chrono::minutes>(*extra).count());
}

bool QueryTables::is_refused(const Course& course) const {
  if (relax_.refusals) return false;
  const Refusals& refuse = question_.refuse;
  const Only& only = question_.only;
  const Service& service = engine_.world[course.service];
  return contains(refuse.modes, service.mode) || contains(refuse.operators, service.operator_) ||
         contains(refuse.services, course.service) || contains(refuse.risks, service.risk) ||
         is_beyond(only.modes, service.mode) || is_beyond(only.operators, service.operator_) ||
         is_beyond(only.services, course.service);
}

bool QueryTables::is_refused(std::span<const Passage> hop) const {
  if (!refuses_places_) return false;
  return std::ranges::any_of(hop, [this](const Passage& passage) {
    return refused_links_[passage.link] != 0 || refused_places_[passage.from] != 0 ||
           refused_places_[passage.to] != 0;
  });
}

bool QueryTables::is_refused(const Passage& border, Mode mode, std::size_t period) const {
  if (question_.refuse.regimes.empty() || relax_.refusals) return false;
  const auto shared = engine_.borders.shared_regimes(
      engine_.world[border.from].country, engine_.world[border.to].country, mode,
      engine_.epoch.day(membership_periods_[period]));
  return std::ranges::any_of(
      shared, [this](Id<Regime> regime) { return contains(question_.refuse.regimes, regime); });
}

void QueryTables::add_boardings(std::uint32_t ready, std::size_t slot) {
  if (!stages_.are_asked()) {
    for (const Board& board : engine_.graph.boards(readies_[ready].place)) {
      if (const auto boarding = boarding_of(ready, board)) settle(*boarding);
    }
    return;
  }
  if (!boards_[slot].is_known) {
    Boards made{.is_known = true};
    const std::size_t first = rides_.size();
    for (const Board& board : engine_.graph.boards(readies_[ready].place)) {
      if (const auto boarding = boarding_of(ready, board)) made.boardings.push_back(*boarding);
    }
    made.rides.assign(rides_.begin() + static_cast<std::ptrdiff_t>(first), rides_.end());
    rides_.resize(first);
    boards_[slot] = std::move(made);
  }
  const Boards known = boards_[slot];
  auto ride = known.rides.begin();
  for (Boarding boarding : known.boardings) {
    boarding.ready = ready;
    boarding.first_ride = static_cast<std::uint32_t>(rides_.size());
    const auto after = ride + static_cast<std::ptrdiff_t>(boarding.ride_count);
    rides_.insert(rides_.end(), ride, after);
    ride = after;
    settle(boarding);
  }
}

void QueryTables::settle(Boarding boarding) {
  const ReadyNode ready = readies_[boarding.ready];
  const Course& course = engine_.graph.courses()[boarding.course];
  std::uint32_t kept = boarding.first_ride;
  for (std::uint32_t i = boarding.first_ride; i < rides_.size(); ++i) {
    const Id<Place> to = engine_.graph.stop(course, rides_[i].to_stop).place;
    const auto stage = stages_.after_ride(
        ready.stage, {.service = course.service,
                      .from = ready.place,
                      .to = to,
                      .path = engine_.graph.path(course, boarding.stop, rides_[i].to_stop)});
    if (!stage) continue;
    rides_[kept] = rides_[i];
    rides_[kept].boarding = static_cast<std::uint32_t>(boardings_.size());
    rides_[kept].arrival = arrival_node(to, ready.cargo, *stage);
    ++kept;
  }
  rides_.resize(kept);
  boarding.ride_count = kept - boarding.first_ride;
  if (boarding.ride_count > 0) boardings_.push_back(boarding);
}

bool QueryTables::takes(const Course& course, const Cargo& cargo) const {
  const Service& service = engine_.world[course.service];
  if (side_of(service.mode) != cargo.side || service.gauge != cargo.gauge) return false;
  if (is_refused(course)) return false;
  if (!is_dangerous_ || relax_.dangerous) return true;
  return course.cutoff_dangerous &&
         !engine_.hazards.refusal(course.service, question_.shipment.goods);
}

std::optional<Boarding> QueryTables::boarding_of(std::uint32_t ready, Board board) {
  const Course& course = engine_.graph.courses()[board.course];
  const Cargo cargo = readies_[ready].cargo;
  if (!takes(course, cargo)) return std::nullopt;
  const std::optional<Minute> extra = extra_minutes(board.course, cargo.unit);
  if (!extra) return std::nullopt;
  Boarding boarding{.ready = ready,
                    .course = board.course,
                    .stop = board.stop,
                    .cutoff = is_dangerous_ ? course.cutoff_dangerous.value_or(0) : course.cutoff,
                    .is_booked = engine_.rooms.is_booked(board.course) && !relax_.bookings,
                    .load = engine_.load(course.service, packed_[cargo.unit], *extra),
                    .first_ride = static_cast<std::uint32_t>(rides_.size())};
  if (relax_.cutoff) boarding.cutoff = 0;
  boarding.paper_cutoff = minutes_up(engine_.world[course.service].cutoff_documents);
  boarding.changes = changes_for(boarding.paper_cutoff);
  add_rides(boarding, *extra);
  boarding.ride_count = static_cast<std::uint32_t>(rides_.size()) - boarding.first_ride;
  if (boarding.ride_count == 0) return std::nullopt;
  return boarding;
}

// To each later call that can be reached, passed and paid for.
void QueryTables::add_rides(const Boarding& boarding, Minute extra) {
  const Course& course = engine_.graph.courses()[boarding.course];
  const Service& service = engine_.world[course.service];
  const Stop& from = engine_.graph.stop(course, boarding.stop);
  const Tonnes tonnes = packed_[readies_[boarding.ready].cargo.unit].tonnes;
  const std::size_t before = course.first_stop;
  Risks risks;
  risks.add(service.risk);
  std::vector<Meter> meters(tariff_periods_.size());
  for (std::uint32_t i = boarding.stop + 1; i < course.stop_count; ++i) {
    const std::span<const Passage> hop = engine_.graph.hop(course, i);
    if (is_refused(hop)) break;
    for (const Passage& passage : hop)
      risks.add(engine_.world[passage.link].risk);
    run_meters(meters, boarding, i);
    const Stop& to = engine_.graph.stop(course, i);
    if (!to.unloads || to.place == from.place) continue;
    const double kg = engine_.kg_per_t[before + i] - engine_.kg_per_t[before + boarding.stop];
    Ride ride{.to_stop = i,
              .run = to.arrive - from.depart + extra,
              .extra = extra,
              .grams = to_grams(KgCo2e{kg * tonnes.value()}),
              .late = question_.weighs_risk
                          ? engine_.lateness[before + i] - engine_.lateness[before + boarding.stop]
                          : cost::Lateness{},
              .risks = risks,
              .varies = may_be_bought_later(from.place),
              .border_in_timetable = service.border_in_timetable};
    if (!add_borders(ride, course, boarding) || !add_prices(ride, boarding, meters)) continue;
    add_notes(ride, course, boarding);
    rides_.push_back(ride);
  }
}

// Whether a through rate from there is offered for a part of the horizon only.
bool QueryTables::may_be_bought_later(Id<Place> from) const {
  return std::ranges::any_of(throughs_, [&](const Through& through) {
    const bool is_always = through.from <= begin() && through.until > limit();
    return !is_always && engine_.world[through.rate].from == from;
  });
}

std::optional<Id<Tariff>> QueryTables::tariff(const Boarding& boarding,
                                              Id<Country> country,
                                              std::size_t period) {
  const std::uint32_t unit = readies_[boarding.ready].cargo.unit;
  const std::size_t known_period = changes_up_to(engine_.tariff_changes, tariff_periods_[period]);
  std::vector<ShipmentMemo::Tariffs>& known = memo_->tariffs[boarding.course];
  for (const ShipmentMemo::Tariffs& k : known) {
    if (k.country == country && k.unit == unit && k.period == known_period) return k.tariff;
  }
  const Id<Service> service = engine_.graph.courses()[boarding.course].service;
  const Date day = engine_.epoch.day(tariff_periods_[period]);
  known.push_back({.country = country,
                   .unit = unit,
                   .period = known_period,
                   .tariff = engine_.tariffs.tariff_for(service, country, packed_[unit], day)});
  return known.back().tariff;
}

// Takes the meters over the hop that ends at `stop`.
void QueryTables::run_meters(std::vector<Meter>& meters,
                             const Boarding& boarding,
                             std::uint32_t stop) {
  const Consignment& cargo = packed_[readies_[boarding.ready].cargo.unit];
  for (std::size_t period = 0; period < meters.size(); ++period) {
    Meter& meter = meters[period];
    for (const Passage& passage :
         engine_.graph.hop(engine_.graph.courses()[boarding.course], stop)) {
      const auto next = tariff(boarding, engine_.world[passage.from].country, period);
      meter.is_priced = meter.is_priced && next.has_value();
      if (next != meter.tariff) {
        if (meter.tariff) meter.total += engine_.tariffs.charge(*meter.tariff, cargo, meter.km);
        meter.tariff = next;
        meter.km = Km{};
      }
      meter.km += engine_.world[passage.link].length;
    }
  }
}

bool QueryTables::add_prices(Ride& ride,
                             const Boarding& boarding,
                             const std::vector<Meter>& meters) {
  const Consignment& cargo = packed_[readies_[boarding.ready].cargo.unit];
  ride.first_price = static_cast<std::uint32_t>(prices_.size());
  bool is_offered = false;
  for (const Meter& meter : meters) {
    Cents price = relax_.tariff ? 0 : kNoPrice;
    if (meter.is_priced)
      price = to_cents(meter.total + engine_.tariffs.charge(*meter.tariff, cargo, meter.km));
    prices_.push_back(price);
    is_offered = is_offered || price != kNoPrice;
    ride.varies = ride.varies || price != prices_[ride.first_price];
  }
  return is_offered;
}

bool QueryTables::add_borders(Ride& ride, const Course& course, const Boarding& boarding) {
  const Mode mode = engine_.world[course.service].mode;
  const std::uint32_t unit = readies_[boarding.ready].cargo.unit;
  ride.first_border = static_cast<std::uint32_t>(ride_borders_.size());
  bool is_passable = false;
  for (std::size_t period = 0; period < membership_periods_.size(); ++period) {
    const std::size_t first = ride_borders_.size();
    bool is_open = true;
    for (const BorderPassage& border : engine_.border_passages[boarding.course]) {
      if (border.stop <= boarding.stop || border.stop > ride.to_stop) continue;
      ride_borders_.push_back(border_time(border.passage, mode, unit, period));
      is_open = is_open && ride_borders_.back() != kClosed;
    }
    ride.border_count = static_cast<std::uint32_t>(ride_borders_.size() - first);
    is_passable = is_passable || is_open;
    for (std::uint32_t i = 0; i < ride.border_count; ++i)
      ride.varies = ride.varies || ride_borders_[first + i] != ride_borders_[ride.first_border + i];
  }
  return is_passable;
}

// Without documents.
std::optional<BorderTime> QueryTables::known_border(
    std::size_t way, const Passage& passage, Mode mode, std::uint32_t unit, std::size_t period) {
  const Minute from = membership_periods_[period];
  const std::size_t known_period = changes_up_to(engine_.membership_changes, from);
  std::vector<ShipmentMemo::Border>& known = memo_->borders[passage.link];
  for (const ShipmentMemo::Border& k : known) {
    if (k.way == way && k.unit == unit && k.period == known_period) return k.time;
  }
  ShipmentMemo::Border& made =
      known.emplace_back(ShipmentMemo::Border{.way = way, .unit = unit, .period = known_period});
  const auto procedure =
      engine_.borders.procedure(passage, mode, packed_[unit], engine_.epoch.day(from));
  if (!procedure) return std::nullopt;
  made.time =
      BorderTime{.work = minutes_up(procedure->hours),
                 .cents = to_cents(procedure->cost),
                 .variance = question_.weighs_risk ? engine_.risks.of_border(*procedure) : 0,
                 .opening = &engine_.opening(procedure->crossing, passage.to)};
  return made.time;
}

std::uint32_t QueryTables::border_time(const Passage& passage,
                                       Mode mode,
                                       std::uint32_t unit,
                                       std::size_t period) {
  const std::size_t direction = passage.from == engine_.world[passage.link].from ? 0 : 1;
  const std::size_t way = direction * kModes + static_cast<std::size_t>(mode);
  const std::size_t at = ((passage.link.index() * 2 * kModes + way) * packed_.size() + unit) *
                             membership_periods_.size() +
                         period;
  std::uint32_t& memo = border_slots_[at];
  if (memo != kUnset) return memo;
  if (is_refused(passage, mode, period)) return memo = kClosed;
  const std::optional<BorderTime> known = known_border(way, passage, mode, unit, period);
  if (!known && !relax_.border) return memo = kClosed;
  BorderTime time = known.value_or(BorderTime{.opening = &engine_.always});
  time.transit = papers_.transit(mode, passage, period);
  if (question_.papers_from && time.transit != 0) {
    time.transit &= papers_ready(membership_periods_[period]).transit;
    if (time.transit == 0) return memo = kClosed;  // none is ready yet
  }
  if (period > 0) {  // most borders do not change with most memberships
    const std::uint32_t before = border_slots_[at - 1];
    if (before < kClosed && border_times_[before] == time) return memo = before;
  }
  border_times_.push_back(time);
  return memo = static_cast<std::uint32_t>(border_times_.size() - 1);
}

void QueryTables::add_notes(Ride& ride, const Course& course, const Boarding& boarding) {
  const Mode mode = engine_.world[course.service].mode;
  const std::span<const Passage> path = engine_.graph.path(course, boarding.stop, ride.to_stop);
  ride.first_notes = static_cast<std::uint32_t>(ride_notes_.size());
  for (std::size_t period = 0; period < membership_periods_.size(); ++period) {
    ride_notes_.push_back(papers_.notes(mode, path, period));
    ride.varies = ride.varies || ride_notes_.back() != ride_notes_[ride.first_notes];
  }
  if (question_.papers_from) ride.varies = true;
}

std::uint64_t QueryTables::notes(const Ride& ride, Minute depart) const {
  const std::uint64_t notes =
      ride_notes_[ride.first_notes + period_at(membership_periods_, depart)];
  return question_.papers_from ? notes & papers_ready(ride, depart).notes : notes;
}

bool QueryTables::has_papers(const Ride& ride, Minute depart, bool crosses, bool is_first) const {
  if (!question_.papers_from) return true;
  const std::uint64_t notes =
      ride_notes_[ride.first_notes + period_at(membership_periods_, depart)];
  return papers_.may_leave(notes, papers_ready(ride, depart), crosses, is_first);
}

Cents QueryTables::price(const Ride& ride, Minute depart) const {
  return prices_[ride.first_price + period_at(tariff_periods_, depart)];
}

std::optional<std::span<const std::uint32_t>> QueryTables::borders(const Ride& ride,
                                                                   Minute arrive) const {
  const std::size_t period = period_at(membership_periods_, arrive);
  const std::span<const std::uint32_t> list{
      ride_borders_.data() + ride.first_border + period * ride.border_count, ride.border_count};
  if (std::ranges::find(list, kClosed) != list.end()) return std::nullopt;
  return list;
}

}  // namespace karvan::plan::detail
