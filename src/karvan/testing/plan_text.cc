#include "karvan/testing/plan_text.h"

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/plan/charges.h"

namespace karvan::testing {
namespace {

class Teller {
 public:
  explicit Teller(const World& world) : world_{world}, clocks_{world} {}

  std::string tell(const plan::Answer& answer) {
    if (answer.itineraries.empty()) refusal(answer.refusal);
    for (const Itinerary& itinerary : answer.itineraries)
      option(itinerary);
    return std::move(text_);
  }

 private:
  void line(const std::string& words) { text_ += words + "\n"; }
  std::string name(Id<Place> place) const { return world_[place].name; }
  std::string at(Id<Place> place, Instant instant) const { return clocks_.text(place, instant); }
  static std::string usd(Usd cost) { return "USD " + format_fixed(cost.value(), 2); }

  void refusal(const plan::Refusal& refusal) {
    line("no option: " + refusal.message);
    for (const std::string& hint : refusal.hints)
      line("  hint: " + hint);
  }

  static std::string surely(double probability) {
    return probability < 1 ? ", " + format_fixed(probability * 100, 1) + " % sure" : "";
  }

  void option(const Itinerary& it) {
    line("option: " + duration_to_text(it.arrive - it.depart) + ", " + usd(it.cost) + ", " +
         format_fixed(it.co2e.value(), 1) + " kg CO2e" + surely(it.probability));
    std::size_t border = 0;
    for (std::size_t i = 0; i < it.transfers.size(); ++i) {
      transfer(it.transfers[i]);
      if (it.transfers[i].storage.value() > 0)
        line("  storage at " + name(it.transfers[i].place) + ", " + usd(it.transfers[i].storage));
      if (i == it.legs.size()) break;
      const Leg& leg = it.legs[i];
      if (leg.depart > it.transfers[i].end)
        line("  " + duration_to_text(leg.depart - it.transfers[i].end) + " wait at " +
             name(leg.from));
      line("  " + at(leg.from, leg.depart) + "  " + name(leg.from) + " -> " + name(leg.to) +
           " by " + world_[leg.service].name + ", " + with_thousands(leg.consignment.units, 0) +
           " " + world_[leg.consignment.load_unit].code);
      for (; border < it.borders.size() && it.borders[border].leg == i; ++border)
        crossed(it.borders[border]);
    }
    for (const DocumentNeeded& paper : it.documents)
      line("  paper " + world_[paper.document].name + " from " + name(paper.from) + " to " +
           name(paper.to) + ", " + usd(paper.cost) +
           (paper.apply_by < paper.needed ? ", apply by " + at(paper.from, paper.apply_by) : ""));
    for (const ThroughPrice& through : it.through)
      line("  " + name(it.legs[through.first_leg].from) + " to " +
           name(it.legs[through.last_leg].to) + " at a through rate of " + usd(through.cost) +
           ", saves " + usd(through.discount));
    const Id<Place> last = it.legs.back().to;
    line("  " + at(last, it.arrive) + "  free at " + name(last));
    if (!it.hire) return;
    const Id<Place> depot = plan::depot_of(world_, it);
    line("  " + at(depot, it.hire->returned) + "  given back empty at " + name(depot) + ", " +
         usd(it.hire->empty_return) + ", detention " + usd(it.hire->detention));
  }

  void transfer(const Transfer& t) {
    if (t.end == t.begin && t.cost.value() <= 0) return;
    std::string words = "  " + at(t.place, t.begin) + "  " + name(t.place) + ": " +
                        std::string{to_text(t.from)} + " to " + std::string{to_text(t.to)};
    if (t.gauge_change.valid()) words += ", gauge change";
    line(words + ", " + duration_to_text(t.end - t.begin) + ", " + usd(t.cost));
  }

  void crossed(const BorderPassed& border) {
    if (border.steps.empty()) return;
    std::string words = "  " + at(border.passage.to, border.begin) + "  border " +
                        world_[border.crossing].name + ": " +
                        duration_to_text(border.end - border.begin) + ", " + usd(border.cost);
    for (const StepTaken& taken : border.steps) {
      if (taken.hours.value() <= 0 && taken.cost.value() <= 0) continue;
      words += "; " + std::string{to_text(world_[taken.step].kind)} + " " +
               format_fixed(taken.hours.value(), 1) + " h";
    }
    for (const Id<Regime> regime : border.regimes)
      words += "; under " + world_[regime].name;
    line(words);
  }

  const World& world_;
  Clocks clocks_;
  std::string text_;
};

}  // namespace

std::string plan_text(const World& world, const plan::Answer& answer) {
  return Teller{world}.tell(answer);
}

}  // namespace karvan::testing
