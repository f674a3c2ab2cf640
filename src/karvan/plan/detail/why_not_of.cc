#include "karvan/plan/detail/why_not_of.h"

#include <algorithm>
#include <span>

#include "karvan/base/text.h"
#include "karvan/cost/consignment_of.h"
#include "karvan/plan/detail/explain_asked.h"
#include "karvan/plan/detail/way_through.h"
#include "karvan/plan/follow.h"
#include "karvan/plan/plan.h"

namespace karvan::plan::detail {
namespace {

constexpr Minute kWeek = 7 * kDayMinutes;

class WhyNotAsker {
 public:
  WhyNotAsker(const Engine& engine,
              const Question& question,
              const Answer& answer,
              const Subject& subject)
      : engine_{engine},
        world_{engine.world},
        question_{question},
        answer_{answer},
        named_{.service = subject.service, .place = subject.place},
        result_{.subject = subject} {}

  WhyNot ask() {
    if (is_used() || is_not_carried() || has_no_departure() || is_not_served()) return result_;
    if (auto way = way_through(engine_, question_, {}, named_)) {
      if (is_over_budget()) return result_;
      result_.reason = WhyNotReason::kBeaten;
      result_.nearest = followed(*way);
      result_.beaten_by = beating(*result_.nearest);
      if (!add_full(*way) && !add_lacking(*way)) add_missed(*way);
      return result_;
    }
    result_.reason = WhyNotReason::kObstacle;
    const Finder find = [this](const Engine& engine, const Question& question, Relax relax) {
      return way_through(engine, question, relax, named_);
    };
    result_.refusal = explain_narrowed(engine_, question_, find, narrowed());
    result_.message = result_.refusal.message;
    return result_;
  }

 private:
  std::string name() const {
    if (named_.place.valid()) return world_[named_.place].name;
    const Service& service = world_[named_.service];
    return service.name.empty() ? service.code : service.name;
  }
  std::string narrowed() const { return (named_.place.valid() ? " over " : " by ") + name(); }

  bool is_used() {
    for (std::size_t i = 0; i < answer_.itineraries.size(); ++i) {
      if (is_on(answer_.itineraries[i], named_)) result_.used_by.push_back(i);
    }
    if (result_.used_by.empty()) return false;
    result_.reason = WhyNotReason::kUsed;
    return true;
  }

  bool carries(Id<Service> service) const {
    const std::vector<Id<LoadUnit>> asked = cost::load_units_for(world_, question_.shipment);
    const std::vector<Id<LoadUnit>>& allowed = world_[question_.shipment.goods].load_units;
    return std::ranges::any_of(engine_.capacities[service], [&](Id<Capacity> id) {
      const auto is_it = [&](Id<LoadUnit> unit) { return unit == world_[id].load_unit; };
      return std::ranges::any_of(asked, is_it) || std::ranges::any_of(allowed, is_it);
    });
  }

  bool is_not_carried() {
    if (!named_.service.valid()) return false;
    const std::string hazard = hazard_text(engine_, named_.service, question_.shipment.goods);
    if (!hazard.empty()) {
      result_.reason = WhyNotReason::kNotCarried;
      result_.message = hazard + ".";
      return true;
    }
    if (carries(named_.service)) return false;
    std::vector<std::string> units;
    for (const Id<Capacity> id : engine_.capacities[named_.service])
      units.push_back(world_[world_[id].load_unit].name);
    result_.reason = WhyNotReason::kNotCarried;
    result_.message = name() + " does not carry " + world_[question_.shipment.goods].name +
                      (units.empty() ? "" : ": it takes " + join(units, ", ")) + ".";
    return true;
  }

  // Ways by it are sought without a look at their cost; all may be dearer than the budget.
  bool is_over_budget() {
    const bool has_order = named_.place.valid() && !question_.via.empty();  // it fits in anywhere
    if (!question_.budget || has_order) return false;
    Question by_it = question_;
    if (named_.place.valid()) by_it.via.push_back(named_.place);
    if (named_.service.valid()) by_it.require.services.push_back(named_.service);
    if (unfit(by_it)) return false;  // too much is asked already
    result_.refusal = explain_budget(engine_, by_it, "");
    if (result_.refusal.obstacle == Obstacle::kNone) return false;
    result_.reason = WhyNotReason::kObstacle;
    result_.message = result_.refusal.message;
    return true;
  }

