// karvan plan: a shipper's question to the planner.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "karvan/base/text.h"
#include "karvan/model/clock.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/verify.h"
#include "karvan/report/plan_report.h"

#include "cargo_text.h"
#include "lookup.h"
#include "output.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

struct PlanArgs {
  std::string from;
  std::string to;
  std::string cargo;
  std::string goods;
  std::string depart;
  std::string load_unit;
  std::vector<std::string> avoid_modes;
  std::vector<std::string> avoid_countries;
  std::vector<std::string> avoid_places;
  std::vector<std::string> avoid_operators;
  std::vector<std::string> avoid_services;
  std::vector<std::string> avoid_risks;
  int days = 120;
  int legs = 24;
  std::string options = "6";
  bool is_brief = false;
  bool ignore_risk = false;
  bool verify = false;
};

Error at(std::string_view option, Error error) {
  if (error.where.empty()) error.where = std::string{option};
  return error;
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

// Items of a repeated option, each perhaps several separated by commas.
std::vector<std::string> items_of(const std::vector<std::string>& given) {
  std::vector<std::string> items;
  for (const std::string& text : given) {
    for (const std::string_view item : split_trimmed(text, ',')) {
      if (!item.empty()) items.emplace_back(item);
    }
  }
  return items;
}

template <class T, class Find>
std::optional<Error> fill(std::vector<T>& list,
                          const std::vector<std::string>& given,
                          std::string_view option,
                          Find&& find) {
  for (const std::string& item : items_of(given)) {
    Result<T> found = find(item);
    if (!found) return at(option, found.error());
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
  return Done{};
}

Status check_range(std::string_view option, int value, int low, int high) {
  if (low <= value && value <= high) return Done{};
  return Error{.kind = ErrorKind::kInvalid,
               .message = std::to_string(value) + " is out of range; expected " +
                          std::to_string(low) + " to " + std::to_string(high),
               .where = std::string{option}};
}

Result<plan::Question> question_of(const World& world, const PlanArgs& args) {
  plan::Question question;
  const Result<Id<Place>> from = find_place(world, args.from);
  if (!from) return at("--from", from.error());
  const Result<Id<Place>> to = find_place(world, args.to);
  if (!to) return at("--to", to.error());
  const Result<Id<Goods>> goods = find_goods(world, args.goods);
  if (!goods) return at("--goods", goods.error());
  Id<LoadUnit> load_unit;
  if (!args.load_unit.empty()) {
    const Result<Id<LoadUnit>> found = find_load_unit(world, args.load_unit);
    if (!found) return at("--load-unit", found.error());
    load_unit = *found;
  }
  const Result<Shipment> shipment = parse_cargo(world, args.cargo, *goods, load_unit);
  if (!shipment) return shipment.error();
  const Result<Instant> depart = departure(world, *from, args.depart);
  if (!depart) return depart.error();
  if (const Status fine = check_range("--days", args.days, 1, 400); !fine) return fine.error();
  if (const Status fine = check_range("--legs", args.legs, 1, 64); !fine) return fine.error();
  question.from = *from;
  question.to = *to;
  question.shipment = *shipment;
  question.depart = *depart;
  question.days_max = args.days;
  question.legs_max = args.legs;
  if (const Status filled = fill_refusals(world, args, question.refuse); !filled)
    return filled.error();
  question.keep_safer_options = !args.ignore_risk;
  return question;
}

Result<std::size_t> options_of(const std::string& text) {
  if (text == "all") return static_cast<std::size_t>(-1);
  const std::optional<std::size_t> n = parse_int<std::size_t>(text);
  if (n && *n >= 1) return *n;
  return Error{.kind = ErrorKind::kMalformed,
               .message = "'" + text + "' is not a number of options; expected 1, 2, ... or all",
               .where = "--options"};
}

std::string written(const report::PlanReport& report, const Settings& settings) {
  switch (settings.format) {
    case Format::kJson:
      return report.json();
    case Format::kCsv:
      return report.csv();
    case Format::kGeoJson:
      return report.geojson();
    case Format::kText:
    case Format::kMarkdown:
    case Format::kXlsx:
      break;
  }
  return report.text(settings.style());
}

int run_plan(const Settings& settings, const PlanArgs& args) {
  const std::array formats{Format::kText, Format::kJson, Format::kCsv, Format::kGeoJson};
  if (const Status known = require_format(settings, formats); !known) return fail(known.error());
  const Result<std::size_t> options = options_of(args.options);
  if (!options) return fail(options.error());
  const std::unique_ptr<Session> session = open_session(settings);
  if (!session) return kBadInput;
  const World world = session->world();
  const Result<plan::Question> question = question_of(world, args);
  if (!question) return fail(question.error());
  const plan::Answer answer = plan::plan(world, *question);
  if (args.verify) {
    const std::vector<std::string> broken = plan::verify(world, *question, answer);
    for (const std::string& promise : broken)
      say("verify: " + promise);
    if (!broken.empty()) return kFault;
    if (!settings.quiet)
      say("verify: " + std::to_string(answer.itineraries.size()) + " itineraries hold");
  }
  const report::PlanReport report{
      world, *question, answer, {.options_max = *options, .legs = !args.is_brief}};
  return finish(written(report, settings), answer.itineraries.empty() ? kNo : kAnswered);
}

void add_avoid(CLI::App& app, const char* name, std::vector<std::string>& list, const char* text) {
  app.add_option(name, list, text)->type_name("LIST")->allow_extra_args(false);
}

}  // namespace

Verb add_plan(CLI::App& parent) {
  auto args = std::make_shared<PlanArgs>();
  CLI::App* app = parent.add_subcommand("plan", "Find the best ways of shipping cargo");
  app->add_option("--from", args->from, "Where the cargo is handed over: id, UN/LOCODE or name")
      ->type_name("PLACE")
      ->required();
  app->add_option("--to", args->to, "Where it goes")->type_name("PLACE")->required();
  app->add_option("--cargo", args->cargo, "80TEU, 40x40ft, 40FEU, 9000t, 44wagons, 20trucks, ...")
      ->type_name("AMOUNT")
      ->required();
  app->add_option("--goods", args->goods, "What it is (karvan show goods)")
      ->type_name("GOODS")
      ->required();
  app->add_option("--depart", args->depart, "Day or instant of handing over, on the origin's clock")
      ->type_name("WHEN")
      ->required();
  app->add_option("--load-unit", args->load_unit, "In what it travels (karvan show load_unit)")
      ->type_name("UNIT");
  add_avoid(*app, "--avoid-mode", args->avoid_modes, "rail, sea, inland_water, road, pipeline");
  add_avoid(*app, "--avoid-country", args->avoid_countries, "Countries no leg may touch: RU,BY");
  add_avoid(*app, "--avoid-place", args->avoid_places, "Places no leg may pass");
  add_avoid(*app, "--avoid-operator", args->avoid_operators, "Operators");
  add_avoid(*app, "--avoid-service", args->avoid_services, "Services");
  add_avoid(*app, "--avoid-risk", args->avoid_risks, "war, sanctions, intermittent");
  app->add_option("--days", args->days, "Longest time on the way, 1 to 400")
      ->type_name("N")
      ->capture_default_str();
  app->add_option("--legs", args->legs, "Most legs, 1 to 64")
      ->type_name("N")
      ->capture_default_str();
  app->add_option("--options", args->options, "How many to tell in text; all tells all")
      ->type_name("N")
      ->capture_default_str();
  app->add_flag("--brief", args->is_brief, "Text: the table of options without their legs");
  app->add_flag("--ignore-risk", args->ignore_risk,
                "Let an option over a sanctioned or war zone displace a safer one");
  app->add_flag("--verify", args->verify, "Let the independent judge check the answer first");
  app->footer(
      "The answer is the set of options of which none is better than another in arrival, cost and\n"
      "CO2e all at once. Text tells the best by each, then the most different; JSON, CSV and\n"
      "GeoJSON hold all. Without an option the answer says why and the exit status is 1.\n"
      "\n"
      "Examples:\n"
      "  karvan plan --from xian --to constanta --cargo 80TEU --goods machinery \\\n"
      "      --depart 2026-03-02\n"
      "  karvan plan --from kostanay --to Mersin --cargo 3000t --goods wheat \\\n"
      "      --depart 2026-09-01 --avoid-country RU\n"
      "  karvan plan --from tengiz --to ceyhan --cargo 8000t --goods crude --depart 2026-03-02 \\\n"
      "      --format json | jq '.itineraries[0].legs[].mode'");
  return {.app = app, .run = [args](const Settings& s) { return run_plan(s, *args); }};
}

}  // namespace karvan::cli
