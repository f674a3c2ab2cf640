#include "simulate_json.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "karvan/base/hash.h"
#include "karvan/base/json.h"
#include "karvan/base/text.h"

namespace karvan::browser {
namespace {

using simulate::Answer;

void add_series(JsonWriter& json,
                std::string_view name,
                const std::vector<double>& values,
                int digits) {
  json.list(name, values, [&json, digits](double value) { json.number(value, digits); });
}

void add_hours(JsonWriter& json, const simulate::ByActivity<double>& hours) {
  json.key("hours").object();
  for (const auto& [activity, text] : EnumTexts<simulate::Activity>::values)
    json.number(text, hours[static_cast<std::size_t>(activity)], 3);
  json.end();
}

void add_spread(JsonWriter& json, std::string_view name, const simulate::Spread& spread) {
  json.key(name)
      .object()
      .number("observations", spread.observations, 1)
      .number("mean", spread.mean, 2)
      .number("p10", spread.p10, 2)
      .number("p50", spread.p50, 2)
      .number("p90", spread.p90, 2)
      .number("p95", spread.p95, 2)
      .end();
}

void add_market(JsonWriter& json, const simulate::MarketResult& market) {
  json.object()
      .text("market", market.market)
      .number("released_t", market.tonnes_released, 1)
      .number("delivered_t", market.tonnes_delivered, 1)
      .number("in_transit_t", market.tonnes_in_transit, 1)
      .number("lost_t", market.tonnes_lost, 1)
      .number("delivered_teu", market.teu_delivered, 1)
      .number("late_share", market.late_share, 4)
      .number("usd_per_t", market.usd_per_tonne, 2)
      .number("kg_co2e_per_t", market.kg_co2e_per_tonne, 2);
  add_spread(json, "transit", market.transit_hours);
  add_hours(json, market.hours);
  add_series(json, "tonnes_by_month", market.tonnes_by_month, 0);
  json.end();
}

void add_facility(JsonWriter& json, const simulate::FacilityResult& one) {
  json.object()
      .text("kind", to_text(one.kind))
      .text("name", one.name)
      .text("code", one.code)
      .integer("served", static_cast<long long>(one.served))
      .number("tonnes", one.tonnes, 0)
      .number("mean_wait_h", one.mean_wait_hours, 2)
      .number("p90_wait_h", one.p90_wait_hours, 2)
      .number("mean_queue", one.mean_queue, 3)
      .number("utilization", one.utilization, 4)
      .number("share_of_waiting", one.share_of_waiting, 5)
      .number("share_of_short", one.share_of_short, 5);
  add_series(json, "queue_by_week", one.queue_by_week, 2);
  add_series(json, "utilization_by_week", one.utilization_by_week, 3);
  add_series(json, "tonnes_by_month", one.tonnes_by_month, 0);
  json.end();
}

void add_vessel(JsonWriter& json, const simulate::VesselResult& one) {
  json.object()
      .text("name", one.name)
      .integer("voyages", static_cast<long long>(one.voyages))
      .number("tonnes", one.tonnes, 0)
      .number("load_factor", one.load_factor, 4)
      .number("sailing", one.share_sailing, 4)
      .number("ballast", one.share_ballast, 4)
      .number("working", one.share_working, 4)
      .number("filling", one.share_filling, 4)
      .number("berth", one.share_berth, 4)
      .number("stormbound", one.share_stormbound, 4)
      .number("repair", one.share_repair, 4)
      .number("idle", one.share_idle, 4);
  const auto add_weeks = [&](std::string_view name, float simulate::VesselWeek::* kind) {
    json.list(name, one.weeks, [&](const simulate::VesselWeek& week) {
      json.number(static_cast<double>(week.*kind), 2);
    });
  };
  add_weeks("sea_by_week", &simulate::VesselWeek::sea);
  add_weeks("port_by_week", &simulate::VesselWeek::port);
  add_weeks("berth_by_week", &simulate::VesselWeek::berth);
  add_weeks("weather_by_week", &simulate::VesselWeek::weather);
  json.end();
}

void add_stays(JsonWriter& json, const World& world, const Answer& answer) {
  json.list("places", answer.places, [&json](const simulate::PlaceResult& one) {
    json.object()
        .text("place", one.place)
        .number("loaded_t", one.tonnes_loaded, 0)
        .number("unloaded_t", one.tonnes_unloaded, 0)
        .number("closed_share", one.closed_share, 4);
    add_series(json, "tonnes_by_month", one.tonnes_by_month, 0);
    json.end();
  });
  json.list("dwells", answer.dwells, [&json](const simulate::DwellResult& one) {
    json.object().text("code", one.code).number("tonnes", one.tonnes, 0);
    add_spread(json, "hours", one.hours);
    json.end();
  });
  json.list("tanks", answer.tanks, [&](const simulate::TankResult& one) {
    json.object()
        .text("name", one.name)
        .text("place", world[one.place].code)
        .number("room_t", one.room_tonnes, 0)
        .number("mean_t", one.mean_tonnes, 0)
        .number("least_t", one.least_tonnes, 0)
        .number("greatest_t", one.greatest_tonnes, 0)
        .number("share_full", one.share_full, 4);
    add_series(json, "tonnes_by_week", one.tonnes_by_week, 0);
    json.end();
  });
}

std::uint64_t figures_fingerprint(const Answer& answer) {
  Fingerprint all;
  for (const simulate::Figure& figure : simulate::figures_of(answer)) {
    all.add(figure.name);
    all.add(figure.value);
  }
  return all.value();
}

}  // namespace

std::string answer_json(const World& world, const Answer& answer) {
  JsonWriter json;
  json.object()
      .key("ok")
      .boolean(true)
      .text("from", date_to_text(answer.from))
      .text("fingerprint", std::to_string(answer.fingerprint))
      .text("figures_fingerprint", std::to_string(figures_fingerprint(answer)))
      .integer("events", static_cast<long long>(answer.engine_events))
      .integer("shipments", static_cast<long long>(answer.shipments))
      .number("delivered_t", answer.tonnes_delivered, 1);
  json.list("markets", answer.markets, [&json](const auto& one) { add_market(json, one); });
  json.list("facilities", answer.facilities, [&json](const auto& one) { add_facility(json, one); });
  json.list("vessels", answer.vessels, [&json](const auto& one) { add_vessel(json, one); });
  json.list("services", answer.services, [&json](const simulate::ServiceResult& one) {
    json.object()
        .text("code", one.code)
        .integer("departures", static_cast<long long>(one.departures))
        .number("tonnes", one.tonnes, 0)
        .number("load_factor", one.load_factor, 4)
        .end();
  });
  add_stays(json, world, answer);
  return std::move(json).finish();
}

std::string estimates_json(std::span<const simulate::Estimate> estimates,
                           std::size_t runs,
                           std::string_view wanted) {
  const std::vector<std::string_view> names = split(trim(wanted), '\n');
  JsonWriter json;
  json.object().key("ok").boolean(true).integer("runs", static_cast<long long>(runs));
  json.key("figures").object();
  for (const simulate::Estimate& one : estimates) {
    const bool is_wanted = trim(wanted).empty() || std::ranges::any_of(names, [&one](auto name) {
                             return simulate::is_named(one.name, name);
                           });
    if (!is_wanted) continue;
    if (!one.is_told() || one.name.find("month") != std::string::npos) continue;
    json.key(one.name).array().number(one.tally.mean(), 4);
    if (one.interval) json.number(one.interval->half_width, 4);
    json.end();
  }
  return std::move(json).finish();
}

}  // namespace karvan::browser
