#include "karvan/report/plan_report.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/geo/geojson.h"
#include "karvan/plan/handle.h"
#include "karvan/report/plan_asked.h"
#include "karvan/report/plan_calendar.h"
#include "karvan/report/plan_card.h"
#include "karvan/report/plan_gantt.h"
#include "karvan/report/plan_policy.h"
#include "karvan/report/plan_quote.h"
#include "karvan/report/plan_versus.h"
#include "karvan/report/plan_why_not.h"
#include "karvan/report/shapes.h"
#include "karvan/report/sheet.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

// How prices are divided for comparison: by tonne if the cargo was given so, or if the options
// travel in load units of different kinds; else by box, wagon or truck.
struct Share {
  bool is_by_tonne = true;
  std::string_view head = "USD/t";

  double of(const Itinerary& itinerary) const {
    const Consignment& first = itinerary.legs.front().consignment;
    return itinerary.cost.value() / (is_by_tonne ? first.tonnes.value() : first.units);
  }
};

LoadUnitKind kind_of(const World& world, const Itinerary& itinerary) {
  return world[itinerary.legs.front().consignment.load_unit].kind;
}

Share share_of(const World& world, const plan::Question& question, const plan::Answer& answer) {
  const LoadUnitKind kind = kind_of(world, answer.itineraries.front());
  const auto differs = [&](const Itinerary& other) { return kind_of(world, other) != kind; };
  if (question.shipment.unit == QuantityUnit::kTonnes ||
      std::ranges::any_of(answer.itineraries, differs))
    return {};
  switch (kind) {
    case LoadUnitKind::kContainer:
      return {.is_by_tonne = false, .head = "USD/box"};
    case LoadUnitKind::kWagon:
      return {.is_by_tonne = false, .head = "USD/wagon"};
    case LoadUnitKind::kTruck:
      return {.is_by_tonne = false, .head = "USD/truck"};
    case LoadUnitKind::kBulk:
    case LoadUnitKind::kBreakBulk:
    case LoadUnitKind::kLiquid:
      break;
  }
  return {};
}

std::string names(const World& world, const std::vector<Id<Place>>& places) {
  std::vector<std::string> names;
  for (const Id<Place> place : places)
    names.push_back(one_line(world[place].name));
  return names.empty() ? "direct" : join(names, ", ");
}

}  // namespace

PlanReport::PlanReport(const World& world,
                       const plan::Question& question,
                       const plan::Answer& answer,
                       PlanReportOptions options)
    : world_{world},
      question_{question},
      answer_{answer},
      options_{std::move(options)},
      clocks_{world},
      digest_{options_.digest ? *options_.digest : digest(world, answer, options_.options_max)} {}

const plan::Question& PlanReport::question_of(const Itinerary& itinerary) const {
  const auto own = std::ranges::find_if(options_.pairs, [&](const plan::Question& pair) {
    return pair.from == itinerary.legs.front().from && pair.to == itinerary.legs.back().to;
  });
  return own == options_.pairs.end() ? question_ : *own;
}

// "Xi'an or Lianyungang to Poti".
std::string PlanReport::ends_text() const {
  const auto names = [this](Id<Place> plan::Question::* end) {
    std::vector<std::string> list{one_line(world_[question_.*end].name)};
    for (const plan::Question& pair : options_.pairs) {
      const std::string name = one_line(world_[pair.*end].name);
      if (std::ranges::find(list, name) == list.end()) list.push_back(name);
    }
    return join(list, " or ");
  };
  return names(&plan::Question::from) + " to " + names(&plan::Question::to);
}

std::string PlanReport::heading(const Style& style) const {
  std::string text = style.bold(ends_text());
  text += ": " + shipment_text(world_, question_.shipment);
  if (question_.shipment.load_unit.valid() && question_.shipment.unit != QuantityUnit::kUnits)
    text += " in " + one_line(world_[question_.shipment.load_unit].name);
  const auto at_origin = [this](Instant moment) {
    return local_time(clocks_, question_.from, moment);
  };
  text += ", handed over " + at_origin(question_.depart);
  if (has_window()) text += " to " + at_origin(question_.depart + question_.window);
  if (question_.arrive_by)
    text += ", there by " + local_time(clocks_, question_.to, *question_.arrive_by);
  if (!options_.ranked_by.empty())
    text += ", best by " + options_.ranked_by + ", each by another route";
  for (const std::string& asked : asked_words(world_, question_))
    text += ", " + asked;
  if (!world_.scenario().empty())
    text += ", scenario " + style.yellow(std::string{world_.scenario()});
  return text + "\n\n";
}

