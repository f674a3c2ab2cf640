#include "flows.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "karvan/base/json.h"

namespace karvan::browser {
namespace {

using Way = std::tuple<Id<Service>, Id<Place>, Id<Place>, Id<Goods>>;

}  // namespace

std::string flows_json(const World& world,
                       std::span<const simulate::EventRow> events,
                       Instant since) {
  using simulate::Step;
  std::unordered_map<std::uint64_t, Id<Place>> loaded_at;  // looked up only, never walked over
  std::map<Way, double> carried;
  for (const simulate::EventRow& event : events) {
    if (!event.demand.valid() || !event.service.valid()) continue;
    if (event.step == Step::kLoading) loaded_at[event.shipment] = event.place;
    if (event.step != Step::kUnloading) continue;
    const auto from = loaded_at.find(event.shipment);
    if (from == loaded_at.end()) continue;
    if (event.time >= since) {
      const Way way{event.service, from->second, event.place, world[event.demand].goods};
      carried[way] += static_cast<double>(event.kg) / 1000;
    }
    loaded_at.erase(from);
  }
  std::vector<std::pair<Way, double>> list{carried.begin(), carried.end()};
  std::ranges::stable_sort(list, [](const auto& a, const auto& b) { return a.second > b.second; });
  JsonWriter json;
  json.array();
  for (const auto& [way, tonnes] : list) {
    const auto& [service, from, to, goods] = way;
    json.object()
        .text("service", world[service].code)
        .text("from", world[from].code)
        .text("to", world[to].code)
        .text("goods", world[goods].code)
        .number("tonnes", tonnes, 1)
        .end();
  }
  return std::move(json).finish();
}

}  // namespace karvan::browser
