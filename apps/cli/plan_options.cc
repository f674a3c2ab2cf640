#include "plan_options.h"

#include <array>
#include <chrono>
#include <utility>

#include <CLI/CLI.hpp>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/plan/plan.h"

#include "cargo_text.h"
#include "lookup.h"

namespace karvan::cli {
namespace {

template <class T, class Find>
std::optional<Error> fill(std::vector<T>& list,
                          const std::vector<std::string>& given,
                          std::string_view option,
                          Find&& find) {
  for (const std::string& item : items_of(given)) {
    Result<T> found = find(item);
    if (!found) return at_option(option, found.error());
    list.push_back(*found);
  }
  return std::nullopt;
}

template <HasEnumTexts E>
Result<E> find_choice(std::string_view what, const std::string& text) {
  if (const std::optional<E> value = parse_enum<E>(text)) return *value;
  std::vector<std::string> known;
  for (const auto& [value, word] : EnumTexts<E>::values)
    known.emplace_back(word);
  return unknown_word(what, text, known);
}

Status fill_refusals(const World& world, const PlanArgs& args, plan::Refusals& refuse) {
  const auto in = [&world](auto find) {
    return [&world, find](const std::string& text) { return find(world, text); };
  };
  const auto mode = [](const std::string& text) { return find_choice<Mode>("mode", text); };
  const auto risk = [](const std::string& text) { return find_choice<Risk>("risk", text); };
  if (auto fault = fill(refuse.modes, args.avoid_modes, "--avoid-mode", mode)) return *fault;
  if (auto fault =
          fill(refuse.countries, args.avoid_countries, "--avoid-country", in(find_country)))
    return *fault;
  if (auto fault = fill(refuse.places, args.avoid_places, "--avoid-place", in(find_place)))
    return *fault;
  if (auto fault =
          fill(refuse.operators, args.avoid_operators, "--avoid-operator", in(find_operator)))
    return *fault;
  if (auto fault = fill(refuse.services, args.avoid_services, "--avoid-service", in(find_service)))
    return *fault;
  if (auto fault = fill(refuse.risks, args.avoid_risks, "--avoid-risk", risk)) return *fault;
  if (auto fault = fill(refuse.regimes, args.avoid_regimes, "--avoid-regime", in(find_regime)))
    return *fault;
  return Done{};
}

// Into plan::Only or plan::Requirements; `option` is "--only" or "--require".
template <class Lists>
Status fill_named(const World& world,
                  const PlanArgs::Named& given,
                  const std::string& option,
                  Lists& lists) {
  const auto in = [&world](auto find) {
    return [&world, find](const std::string& text) { return find(world, text); };
  };
  const auto mode = [](const std::string& text) { return find_choice<Mode>("mode", text); };
  if (auto fault = fill(lists.modes, given.modes, option + "-mode", mode)) return *fault;
  if (auto fault = fill(lists.countries, given.countries, option + "-country", in(find_country)))
    return *fault;
  if (auto fault = fill(lists.operators, given.operators, option + "-operator", in(find_operator)))
    return *fault;
  if (auto fault = fill(lists.services, given.services, option + "-service", in(find_service)))
    return *fault;
  return Done{};
}

// "5000USD", "5000", "5,000 usd".
Result<Usd> budget_of(const std::string& text) {
  std::string digits = to_lower_ascii(trim(text));
  if (digits.ends_with("usd")) digits.resize(digits.size() - 3);
  std::erase(digits, ',');
  const std::optional<double> value = parse_double(trim(digits));
  if (value && *value >= 0.01 && *value <= 1e12) return Usd{*value};
  return Error{.kind = ErrorKind::kInvalid,
               .message = "'" + text + "' is no budget; expected 0.01 to 1e12 USD, as 5000USD",
               .where = "--budget"};
}

// "2%", "2".
Result<double> tolerance_of(const std::string& text) {
  std::string digits{trim(text)};
  if (digits.ends_with('%')) digits.resize(digits.size() - 1);
  const std::optional<double> percent = parse_double(trim(digits));
  if (percent && *percent >= 0 && *percent <= 50) return *percent / 100;
  return Error{.kind = ErrorKind::kInvalid,
               .message = "'" + text + "' is no tolerance; expected 0% to 50%, as 2%",
               .where = "--tolerance"};
}

// What is asked of the whole way. Requires its ends.
Status fill_way(const World& world, const PlanArgs& args, plan::Question& question) {
  if (const Status fine = fill_named(world, args.only, "--only", question.only); !fine) return fine;
  if (const Status fine = fill_named(world, args.require, "--require", question.require); !fine)
    return fine;
  const auto place = [&world](const std::string& text) { return find_place(world, text); };
  if (auto fault = fill(question.via, args.via, "--via", place)) return *fault;
  question.transshipments_max = args.transshipments;
  if (!args.budget.empty()) {
    const Result<Usd> budget = budget_of(args.budget);
    if (!budget) return budget.error();
    question.budget = *budget;
  }
  if (!args.tolerance.empty()) {
    const Result<double> tolerance = tolerance_of(args.tolerance);
    if (!tolerance) return tolerance.error();
    question.tolerance = *tolerance;
  }
  const std::optional<plan::Unfit> unfit = plan::unfit(question);
  if (!unfit) return Done{};
  std::string option = "--" + std::string{unfit->field};
  if (unfit->field == "transshipments_max") option = "--max-transshipments";
  if (unfit->field == "papers_from") option = "--papers-from";
  return Error{.kind = ErrorKind::kInvalid, .message = unfit->message, .where = option};
}

void add_way(CLI::App& app, PlanArgs& args) {
  const auto add = [&app](const char* name, std::vector<std::string>& list, const char* text) {
    app.add_option(name, list, text)->type_name("LIST")->allow_extra_args(false);
  };
  add("--only-mode,--only-modes", args.only.modes, "Modes to keep to: no other is used");
  add("--only-country,--only-countries", args.only.countries, "Countries no leg may leave");
  add("--only-operator,--only-operators", args.only.operators, "Operators to keep to");
  add("--only-service,--only-services", args.only.services, "Services to keep to");
  add("--require-mode", args.require.modes, "Modes each of which must be used");
  add("--require-country", args.require.countries, "Countries each of which must be touched");
  add("--require-operator", args.require.operators, "Operators each of which must be used");
  add("--require-service", args.require.services, "Services each of which must be used");
  add("--via", args.via, "Places to call at or pass, in this order");
  app.add_option("--max-transshipments", args.transshipments,
                 "How often goods or boxes may be moved between vehicles on the way, 0 to 16")
      ->type_name("N");
  app.add_option("--tolerance", args.tolerance,
                 "Leave out options that another is at most so much worse than, in all: 2%")
      ->type_name("PERCENT");
  app.add_option("--budget", args.budget, "What costs more is no option: 5000USD")
      ->type_name("USD");
}

void add_avoid(CLI::App& app, const char* name, std::vector<std::string>& list, const char* text) {
  app.add_option(name, list, text)->type_name("LIST")->allow_extra_args(false);
}

void add_telling(CLI::App& app, PlanArgs& args) {
  app.add_option("--chart", args.chart, "Draw the options: two of arrival, cost, co2e")
      ->type_name("UP,RIGHT");
  app.add_option("--gantt", args.gantt, "Draw option N over its days")->type_name("N");
  app.add_option("--choose", args.chosen, "The option that ics and html tell, as in the table")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--why-not", args.why_not, "service:CODE or place:CODE: why it is not used")
      ->type_name("WHAT")
      ->allow_extra_args(false);
  app.add_flag("--handles", args.handles, "Text: tell the handles of the page and its options");
  app.add_option("--page", args.page, "With --handle: the earlier or the later options")
      ->type_name("earlier|later");
  app.add_option("--handle", args.handle, "Of a page or an option, instead of a question")
      ->type_name("HANDLE");
  app.add_option("--refresh", args.refresh, "Ask this option again and tell what changed")
      ->type_name("HANDLE");
}

void add_many(CLI::App& app, PlanArgs& args) {
  app.add_option("--booked", args.booked,
                 "CSV of what is taken: service,departs_on,load_unit,units[,leaves_at,...]")
      ->type_name("FILE");
  app.add_option("--seen", args.seen,
                 "Legs that were carried: service,from,to,loaded,unloaded; or the --events of a "
                 "simulation: how surely options arrive follows from these where there are 30")
      ->type_name("FILE");
  app.add_option("--k-best", args.k_best,
                 "Instead of the front the N best by --by, each by another route, 1 to 20")
      ->type_name("N");
  app.add_flag("--one-front", args.one_front,
               "Several --from or --to: one front over all pairs instead of a matrix");
  app.add_flag(
      "--policy", args.policy,
      "Tell what to do wherever the cargo comes to stand, also when a connection is missed");
  app.add_option("--batch", args.batch, "CSV of shipments: from,to,cargo,goods,depart[,id,...]")
      ->type_name("FILE");
  app.add_option("--by", args.by, "Batch, k best: arrival, cost or co2e decides what is best")
      ->type_name("CRITERION")
      ->capture_default_str();
  app.add_flag("--strict", args.is_strict, "Batch: answer nothing if a row is bad");
  app.add_option("--threads", args.threads, "Batch, matrix, isochrone; 0: as there are cores")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--matrix", args.matrix, "CSV of pairs: from,to")->type_name("FILE");
  app.add_option("--isochrone", args.isochrone, "All places that can be reached in so many days")
      ->type_name("DAYS");
}

}  // namespace

std::vector<std::string> items_of(const std::vector<std::string>& given) {
  std::vector<std::string> items;
  for (const std::string& text : given) {
    for (const std::string_view item : split_trimmed(text, ',')) {
      if (!item.empty()) items.emplace_back(item);
    }
  }
  return items;
}

Result<Instant> departure(const World& world, Id<Place> from, std::string_view text) {
  const std::optional<ParsedInstant> parsed = parse_instant(text);
  if (!parsed)
    return Error{.kind = ErrorKind::kMalformed,
                 .message = "'" + std::string{text} +
                            "' is not a date; expected 2026-03-02, 2026-03-02T08:00 (on the "
                            "origin's clock) or 2026-03-02T08:00+05:00",
                 .where = "--depart"};
  if (parsed->offset) return parsed->to_instant(std::chrono::minutes{0});
  const auto day = std::chrono::floor<std::chrono::days>(parsed->clock);
  const auto rest = parsed->clock - day;
  const auto minutes = std::chrono::floor<std::chrono::minutes>(rest);
  return Clocks{world}.instant(from, Date{day}, minutes) + (rest - minutes);
}

Status check_range(std::string_view option, int value, int low, int high) {
  if (low <= value && value <= high) return Done{};
  return Error{.kind = ErrorKind::kInvalid,
               .message = std::to_string(value) + " is out of range; expected " +
                          std::to_string(low) + " to " + std::to_string(high),
               .where = std::string{option}};
}

namespace {

Result<Instant> moment(const World& world,
                       std::string_view option,
                       Id<Place> clock,
                       const std::string& text) {
  Result<Instant> found = departure(world, clock, text);
  if (found) return found;
  Error error = found.error();
  error.where = std::string{option};
  return error;
}

// The window, and the latest arrival. Cargo that is to be there by some time may be handed over
// from --depart on, or as many days before as it may be on the way.
Status fill_window(const World& world, const PlanArgs& args, plan::Question& question) {
  if (args.step != 0) {
    if (const Status fine = check_range("--step", args.step, 1, 400 * 24); !fine) return fine;
  }
  const int hours = args.step != 0 ? args.step : args.arrive_by.empty() ? 24 : 1;
  question.window_step = std::chrono::hours{hours};
  if (const Status fine = check_range("--window", args.window, 0, 400 - args.days); !fine)
    return fine;
  question.window = std::chrono::days{args.window};
  if (args.arrive_by.empty()) return Done{};
  const Result<Instant> by = moment(world, "--arrive-by", question.to, args.arrive_by);
  if (!by) return by.error();
  question.arrive_by = *by;
  if (args.depart.empty()) {
    question.depart = *by - std::chrono::days{args.window != 0 ? args.window : args.days};
  } else if (question.depart >= *by) {
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "lies before the hand-over of --depart",
                 .where = "--arrive-by"};
  }
  if (args.window == 0) question.window = *by - question.depart;
  const std::chrono::days most{400 - args.days};
  if (question.window <= most) return Done{};
  return Error{.kind = ErrorKind::kInvalid,
               .message = "is more than 400 days, less those of --days, after --depart",
               .where = "--arrive-by"};
}

// Requires the places and days_max.
Status fill_times(const World& world, const PlanArgs& args, plan::Question& question) {
  if (!args.depart.empty() || args.arrive_by.empty()) {
    const Result<Instant> depart = departure(world, question.from, args.depart);
    if (!depart) return depart.error();
    question.depart = *depart;
  }
  if (!args.papers_from.empty()) {
    const Result<Instant> papers = moment(world, "--papers-from", question.from, args.papers_from);
    if (!papers) return papers.error();
    question.papers_from = *papers;
  }
  if (!args.deadline.empty()) {
    const Result<Instant> deadline = moment(world, "--deadline", question.to, args.deadline);
    if (!deadline) return deadline.error();
    question.deadline = *deadline;
  }
  if (args.is_deadline_hard) {
    if (args.deadline.empty() || !args.arrive_by.empty())
      return Error{.kind = ErrorKind::kInvalid,
                   .message = "makes --deadline hard; there is none, or --arrive-by is the limit",
                   .where = "--hard-deadline"};
    question.arrive_by = question.deadline;
  }
  return fill_window(world, args, question);
}

}  // namespace

