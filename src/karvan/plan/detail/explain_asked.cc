#include "karvan/plan/detail/explain_asked.h"

#include <algorithm>

#include "karvan/base/text.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/cost/hire_of.h"
#include "karvan/model/transshipment.h"

namespace karvan::plan::detail {
namespace {

// One thing asked for, in words, and the question without it.
struct Asked {
  std::string what;
  Id<Place> place;
  Id<Service> service;
  Question without;
};

template <class Row>
Asked asked_for(const World& world, Id<Row> id) {
  return {.what = named(world, id)};
}
Asked asked_for(const World&, Mode mode) {
  return {.what = "the mode " + std::string{to_text(mode)}};
}
Asked asked_for(const World& world, Id<Service> id) {
  return {.what = named(world, id), .service = id};
}

template <class T>
void add_required(const World& world,
                  const Question& question,
                  std::vector<T> Requirements::* member,
                  std::vector<Asked>& list) {
  for (const T& item : question.require.*member) {
    Asked asked = asked_for(world, item);
    asked.without = question;
    std::erase(asked.without.require.*member, item);
    list.push_back(std::move(asked));
  }
}

std::vector<Asked> uses_of(const World& world, const Question& question) {
  std::vector<Asked> list;
  add_required(world, question, &Requirements::modes, list);
  add_required(world, question, &Requirements::countries, list);
  add_required(world, question, &Requirements::operators, list);
  add_required(world, question, &Requirements::services, list);
  return list;
}

std::vector<Asked> places_of(const World& world, const Question& question) {
  std::vector<Asked> list;
  for (std::size_t i = 0; i < question.via.size(); ++i) {
    const Id<Place> place = question.via[i];
    list.push_back({.what = named(world, place), .place = place, .without = question});
    std::vector<Id<Place>>& via = list.back().without.via;
    via.erase(via.begin() + static_cast<std::ptrdiff_t>(i));
    const auto doubles = std::ranges::unique(via);  // A, B, A without B
    via.erase(doubles.begin(), doubles.end());
  }
  return list;
}

std::string words_of(const std::vector<Asked>& list, std::string_view between) {
  std::vector<std::string> words;
  for (const Asked& asked : list)
    words.push_back(asked.what);
  return join(words, between);
}

std::string count_text(int transshipments, std::string_view before) {
  if (transshipments == 0) return "no transshipment";
  return std::string{before} + std::to_string(transshipments) +
         (transshipments == 1 ? " transshipment" : " transshipments");
}

std::string usd_text(Cents cents) {
  return with_thousands(to_usd(cents).value(), cents % 100 == 0 ? 0 : 2) + " USD";
}

// "Aktau to Poti by way of Alat within 120 days".
std::string way_text(const World& world, const Question& question, const std::string& narrowed) {
  return named(world, question.from) + " to " + named(world, question.to) +
         asked_text(world, question) + narrowed + " within " + std::to_string(question.days_max) +
         " days";
}

}  // namespace

std::string asked_text(const World& world, const Question& question) {
  std::string text;
  const std::vector<Asked> places = places_of(world, question);
  const std::vector<Asked> uses = uses_of(world, question);
  if (!places.empty()) text += " by way of " + words_of(places, " and then ");
  if (!uses.empty()) text += " that uses " + words_of(uses, " and ");
  if (question.transshipments_max)
    text += " with " + count_text(*question.transshipments_max, "at most ");
  if (question.budget) text += " for at most " + usd_text(to_cents(*question.budget));
  return text;
}

Refusal explain_hire(const World& world, const Question& question) {
  const Id<Operator> owner = question.shipment.hired_from;
  if (!owner.valid()) return {};
  Shipment own = question.shipment;
  own.hired_from = {};
  const std::vector<Id<LoadUnit>> units = cost::load_units_for(world, question.shipment);
  if (units.empty()) {
    if (cost::load_units_for(world, own).empty()) return {};  // whoever owns them
    return {.obstacle = Obstacle::kNoLoadUnit,
            .message = named(world, owner) + " hires out no load unit that carries " +
                       named(world, question.shipment.goods) + " as asked for.",
            .hints = {"give the quantity in tonnes", "name another load unit",
                      "hire from another operator, or send the goods in your own"}};
  }
  const cost::HireBook book{world};
  const auto is_taken_back = [&](Id<LoadUnit> unit) {
    const Consignment cargo = cost::pack(world, question.shipment, unit);
    return book.terms(owner, question.to, cargo).has_value();
  };
  if (std::ranges::any_of(units, is_taken_back)) return {};
  Refusal refusal{.obstacle = Obstacle::kNotTakenBack,
                  .message = named(world, owner) + " takes none of its load units back at " +
                             named(world, question.to) + ".",
                  .place = question.to,
                  .hints = {"hire from another operator, or send the goods in your own"}};
  std::string places;
  for (const Id<Place> place : book.places(question.shipment))
    places += (places.empty() ? "" : ", ") + named(world, place);
  if (!places.empty()) refusal.hints.insert(refusal.hints.begin(), "it does at " + places);
  return refusal;
}

Refusal explain_budget(const Engine& engine,
                       const Question& question,
                       const std::string& narrowed) {
  if (!question.budget || !narrowed.empty()) return {};
  Question free = question;
  free.budget.reset();
  const QueryTables tables{engine, free, {}};
  const Found found = search(engine, tables, limits_of(free));
  if (found.options.empty()) return {};
  Cents least = found.labels[found.options.front()].cents;
  for (const std::uint32_t option : found.options)
    least = std::min(least, found.labels[option].cents);
  if (least <= to_cents(*question.budget)) return {};
  return {.obstacle = Obstacle::kBudget,
          .message = "The cheapest way from " + way_text(engine.world, free, narrowed) + " costs " +
                     usd_text(least) + "; the budget is " + usd_text(to_cents(*question.budget)) +
                     ".",
          .hints = {"allow " + usd_text(least)}};
}

Refusal explain_transshipments(const Engine& engine,
                               const Question& question,
                               const Finder& find,
                               const std::string& narrowed) {
  if (!question.transshipments_max) return {};
  Question free = question;
  free.transshipments_max.reset();
  const auto any = find(engine, free, {});
  if (!any) return {};
  const std::string way = way_text(engine.world, free, narrowed);
  const int known = transshipments(engine.world, *any);
  int least = *question.transshipments_max + 1;
  for (; least < known && least <= kTransshipmentsMost; ++least) {
    free.transshipments_max = least;
    if (find(engine, free, {})) break;
  }
  return {.obstacle = Obstacle::kTransshipments,
          .message = "Every way from " + way + " needs " + count_text(least, "at least ") +
                     "; the question allows " +
                     (*question.transshipments_max == 0
                          ? "none."
                          : std::to_string(*question.transshipments_max) + "."),
          .hints = {"allow " + count_text(least, "")}};
}

std::string lacking_text(const Engine& engine,
                         const Itinerary& itinerary,
                         const cost::PaperLacking& lacking) {
  const World& world = engine.world;
  const Leg& leg = itinerary.legs[lacking.leg];
  const auto read = [&](Instant instant) {
    const std::string text = instant_to_text(instant, engine.clocks.offset(lacking.place, instant));
    return text.substr(0, 10) + " " + text.substr(11, 5);
  };
  std::string text = named(world, lacking.document) + " is ready " +
                     duration_to_text(to_duration(world[lacking.document].lead)) +
                     " after papers are applied for, " + read(lacking.ready) + "; " +
                     named(world, leg.service);
  if (lacking.border) {
    const Passage& passage = itinerary.borders[*lacking.border].passage;
    text += " is at the border from " + named(world, world[passage.from].country) + " to " +
            named(world, world[passage.to].country);
  } else {
    text += " takes papers at " + named(world, leg.from) + " until";
  }
  return text + " " + read(lacking.needed);
}

Refusal explain_papers(const Engine& engine,
                       const Question& question,
                       const Finder& find,
                       const std::string& narrowed) {
  if (!question.papers_from) return {};
  const auto way = find(engine, question, {.papers = true});
  if (!way) return {};
  Refusal refusal{.obstacle = Obstacle::kPapers,
                  .message = "Papers are not ready in time for any way from " +
                             way_text(engine.world, question, narrowed),
                  .hints = {"apply for papers earlier"}};
  const auto lacking =
      cost::paper_lacking(engine.world, engine.borders, *way, *question.papers_from);
  if (!lacking) {
    refusal.message += ".";
    return refusal;
  }
  const Leg& leg = way->legs[lacking->leg];
  refusal.place = leg.from;
  refusal.service = leg.service;
  refusal.message += ": " + lacking_text(engine, *way, *lacking) + ".";
  return refusal;
}

Refusal explain_required(const Engine& engine,
                         const Question& question,
                         const Finder& find,
                         const std::string& narrowed) {
  const std::vector<Asked> places = places_of(engine.world, question);
  const std::vector<Asked> uses = uses_of(engine.world, question);
  Question free = question;
  free.via.clear();
  free.require = {};
  if ((places.empty() && uses.empty()) || !find(engine, free, {})) return {};
  Refusal refusal{.obstacle = Obstacle::kRequired,
                  .message = "No way from " + way_text(engine.world, free, narrowed)};
  if (!places.empty()) refusal.message += " passes " + words_of(places, " and then ");
  if (!places.empty() && !uses.empty()) refusal.message += " and";
  if (!uses.empty()) refusal.message += " uses " + words_of(uses, " and ");
  std::vector<Asked> all = places;
  all.insert(all.end(), uses.begin(), uses.end());
  for (const Asked& one : all) {
    if (all.size() > 1 && !find(engine, one.without, {})) continue;
    refusal.place = one.place;
    refusal.service = one.service;
    refusal.message += all.size() == 1 ? "." : "; without " + one.what + " there is one.";
    refusal.hints.push_back("do not ask for " + one.what);
    return refusal;
  }
  refusal.message += "; nor is there one if only one of these is dropped.";
  refusal.hints.push_back("ask for less of the way");
  return refusal;
}

}  // namespace karvan::plan::detail