std::string PlanReport::summary(const Style& style) const {
  const Share share = share_of(world_, question_, answer_);
  std::vector<TextTable::Column> columns{{"#", Align::kRight},
                                         {"Arrives", Align::kLeft},
                                         {"Days", Align::kRight},
                                         {"USD", Align::kRight},
                                         {std::string{share.head}, Align::kRight},
                                         {"t CO2e", Align::kRight},
                                         {"Sure %", Align::kRight},
                                         {"km", Align::kRight},
                                         {"Risk", Align::kLeft},
                                         {"By", Align::kLeft},
                                         {"Via", Align::kLeft}};
  if (has_window()) columns.insert(columns.begin() + 1, {"Handed over", Align::kLeft});
  const bool has_pairs = options_.pairs.size() > 1;
  if (has_pairs)
    columns.insert(columns.begin() + 1, {{"From", Align::kLeft}, {"To", Align::kLeft}});
  TextTable table{std::move(columns)};
  for (std::size_t n = 0; n < digest_.shown.size(); ++n) {
    const Itinerary& itinerary = answer_.itineraries[digest_.shown[n]];
    const OptionDigest& option = digest_.options[digest_.shown[n]];
    const auto mark = [&style](bool best, const std::string& text) {
      return best ? style.green(text + "*") : text + " ";
    };
    std::vector<std::string> cells{
        fmt::format("{}", n + 1),
        local_time(clocks_, itinerary.legs.back().to, itinerary.arrive),
        mark(option.is_earliest, days_text(itinerary.arrive - itinerary.depart)),
        mark(option.is_cheapest, with_thousands(itinerary.cost.value(), 0)),
        with_thousands(share.of(itinerary), 0),
        mark(option.is_greenest, with_thousands(itinerary.co2e.value() / 1000, 1)),
        mark(option.is_surest, with_thousands(100 * itinerary.probability, 0)),
        with_thousands(itinerary.distance.value(), 0),
        style.yellow(join(risk_words(itinerary.risks), ", ")),
        mode_chain(option.modes),
        names(world_, option.gateways)};
    if (has_window())
      cells.insert(cells.begin() + 1,
                   local_time(clocks_, itinerary.legs.front().from, itinerary.depart));
    if (has_pairs)
      cells.insert(cells.begin() + 1, {one_line(world_[itinerary.legs.front().from].name),
                                       one_line(world_[itinerary.legs.back().to].name)});
    table.add(std::move(cells));
  }
  std::string text = table.text(style);
  text += style.dim(has_window() ? "* shortest, cheapest, lowest CO2e, surest of all options"
                                 : "* earliest, cheapest, lowest CO2e, surest of all options") +
          "\n";
  const std::size_t hidden = answer_.itineraries.size() - digest_.shown.size();
  constexpr std::array<std::string_view, 3> kCounts{"three", "four", "five"};
  const std::size_t more =
      (question_.weighs_risk ? 1U : 0U) + (has_window() && !question_.arrive_by ? 1U : 0U);
  const std::string which =
      question_.tolerance > 0
          ? fmt::format("standing for all others within {:g} %", 100 * question_.tolerance)
          : fmt::format("none beaten in all {}", kCounts[more]);
  if (hidden > 0)
    text += fmt::format("{} of {} options, {}; --options all shows the other {}\n",
                        digest_.shown.size(), answer_.itineraries.size(), which, hidden);
  if (!answer_.statistics.is_complete)
    text += style.yellow("The search reached its limit: there may be better options.") + "\n";
  return text;
}