Result<plan::Question> question_of(const World& world, const PlanArgs& args) {
  plan::Question question;
  for (const auto& [option, value] : {std::pair{"--from", &args.from},
                                      {"--to", &args.to},
                                      {"--cargo", &args.cargo},
                                      {"--goods", &args.goods},
                                      {"--depart", &args.depart}}) {
    if (value->empty() && (value != &args.depart || args.arrive_by.empty()))
      return Error{.kind = ErrorKind::kMalformed, .message = "is required", .where = option};
  }
  const Result<Id<Place>> from = find_place(world, args.from);
  if (!from) return at_option("--from", from.error());
  const Result<Id<Place>> to = find_place(world, args.to);
  if (!to) return at_option("--to", to.error());
  const Result<Id<Goods>> goods = find_goods(world, args.goods);
  if (!goods) return at_option("--goods", goods.error());
  Id<LoadUnit> load_unit;
  if (!args.load_unit.empty()) {
    const Result<Id<LoadUnit>> found = find_load_unit(world, args.load_unit);
    if (!found) return at_option("--load-unit", found.error());
    load_unit = *found;
  }
  const Result<Shipment> shipment = parse_cargo(world, args.cargo, *goods, load_unit);
  if (!shipment) return shipment.error();
  question.shipment = *shipment;
  if (!args.hired_from.empty()) {
    const Result<Id<Operator>> owner = find_operator(world, args.hired_from);
    if (!owner) return at_option("--hired-from", owner.error());
    question.shipment.hired_from = *owner;
  }
  if (!(args.penalty >= 0 && args.penalty <= 1e12))
    return Error{.kind = ErrorKind::kInvalid,
                 .message = "is out of range; expected 0 to 1e12 USD a day",
                 .where = "--penalty"};
  question.saves_storage = args.saves_storage;
  question.weighs_risk = !args.is_as_planned;
  if (const Status fine = check_range("--days", args.days, 1, 400); !fine) return fine.error();
  if (const Status fine = check_range("--legs", args.legs, 1, 64); !fine) return fine.error();
  question.from = *from;
  question.to = *to;
  question.days_max = args.days;
  question.legs_max = args.legs;
  if (const Status filled = fill_times(world, args, question); !filled) return filled.error();
  if (const Status filled = fill_refusals(world, args, question.refuse); !filled)
    return filled.error();
  if (const Status filled = fill_way(world, args, question); !filled) return filled.error();
  question.keep_safer_options = !args.ignore_risk;
  return question;
}

