// The JSON of a plan; its shape is described in api/plan.schema.json. The parts of an answer come
// from the room wire; what only a report knows (what was asked, tags, handles) is added here.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "karvan/base/json.h"
#include "karvan/model/transshipment.h"
#include "karvan/plan/handle.h"
#include "karvan/report/plan_report.h"
#include "karvan/report/plan_versus.h"
#include "karvan/wire/itinerary_json.h"
#include "karvan/wire/plan_parts.h"

namespace karvan::report {
namespace {

std::string_view unit_text(QuantityUnit unit) {
  switch (unit) {
    case QuantityUnit::kTeu:
      return "TEU";
    case QuantityUnit::kTonnes:
      return "t";
    case QuantityUnit::kUnits:
      return "units";
  }
  return "";
}

// Holds what each part needs. A part is written as members of an object that stands open.
class PlanJson {
 public:
  PlanJson(const World& world, const Clocks& clocks) : world_(world), clocks_(clocks) {}

  void question(const plan::Question& question);
  void option(const Itinerary& itinerary, const OptionDigest& option);
  // Against the earliest of the answer.
  void versus(const Itinerary& itinerary, const Itinerary& earliest);
  void reliability(const plan::Reliability* surety, Id<Place> to);
  void why_not(const plan::Question& question, const plan::WhyNot& why_not);
  void statistics(const plan::Statistics& statistics, std::size_t options);

  JsonWriter& json() { return json_; }
  wire::PlanWriter parts() { return {world_, clocks_, json_}; }

 private:
  void number_or_null(std::string_view name, std::optional<double> value, int decimals);
  void time_or_null(std::string_view name, Id<Place> place, std::optional<Instant> instant);
  template <class Row>
  void codes(std::string_view name, const std::vector<Id<Row>>& ids);
  template <class E>
  void texts(std::string_view name, const std::vector<E>& values);
  // plan::Only and plan::Requirements.
  template <class Lists>
  void named_lists(std::string_view name, const Lists& lists);
  void shipment(const Shipment& shipment);
  void refusals(const plan::Refusals& refuse);
  void nearest(const plan::Question& question, const Itinerary& itinerary);