  // No voyage leaves any call within the days of the question.
  bool has_no_departure() {
    if (!named_.service.valid()) return false;
    const Minute begin = engine_.epoch.minute(question_.depart);
    const Minute end = begin + question_.days_max * kDayMinutes;
    Minute next = kNoMinute;
    for (const Course& course : engine_.graph.courses()) {
      if (course.service != named_.service) continue;
      if (course.is_on_demand) return false;
      for (std::uint32_t p = 0; p < course.pattern_count; ++p) {
        const Pattern& pattern = engine_.graph.pattern(course, p);
        for (std::uint32_t stop = 0; stop + 1 < course.stop_count; ++stop) {
          const auto departs = engine_.graph.departures(pattern, stop);
          const auto first = std::ranges::lower_bound(departs, begin);
          if (first != departs.end()) next = std::min(next, *first);
        }
      }
    }
    if (next <= end) return false;
    result_.reason = WhyNotReason::kNoDeparture;
    result_.message = name() + " does not leave within " + std::to_string(question_.days_max) +
                      " days of " + date_to_text(engine_.epoch.day(begin)) +
                      (next == kNoMinute ? ", nor later in the timetables"
                                         : "; its next departure is on " +
                                               date_to_text(engine_.epoch.day(next))) +
                      closed_text() + ".";
    return true;
  }

  // " (closed from 2026-03-01 until 2026-05-01: storm)", if a closure names the service.
  std::string closed_text() const {
    for (const Id<Closure> id : world_.ids<Closure>()) {
      const Closure& row = world_[id];
      if (row.reach != ClosureReach::kService || row.code_of != world_[named_.service].code)
        continue;
      if (row.until && Instant{*row.until} <= question_.depart) continue;
      return " (closed from " + date_to_text(row.from) +
             (row.until ? " until " + date_to_text(*row.until) : "") +
             (row.reason.empty() ? "" : ": " + row.reason) + ")";
    }
    return {};
  }

  bool is_not_served() {
    if (!named_.place.valid()) return false;
    bool is_served = false;
    for (const Course& course : engine_.graph.courses()) {
      if (!carries(course.service)) continue;
      for (std::uint32_t stop = 0; stop < course.stop_count && !is_served; ++stop) {
        is_served = engine_.graph.stop(course, stop).place == named_.place ||
                    std::ranges::any_of(engine_.graph.hop(course, stop), [this](const Passage& p) {
                      return p.from == named_.place || p.to == named_.place;
                    });
      }
      if (is_served) return false;
    }
    result_.reason = WhyNotReason::kNotServed;
    result_.message = "No service that carries " + world_[question_.shipment.goods].name +
                      " calls at " + name() + " or passes it.";
    return true;
  }

  // The way as the planner makes it; as found, with its documents counted, where the planner would
  // not (the same services make a better way).
  Itinerary followed(Itinerary way) const {
    Answer same = follow(world_, question_, booked(way));
    if (!same.itineraries.empty()) return std::move(same.itineraries.front());
    for (const DocumentNeeded& needed : way.documents)
      way.cost += needed.cost;
    return way;
  }

  static bool is_as_good(const Itinerary& one, const Itinerary& other) {
    return one.arrive <= other.arrive && one.cost.value() <= other.cost.value() + 0.005 &&
           one.co2e.value() <= other.co2e.value() + 0.0005 && one.miss_risk <= other.miss_risk;
  }

  // With safer options kept, only an option that bears no other risk displaces.
  std::vector<std::size_t> beating(const Itinerary& way) const {
    std::vector<std::size_t> options;
    for (std::size_t i = 0; i < answer_.itineraries.size(); ++i) {
      const Itinerary& option = answer_.itineraries[i];
      if (question_.keep_safer_options && !option.risks.is_within(way.risks)) continue;
      if (is_as_good(option, way)) options.push_back(i);
    }
    return options;
  }

  // The first departure that the way could take but for what others have booked of it; if that
  // would be worth an option, it is the reason.
  bool add_full(const Itinerary& way) {
    const auto leg =
        std::ranges::find_if(way.legs, [this](const Leg& l) { return is_on(l, named_); });
    if (leg == way.legs.end() || !named_.service.valid()) return false;
    const auto number = static_cast<std::size_t>(leg - way.legs.begin());
    const Minute depart = engine_.epoch.minute(leg->depart);
    const Minute ready = engine_.epoch.minute(way.transfers[number].end);
    for (const Course& course : engine_.graph.courses()) {
      if (course.service != leg->service || course.is_on_demand) continue;
      std::optional<Minute> at = ready + cutoff_of(course) - 1;
      while ((at = departure_after(course, leg->from_sequence, *at)) && *at < depart) {
        Leg full = *leg;
        full.depart = engine_.epoch.instant(*at);
        full.arrive -= leg->depart - full.depart;
        result_.full = booked_text(engine_, full);
        if (result_.full.empty()) continue;
        result_.full_departure = full.depart;
        break;
      }
    }
    if (!result_.full_departure) return false;
    const auto with_room = way_through(engine_, question_, {.bookings = true}, named_);
    if (!with_room || !beating(*with_room).empty()) return true;
    result_.reason = WhyNotReason::kFull;
    result_.message = name() + " has " + result_.full + ".";
    return true;
  }