Result<std::size_t> options_of(const std::string& text, std::size_t otherwise) {
  if (text.empty()) return otherwise;
  if (text == "all") return static_cast<std::size_t>(-1);
  const std::optional<std::size_t> n = parse_int<std::size_t>(text);
  if (n && *n >= 1) return *n;
  return Error{.kind = ErrorKind::kMalformed,
               .message = "'" + text + "' is not a number of options; expected 1, 2, ... or all",
               .where = "--options"};
}

Result<report::Criterion> criterion_of(std::string_view option, const std::string& text) {
  const Result<report::Criterion> found = find_choice<report::Criterion>("criterion", text);
  return found ? found : at_option(option, found.error());
}

Result<std::optional<report::ChartAxes>> axes_of(const std::string& text) {
  if (text.empty()) return std::optional<report::ChartAxes>{};
  const std::vector<std::string_view> words = split_trimmed(text, ',');
  if (words.size() != 2 || words[0] == words[1])
    return Error{.kind = ErrorKind::kMalformed,
                 .message = "'" + text +
                            "' are not two criteria; expected two of arrival, cost, "
                            "co2e: the one drawn upwards, the one drawn to the right",
                 .where = "--chart"};
  const Result<report::Criterion> up = criterion_of("--chart", std::string{words[0]});
  if (!up) return up.error();
  const Result<report::Criterion> right = criterion_of("--chart", std::string{words[1]});
  if (!right) return right.error();
  return std::optional{report::ChartAxes{.up = *up, .right = *right}};
}

