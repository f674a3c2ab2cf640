#include "karvan/plan/detail/law_tables.h"

#include <algorithm>
#include <tuple>

namespace karvan::plan::detail {
namespace {

// Short links are laid finer, so that a way of many of them is not blurred many times.
constexpr Minute kFineness = 4;

bool is_certain(const Distribution& d) {
  return d.mass.size() == 1;
}

}  // namespace

bool operator<(const StepLaw& a, const StepLaw& b) {
  const auto key = [](const StepLaw& s) {
    return std::tuple{s.law.family, s.law.a, s.law.b, s.law.c, s.factor, s.share};
  };
  return key(a) < key(b);
}

LawTables::LawTables(const Engine& engine, Minute step, const LearnedLaws& learned)
    : engine_{engine},
      step_{step},
      courses_{engine.world.size<Service>()},
      handlings_{engine.world.size<Handling>()},
      gauge_changes_{engine.world.size<GaugeChange>()} {
  CHECK(kFineness <= step && step % kFineness == 0);
  for (const Id<Delay> id : engine.world.ids<Delay>()) {
    const Delay& row = engine.world[id];
    delays_.insert_or_assign({row.mode, row.country}, row.factor);
  }
  lay_works();
  const std::vector<Course>& courses = engine.graph.courses();
  for (std::uint32_t i = 0; i < courses.size(); ++i) {
    courses_[courses[i].service] = i;
    lay_runs(courses[i]);
  }
  lay_borders();
  lay_storms();
  lay_learned(learned);
}

void LawTables::lay_works() {
  std::map<std::vector<StepLaw>, Distribution> known;
  const auto laid_once = [&](const Law& law) {
    const auto [at, is_new] = known.try_emplace({{.law = law}});
    if (is_new) at->second = lay(law, 1, step_);
    return Fixed{.law = law, .laid = at->second};
  };
  for (const Id<Handling> id : engine_.world.ids<Handling>())
    handlings_[id] = laid_once(engine_.world[id].hours);
  for (const Id<GaugeChange> id : engine_.world.ids<GaugeChange>())
    gauge_changes_[id] = laid_once(engine_.world[id].hours);
}

Distribution LawTables::work(const Fixed& fixed, double minutes) const {
  // What is certain is rounded as a whole, up, as the planner does.
  if (is_certain(fixed.laid))
    return certain(minutes_up(karvan::mean(fixed.law) + Hours{minutes / 60}));
  Distribution work = fixed.laid;
  work.base += static_cast<Minute>(std::llround(minutes));
  return work;
}

Distribution LawTables::work(Id<Handling> id, double units) const {
  return work(handlings_[id], engine_.world[id].minutes_per_unit * units);
}

Distribution LawTables::work(Id<GaugeChange> id, double units) const {
  const GaugeChange& row = engine_.world[id];
  return work(gauge_changes_[id], row.minutes_per_unit / row.stands * units);
}

const Law* LawTables::delay(Mode mode, Id<Country> country) const {
  auto at = delays_.find({mode, country});
  if (at == delays_.end()) at = delays_.find({mode, Id<Country>{}});
  return at == delays_.end() ? nullptr : &at->second;
}

// The way that ends at a stop, on the fine grid. Where calls state hours, its links share them out
// by their own running times.
Distribution LawTables::hop(const Course& course, std::uint32_t stop) const {
  const World& world = engine_.world;
  const Stop& to = engine_.graph.stop(course, stop);
  const Minute scheduled = to.arrive - engine_.graph.stop(course, stop - 1).depart;
  const std::span<const Passage> path = engine_.graph.hop(course, stop);
  Hours sum;
  for (const Passage& passage : path)
    sum += world[passage.link].running();
  const double scale = sum.value() > 0 ? static_cast<double>(scheduled) / 60 / sum.value() : 0;
  Distribution way = certain(0);
  double hours_certain = 0;
  for (const Passage& passage : path) {
    const double hours = world[passage.link].running().value() * scale;
    const Law* law = delay(world[course.service].mode, world[passage.from].country);
    if (law == nullptr) {
      hours_certain += hours;
    } else {
      way = detail::sum(way, lay(*law, hours, step_ / kFineness, kFactorFloor), step_ / kFineness);
    }
  }
  way.base += static_cast<Minute>(std::llround(hours_certain * 60));
  return way;
}

void LawTables::lay_runs(const Course& course) {
  Distribution late = certain(0);  // on the fine grid
  runs_.resize(course.first_stop + course.stop_count);
  lates_.resize(course.first_stop + course.stop_count);
  lates_[course.first_stop] = late;
  for (std::uint32_t i = 1; i < course.stop_count; ++i) {
    const Distribution way = hop(course, i);
    runs_[course.first_stop + i] = coarsened(way, step_ / kFineness, step_);
    if (i + 1 == course.stop_count) break;
    late = detail::sum(late, way, step_ / kFineness);
    late.base -= engine_.graph.stop(course, i).arrive - engine_.graph.stop(course, i - 1).depart;
    // Early vehicles wait for their time.
    Scatter on_time{step_ / kFineness};
    for (std::size_t k = 0; k < late.mass.size(); ++k)
      on_time.add(std::max(0, late.at(k, step_ / kFineness)), late.mass[k]);
    late = on_time.take(late.is_atomic);
    lates_[course.first_stop + i] = coarsened(late, step_ / kFineness, step_);
  }
}

Distribution LawTables::run(const Course& course, std::uint32_t board, std::uint32_t leave) const {
  Distribution way = runs_[course.first_stop + board + 1];
  for (std::uint32_t i = board + 2; i <= leave; ++i) {
    const Stop& stop = engine_.graph.stop(course, i - 1);
    way = detail::sum(way, runs_[course.first_stop + i], step_);
    way.base += stop.depart - stop.arrive;
  }
  return way;
}

const Distribution* LawTables::learned(const Course& course,
                                       std::uint32_t board,
                                       std::uint32_t leave) const {
  if (learned_.empty()) return nullptr;
  const auto at = learned_.find({course.service, engine_.graph.stop(course, board).sequence,
                                 engine_.graph.stop(course, leave).sequence});
  return at == learned_.end() ? nullptr : &at->second;
}

void LawTables::lay_learned(const LearnedLaws& learned) {
  for (const LearnedLaw& law : learned.laws)
    learned_.insert_or_assign({law.service, law.from_sequence, law.to_sequence},
                              lay(law.hours, 1, step_));
}

// --- borders

std::vector<StepLaw> LawTables::recipe(std::span<const StepTaken> steps) const {
  std::vector<StepLaw> recipe;
  for (const StepTaken& taken : steps) {
    const Law& law = engine_.world[taken.step].hours;
    const double expected = karvan::mean(law).value() * taken.share;
    if (expected <= 0 || taken.hours.value() <= 0) continue;
    recipe.push_back({.law = law, .factor = taken.hours.value() / expected, .share = taken.share});
  }
  return recipe;
}

Distribution LawTables::laid(const std::vector<StepLaw>& steps) const {
  Distribution all = certain(0);
  Hours hours_certain;  // rounded as a whole, up, as the planner does
  for (const StepLaw& step : steps) {
    const Distribution one = lay(step.law, step.factor, step_);
    if (is_certain(one) && step.share >= 1) {
      hours_certain += karvan::mean(step.law) * step.factor;
    } else {
      all = detail::sum(all, mixed(certain(0), one, step.share, step_), step_);
    }
  }
  all.base += minutes_up(hours_certain);
  return all;
}

void LawTables::lay_borders() {
  const World& world = engine_.world;
  std::vector<Consignment> asked;  // one of food, one of other goods: steps depend on nothing else
  for (const bool is_food : {false, true}) {
    for (const Id<Goods> id : world.ids<Goods>()) {
      if (world[id].is_food != is_food) continue;
      asked.push_back({.goods = id});
      break;
    }
  }
  const Date begin = world.info().calendar_from;
  std::vector<Date> days{begin};
  for (const Minute change : engine_.membership_changes) {
    const Date day = engine_.epoch.day(change);
    if (day > begin && day < compiled_span(world.info()).until) days.push_back(day);
  }
  std::map<std::tuple<Id<Link>, Id<Place>, Mode>, bool> done;
  const std::vector<Course>& courses = engine_.graph.courses();
  for (std::size_t c = 0; c < courses.size(); ++c) {
    const Mode mode = world[courses[c].service].mode;
    for (const BorderPassage& border : engine_.border_passages[c]) {
      bool& is_done = done[{border.passage.link, border.passage.from, mode}];
      if (is_done) continue;
      is_done = true;
      for (const Consignment& consignment : asked) {
        for (const Date day : days) {
          const auto procedure = engine_.borders.procedure(border.passage, mode, consignment, day);
          if (!procedure) continue;
          std::vector<StepLaw> steps = recipe(procedure->steps);
          if (!borders_.contains(steps)) borders_[steps] = laid(steps);
        }
      }
    }
  }
}

Distribution LawTables::border(std::span<const StepTaken> steps) const {
  const std::vector<StepLaw> key = recipe(steps);
  const auto at = borders_.find(key);
  return at == borders_.end() ? laid(key) : at->second;
}

// --- weather

void LawTables::lay_storms() {
  std::map<std::vector<StepLaw>, Distribution> known;
  for (const Id<Weather> id : engine_.world.ids<Weather>()) {
    const Weather& row = engine_.world[id];
    if (row.closed_share <= 0) continue;
    const auto [at, is_new] = known.try_emplace({{.law = row.closure, .share = row.closed_share}});
    if (is_new) {
      at->second =
          mixed(certain(0), lay_rest(row.closure, step_), std::min(row.closed_share, 0.95), step_);
    }
    storms_.insert_or_assign({row.place, static_cast<unsigned>(row.month)}, at->second);
  }
}

const Distribution* LawTables::storm(Id<Place> place, Minute minute) const {
  const std::chrono::year_month_day day{engine_.epoch.day(minute)};
  const auto at = storms_.find({place, static_cast<unsigned>(day.month())});
  return at == storms_.end() ? nullptr : &at->second;
}

}  // namespace karvan::plan::detail