std::string PlanReport::refusal(const Style& style) const {
  const plan::Refusal& refusal = answer_.refusal;
  std::string text = style.red("No option.") + " " + wrapped(one_line(refusal.message), 96, 0);
  text += fmt::format("\n  Obstacle: {}", to_text(refusal.obstacle));
  if (refusal.place.valid()) text += " at " + one_line(world_[refusal.place].name);
  if (refusal.service.valid()) text += ", service " + one_line(world_[refusal.service].name);
  text += '\n';
  for (const std::string& hint : refusal.hints)
    text += "  Try: " + wrapped(one_line(hint), 90, 7) + '\n';
  return text;
}

// "against option 1: 2 d 7 h later, 18 % cheaper"; empty for a single option.
std::string PlanReport::versus_line(std::size_t n) const {
  const std::optional<std::size_t> rival = rival_of(answer_, digest_, n);
  if (!rival) return {};
  const auto& option = [this](std::size_t k) -> const Itinerary& {
    return answer_.itineraries[digest_.shown[k]];
  };
  return fmt::format("against option {}: {}", *rival + 1, versus_text(option(n), option(*rival)));
}

// "arrives by Fri 2026-03-27 in half of all cases, by Tue 2026-03-31 in 95 %; on time in 87 %".
std::string PlanReport::surety_line(std::size_t n) const {
  if (options_.reliability.empty()) return {};
  const plan::Reliability& surety = options_.reliability[digest_.shown[n]];
  const auto day = [this, n](Instant moment) {
    const Id<Place> to = answer_.itineraries[digest_.shown[n]].legs.back().to;
    return moment == kNever ? "never" : local_time(clocks_, to, moment);
  };
  std::string text = fmt::format("arrives by {} in half of all cases, by {} in 95 %",
                                 day(surety.p50), day(surety.p95));
  if (question_.deadline) text += fmt::format("; on time in {:.0f} %", 100 * surety.on_time);
  if (surety.penalty.value() > 0) text += ", expected penalty " + usd_text(surety.penalty);
  if (surety.detention.value() >= 1) text += ", expected detention " + usd_text(surety.detention);
  return text;
}

std::string PlanReport::cards(const Style& style) const {
  const PlanCard card{.world = world_, .clocks = clocks_, .style = style};
  std::string text;
  for (std::size_t n = 0; n < digest_.shown.size(); ++n) {
    const std::size_t i = digest_.shown[n];
    text += '\n' + card.text(answer_.itineraries[i], digest_.options[i],
                             {.number = n + 1, .versus = versus_line(n), .surety = surety_line(n)});
  }
  return text;
}

std::string PlanReport::why_not(const Style& style) const {
  const WhyNotTold told{.world = world_, .clocks = clocks_, .answer = answer_, .digest = digest_};
  std::string text;
  for (const plan::WhyNot& one : options_.why_not)
    text += '\n' + told.text(one, style);
  return text;
}

std::string PlanReport::handles() const {
  if (!options_.handles) return {};
  std::string text = "\nHandles\n  page      " + plan::handle_of(world_, question_) + '\n';
  for (std::size_t n = 0; n < digest_.shown.size(); ++n) {
    const Itinerary& itinerary = answer_.itineraries[digest_.shown[n]];
    text += fmt::format("  option {:<2} {}\n", n + 1,
                        plan::handle_of(world_, question_of(itinerary), itinerary));
  }
  return text;
}

std::string PlanReport::text(const Style& style) const {
  std::string text = heading(style);
  if (answer_.itineraries.empty()) return text + refusal(style) + why_not(style) + handles();
  text += summary(style);
  if (options_.chart) text += '\n' + pareto_chart(answer_, digest_, *options_.chart, style);
  if (options_.gantt) {
    CHECK(1 <= *options_.gantt && *options_.gantt <= told());
    text +=
        '\n' + gantt_text(world_, clocks_, answer_.itineraries[digest_.shown[*options_.gantt - 1]],
                          *options_.gantt, style);
  }
  if (options_.legs) text += cards(style);
  if (options_.policy) {
    text += PolicyTold{.world = world_,
                       .clocks = clocks_,
                       .policy = *options_.policy,
                       .terms = options_.policy_terms,
                       .destination = question_.to}
                .text(style);
  }
  return text + why_not(style) + handles();
}

