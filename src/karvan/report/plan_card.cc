#include "karvan/report/plan_card.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/plan/charges.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

constexpr int kTimeWidth = 27;  // "Mon 2026-03-02 00:00 +05:30" at its longest
constexpr int kTextWidth = 100;
constexpr std::chrono::minutes kWorthTelling{15};  // shorter waits are not told

std::string name_of(const World& world, Id<Place> place) {
  return one_line(world[place].name);
}

// The parts of a sum that are not nothing, joined.
std::string parts_text(std::vector<std::string> parts) {
  std::erase(parts, std::string{});
  return join(parts, ", ");
}

}  // namespace

std::string work_text(const World& world, const Itinerary& itinerary, std::size_t i) {
  const Transfer& transfer = itinerary.transfers[i];
  if (transfer.gauge_change.valid()) {
    const GaugeChange& change = world[transfer.gauge_change];
    return fmt::format(
        "gauge change {} to {} mm by {}", change.from.mm, change.to.mm,
        change.method == GaugeMethod::kBogieExchange ? "bogie exchange" : "transshipment");
  }
  if (!transfer.handling.valid()) return "passes on";
  const Handling& handling = world[transfer.handling];
  const std::string restowed =
      handling.from_kind == handling.to_kind
          ? ""
          : fmt::format(", restowed from {} to {}", to_text(handling.from_kind),
                        to_text(handling.to_kind));
  if (transfer.from == Side::kGate)
    return fmt::format("loads {}{}", side_word(transfer.to), restowed);
  if (transfer.to == Side::kGate)
    return fmt::format("unloads {}{}", side_word(transfer.from), restowed);
  if (transfer.from == transfer.to)
    return fmt::format("changes {}{}", side_word(transfer.from), restowed);
  return fmt::format("{} to {}{}", side_word(transfer.from), side_word(transfer.to), restowed);
}

// What happens from one instant on, at one place; `note` stands below it.
struct PlanCard::Entry {
  std::string time;
  std::string text;
  std::string note;
};

std::string PlanCard::line(const Entry& entry) const {
  std::string text = "  " + style.dim(padded(entry.time, kTimeWidth)) + "  " + entry.text + '\n';
  if (!entry.note.empty()) {
    const int indent = kTimeWidth + 6;
    text.append(static_cast<std::size_t>(indent), ' ');
    text += style.dim(wrapped(entry.note, kTextWidth - indent + 20, indent)) + '\n';
  }
  return text;
}

std::string PlanCard::transfer(const Itinerary& itinerary, std::size_t i) const {
  const Transfer& transfer = itinerary.transfers[i];
  std::vector<std::string> facts;
  if (transfer.end > transfer.begin)
    facts.push_back(duration_to_text(transfer.end - transfer.begin));
  if (transfer.cost.value() > 0) facts.push_back(usd_text(transfer.cost));
  std::string note = work_text(world, itinerary, i);
  if (!facts.empty()) note += ": " + parts_text(facts);
  if (i < itinerary.legs.size()) {
    const Duration wait = itinerary.legs[i].depart - transfer.end;
    if (wait >= kWorthTelling)
      note += "; waits " + duration_to_text(wait) + " for the next departure";
    if (transfer.storage.value() > 0) note += ", storage " + usd_text(transfer.storage);
    if (transfer.probability < 0.995)
      note += fmt::format("; makes it in {:.0f} % of cases", 100 * transfer.probability);
  }
  return line({.time = local_time(clocks, transfer.place, transfer.begin),
               .text = style.bold(name_of(world, transfer.place)),
               .note = note});
}

// "in 3 departures", if one does not hold the load.
std::string PlanCard::departures_text(const Leg& leg) const {
  double most = 0;
  for (const Id<Capacity> id : world.ids<Capacity>()) {
    const Capacity& row = world[id];
    if (row.service == leg.service && row.load_unit == leg.consignment.load_unit)
      most = std::max(most, row.units);
  }
  if (most <= 0 || leg.consignment.units <= most) return {};
  const std::string n = plain(std::ceil(leg.consignment.units / most - 1e-9));
  const bool by_day = world[leg.service].departs == DepartureRule::kOnDemand;
  return by_day ? "over " + n + " days" : "in " + n + " departures";
}

std::string PlanCard::leg(const Itinerary& itinerary, std::size_t i) const {
  const Leg& leg = itinerary.legs[i];
  const Service& service = world[leg.service];
  const std::string text =
      style.blue(fmt::format("{:<5} ", mode_word(service.mode))) +
      fmt::format("to {} - {} ({})", name_of(world, leg.to), one_line(service.name),
                  one_line(world[service.operator_].name));
  const std::string note = parts_text(
      {consignment_text(world, leg.consignment), departures_text(leg), km_text(leg.distance),
       duration_to_text(leg.arrive - leg.depart), usd_text(leg.cost), co2e_text(leg.co2e)});
  return line({.time = local_time(clocks, leg.from, leg.depart), .text = text, .note = note}) +
         borders(itinerary, i);
}

std::vector<std::string> PlanCard::border_steps(const BorderPassed& border) const {
  std::vector<std::string> steps;
  for (const StepTaken& taken : border.steps) {
    if (taken.hours.value() <= 0 && taken.cost.value() <= 0) continue;
    std::string step{to_text(world[taken.step].kind)};
    std::ranges::replace(step, '_', ' ');
    if (taken.hours.value() > 0) step += " " + duration_to_text(to_duration(taken.hours));
    steps.push_back(std::move(step));
  }
  return steps;
}