Result<std::vector<plan::Subject>> subjects_of(const World& world,
                                               const std::vector<std::string>& texts) {
  std::vector<plan::Subject> subjects;
  for (const std::string& text : items_of(texts)) {
    const std::size_t colon = text.find(':');
    const std::string kind = text.substr(0, colon == std::string::npos ? 0 : colon);
    const std::string name = text.substr(colon == std::string::npos ? 0 : colon + 1);
    if (kind == "service") {
      const Result<Id<Service>> found = find_service(world, name);
      if (!found) return at_option("--why-not", found.error());
      subjects.push_back({.service = *found, .place = {}});
    } else if (kind == "place") {
      const Result<Id<Place>> found = find_place(world, name);
      if (!found) return at_option("--why-not", found.error());
      subjects.push_back({.service = {}, .place = *found});
    } else {
      return Error{.kind = ErrorKind::kMalformed,
                   .message = "'" + text + "' names nothing; expected service:CODE or place:CODE",
                   .where = "--why-not"};
    }
  }
  return subjects;
}

void add_plan_options(CLI::App& app, PlanArgs& args) {
  app.add_option("--from", args.from, "Where the cargo is handed over: id, UN/LOCODE or name")
      ->type_name("PLACE");
  app.add_option("--to", args.to, "Where it goes; several: a matrix")->type_name("PLACE");
  app.add_option("--cargo", args.cargo, "80TEU, 40x40ft, 40FEU, 9000t, 44wagons, 20trucks, ...")
      ->type_name("AMOUNT");
  app.add_option("--goods", args.goods, "What it is (karvan show goods)")->type_name("GOODS");
  app.add_option("--depart", args.depart, "Day or instant of handing over, on the origin's clock")
      ->type_name("WHEN");
  app.add_option("--papers-from", args.papers_from,
                 "When papers can be applied for, on the origin's clock: each then takes its lead "
                 "time, and nothing goes without; not given: they are at hand")
      ->type_name("WHEN");
  app.add_option("--load-unit", args.load_unit, "In what it travels (karvan show load_unit)")
      ->type_name("UNIT");
  app.add_option("--hired-from", args.hired_from,
                 "Operator whose load units it travels in from --from to --to: detention beyond "
                 "free time and the empty return are paid; not given: the shipper's own")
      ->type_name("OPERATOR");
  app.add_option("--deadline", args.deadline,
                 "When it should be free at --to, on the clock there: options that may miss it are "
                 "riskier")
      ->type_name("WHEN");
  app.add_flag("--hard-deadline", args.is_deadline_hard,
               "What is planned to miss --deadline is no option");
  app.add_option("--arrive-by", args.arrive_by,
                 "Instead of or with --depart: when it must be free at --to; options by latest "
                 "hand-over, cost, CO2e and risk")
      ->type_name("WHEN");
  app.add_option("--window", args.window,
                 "It may be handed over up to so many days after --depart too; later is better")
      ->type_name("DAYS");
  app.add_option("--step", args.step,
                 "Hours between hand-overs of the window: 24, with --arrive-by 1")
      ->type_name("HOURS");
  app.add_option("--penalty", args.penalty, "What a day of being late costs, for its expectation")
      ->type_name("USD");
  app.add_flag("--save-storage", args.saves_storage,
               "Look for later sailings that save storage too: exact to the day, slower");
  app.add_flag("--as-planned", args.is_as_planned,
               "Take every connection as made: no later sailing for being surer; faster");
  add_avoid(app, "--avoid-mode", args.avoid_modes, "rail, sea, inland_water, road, pipeline");
  add_avoid(app, "--avoid-country", args.avoid_countries, "Countries no leg may touch: RU,BY");
  add_avoid(app, "--avoid-place", args.avoid_places, "Places no leg may pass");
  add_avoid(app, "--avoid-operator", args.avoid_operators, "Operators");
  add_avoid(app, "--avoid-service", args.avoid_services, "Services");
  add_avoid(app, "--avoid-risk", args.avoid_risks, "war, sanctions, intermittent");
  add_avoid(app, "--avoid-regime", args.avoid_regimes,
            "Regimes no border may be crossed under (karvan show regime)");
  add_way(app, args);
  app.add_option("--days", args.days, "Longest time on the way, 1 to 400")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--legs", args.legs, "Most legs, 1 to 64")->type_name("N")->capture_default_str();
  app.add_option("--options", args.options,
                 "How many to tell: in text (6), JSON, CSV and GeoJSON (all), by shipment (1)")
      ->type_name("N");
  app.add_flag("--brief", args.is_brief, "Text: the table of options without their legs");
  app.add_flag("--ignore-risk", args.ignore_risk,
               "Let an option over a sanctioned or war zone displace a safer one");
  app.add_flag("--verify", args.verify, "Let the independent judge check the answer first");
  add_telling(app, args);
  add_many(app, args);
}

}  // namespace karvan::cli