std::string PlanReport::calendar() const {
  CHECK(1 <= options_.chosen && options_.chosen <= told());
  const Itinerary& chosen = answer_.itineraries[digest_.shown[options_.chosen - 1]];
  return plan_calendar(world_, question_of(chosen), chosen);
}

std::string PlanReport::quote() const {
  CHECK(1 <= options_.chosen && options_.chosen <= told());
  const std::size_t i = digest_.shown[options_.chosen - 1];
  std::vector<std::string> merits{join(digest_.options[i].tags, ", "),
                                  versus_line(options_.chosen - 1)};
  std::erase(merits, std::string{});
  return plan_quote(world_, question_of(answer_.itineraries[i]), answer_,
                    {.itinerary = i, .number = options_.chosen, .merits = join(merits, "; ")});
}

std::string PlanReport::csv() const {
  Sheet sheet{.columns = {{"itinerary", ""},
                          {"leg", ""},
                          {"mode", ""},
                          {"from", ""},
                          {"to", ""},
                          {"service", ""},
                          {"operator", ""},
                          {"depart", ""},
                          {"arrive", ""},
                          {"load_unit", ""},
                          {"units", ""},
                          {"tonnes", ""},
                          {"distance_km", ""},
                          {"cost_usd", ""},
                          {"co2e_kg", ""},
                          {"co2e_ttw_kg", ""},
                          {"itinerary_arrive", ""},
                          {"itinerary_cost_usd", ""},
                          {"itinerary_co2e_kg", ""},
                          {"tags", ""}},
              .rows = {}};
  for (std::size_t i = 0; i < answer_.itineraries.size(); ++i) {
    const Itinerary& itinerary = answer_.itineraries[i];
    for (std::size_t n = 0; n < itinerary.legs.size(); ++n) {
      const Leg& leg = itinerary.legs[n];
      const Service& service = world_[leg.service];
      sheet.rows.push_back({Cell::count(i + 1),
                            Cell::count(n + 1),
                            to_text(service.mode),
                            world_[leg.from].code,
                            world_[leg.to].code,
                            service.code,
                            world_[service.operator_].code,
                            clocks_.text(leg.from, leg.depart),
                            clocks_.text(leg.to, leg.arrive),
                            world_[leg.consignment.load_unit].code,
                            Cell{leg.consignment.units, 2},
                            Cell{leg.consignment.tonnes.value(), 3},
                            Cell{leg.distance.value(), 1},
                            Cell{leg.cost.value(), 2},
                            Cell{leg.co2e.value(), 1},
                            Cell{leg.co2e_ttw.value(), 1},
                            clocks_.text(itinerary.legs.back().to, itinerary.arrive),
                            Cell{itinerary.cost.value(), 2},
                            Cell{itinerary.co2e.value(), 1},
                            join(digest_.options[i].tags, ";")});
    }
  }
  return sheet_csv(sheet);
}

std::string PlanReport::geojson() const {
  GeoJsonWriter map;
  const Shapes shapes{world_};
  std::set<Id<Place>> places;
  for (std::size_t i = 0; i < answer_.itineraries.size(); ++i) {
    const Itinerary& itinerary = answer_.itineraries[i];
    for (std::size_t n = 0; n < itinerary.legs.size(); ++n) {
      const Leg& leg = itinerary.legs[n];
      if (leg.path.empty()) continue;
      places.insert(leg.from);
      places.insert(leg.to);
      map.add_line(shapes.line(leg.path), {{"itinerary", static_cast<double>(i + 1)},
                                           {"leg", static_cast<double>(n + 1)},
                                           {"mode", std::string{to_text(world_[leg.service].mode)}},
                                           {"from", world_[leg.from].code},
                                           {"to", world_[leg.to].code},
                                           {"service", world_[leg.service].code},
                                           {"depart", clocks_.text(leg.from, leg.depart)},
                                           {"arrive", clocks_.text(leg.to, leg.arrive)},
                                           {"tags", join(digest_.options[i].tags, ", ")}});
    }
  }
  for (const Id<Place> place : places)
    map.add_point(world_[place].point(), {{"id", world_[place].code},
                                          {"name", world_[place].name},
                                          {"kind", std::string{to_text(world_[place].kind)}}});
  return std::move(map).finish();
}

}  // namespace karvan::report
