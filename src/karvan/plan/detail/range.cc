#include "karvan/plan/detail/range.h"

#include <algorithm>
#include <tuple>

#include "karvan/cost/consignment_of.h"
#include "karvan/plan/detail/minutes.h"

namespace karvan::plan::detail {
namespace {

using std::chrono::days;

struct Vector {
  Instant arrive{};
  Cents cents = 0;
  Grams grams = 0;
  std::int64_t miss_risk = 0;
  std::size_t risks = 0;

  friend bool operator==(const Vector&, const Vector&) = default;
};

class Ranger {
 public:
  Ranger(const Engine& engine,
         const Question& question,
         const Asker& ask,
         const std::atomic<bool>* stop)
      : engine_{engine},
        question_{question},
        ask_{ask},
        stop_{stop},
        waits_for_free_{waits_for_free()} {}

  Answer run() {
    const std::int64_t last = moments();
    if (last >= 0) {
      const Front latest = ask(last);
      if (last > 0) halve(0, ask(0), last, latest);
    }
    answer_.statistics.voyages = engine_.graph.voyage_count();
    return std::move(answer_);
  }

 private:
  using Front = std::vector<Vector>;

  // Moments are counted from the first one on a day of the timetables; the last one's number.
  std::int64_t moments() {
    const CorridorInfo& info = engine_.world.info();
    const Duration step = question_.window_step;
    const Instant last = std::min(question_.depart + question_.window,
                                  Instant{info.calendar_until} - std::chrono::minutes{1});
    first_ = question_.depart;
    const Duration before = Instant{info.calendar_from} - first_;
    if (before > Duration::zero()) first_ += step * ((before + step - Duration{1}) / step);
    // Where earlier arrivals are no better, but might be within days_max where later ones are not,
    // they have to be told apart all the same.
    arrival_counts_ =
        !question_.arrive_by || *question_.arrive_by > first_ + days{question_.days_max};
    return first_ > last ? -1 : (last - first_) / step;
  }

  bool waits_for_free() const {
    if (question_.shipment.hired_from.valid()) return false;
    std::vector<Id<LoadUnit>> units = cost::load_units_for(engine_.world, question_.shipment);
    return std::ranges::none_of(units, [&](Id<LoadUnit> unit) {
      const Consignment cargo = cost::pack(engine_.world, question_.shipment, unit);
      return engine_.storage.terms(question_.from, cargo).per_day.value() > 0;
    });
  }

  // All moments share the last day by which cargo may arrive, so that earlier cargo has no less
  // choice than later cargo; what takes more than days_max is dropped afterwards.
  Front ask(std::int64_t moment) {
    Question at = question_;
    at.depart = first_ + question_.window_step * moment;
    at.window = Duration{};
    const Instant end = question_.depart + question_.window + days{question_.days_max};
    at.arrive_by = std::min(end, question_.arrive_by.value_or(end));
    at.days_max += static_cast<int>(std::chrono::ceil<days>(question_.window).count());
    Answer found = ask_(at);
    answer_.statistics.labels_made += found.statistics.labels_made;
    answer_.statistics.labels_kept += found.statistics.labels_kept;
    answer_.statistics.labels_pruned += found.statistics.labels_pruned;
    answer_.statistics.is_complete = answer_.statistics.is_complete && found.statistics.is_complete;
    Front front;
    for (Itinerary& it : found.itineraries) {
      front.push_back({.arrive = arrival_counts_ ? it.arrive : Instant{},
                       .cents = to_cents(it.cost),
                       .grams = to_grams(it.co2e),
                       .miss_risk = it.miss_risk,
                       .risks = it.risks.number()});
      if (it.arrive <= it.depart + days{question_.days_max})
        answer_.itineraries.push_back(std::move(it));
    }
    keep_front(question_, answer_.itineraries);
    if (!arrival_counts_) reduce(front);
    return front;
  }

  // Without arrival as a criterion, vectors that others beat say nothing about the front.
  void reduce(Front& front) const {
    const auto beats = [this](const Vector& a, const Vector& b) {
      return a.cents <= b.cents && a.grams <= b.grams && a.miss_risk <= b.miss_risk &&
             (!question_.keep_safer_options || (a.risks & ~b.risks) == 0);
    };
    const auto key = [](const Vector& v) {
      return std::tuple{v.cents, v.grams, v.miss_risk, v.risks};
    };
    std::ranges::sort(front, {}, key);
    Front kept;
    for (const Vector& v : front) {
      if (std::ranges::none_of(kept, [&](const Vector& other) { return beats(other, v); }))
        kept.push_back(v);
    }
    front = std::move(kept);
  }

  void halve(std::int64_t low, const Front& at_low, std::int64_t high, const Front& at_high) {
    if (high - low < 2 || (waits_for_free_ && at_low == at_high)) return;
    if (is_set(stop_)) {
      answer_.statistics.is_complete = false;
      return;
    }
    const std::int64_t middle = low + (high - low) / 2;
    const Front at_middle = ask(middle);
    halve(middle, at_middle, high, at_high);
    halve(low, at_low, middle, at_middle);
  }

  const Engine& engine_;
  const Question& question_;
  const Asker& ask_;
  const std::atomic<bool>* stop_;
  bool waits_for_free_;
  bool arrival_counts_ = true;
  Instant first_{};
  Answer answer_;
};

}  // namespace

Answer range(const Engine& engine,
             const Question& question,
             const Asker& ask,
             const std::atomic<bool>* stop) {
  CHECK(question.window > Duration::zero());
  return Ranger{engine, question, ask, stop}.run();
}

void keep_front(const Question& question, std::vector<Itinerary>& itineraries) {
  const bool has_window = question.window > Duration::zero();
  const auto key = [&](const Itinerary& it) {
    return std::tuple{has_window ? it.depart : Instant{},
                      it.arrive,
                      to_cents(it.cost),
                      to_grams(it.co2e),
                      it.miss_risk,
                      it.risks.number()};
  };
  const auto beats = [&](const Itinerary& a, const Itinerary& b) {
    if (has_window && a.depart < b.depart) return false;
    if (!(has_window && question.arrive_by) && a.arrive > b.arrive) return false;
    return to_cents(a.cost) <= to_cents(b.cost) && to_grams(a.co2e) <= to_grams(b.co2e) &&
           a.miss_risk <= b.miss_risk &&
           (!question.keep_safer_options || a.risks.is_within(b.risks));
  };
  std::ranges::stable_sort(itineraries, {}, key);
  std::vector<char> is_beaten(itineraries.size(), 0);
  for (std::size_t i = 0; i < itineraries.size(); ++i) {
    for (std::size_t j = 0; j < itineraries.size() && is_beaten[i] == 0; ++j) {
      if (i == j || is_beaten[j] != 0 || !beats(itineraries[j], itineraries[i])) continue;
      if (j < i || !beats(itineraries[i], itineraries[j])) is_beaten[i] = 1;
    }
  }
  std::vector<Itinerary> kept;
  for (std::size_t i = 0; i < itineraries.size(); ++i) {
    if (is_beaten[i] == 0) kept.push_back(std::move(itineraries[i]));
  }
  itineraries = std::move(kept);
}

}  // namespace karvan::plan::detail