  const World& world_;
  const Clocks& clocks_;
  JsonWriter json_{2};
};

void PlanJson::number_or_null(std::string_view name, std::optional<double> value, int decimals) {
  if (value) {
    json_.number(name, *value, decimals);
  } else {
    json_.null(name);
  }
}

void PlanJson::time_or_null(std::string_view name,
                            Id<Place> place,
                            std::optional<Instant> instant) {
  if (instant) {
    json_.text(name, clocks_.text(place, *instant));
  } else {
    json_.null(name);
  }
}

template <class Row>
void PlanJson::codes(std::string_view name, const std::vector<Id<Row>>& ids) {
  json_.list(name, ids, [this](Id<Row> id) { json_.text(world_[id].code); });
}

template <class E>
void PlanJson::texts(std::string_view name, const std::vector<E>& values) {
  json_.list(name, values, [this](E value) { json_.text(to_text(value)); });
}

template <class Lists>
void PlanJson::named_lists(std::string_view name, const Lists& lists) {
  json_.key(name).object();
  texts("modes", lists.modes);
  codes("countries", lists.countries);
  codes("operators", lists.operators);
  codes("services", lists.services);
  json_.end();
}

void PlanJson::refusals(const plan::Refusals& refuse) {
  json_.key("avoid").object();
  texts("modes", refuse.modes);
  codes("countries", refuse.countries);
  codes("places", refuse.places);
  codes("operators", refuse.operators);
  codes("services", refuse.services);
  texts("risks", refuse.risks);
  codes("regimes", refuse.regimes);
  json_.end();
}

void PlanJson::shipment(const Shipment& shipment) {
  wire::code(json_, "goods", world_, shipment.goods);
  json_.number("quantity", shipment.quantity, 3).text("unit", unit_text(shipment.unit));
  wire::code(json_, "load_unit", world_, shipment.load_unit);
  wire::code(json_, "hired_from", world_, shipment.hired_from);
}

void PlanJson::question(const plan::Question& question) {
  json_.text("from", world_[question.from].code).text("to", world_[question.to].code);
  shipment(question.shipment);
  json_.text("depart", clocks_.text(question.from, question.depart));
  time_or_null("papers_from", question.from, question.papers_from);
  time_or_null("deadline", question.to, question.deadline);
  time_or_null("arrive_by", question.to, question.arrive_by);
  json_.number("window_hours", to_hours(question.window).value(), 2)
      .number("window_step_hours", to_hours(question.window_step).value(), 2)
      .boolean("saves_storage", question.saves_storage)
      .boolean("weighs_risk", question.weighs_risk)
      .integer("days_max", question.days_max)
      .integer("legs_max", question.legs_max);
  refusals(question.refuse);
  named_lists("only", question.only);
  named_lists("require", question.require);
  codes("via", question.via);
  number_or_null("transshipments_max", question.transshipments_max, 0);
  json_.number("tolerance_percent", 100 * question.tolerance, 6);
  if (question.budget) {
    json_.number("budget_usd", question.budget->value(), 2);
  } else {
    json_.null("budget_usd");
  }
}

void PlanJson::option(const Itinerary& itinerary, const OptionDigest& option) {
  const wire::ItineraryWriter writer{world_, clocks_, json_};
  writer.summary(itinerary);
  texts("modes", option.modes);
  codes("via", option.gateways);
  json_.integer("transshipments", transshipments(world_, itinerary));
  json_.list("tags", option.tags, [this](const std::string& tag) { json_.text(tag); });
  writer.chain(itinerary);
}

void PlanJson::versus(const Itinerary& itinerary, const Itinerary& earliest) {
  if (&itinerary == &earliest) {
    json_.null("versus");
    return;
  }
  const Versus figures = report::versus(itinerary, earliest);
  json_.key("versus").object().integer("itinerary", 0);
  json_.number("arrives_later_hours", to_hours(figures.later).value(), 2);
  number_or_null("cost_percent", figures.cost_percent, 1);
  number_or_null("co2e_percent", figures.co2e_percent, 1);
  json_.end();
}

void PlanJson::reliability(const plan::Reliability* surety, Id<Place> to) {
  json_.key("reliability");
  if (surety == nullptr) {
    json_.null();
    return;
  }
  json_.object();
  parts().reliability(*surety, to);
  json_.end();
}

// The earliest way by what was asked for; it is no option, so nothing praises it.
void PlanJson::nearest(const plan::Question& question, const Itinerary& itinerary) {
  plan::Answer alone;
  alone.itineraries.push_back(itinerary);
  OptionDigest told = digest(world_, alone, 1).options.front();
  told.tags.clear();
  json_.object();
  option(itinerary, told);
  json_.null("versus").null("reliability");
  json_.text("handle", plan::handle_of(world_, question, itinerary)).end();
}

void PlanJson::why_not(const plan::Question& question, const plan::WhyNot& why_not) {
  parts().why_not(why_not, [&](const Itinerary& itinerary) { nearest(question, itinerary); });
}

void PlanJson::statistics(const plan::Statistics& statistics, std::size_t options) {
  json_.key("statistics")
      .object()
      .integer("options", static_cast<long long>(options))
      .integer("voyages", static_cast<long long>(statistics.voyages))
      .integer("labels_made", static_cast<long long>(statistics.labels_made))
      .integer("labels_kept", static_cast<long long>(statistics.labels_kept))
      .integer("labels_pruned", static_cast<long long>(statistics.labels_pruned))
      .boolean("is_complete", statistics.is_complete)
      .end();
}

}  // namespace

std::string PlanReport::json() const {
  PlanJson told{world_, clocks_};
  JsonWriter& json = told.json();
  json.object().key("question").object();
  told.question(question_);
  json.end();
  if (!options_.pairs.empty())
    json.list("pairs", options_.pairs, [&](const plan::Question& pair) {
      json.object().text("from", world_[pair.from].code).text("to", world_[pair.to].code).end();
    });
  if (!options_.ranked_by.empty()) json.text("ranked_by", options_.ranked_by);
  if (world_.scenario().empty()) {
    json.null("scenario");
  } else {
    json.text("scenario", world_.scenario());
  }
  json.key("itineraries").array();
  for (std::size_t i = 0; i < answer_.itineraries.size(); ++i) {
    if (options_.stop != nullptr && *options_.stop) return {};
    const Itinerary& itinerary = answer_.itineraries[i];
    json.object();
    told.option(itinerary, digest_.options[i]);
    told.versus(itinerary, answer_.itineraries.front());
    told.reliability(options_.reliability.empty() ? nullptr : &options_.reliability[i],
                     itinerary.legs.back().to);
    json.text("handle", plan::handle_of(world_, question_of(itinerary), itinerary)).end();
  }
  json.end();
  if (answer_.itineraries.empty()) {
    json.key("refusal").object();
    told.parts().refusal(answer_.refusal);
    json.end();
  }
  if (!options_.why_not.empty())
    json.list("why_not", options_.why_not, [&](const plan::WhyNot& one) {
      json.object();
      told.why_not(question_, one);
      json.end();
    });
  if (options_.policy) {
    json.key("policy").object();
    told.parts().policy(*options_.policy, options_.policy_terms.aim, question_.to);
    json.end();
  }
  json.text("handle", plan::handle_of(world_, question_));
  told.statistics(answer_.statistics, options_.found.value_or(answer_.itineraries.size()));
  return std::move(json).finish() + '\n';
}

}  // namespace karvan::report
