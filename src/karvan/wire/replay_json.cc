#include "karvan/wire/replay_json.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace karvan::wire {
namespace {

void add_moment(JsonWriter& json,
                const Clocks& clocks,
                std::string_view name,
                Id<Place> place,
                std::optional<Instant> moment) {
  if (moment) {
    json.text(name, clocks.text(place, *moment));
  } else {
    json.null(name);
  }
}

void add_replayed_legs(JsonWriter& json,
                       const World& world,
                       const Clocks& clocks,
                       const choice::Replayed& replayed) {
  json.key("legs").array();
  for (std::size_t i = 0; i < replayed.option.legs.size(); ++i) {
    const Leg& leg = replayed.option.legs[i];
    json.object()
        .text("mode", to_text(world[leg.service].mode))
        .text("service", world[leg.service].code)
        .text("from", world[leg.from].code)
        .text("to", world[leg.to].code)
        .text("depart", clocks.text(leg.from, leg.depart))
        .text("arrive", clocks.text(leg.to, leg.arrive));
    add_moment(json, clocks, "loaded_p50", leg.from, replayed.loadings(i).by(0.5));
    add_moment(json, clocks, "unloaded_p50", leg.to, replayed.unloadings(i).by(0.5));
    json.end();
  }
  json.end();
}

}  // namespace

void replay(JsonWriter& json,
            const World& world,
            const Clocks& clocks,
            const choice::Replayed& replayed) {
  const Itinerary& option = replayed.option;
  const Id<Place> to = option.legs.back().to;
  const choice::Moments arrived = replayed.arrivals();
  json.integer("runs", static_cast<long long>(replayed.runs.size()))
      .text("depart", clocks.text(option.legs.front().from, option.depart))
      .text("arrive", clocks.text(to, option.arrive));
  add_moment(json, clocks, "deadline", to, replayed.deadline);
  for (const auto& [name, share] :
       {std::pair{"p10", 0.1}, {"p50", 0.5}, {"p80", 0.8}, {"p90", 0.9}, {"p95", 0.95}})
    add_moment(json, clocks, name, to, arrived.by(share));
  json.integer("arrived", static_cast<long long>(arrived.count()))
      .integer("as_planned", static_cast<long long>(arrived.until(option.arrive)));
  if (replayed.deadline) {
    json.integer("on_time", static_cast<long long>(arrived.until(*replayed.deadline)));
  } else {
    json.null("on_time");
  }
  json.key("hours").object();
  const simulate::ByActivity<double> hours = replayed.mean_hours();
  for (const auto& [activity, text] : EnumTexts<simulate::Activity>::values)
    json.number(text, hours[static_cast<std::size_t>(activity)], 2);
  json.end();
  add_replayed_legs(json, world, clocks, replayed);
}

}  // namespace karvan::wire
