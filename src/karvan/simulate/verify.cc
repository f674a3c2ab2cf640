#include "karvan/simulate/verify.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "karvan/simulate/experiment.h"

namespace karvan::simulate {
namespace {

constexpr std::size_t kToldMax = 50;

class Auditor {
 public:
  Auditor(const World& world, const Question& question, const Answer& answer)
      : world_{world}, question_{question}, answer_{answer} {
    for (const Id<Call> id : world.ids<Call>()) {
      const Call& call = world[id];
      const auto [at, is_new] =
          calls_[call.service].try_emplace(call.place, call.sequence, call.sequence);
      at->second.first = std::min(at->second.first, call.sequence);
      at->second.second = std::max(at->second.second, call.sequence);
    }
  }

  std::vector<std::string> audit() {
    for (const EventRow& row : answer_.events)
      follow(row);
    settle();
    name_once();
    return std::move(faults_);
  }

 private:
  // Places of a service with their first and last place in the sequence.
  using Calls = std::map<Id<Place>, std::pair<int, int>>;
  struct Cargo {
    std::int64_t kg = 0;
    Id<Place> place;  // where it is; invalid aboard
    Id<Service> service;
    Id<Place> boarded_at;
    std::uint64_t vehicle = 0;
    bool is_aboard = false;
    bool is_delivered = false;
  };

  void tell(const EventRow& row, const std::string& what) {
    if (faults_.size() < kToldMax)
      faults_.push_back("shipment " + std::to_string(row.shipment) + ", " +
                        std::string{to_text(row.step)} + " at " + name(row.place) + ": " + what);
  }

  std::string name(Id<Place> place) const {
    return place.valid() ? world_[place].code : "no place";
  }

  // Whoever compares answers finds figures by their names.
  void name_once() {
    FigureList figures = figures_of(answer_);
    std::ranges::sort(figures, {}, &Figure::name);
    const auto twice = std::ranges::adjacent_find(figures, {}, &Figure::name);
    if (twice != figures.end()) faults_.push_back("figure " + twice->name + ": two have this name");
  }

  void follow(const EventRow& row) {
    if (row.time < last_) tell(row, "is earlier than the row before it");
    last_ = row.time;
    if (row.step == Step::kCommissioning) return begin(row);
    if (row.step == Step::kDisaggregating) return part(row);
    const auto at = cargo_.find(row.shipment);
    if (at == cargo_.end()) return tell(row, "was never released");
    Cargo& cargo = at->second;
    if (cargo.is_delivered) return tell(row, "was delivered before");
    if (cargo.kg != row.kg)
      tell(row, "has " + std::to_string(row.kg) + " kg, had " + std::to_string(cargo.kg));
    if (row.step == Step::kLoading) return board(row, cargo);
    if (row.step == Step::kUnloading) return leave(row, cargo);
    end(row, cargo);
  }

  void begin(const EventRow& row) {
    const bool is_new =
        cargo_.try_emplace(row.shipment, Cargo{.kg = row.kg, .place = row.place}).second;
    if (!is_new) tell(row, "was released before");
    if (row.kg <= 0) tell(row, "has no weight");
    kg_released_ += row.kg;
  }

  void part(const EventRow& row) {
    const auto at = cargo_.find(row.parent);
    if (at == cargo_.end()) return tell(row, "parts from a shipment that is not there");
    Cargo& whole = at->second;
    if (whole.is_delivered || whole.is_aboard)
      tell(row, "parts from a shipment that is aboard or delivered");
    if (whole.place != row.place)
      tell(row, "parts from a shipment that is at " + name(whole.place));
    whole.kg -= row.kg;
    if (whole.kg <= 0 || row.kg <= 0) tell(row, "leaves nothing behind or takes nothing");
    if (!cargo_.try_emplace(row.shipment, Cargo{.kg = row.kg, .place = row.place}).second)
      tell(row, "existed before");
  }

  void board(const EventRow& row, Cargo& cargo) {
    if (cargo.is_aboard) tell(row, "is aboard already");
    if (cargo.place != row.place) tell(row, "is at " + name(cargo.place));
    if (row.service.valid() && !calls_[row.service].contains(row.place))
      tell(row, "boards " + world_[row.service].code + ", which does not call here");
    cargo.is_aboard = true;
    cargo.service = row.service;
    cargo.vehicle = row.vehicle;
    cargo.boarded_at = std::exchange(cargo.place, {});
  }

  void leave(const EventRow& row, Cargo& cargo) {
    if (!cargo.is_aboard) tell(row, "is not aboard");
    if (cargo.vehicle != row.vehicle || cargo.service != row.service)
      tell(row, "leaves another vehicle than it boarded");
    if (row.service.valid()) {
      const Calls& calls = calls_[row.service];
      const auto from = calls.find(cargo.boarded_at);
      const auto to = calls.find(row.place);
      if (to == calls.end() || from == calls.end() || to->second.second <= from->second.first)
        tell(row, "leaves " + world_[row.service].code + " where it does not call after " +
                      name(cargo.boarded_at));
    }
    cargo.is_aboard = false;
    cargo.place = row.place;
  }

  void end(const EventRow& row, Cargo& cargo) {
    if (cargo.is_aboard) tell(row, "is still aboard");
    if (cargo.place != row.place) tell(row, "is at " + name(cargo.place));
    cargo.is_delivered = true;
    kg_delivered_ += row.kg;
    if (row.time >= question_.from && row.demand.valid()) kg_counted_ += row.kg;
  }

  void settle() {
    std::int64_t under_way = 0;
    for (const auto& [shipment, cargo] : cargo_) {
      if (!cargo.is_delivered) under_way += cargo.kg;
    }
    const auto say = [this](const std::string& text) { faults_.push_back(text); };
    if (kg_released_ != kg_delivered_ + under_way)
      say("in all: " + std::to_string(kg_released_) + " kg were released, but " +
          std::to_string(kg_delivered_) + " kg were delivered and " + std::to_string(under_way) +
          " kg are under way");
    const double told = answer_.tonnes_delivered * 1000;
    if (std::abs(told - static_cast<double>(kg_counted_)) > 1e-9 * told + 0.5)
      say("in all: the answer tells " + std::to_string(std::llround(told)) +
          " kg delivered, the log " + std::to_string(kg_counted_));
  }

  const World& world_;
  const Question& question_;
  const Answer& answer_;
  std::map<Id<Service>, Calls> calls_;
  std::map<std::uint64_t, Cargo> cargo_;
  std::int64_t kg_released_ = 0;
  std::int64_t kg_delivered_ = 0;
  std::int64_t kg_counted_ = 0;
  Instant last_ = Instant::min();
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> verify(const World& world,
                                const Question& question,
                                const Answer& answer) {
  return Auditor{world, question, answer}.audit();
}

}  // namespace karvan::simulate
