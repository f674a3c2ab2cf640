// The JSON of a plan; its shape is described in api/plan.schema.json.

#include <string>

#include "karvan/base/text.h"
#include "karvan/model/transshipment.h"
#include "karvan/plan/charges.h"
#include "karvan/plan/handle.h"
#include "karvan/report/detail/json.h"
#include "karvan/report/plan_report.h"
#include "karvan/report/plan_versus.h"
#include "karvan/report/plan_why_not.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using detail::Json;
using detail::number;

Json usd(Usd usd) {
  return number(usd.value(), 2);
}
Json kg(KgCo2e co2e) {
  return number(co2e.value(), 1);
}

template <class Row>
Json codes(const World& world, const std::vector<Id<Row>>& ids) {
  Json all = Json::array();
  for (const Id<Row> id : ids)
    all.push_back(world[id].code);
  return all;
}

template <class E>
Json texts(const std::vector<E>& values) {
  Json all = Json::array();
  for (const E value : values)
    all.push_back(to_text(value));
  return all;
}

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

Json refusals(const World& world, const plan::Refusals& refuse) {
  return {{"modes", texts(refuse.modes)},
          {"countries", codes(world, refuse.countries)},
          {"places", codes(world, refuse.places)},
          {"operators", codes(world, refuse.operators)},
          {"services", codes(world, refuse.services)},
          {"risks", texts(refuse.risks)},
          {"regimes", codes(world, refuse.regimes)}};
}

// Only and Requirements.
template <class Lists>
Json named_lists(const World& world, const Lists& lists) {
  return {{"modes", texts(lists.modes)},
          {"countries", codes(world, lists.countries)},
          {"operators", codes(world, lists.operators)},
          {"services", codes(world, lists.services)}};
}

// Writes one itinerary; holds what each part needs.
struct ItineraryJson {
  const World& world;
  const Clocks& clocks;

  Json time(Id<Place> place, Instant instant) const { return clocks.text(place, instant); }

  Json leg(const Leg& leg) const {
    const Service& service = world[leg.service];
    return {{"mode", to_text(service.mode)},
            {"from", world[leg.from].code},
            {"to", world[leg.to].code},
            {"service", service.code},
            {"operator", world[service.operator_].code},
            {"depart", time(leg.from, leg.depart)},
            {"arrive", time(leg.to, leg.arrive)},
            {"load_unit", world[leg.consignment.load_unit].code},
            {"units", number(leg.consignment.units, 3)},
            {"tonnes", number(leg.consignment.tonnes.value(), 3)},
            {"distance_km", number(leg.distance.value(), 1)},
            {"cost_usd", usd(leg.cost)},
            {"co2e_kg", kg(leg.co2e)},
            {"co2e_ttw_kg", kg(leg.co2e_ttw)},
            {"links", links(leg)}};
  }

  Json links(const Leg& leg) const {
    Json all = Json::array();
    for (const Passage& passage : leg.path)
      all.push_back(world[passage.link].code);
    return all;
  }

  std::string what(const Transfer& transfer) const {
    if (transfer.gauge_change.valid())
      return "gauge_change_by_" + std::string{to_text(world[transfer.gauge_change].method)};
    if (!transfer.handling.valid()) return "none";
    const Handling& handling = world[transfer.handling];
    if (handling.from_kind != handling.to_kind)
      return "restow_" + std::string{to_text(handling.from_kind)} + "_to_" +
             std::string{to_text(handling.to_kind)};
    if (transfer.from == Side::kGate) return "load";
    return transfer.to == Side::kGate ? "unload" : "transfer";
  }

  Json transfer(const Transfer& transfer) const {
    return {{"place", world[transfer.place].code},
            {"from_side", to_text(transfer.from)},
            {"to_side", to_text(transfer.to)},
            {"what", what(transfer)},
            {"begin", time(transfer.place, transfer.begin)},
            {"end", time(transfer.place, transfer.end)},
            {"cost_usd", usd(transfer.cost)},
            {"storage_usd", usd(transfer.storage)},
            {"slack_hours", number(to_hours(transfer.slack).value(), 2)},
            {"probability", number(transfer.probability, 4)},
            {"co2e_kg", kg(transfer.co2e)}};
  }

  Json through_rate(const ThroughPrice& through) const {
    return {{"id", world[through.rate].code},
            {"first_leg", through.first_leg},
            {"last_leg", through.last_leg},
            {"cost_usd", usd(through.cost)},
            {"discount_usd", usd(through.discount)}};
  }

