// GET /v1/point-to-point-routes: the plan question in the terms of DCSA Commercial Schedules 1.0
// (docs.dcsa.org): solutions with places of receipt and delivery, legs, transport calls.

#include <chrono>

#include <nlohmann/json.hpp>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/plan/handle.h"
#include "karvan/plan/plan.h"

#include "../cli/cargo_text.h"
#include "../cli/plan_options.h"
#include "endpoints.h"

namespace karvan::server {
namespace {

struct RouteQuery {
  cli::PlanArgs args;
  std::optional<Date> departure_end;  // days on the clocks of the ends
  std::optional<Date> arrival_start;
  std::optional<Date> arrival_end;
  std::optional<std::size_t> most_transhipments;
  std::size_t limit = 100;
};

// Reads the query, one parameter at a time.
struct QueryReader {
  const Request& request;
  std::vector<Fault>& faults;

  void refuse(std::string_view name, std::string detail) const {
    faults.push_back({.parameter = std::string{name}, .detail = std::move(detail)});
  }
  std::string text(std::string_view name, bool is_needed) const {
    const auto given = request.parameter(name);
    if (is_needed && (!given || given->empty())) refuse(name, "is required");
    if (given && given->size() > 200) refuse(name, "is too long");
    return std::string{given.value_or("")};
  }
  std::optional<Date> day(std::string_view name) const {
    const auto given = request.parameter(name);
    if (!given) return std::nullopt;
    const std::optional<Date> parsed = parse_date(*given);
    if (!parsed) refuse(name, "expected a day like 2026-03-02");
    return parsed;
  }
  std::optional<std::size_t> count(std::string_view name, std::size_t low, std::size_t high) const {
    const auto given = request.parameter(name);
    if (!given) return std::nullopt;
    const auto parsed = parse_int<std::size_t>(*given);
    if (parsed && *parsed >= low && *parsed <= high) return parsed;
    refuse(name, "expected " + std::to_string(low) + " to " + std::to_string(high));
    return std::nullopt;
  }
  void only(std::string_view name, std::string_view word) const {
    const auto given = request.parameter(name);
    if (given && *given != word) refuse(name, "expected " + std::string{word});
  }
};

RouteQuery read_query(const Request& request, std::vector<Fault>& faults) {
  const QueryReader reader{request, faults};
  RouteQuery query;
  query.args.from = reader.text("placeOfReceipt", true);
  query.args.to = reader.text("placeOfDelivery", true);
  query.args.goods = reader.text("goods", false);
  query.args.cargo = reader.text("cargo", false);
  if (query.args.cargo.empty()) query.args.cargo = "1TEU";
  static_cast<void>(reader.text("departureStartDate", true));
  if (const auto day = reader.day("departureStartDate")) query.args.depart = date_to_text(*day);
  query.departure_end = reader.day("departureEndDate");
  query.arrival_start = reader.day("arrivalStartDate");
  query.arrival_end = reader.day("arrivalEndDate");
  query.most_transhipments = reader.count("maxTranshipment", 0, 63);
  query.limit = reader.count("limit", 1, 100).value_or(100);
  reader.only("receiptTypeAtOrigin", "CY");
  reader.only("deliveryTypeAtDestination", "CY");
  return query;
}

// The first goods that one TEU can carry.
std::string usual_goods(const World& world) {
  for (const Id<Goods> goods : world.ids<Goods>())
    if (cli::parse_cargo(world, "1TEU", goods, {})) return world[goods].code;
  return {};
}

std::string_view dcsa_mode(Mode mode) {
  switch (mode) {
    case Mode::kRail:
      return "RAIL";
    case Mode::kSea:
      return "VESSEL";
    case Mode::kInlandWater:
      return "BARGE";
    case Mode::kRoad:
      return "TRUCK";
    case Mode::kPipeline:
      return "PIPELINE";
  }
  return "";
}

struct RouteWriter {
  const World& world;
  const Clocks& clocks;
  const plan::Question& question;

  Json call(Id<Place> place, Instant instant) const {
    Json location{{"locationName", world[place].name}};
    if (!world[place].unlocode.empty()) location["UNLocationCode"] = world[place].unlocode;
    return {{"location", std::move(location)}, {"dateTime", clocks.text(place, instant)}};
  }
  Json leg(const Leg& leg, std::size_t number) const {
    const Service& service = world[leg.service];
    return {{"sequenceNumber", number},
            {"transport",
             {{"modeOfTransport", dcsa_mode(service.mode)},
              {"servicePartners", Json::array({{{"carrierServiceName", service.name},
                                                {"carrierServiceCode", service.code}}})}}},
            {"departure", call(leg.from, leg.depart)},
            {"arrival", call(leg.to, leg.arrive)}};
  }
  Json solution(const Itinerary& one, std::size_t number) const {
    Json legs = Json::array();
    for (const Leg& part : one.legs)
      legs.push_back(leg(part, legs.size() + 1));
    const auto days = std::chrono::ceil<std::chrono::days>(one.arrive - one.depart);
    return {{"placeOfReceipt", call(question.from, one.depart)},
            {"placeOfDelivery", call(question.to, one.arrive)},
            {"receiptTypeAtOrigin", "CY"},
            {"deliveryTypeAtDestination", "CY"},
            {"cutOffTimes", Json::array()},
            {"solutionNumber", number},
            {"routingReference", plan::handle_of(world, question, one)},
            {"transitTime", days.count()},
            {"legs", std::move(legs)}};
  }
  Date day_at(Id<Place> place, Instant instant) const {
    return local_date(instant, clocks.offset(place, instant));
  }
  bool fits(const Itinerary& one, const RouteQuery& query) const {
    const Date arrives = day_at(question.to, one.arrive);
    // The first departure of a transport is what a schedule calls its departure.
    const Date departs = day_at(question.from, one.legs.front().depart);
    return (!query.departure_end || departs <= *query.departure_end) &&
           (!query.arrival_start || arrives >= *query.arrival_start) &&
           (!query.arrival_end || arrives <= *query.arrival_end) &&
           (!query.most_transhipments || one.legs.size() <= *query.most_transhipments + 1);
  }
};

Fault parameter_fault(const Error& error) {
  Fault fault = fault_of(error);
  fault.parameter = fault.pointer == "#/from"     ? "placeOfReceipt"
                    : fault.pointer == "#/to"     ? "placeOfDelivery"
                    : fault.pointer == "#/depart" ? "departureStartDate"
                    : fault.pointer.empty()       ? "cargo"
                                                  : fault.pointer.substr(2);
  fault.pointer.clear();
  return fault;
}

}  // namespace

Response get_routes(const Services& services, const Request& request, const std::string&) {
  std::vector<Fault> faults;
  RouteQuery query = read_query(request, faults);
  if (!faults.empty()) return problem(400, "", faults);
  const auto [one, answer] = case_of_query(services, request);
  if (!one) return answer;
  const World world = one->world();
  if (query.args.goods.empty()) query.args.goods = usual_goods(world);
  const Result<plan::Question> question = cli::question_of(world, query.args);
  if (!question) return unfit({parameter_fault(question.error())});
  const plan::Answer found = one->planner().answer_unexplained(*question);
  const Clocks clocks{world};
  const RouteWriter writer{world, clocks, *question};
  Json solutions = Json::array();
  for (const Itinerary& itinerary : found.itineraries)
    if (solutions.size() < query.limit && writer.fits(itinerary, query))
      solutions.push_back(writer.solution(itinerary, solutions.size() + 1));
  Response response{.body = dump(solutions)};
  response.headers.emplace_back("API-Version", "1.0.0");
  return response;
}

}  // namespace karvan::server
