#include "asked.h"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/base/time.h"
#include "karvan/model/clock.h"
#include "karvan/plan/one_front.h"
#include "karvan/plan/plan.h"

namespace karvan::browser {
namespace {

using Fault = std::optional<Error>;

Error wrong(std::string_view key, std::string_view value, std::string_view expected) {
  return {.kind = ErrorKind::kInvalid,
          .message =
              std::string{key} + ": '" + std::string{value} + "' is not " + std::string{expected}};
}

// Calls use(key, value) for each line until it tells a fault.
template <class F>
Fault for_each_line(std::string_view text, F&& use) {
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const std::size_t at = line.find('=');
    if (at == std::string_view::npos) return wrong("question", line, "a line key=value");
    if (Fault fault = use(line.substr(0, at), line.substr(at + 1))) return fault;
  }
  return std::nullopt;
}

template <class Row>
Fault read(const World& world, std::string_view key, std::string_view value, Id<Row>& to) {
  const std::optional<Id<Row>> id = world.find<Row>(value);
  if (!id) return wrong(key, value, "a code of the corridor");
  to = *id;
  return std::nullopt;
}

template <class Row>
Fault append(const World& world,
             std::string_view key,
             std::string_view value,
             std::vector<Id<Row>>& to) {
  Id<Row> id;
  Fault fault = read(world, key, value, id);
  if (!fault) to.push_back(id);
  return fault;
}

template <HasEnumTexts E>
Fault append(std::string_view key, std::string_view value, std::vector<E>& to) {
  const std::optional<E> one = parse_enum<E>(value);
  if (!one) return wrong(key, value, "one of " + enum_texts<E>());
  to.push_back(*one);
  return std::nullopt;
}

template <class T>
Fault read_within(std::string_view key, std::string_view value, T least, T most, T& to) {
  const std::optional<T> number = parse_int<T>(value);
  if (!number || *number < least || *number > most)
    return wrong(key, value,
                 "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  to = *number;
  return std::nullopt;
}

Fault read_positive(std::string_view key, std::string_view value, double& to) {
  constexpr double kMost = 1e9;
  const std::optional<double> number = parse_double(value);
  if (!number || *number <= 0 || *number > kMost)
    return wrong(key, value, "a number above 0, at most 1e9");
  to = *number;
  return std::nullopt;
}

Fault read_unit(std::string_view value, QuantityUnit& to) {
  if (value == "TEU") {
    to = QuantityUnit::kTeu;
  } else if (value == "t") {
    to = QuantityUnit::kTonnes;
  } else if (value == "units") {
    to = QuantityUnit::kUnits;
  } else {
    return wrong("unit", value, "one of TEU, t, units");
  }
  return std::nullopt;
}

Fault read_flag(std::string_view key, std::string_view value, bool& to) {
  to = value == "yes";
  return value == "yes" || value == "no" ? Fault{} : wrong(key, value, "yes or no");
}

// Reads the lines of a question; instants wait until all places are known.
class PlanReader {
 public:
  explicit PlanReader(const World& world) : world_{&world} {}

  Fault operator()(std::string_view key, std::string_view value) {
    plan::Question& q = question_;
    if (key == "from") return append(*world_, key, value, from_);
    if (key == "to") return append(*world_, key, value, to_);
    if (key == "goods") return read(*world_, key, value, q.shipment.goods);
    if (key == "load_unit") return read(*world_, key, value, q.shipment.load_unit);
    if (key == "hired_from") return read(*world_, key, value, q.shipment.hired_from);
    if (key == "quantity") return read_positive(key, value, q.shipment.quantity);
    if (key == "unit") return read_unit(value, q.shipment.unit);
    if (key == "days_max") return read_within(key, value, 1, 400, q.days_max);
    if (key == "legs_max") return read_within(key, value, 1, 64, q.legs_max);
    if (key == "via") return append(*world_, key, value, q.via);
    if (key == "transshipments_max")
      return read_within(key, value, 0, plan::kTransshipmentsMost, q.transshipments_max.emplace());
    if (key == "budget") return read_budget(value);
    if (key == "tolerance_percent") return read_tolerance(value);
    if (key == "k_best" || key == "by" || key == "policy") return read_kind(key, value);
    if (const auto told = read_when(key, value)) return *told;
    if (const auto told = read_manner(key, value)) return *told;
    if (key.starts_with("only_")) return read_named(key, value, q.only);
    if (key.starts_with("require_")) return read_named(key, value, q.require);
    return read_refusal(key, value);
  }

  // Each of the origins with each of the destinations, as far as they differ.
  Result<PlanAsked> finish() {
    if (from_.empty()) return wrong("from", "", "given");
    if (to_.empty()) return wrong("to", "", "given");
    if (!question_.shipment.goods.valid()) return wrong("goods", "", "given");
    if (question_.shipment.quantity <= 0) return wrong("quantity", "", "given");
    if (!depart_ && !arrive_by_) return wrong("depart", "", "given");
    std::vector<plan::Question> pairs;
    const bool is_one = from_.size() == 1 && to_.size() == 1;
    for (const Id<Place> from : from_) {
      for (const Id<Place> to : to_) {
        if (from == to && !is_one) continue;
        Result<plan::Question> pair = pair_of(from, to);
        if (!pair) return pair.error();
        pairs.push_back(*std::move(pair));
      }
    }
    if (pairs.empty() || pairs.size() > plan::kPairsMax)
      return wrong("to", std::to_string(pairs.size()), "1 to 64 pairs of different places");
    if (const Fault fault = check_kind(is_one)) return *fault;
    PlanAsked asked{.question = pairs.front(), .pairs = {}, .ranking = {}, .policy = policy_};
    if (!is_one) asked.pairs = std::move(pairs);
    if (k_best_ == 0) return asked;
    asked.ranking = plan::Ranking{.by = by_, .options_max = k_best_};
    asked.question = plan::as_ranked(asked.question, *asked.ranking);
    return asked;
  }

  Result<plan::Question> finish_reach() {
    if (to_.empty()) to_ = from_;
    const Result<PlanAsked> asked = finish();
    if (!asked) return asked.error();
    return asked->question;
  }

 private:
  Fault read_kind(std::string_view key, std::string_view value) {
    if (key == "k_best") return read_within(key, value, std::size_t{1}, plan::kBestMax, k_best_);
    if (key == "policy") return read_flag(key, value, policy_);
    if (value == "arrival") {
      by_ = plan::RankedBy::kArrival;
    } else if (value == "cost") {
      by_ = plan::RankedBy::kCost;
    } else if (value == "co2e") {
      by_ = plan::RankedBy::kCo2e;
    } else {
      return wrong(key, value, "one of arrival, cost, co2e");
    }
    return std::nullopt;
  }

  // Nothing where the key is another's; else what is wrong with the value, if anything.
  std::optional<Fault> read_when(std::string_view key, std::string_view value) {
    if (key == "depart") return read_time(key, value, depart_);
    if (key == "deadline") return read_time(key, value, deadline_);
    if (key == "arrive_by") return read_time(key, value, arrive_by_);
    if (key == "papers_from") return read_time(key, value, papers_from_);
    if (key == "hard_deadline") return read_flag(key, value, is_deadline_hard_);
    if (key == "window") return read_within(key, value, 0, 400, window_days_);
    if (key == "step") return read_within(key, value, 1, 400 * 24, step_hours_);
    return std::nullopt;
  }
  std::optional<Fault> read_manner(std::string_view key, std::string_view value) {
    bool is_set = false;
    if (key == "save_storage") return read_flag(key, value, question_.saves_storage);
    if (key == "as_planned") {
      Fault fault = read_flag(key, value, is_set);
      question_.weighs_risk = !is_set;
      return fault;
    }
    if (key == "ignore_risk") {
      Fault fault = read_flag(key, value, is_set);
      question_.keep_safer_options = !is_set;
      return fault;
    }
    return std::nullopt;
  }

  // What does not go together.
  Fault check_kind(bool is_one) const {
    const bool has_window = window_days_ != 0 || arrive_by_;
    if (k_best_ != 0 && (has_window || !is_one))
      return wrong("k_best", std::to_string(k_best_), "for one pair and hand-over");
    if (!policy_) return std::nullopt;
    if (has_window || !is_one) return wrong("policy", "yes", "for one pair and hand-over");
    if (papers_from_) return wrong("policy", "yes", "for a question that waits for papers");
    if (question_.budget) return wrong("policy", "yes", "for a question with a budget");
    if (question_.legs_max != plan::Question{}.legs_max)
      return wrong("policy", "yes", "for a question with a limit of legs");
    return std::nullopt;
  }

  Result<plan::Question> pair_of(Id<Place> from, Id<Place> to) const {
    plan::Question question = question_;
    question.from = from;
    question.to = to;
    if (depart_) question.depart = instant_at(from, *depart_);
    if (deadline_) question.deadline = instant_at(to, *deadline_);
    if (is_deadline_hard_ && (!deadline_ || arrive_by_))
      return wrong("hard_deadline", "yes", "beside a deadline alone");
    if (is_deadline_hard_) question.arrive_by = question.deadline;
    if (papers_from_) question.papers_from = instant_at(from, *papers_from_);
    if (const Fault fault = set_window(question)) return *fault;
    if (const auto unfit = plan::unfit(question))
      return Error{.kind = ErrorKind::kInvalid,
                   .message = std::string{unfit->field} + ": " + unfit->message};
    return question;
  }

  // As `karvan plan --window --arrive-by`: cargo that is to be there by some time may be handed
  // over from `depart` on, or as many days before as it may be on the way.
  Fault set_window(plan::Question& question) const {
    const int hours = step_hours_ != 0 ? step_hours_ : arrive_by_ ? 1 : 24;
    question.window_step = std::chrono::hours{hours};
    question.window = std::chrono::days{window_days_};
    if (arrive_by_) {
      const Instant by = instant_at(question.to, *arrive_by_);
      question.arrive_by = by;
      if (!depart_)
        question.depart =
            by - std::chrono::days{window_days_ != 0 ? window_days_ : question.days_max};
      if (question.depart >= by) return wrong("arrive_by", "", "after the hand-over");
      if (window_days_ == 0) question.window = by - question.depart;
    }
    if (question.window <= std::chrono::days{400 - question.days_max}) return std::nullopt;
    return wrong("window", std::to_string(window_days_), "at most 400 days with those on the way");
  }

  Fault read_time(std::string_view key, std::string_view value, std::optional<ParsedInstant>& to) {
    to = parse_instant(value);
    if (!to) return wrong(key, value, "a date or time like 2026-03-02 or 2026-03-02T08:00");
    return std::nullopt;
  }

  Fault read_tolerance(std::string_view value) {
    const std::optional<double> percent = parse_double(value);
    if (!percent || !(*percent >= 0 && *percent <= 50))
      return wrong("tolerance_percent", value, "0 to 50");
    question_.tolerance = *percent / 100;
    return std::nullopt;
  }

  Fault read_budget(std::string_view value) {
    const std::optional<double> usd = parse_double(value);
    if (!usd || !(*usd >= 0.01 && *usd <= 1e12))
      return wrong("budget", value, "USD from 0.01 to 1e12");
    question_.budget = Usd{*usd};
    return std::nullopt;
  }

  template <class Lists>
  Fault read_named(std::string_view key, std::string_view value, Lists& lists) {
    if (key.ends_with("_mode")) return append(key, value, lists.modes);
    if (key.ends_with("_country")) return append(*world_, key, value, lists.countries);
    if (key.ends_with("_operator")) return append(*world_, key, value, lists.operators);
    if (key.ends_with("_service")) return append(*world_, key, value, lists.services);
    return wrong("question", key, "a key that is known");
  }

  Fault read_refusal(std::string_view key, std::string_view value) {
    plan::Refusals& refuse = question_.refuse;
    if (key == "avoid_mode") return append(key, value, refuse.modes);
    if (key == "avoid_risk") return append(key, value, refuse.risks);
    if (key == "avoid_regime") return append(*world_, key, value, refuse.regimes);
    if (key == "avoid_country") return append(*world_, key, value, refuse.countries);
    if (key == "avoid_place") return append(*world_, key, value, refuse.places);
    if (key == "avoid_operator") return append(*world_, key, value, refuse.operators);
    if (key == "avoid_service") return append(*world_, key, value, refuse.services);
    return wrong("question", key, "a key that is known");
  }

  Instant instant_at(Id<Place> place, const ParsedInstant& parsed) const {
    const Clocks clocks{*world_};
    if (parsed.offset) return parsed.to_instant({});
    const Date day = std::chrono::floor<std::chrono::days>(Instant{parsed.clock});
    const Duration time_of_day = Instant{parsed.clock} - day;
    return clocks.instant(place, day, std::chrono::floor<std::chrono::minutes>(time_of_day));
  }

  const World* world_;
  plan::Question question_;  // without its ends and times
  std::vector<Id<Place>> from_;
  std::vector<Id<Place>> to_;
  std::optional<ParsedInstant> depart_;
  std::optional<ParsedInstant> deadline_;
  std::optional<ParsedInstant> arrive_by_;
  std::optional<ParsedInstant> papers_from_;
  bool is_deadline_hard_ = false;
  int window_days_ = 0;
  int step_hours_ = 0;  // 0: a day, with arrive_by an hour
  std::size_t k_best_ = 0;
  plan::RankedBy by_ = plan::RankedBy::kCost;
  bool policy_ = false;
};

}  // namespace

Result<PlanAsked> plan_asked(const World& world, std::string_view text) {
  PlanReader reader{world};
  if (Fault fault = for_each_line(text, reader)) return *std::move(fault);
  return reader.finish();
}

Result<plan::Question> reach_asked(const World& world, std::string_view text) {
  PlanReader reader{world};
  if (Fault fault = for_each_line(text, reader)) return *std::move(fault);
  return reader.finish_reach();
}

Result<plan::Subject> plan_subject(const World& world, std::string_view text) {
  plan::Subject subject;
  const auto use = [&](std::string_view key, std::string_view value) -> Fault {
    if (key == "service") return read(world, key, value, subject.service);
    if (key == "place") return read(world, key, value, subject.place);
    return wrong("why not", key, "service or place");
  };
  if (Fault fault = for_each_line(text, use)) return *std::move(fault);
  if (subject.service.valid() == subject.place.valid())
    return wrong("why not", text, "one service or one place");
  return subject;
}

Result<simulate::Question> simulate_question(std::string_view text) {
  simulate::Question question;
  bool has_from = false;
  const auto use = [&](std::string_view key, std::string_view value) -> Fault {
    if (key == "from") {
      const std::optional<Date> day = parse_date(value);
      if (!day) return wrong(key, value, "a date like 2026-03-02");
      question.from = *day;
      has_from = true;
      return std::nullopt;
    }
    if (key == "days") return read_within(key, value, 1, 3660, question.days);
    if (key == "warm_up_days") return read_within(key, value, 0, 3660, question.warm_up_days);
    if (key == "seed")
      return read_within(key, value, std::uint64_t{0}, ~std::uint64_t{0}, question.seed);
    if (key == "demand_factor") return read_positive(key, value, question.demand_factor);
    if (key == "lose_unserved") return read_flag(key, value, question.lose_unserved);
    return wrong("question", key, "a key that is known");
  };
  if (Fault fault = for_each_line(text, use)) return *std::move(fault);
  if (!has_from) return wrong("from", "", "given");
  return question;
}

Result<Variation> variation(std::string_view text) {
  Variation variation;
  double factor = 1;
  const auto use = [&](std::string_view key, std::string_view value) -> Fault {
    if (key == "scenario") {
      variation.scenario = value;
    } else if (key == "factor") {
      return read_positive(key, value, factor);
    } else if (key == "cells") {
      variation.tweaks.push_back(
          {.cells = std::string{value}, .is_factor = true, .within = true, .where = "cells"});
    } else {
      return wrong("variation", key, "a key that is known");
    }
    return std::nullopt;
  };
  if (Fault fault = for_each_line(text, use)) return *std::move(fault);
  if (variation.tweaks.empty()) return wrong("cells", "", "given");
  for (load::Tweak& tweak : variation.tweaks)
    tweak.value = factor;
  return variation;
}

}  // namespace karvan::browser