  Json border(const BorderPassed& border) const {
    Json steps = Json::array();
    for (const StepTaken& taken : border.steps)
      steps.push_back({{"kind", to_text(world[taken.step].kind)},
                       {"hours", number(taken.hours.value(), 2)},
                       {"cost_usd", usd(taken.cost)}});
    const Id<Place> to = border.passage.to;
    return {{"name", world[border.crossing].name},
            {"leg", border.leg},
            {"from_country", world[world[border.passage.from].country].code},
            {"to_country", world[world[to].country].code},
            {"from", world[border.passage.from].code},
            {"to", world[to].code},
            {"begin", time(to, border.begin)},
            {"end", time(to, border.end)},
            {"steps", std::move(steps)},
            {"regimes", codes(world, border.regimes)},
            {"cost_usd", usd(border.cost)}};
  }

  Json document(const DocumentNeeded& needed) const {
    Json one = {{"id", world[needed.document].code}, {"name", world[needed.document].name}};
    one["from"] = needed.from.valid() ? Json(world[needed.from].code) : Json{};
    one["to"] = needed.to.valid() ? Json(world[needed.to].code) : Json{};
    one["cost_usd"] = usd(needed.cost);
    one["needed"] = time(needed.from, needed.needed);
    one["apply_by"] = time(needed.from, needed.apply_by);
    return one;
  }

  Json hire(const Itinerary& itinerary) const {
    if (!itinerary.hire) return {};
    const Hire& hire = *itinerary.hire;
    const Id<Place> depot = plan::depot_of(world, itinerary);
    return {{"operator", world[world[hire.back].operator_].code},
            {"empty_return", world[hire.back].code},
            {"depot", world[depot].code},
            {"returned", time(depot, hire.returned)},
            {"empty_return_usd", usd(hire.empty_return)},
            {"detention_usd", usd(hire.detention)}};
  }

  template <class T, class F>
  static Json list(const std::vector<T>& items, F&& one) {
    Json all = Json::array();
    for (const T& item : items)
      all.push_back(one(item));
    return all;
  }

  // Against the earliest of the answer.
  static Json versus_json(const Itinerary& itinerary, const Itinerary& earliest) {
    if (&itinerary == &earliest) return {};
    const Versus figures = versus(itinerary, earliest);
    const auto percent = [](const std::optional<double>& value) {
      return value ? number(*value, 1) : Json{};
    };
    return {{"itinerary", 0},
            {"arrives_later_hours", number(to_hours(figures.later).value(), 2)},
            {"cost_percent", percent(figures.cost_percent)},
            {"co2e_percent", percent(figures.co2e_percent)}};
  }

  Json reliability(const Itinerary& itinerary, const plan::Reliability& surety) const {
    const Id<Place> to = itinerary.legs.back().to;
    Json connections = Json::array();
    for (const plan::ConnectionRisk& one : surety.connections)
      connections.push_back({{"leg", one.leg},
                             {"slack_hours", number(to_hours(one.slack).value(), 2)},
                             {"missed", number(one.missed, 4)},
                             {"hours", number(one.hours.value(), 2)},
                             {"on_time", number(one.on_time, 4)}});
    return {{"on_time", number(surety.on_time, 4)}, {"lost", number(surety.lost, 4)},
            {"mean", time(to, surety.mean)},        {"p10", time(to, surety.p10)},
            {"p50", time(to, surety.p50)},          {"p80", time(to, surety.p80)},
            {"p95", time(to, surety.p95)},          {"late_hours", number(surety.late.value(), 2)},
            {"penalty_usd", usd(surety.penalty)},   {"detention_usd", usd(surety.detention)},
            {"connections", std::move(connections)}};
  }

  Json operator()(const Itinerary& itinerary, const OptionDigest& option) const {
    const Id<Place> from = itinerary.legs.front().from;
    const Id<Place> to = itinerary.legs.back().to;
    Json one = {
        {"from", world[from].code},
        {"to", world[to].code},
        {"depart", time(from, itinerary.depart)},
        {"arrive", time(to, itinerary.arrive)},
        {"duration_hours", number(to_hours(itinerary.arrive - itinerary.depart).value(), 2)},
        {"cost_usd", usd(itinerary.cost)},
        {"co2e_kg", kg(itinerary.co2e)},
        {"co2e_ttw_kg", kg(itinerary.co2e_ttw)},
        {"distance_km", number(itinerary.distance.value(), 1)},
        {"probability", number(itinerary.probability, 4)},
        {"modes", texts(option.modes)},
        {"via", codes(world, option.gateways)},
        {"transshipments", transshipments(world, itinerary)},
        {"risks", risk_words(itinerary.risks)},
        {"tags", option.tags}};
    one["legs"] = list(itinerary.legs, [this](const Leg& l) { return leg(l); });
    one["handling"] = list(itinerary.transfers, [this](const Transfer& t) { return transfer(t); });
    one["crossings"] = list(itinerary.borders, [this](const BorderPassed& b) { return border(b); });
    one["through_rates"] =
        list(itinerary.through, [this](const ThroughPrice& t) { return through_rate(t); });
    one["documents"] =
        list(itinerary.documents, [this](const DocumentNeeded& d) { return document(d); });
    one["hire"] = hire(itinerary);
    return one;
  }
};