  // The first paper that is not ready for an earlier way; if papers at hand would be worth an
  // option, it is the reason.
  bool add_lacking(const Itinerary& way) {
    if (!question_.papers_from) return false;
    const auto at_hand = way_through(engine_, question_, {.papers = true}, named_);
    if (!at_hand || at_hand->arrive >= way.arrive) return false;
    result_.lacking =
        cost::paper_lacking(world_, engine_.borders, *at_hand, *question_.papers_from);
    if (!result_.lacking) return false;
    result_.not_ready = lacking_text(engine_, *at_hand, *result_.lacking);
    if (!beating(*at_hand).empty()) return true;
    result_.reason = WhyNotReason::kPapers;
    result_.message = result_.not_ready + ".";
    return true;
  }

  // The departure just missed; if cargo that came in time for it would be worth an option, that is
  // the reason.
  void add_missed(const Itinerary& way) {
    const auto leg =
        std::ranges::find_if(way.legs, [this](const Leg& l) { return is_on(l, named_); });
    if (leg == way.legs.end() || !named_.service.valid()) return;
    const auto number = static_cast<std::size_t>(leg - way.legs.begin());
    const Minute depart = engine_.epoch.minute(leg->depart);
    const Minute ready = engine_.epoch.minute(way.transfers[number].end);
    for (const Course& course : engine_.graph.courses()) {
      if (course.service != leg->service || course.is_on_demand) continue;
      const std::optional<Minute> before = departure_before(course, leg->from_sequence, depart);
      if (!before || depart - *before > kWeek) continue;
      const Minute cutoff = cutoff_of(course);
      result_.missed_departure = engine_.epoch.instant(*before);
      result_.missed_by = std::chrono::minutes{ready + cutoff - *before};
      result_.cutoff = std::chrono::minutes{cutoff};
    }
    if (!result_.missed_departure || result_.missed_by > result_.cutoff) return;
    const auto caught = way_through(engine_, question_, {.cutoff = true}, named_);
    if (!caught || !beating(*caught).empty()) return;
    result_.reason = WhyNotReason::kMissed;
    result_.message =
        "The cut-off of " + name() + " on " +
        date_to_text(std::chrono::floor<std::chrono::days>(*result_.missed_departure)) + ", " +
        duration_to_text(result_.cutoff) + " before it leaves, is missed by " +
        duration_to_text(result_.missed_by) + ".";
  }

  Minute cutoff_of(const Course& course) const {
    const bool is_dangerous = !world_[question_.shipment.goods].hazard_class.empty();
    return is_dangerous ? course.cutoff_dangerous.value_or(course.cutoff) : course.cutoff;
  }

  // The departures of a course at its calls of this sequence, pattern by pattern.
  std::vector<std::span<const Minute>> departures(const Course& course, int sequence) const {
    std::vector<std::span<const Minute>> list;
    for (std::uint32_t stop = 0; stop < course.stop_count; ++stop) {
      if (engine_.graph.stop(course, stop).sequence != sequence) continue;
      for (std::uint32_t p = 0; p < course.pattern_count; ++p)
        list.push_back(engine_.graph.departures(engine_.graph.pattern(course, p), stop));
    }
    return list;
  }

  std::optional<Minute> departure_after(const Course& course, int sequence, Minute minute) const {
    std::optional<Minute> first;
    for (const std::span<const Minute> departs : departures(course, sequence)) {
      const auto next = std::ranges::upper_bound(departs, minute);
      if (next != departs.end()) first = std::min(first.value_or(*next), *next);
    }
    return first;
  }

  std::optional<Minute> departure_before(const Course& course, int sequence, Minute depart) const {
    std::optional<Minute> latest;
    for (const std::span<const Minute> departs : departures(course, sequence)) {
      const auto first = std::ranges::lower_bound(departs, depart);
      if (first == departs.begin()) continue;
      latest = std::max(latest.value_or(*std::prev(first)), *std::prev(first));
    }
    return latest;
  }

  const Engine& engine_;
  const World& world_;
  const Question& question_;
  const Answer& answer_;
  Named named_;
  WhyNot result_;
};

}  // namespace

WhyNot why_not_of(const Engine& engine,
                  const Question& question,
                  const Answer& answer,
                  const Subject& subject) {
  CHECK(subject.service.valid() != subject.place.valid());
  return WhyNotAsker{engine, question, answer, subject}.ask();
}

}  // namespace karvan::plan::detail