// "6 h, USD 400: customs exit 2 h, inspection 4 h (under smgs)".
std::string PlanCard::border_note(const BorderPassed& border) const {
  const std::vector<std::string> steps = border_steps(border);
  std::vector<std::string> facts;
  if (border.end > border.begin) {
    facts.push_back(duration_to_text(border.end - border.begin));
  } else if (!steps.empty()) {
    facts.emplace_back("within the running time");
  }
  if (border.cost.value() > 0) facts.push_back(usd_text(border.cost));
  if (facts.empty()) facts.emplace_back("no formalities");
  std::string note = parts_text(std::move(facts));
  if (!steps.empty()) note += ": " + join(steps, ", ");
  if (border.regimes.empty()) return note;
  std::vector<std::string> regimes;
  for (const Id<Regime> regime : border.regimes)
    regimes.push_back(world[regime].code);
  return note + " (under " + join(regimes, ", ") + ")";
}

std::string PlanCard::borders(const Itinerary& itinerary, std::size_t leg) const {
  std::string all;
  for (const BorderPassed& border : itinerary.borders) {
    if (border.leg != leg) continue;
    const Country& from = world[world[border.passage.from].country];
    const Country& to = world[world[border.passage.to].country];
    const std::string text =
        style.yellow(fmt::format("border {} - {}", one_line(from.name), one_line(to.name)));
    const std::string time = border.end > border.begin
                                 ? local_time(clocks, border.passage.to, border.begin)
                                 : std::string{};
    all += line({.time = time, .text = text, .note = border_note(border)});
  }
  return all;
}

std::string PlanCard::documents(const Itinerary& itinerary) const {
  if (itinerary.documents.empty()) return {};
  std::vector<std::string> papers;
  for (const DocumentNeeded& needed : itinerary.documents) {
    std::string paper = one_line(world[needed.document].name);
    if (needed.from.valid() && needed.to.valid())
      paper += fmt::format(" ({} - {})", name_of(world, needed.from), name_of(world, needed.to));
    if (needed.from.valid() && needed.apply_by < needed.needed)
      paper += ", apply by " + local_time(clocks, needed.from, needed.apply_by);
    papers.push_back(std::move(paper));
  }
  return "  Documents: " + wrapped(join(papers, "; "), kTextWidth, 13) + '\n';
}

std::string PlanCard::hire(const Itinerary& itinerary) const {
  const Hire& hire = *itinerary.hire;
  const Id<Place> depot = plan::depot_of(world, itinerary);
  std::string note = usd_text(hire.empty_return);
  if (hire.detention.value() > 0) note += ", detention " + usd_text(hire.detention);
  return line({.time = local_time(clocks, depot, hire.returned),
               .text = "given back empty to " + one_line(world[world[hire.back].operator_].name) +
                       " at " + name_of(world, depot),
               .note = note});
}

std::string PlanCard::totals(const Itinerary& itinerary) const {
  Usd carriage;
  Usd discount;
  Usd handling;
  Usd storage;
  Usd border;
  Usd documents;
  for (const Leg& leg : itinerary.legs)
    carriage += leg.cost;
  for (const ThroughPrice& through : itinerary.through)
    discount += through.discount;
  for (const Transfer& transfer : itinerary.transfers) {
    handling += transfer.cost;
    storage += transfer.storage;
  }
  for (const BorderPassed& passed : itinerary.borders)
    border += passed.cost;
  for (const DocumentNeeded& needed : itinerary.documents)
    documents += needed.cost;
  Usd hire;
  if (itinerary.hire) hire = itinerary.hire->detention + itinerary.hire->empty_return;
  std::string parts = "carriage " + with_thousands(carriage.value(), 0);
  if (discount.value() != 0) parts += " - through rate " + with_thousands(discount.value(), 0);
  parts += " + handling " + with_thousands(handling.value(), 0);
  if (storage.value() != 0) parts += " + storage " + with_thousands(storage.value(), 0);
  parts += " + borders " + with_thousands(border.value(), 0) + " + documents " +
           with_thousands(documents.value(), 0);
  if (hire.value() != 0) parts += " + hire " + with_thousands(hire.value(), 0);
  return fmt::format("  {} {} = {}\n        {}, of it {} at the vehicle\n", style.bold("Total"),
                     usd_text(itinerary.cost), parts, co2e_text(itinerary.co2e),
                     co2e_text(itinerary.co2e_ttw));
}

std::string PlanCard::text(const Itinerary& itinerary,
                           const OptionDigest& option,
                           const Standing& standing) const {
  std::string all = style.bold(fmt::format("Option {}", standing.number));
  if (!option.tags.empty()) all += "  " + style.green(join(option.tags, ", "));
  all +=
      fmt::format("\n  {}, {}, {}, {}\n", duration_to_text(itinerary.arrive - itinerary.depart),
                  usd_text(itinerary.cost), co2e_text(itinerary.co2e), km_text(itinerary.distance));
  if (!standing.versus.empty()) all += "  " + style.green(standing.versus) + '\n';
  if (!standing.surety.empty()) all += "  " + standing.surety + '\n';
  for (std::size_t i = 0; i < itinerary.legs.size(); ++i) {
    if (i < itinerary.transfers.size()) all += transfer(itinerary, i);
    all += leg(itinerary, i);
  }
  if (itinerary.transfers.size() > itinerary.legs.size())
    all += transfer(itinerary, itinerary.legs.size());
  if (!itinerary.legs.empty()) {
    const Id<Place> end = itinerary.legs.back().to;
    all += line({.time = local_time(clocks, end, itinerary.arrive),
                 .text = style.bold("free at " + name_of(world, end)),
                 .note = ""});
    if (itinerary.hire) all += hire(itinerary);
  }
  return all + documents(itinerary) + totals(itinerary);
}

}  // namespace karvan::report