Json question_json(const World& world, const Clocks& clocks, const plan::Question& question) {
  const Shipment& shipment = question.shipment;
  Json one = {
      {"from", world[question.from].code},
      {"to", world[question.to].code},
      {"goods", shipment.goods.valid() ? Json(world[shipment.goods].code) : Json{}},
      {"quantity", number(shipment.quantity, 3)},
      {"unit", unit_text(shipment.unit)},
      {"load_unit", shipment.load_unit.valid() ? Json(world[shipment.load_unit].code) : Json{}},
      {"hired_from", shipment.hired_from.valid() ? Json(world[shipment.hired_from].code) : Json{}},
      {"depart", clocks.text(question.from, question.depart)},
      {"papers_from",
       question.papers_from ? Json(clocks.text(question.from, *question.papers_from)) : Json{}},
      {"deadline", question.deadline ? Json(clocks.text(question.to, *question.deadline)) : Json{}},
      {"arrive_by",
       question.arrive_by ? Json(clocks.text(question.to, *question.arrive_by)) : Json{}},
      {"window_hours", number(to_hours(question.window).value(), 2)},
      {"window_step_hours", number(to_hours(question.window_step).value(), 2)},
      {"saves_storage", question.saves_storage},
      {"weighs_risk", question.weighs_risk},
      {"days_max", question.days_max},
      {"legs_max", question.legs_max}};
  one["avoid"] = refusals(world, question.refuse);
  one["only"] = named_lists(world, question.only);
  one["require"] = named_lists(world, question.require);
  one["via"] = codes(world, question.via);
  one["transshipments_max"] =
      question.transshipments_max ? Json(*question.transshipments_max) : Json{};
  one["tolerance_percent"] = 100 * question.tolerance;
  one["budget_usd"] = question.budget ? usd(*question.budget) : Json{};
  return one;
}

Json refusal_json(const World& world, const plan::Refusal& refusal) {
  Json one = {{"obstacle", obstacle_text(refusal.obstacle)}, {"message", refusal.message}};
  one["place"] = refusal.place.valid() ? Json(world[refusal.place].code) : Json{};
  one["service"] = refusal.service.valid() ? Json(world[refusal.service].code) : Json{};
  one["hints"] = refusal.hints;
  return one;
}

Json policy_step_json(const World& world,
                      const Clocks& clocks,
                      const plan::PolicyState& state,
                      const plan::PolicyStep& step,
                      Id<Place> destination) {
  std::string_view act = state.is_ready ? "board" : "make_ready";
  if (step.next == plan::kDelivered) act = "deliver";
  if (step.next == plan::kStuck) act = "stuck";
  const bool goes_on = step.next < plan::kStuck;
  Json one = {{"from", clocks.text(state.place, step.from)},
              {"until", clocks.text(state.place, step.until)},
              {"act", act},
              {"next", goes_on ? Json(step.next) : Json{}}};
  const bool boards = goes_on && step.service.valid();
  one["service"] = boards ? Json(world[step.service].code) : Json{};
  one["depart"] = boards ? Json(clocks.text(state.place, step.depart)) : Json{};
  one["arrive"] = clocks.text(destination, step.arrive);
  one["on_time"] = number(step.on_time, 4);
  return one;
}

Json policy_json(const World& world,
                 const Clocks& clocks,
                 const plan::Policy& policy,
                 const plan::PolicyTerms& terms,
                 Id<Place> destination) {
  Json states = Json::array();
  for (const plan::PolicyState& state : policy.states) {
    Json steps = Json::array();
    for (const plan::PolicyStep& step : state.steps)
      steps.push_back(policy_step_json(world, clocks, state, step, destination));
    states.push_back({{"place", world[state.place].code},
                      {"is_ready", state.is_ready},
                      {"side", to_text(state.side)},
                      {"gauge_mm", state.gauge.mm},
                      {"load_unit", world[state.load_unit].code},
                      {"steps", std::move(steps)}});
  }
  return {{"aim", terms.aim == plan::Aim::kOnTime ? "on_time" : "arrival"},
          {"states", std::move(states)}};
}

Json lacking_json(const World& world, const Clocks& clocks, const cost::PaperLacking& lacking) {
  return {{"id", world[lacking.document].code},
          {"name", world[lacking.document].name},
          {"place", world[lacking.place].code},
          {"ready", clocks.text(lacking.place, lacking.ready)},
          {"needed", clocks.text(lacking.place, lacking.needed)}};
}

// The earliest way by what was asked for; it is no option, so nothing praises it.
Json nearest_json(const ItineraryJson& writer,
                  const plan::Question& question,
                  const Itinerary& nearest) {
  plan::Answer alone;
  alone.itineraries.push_back(nearest);
  OptionDigest option = digest(writer.world, alone, 1).options.front();
  option.tags.clear();
  Json one = writer(nearest, option);
  one["versus"] = Json{};
  one["reliability"] = Json{};
  one["handle"] = plan::handle_of(writer.world, question, nearest);
  return one;
}

Json why_not_json(const ItineraryJson& writer,
                  const plan::Question& question,
                  const plan::WhyNot& why_not) {
  const World& world = writer.world;
  Json one = {{"place", Json{}}, {"service", Json{}}, {"reason", to_text(why_not.reason)}};
  if (why_not.subject.place.valid()) one["place"] = world[why_not.subject.place].code;
  if (why_not.subject.service.valid()) one["service"] = world[why_not.subject.service].code;
  one["message"] = why_not.message.empty() ? Json{} : Json(why_not.message);
  one["used_by"] = why_not.used_by;
  one["beaten_by"] = why_not.beaten_by;
  if (why_not.nearest) one["nearest"] = nearest_json(writer, question, *why_not.nearest);
  one["missed_by_hours"] =
      why_not.missed_departure ? number(to_hours(why_not.missed_by).value(), 2) : Json{};
  one["lacking"] = why_not.lacking ? lacking_json(world, writer.clocks, *why_not.lacking) : Json{};
  one["full"] = why_not.full.empty() ? Json{} : Json(why_not.full);
  one["refusal"] = why_not.reason == plan::WhyNotReason::kObstacle
                       ? refusal_json(world, why_not.refusal)
                       : Json{};
  return one;
}

}  // namespace

std::string PlanReport::json() const {
  Json all = Json::object();
  all["question"] = question_json(world_, clocks_, question_);
  if (!options_.pairs.empty()) {
    all["pairs"] = Json::array();
    for (const plan::Question& pair : options_.pairs)
      all["pairs"].push_back({{"from", world_[pair.from].code}, {"to", world_[pair.to].code}});
  }
  if (!options_.ranked_by.empty()) all["ranked_by"] = options_.ranked_by;
  all["scenario"] = world_.scenario().empty() ? Json{} : Json(std::string{world_.scenario()});
  const ItineraryJson itinerary_json{.world = world_, .clocks = clocks_};
  const auto is_unwanted = [this] { return options_.stop != nullptr && *options_.stop; };
  all["itineraries"] = Json::array();
  for (std::size_t i = 0; i < answer_.itineraries.size() && !is_unwanted(); ++i)
    all["itineraries"].push_back(itinerary_json(answer_.itineraries[i], digest_.options[i]));
  for (std::size_t i = 0; i < answer_.itineraries.size() && !is_unwanted(); ++i) {
    Json& one = all["itineraries"][i];
    one["versus"] = ItineraryJson::versus_json(answer_.itineraries[i], answer_.itineraries.front());
    one["reliability"] =
        options_.reliability.empty()
            ? Json{}
            : itinerary_json.reliability(answer_.itineraries[i], options_.reliability[i]);
    one["handle"] =
        plan::handle_of(world_, question_of(answer_.itineraries[i]), answer_.itineraries[i]);
  }
  if (is_unwanted()) return {};
  if (answer_.itineraries.empty()) all["refusal"] = refusal_json(world_, answer_.refusal);
  if (!options_.why_not.empty()) {
    all["why_not"] = Json::array();
    for (const plan::WhyNot& one : options_.why_not)
      all["why_not"].push_back(why_not_json(itinerary_json, question_, one));
  }
  if (options_.policy)
    all["policy"] =
        policy_json(world_, clocks_, *options_.policy, options_.policy_terms, question_.to);
  all["handle"] = plan::handle_of(world_, question_);
  const plan::Statistics& statistics = answer_.statistics;
  all["statistics"] = {{"voyages", statistics.voyages},
                       {"labels_made", statistics.labels_made},
                       {"labels_kept", statistics.labels_kept},
                       {"labels_pruned", statistics.labels_pruned},
                       {"is_complete", statistics.is_complete}};
  return detail::dump(all);
}

}  // namespace karvan::report
