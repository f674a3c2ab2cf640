#include "door.h"

#include <algorithm>
#include <array>
#include <utility>

#include "karvan/base/json.h"
#include "karvan/choice/alternatives.h"
#include "karvan/load/assumed.h"
#include "karvan/plan/k_best.h"
#include "karvan/plan/one_front.h"
#include "karvan/plan/policy.h"
#include "karvan/plan/reach.h"
#include "karvan/simulate/experiment.h"

#include "assumed_json.h"
#include "flows.h"
#include "plan_json.h"
#include "simulate_json.h"
#include "trips.h"

namespace karvan::browser {
namespace {

constexpr std::size_t kMostShippers = 4;

// Tables that neither `plan` nor `cost` reads, nor what shippers ask of them.
bool is_seen_by_planner(const load::CellChange& change) {
  constexpr std::array<std::string_view, 6> kUnseen{"berths",  "cranes",  "tanks",
                                                    "vessels", "weather", "yards"};
  if (change.kind != load::ChangeKind::kChanged) return true;
  if (change.table == "demand") return change.column != "quantity";
  return std::ranges::find(kUnseen, change.table) == kUnseen.end();
}

std::string seen_of(const std::vector<load::CellChange>& changes) {
  std::string seen;
  for (const load::CellChange& change : changes) {
    if (!is_seen_by_planner(change)) continue;
    for (const std::string_view part :
         {to_text(change.kind), std::string_view{change.table}, std::string_view{change.id},
          std::string_view{change.column}, std::string_view{change.to}}) {
      seen += part;
      seen += '\n';
    }
  }
  return seen;
}

// "complaints": [...], errors and warnings.
void add_complaints(JsonWriter& json, const Complaints& complaints) {
  json.list("complaints", complaints, [&json](const Complaint& one) {
    json.object()
        .text("severity", one.severity == Severity::kError ? "error" : "warning")
        .text("file", one.file)
        .integer("line", one.line)
        .text("column", one.column)
        .text("value", one.value)
        .text("message", one.message)
        .text("hint", one.hint)
        .end();
  });
}

}  // namespace

void Door::refuse(std::string_view message) {
  JsonWriter json;
  json.object().key("ok").boolean(false).text("message", message);
  reply = std::move(json).finish();
}

Door::Opened* Door::world_at(std::size_t number) {
  if (number < worlds_.size() && worlds_[number]) return worlds_[number].get();
  refuse("no such world was opened");
  return nullptr;
}

Door::Case* Door::case_at(std::size_t number) {
  if (number < cases_.size() && cases_[number]) return cases_[number].get();
  refuse("no such question was compiled");
  return nullptr;
}

const plan::Planner& Door::planner_of(Opened& opened) {
  if (!opened.planner) opened.planner.emplace(*opened.world);
  return *opened.planner;
}

const plan::ReliabilityBook& Door::book_of(Opened& opened) {
  if (!opened.book) opened.book.emplace(planner_of(opened));
  return *opened.book;
}

void Door::add_file(std::size_t name_size) {
  const std::string name = input.substr(0, name_size);
  files_[name] = input.size() > name_size ? input.substr(name_size) : std::string{};
}

void Door::load() {
  Complaints complaints;
  loaded_ = load::load_corridor(files_, "", complaints);
  JsonWriter json;
  json.object().key("ok").boolean(loaded_.has_value());
  if (loaded_) {
    const CorridorInfo& info = loaded_->corridor.info;
    json.text("name", info.name)
        .text("title", info.title)
        .text("calendar_from", date_to_text(info.calendar_from))
        .text("calendar_until", date_to_text(info.calendar_until));
  }
  add_complaints(json, complaints);
  reply = std::move(json).finish();
}

void Door::open(std::optional<load::Scenario> scenario, const Complaints& complaints) {
  JsonWriter json;
  json.object().key("ok").boolean(scenario.has_value());
  if (scenario) {
    auto opened = std::make_shared<Opened>();
    opened->seen = seen_of(scenario->changes);
    opened->overlay = std::move(scenario->overlay);
    opened->world.emplace(loaded_->corridor, opened->overlay);
    json.integer("world", static_cast<long long>(worlds_.size()))
        .integer("changes", static_cast<long long>(scenario->changes.size()));
    worlds_.push_back(std::move(opened));
  }
  add_complaints(json, complaints);
  reply = std::move(json).finish();
}

void Door::open_world() {
  if (!loaded_) return refuse("no corridor is loaded");
  // The name, and in the lines after it what others have booked.
  const std::string_view text = input;
  const std::string_view name = text.substr(0, text.find('\n'));
  const std::string_view booked = text.substr(std::min(text.size(), name.size() + 1));
  Complaints complaints;
  std::optional<load::Scenario> scenario =
      booked.empty() ? load::load_scenario(*loaded_, files_, name, complaints)
                     : load::load_booked(*loaded_, files_, name, {.file = "booked", .text = booked},
                                         complaints);
  open(std::move(scenario), complaints);
}

void Door::vary() {
  if (!loaded_) return refuse("no corridor is loaded");
  const Result<Variation> asked = variation(input);
  if (!asked) return refuse(asked.error().message);
  Complaints complaints;
  std::optional<load::Scenario> scenario =
      load::load_varied(*loaded_, files_, asked->scenario, asked->tweaks, complaints);
  open(std::move(scenario), complaints);
}

void Door::assumed() {
  if (!loaded_) return refuse("no corridor is loaded");
  // As finely as gives a picture that can be read.
  constexpr std::size_t kMost = 24;
  std::vector<load::AssumedGroup> groups;
  for (const load::Grain grain :
       {load::Grain::kCell, load::Grain::kSubject, load::Grain::kColumn, load::Grain::kTable}) {
    groups = load::assumed_groups(*loaded_, input, grain);
    if (groups.size() <= kMost) break;
  }
  reply = assumed_json(groups);
}

void Door::forget(std::size_t world) {
  if (world_at(world) == nullptr) return;
  if (compile_ && compile_->world == world) compile_.reset();
  if (replaying_ && replaying_->world == world) replaying_.reset();
  for (std::size_t number = 0; number < cases_.size(); ++number) {
    if (!cases_[number] || cases_[number]->world != world) continue;
    if (run_ && run_->number == number) run_.reset();
    cases_[number].reset();
  }
  worlds_[world].reset();
  reply = R"({"ok":true})";
}

void Door::plan(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  Result<PlanAsked> asked = plan_asked(*opened->world, input);
  if (!asked) return refuse(asked.error().message);
  const plan::Planner& planner = planner_of(*opened);
  const plan::Question& question = asked->question;
  opened->answer = asked->ranking         ? plan::k_best(planner, question, *asked->ranking)
                   : asked->pairs.empty() ? planner.answer(question)
                                          : plan::one_front(planner, asked->pairs);
  std::optional<plan::Policy> policy;
  if (asked->policy && !opened->answer.itineraries.empty()) {
    plan::PolicyTerms terms{.deadline = question.deadline};
    if (question.deadline) terms.aim = plan::Aim::kOnTime;
    policy = plan::policy(book_of(*opened), question, terms);
  }
  reply = plan_json(*opened->world, opened->answer, policy ? &*policy : nullptr, question);
  opened->asked = *std::move(asked);
}

void Door::reach(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  const Result<plan::Question> asked = reach_asked(*opened->world, input);
  if (!asked) return refuse(asked.error().message);
  const std::vector<plan::Question> questions = plan::reach_questions(*opened->world, *asked);
  std::vector<plan::Answer> answers;
  for (const plan::Question& question : questions)
    answers.push_back(planner_of(*opened).answer_unexplained(question));
  reply = reach_json(*opened->world, plan::reached(questions, answers));
}

void Door::why_not(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  if (!opened->asked) return refuse("nothing was asked of this world");
  const Result<plan::Subject> subject = plan_subject(*opened->world, input);
  if (!subject) return refuse(subject.error().message);
  if (!opened->asked->pairs.empty()) return refuse("why not is asked of one pair of places");
  reply = why_not_json(*opened->world, planner_of(*opened).why_not(opened->asked->question,
                                                                   opened->answer, *subject));
}

void Door::assess(std::size_t world, std::size_t option) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  if (option >= opened->answer.itineraries.size()) return refuse("there is no such option");
  const Itinerary& itinerary = opened->answer.itineraries[option];
  const Id<Place> to = itinerary.legs.back().to;
  // Of several destinations each has the deadline on its own clock.
  plan::Terms terms{.deadline = opened->asked->question.deadline,
                    .waits_for_papers = opened->asked->question.papers_from.has_value()};
  for (const plan::Question& pair : opened->asked->pairs)
    if (pair.to == to) terms.deadline = pair.deadline;
  reply = reliability_json(*opened->world, to, book_of(*opened).assess(itinerary, terms));
}

simulate::Alternator Door::shippers_of(const std::shared_ptr<const Opened>& opened) {
  const auto known = std::ranges::find_if(
      shippers_, [&](const Shippers& one) { return one.world->seen == opened->seen; });
  if (known != shippers_.end()) {
    std::rotate(known, known + 1, shippers_.end());
  } else {
    if (shippers_.size() == kMostShippers) shippers_.erase(shippers_.begin());
    shippers_.push_back({.world = opened, .ask = choice::alternatives_from(*opened->world)});
  }
  return shippers_.back().ask;
}

void Door::begin_compile(std::size_t world) {
  compile_.reset();
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  const Result<simulate::Question> question = simulate_question(input);
  if (!question) return refuse(question.error().message);
  Compile next{.world = world,
               .question = *question,
               .ask = shippers_of(worlds_[world]),
               .ways = {},
               .asked = 0};
  // What the model will want to know, found by telling it nothing.
  simulate::Question listing = *question;
  listing.lose_unserved = true;
  const auto list = [&next](Id<Demand> demand, const Shipment& shipment, Instant at) {
    next.ways.push_back({.demand = demand, .shipment = shipment, .at = at});
    return simulate::Alternatives{.itineraries = {}, .refusal = "not asked yet"};
  };
  static_cast<void>(simulate::Simulator::compile(*opened->world, listing, list));
  JsonWriter json;
  json.object().key("ok").boolean(true).integer("ways", static_cast<long long>(next.ways.size()));
  reply = std::move(json).finish();
  compile_.emplace(std::move(next));
}

std::size_t Door::step_compile(std::size_t ways) {
  if (!compile_) return 0;
  const std::size_t end = std::min(compile_->ways.size(), compile_->asked + ways);
  for (; compile_->asked < end; ++compile_->asked) {
    const Compile::Way& way = compile_->ways[compile_->asked];
    static_cast<void>(compile_->ask(way.demand, way.shipment, way.at));
  }
  return compile_->asked;
}

void Door::end_compile() {
  if (!compile_) return refuse("no question was begun");
  const Compile asked = *std::exchange(compile_, std::nullopt);
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(*worlds_[asked.world]->world, asked.question, asked.ask);
  JsonWriter json;
  const auto add = [&json](const std::string& text) { json.text(text); };
  json.object().key("ok").boolean(compiled.model != nullptr);
  if (compiled.model) {
    json.integer("case", static_cast<long long>(cases_.size()));
    cases_.push_back(std::make_unique<Case>(Case{.world = asked.world,
                                                 .question = asked.question,
                                                 .model = std::move(compiled.model),
                                                 .answers = {}}));
  }
  json.list("errors", compiled.errors, add).list("warnings", compiled.warnings, add);
  reply = std::move(json).finish();
}

void Door::begin_run(std::size_t number, std::uint64_t replication, bool keeps_events) {
  const Case* const one = case_at(number);
  if (one == nullptr) return;
  simulate::Question question = one->question;
  question.replication = replication;
  question.keep_events = keeps_events;
  run_.reset();
  run_.emplace(Run{number, question, simulate::Live{one->model, question}});
  reply = R"({"ok":true})";
}

double Door::step_run(int days) {
  if (!run_) {
    refuse("no run was begun");
    return -1;
  }
  const simulate::Question& question = run_->question;
  const Instant begin = question.from - std::chrono::days{question.warm_up_days};
  const Instant end = question.from + std::chrono::days{question.days};
  const Instant until = std::min(end, run_->live.now() + std::chrono::days{days});
  if (const std::optional<Error> error = run_->live.run_until(until)) {
    refuse(error->message);
    run_.reset();
    return -1;
  }
  return to_hours(until - begin) / to_hours(end - begin);
}

void Door::end_run() {
  if (!run_) return refuse("no run was begun");
  Result<simulate::Answer> result = run_->live.finish();
  const Run run = *std::exchange(run_, std::nullopt);
  if (!result) return refuse(result.error().message);
  simulate::Answer answer = std::move(result).value();
  const Opened& opened = *worlds_[cases_[run.number]->world];
  if (run.question.keep_events) {
    trips_ = trips_of(answer.events);
    flows_ = flows_json(*opened.world, answer.events, run.question.from);
  }
  answer.events = {};
  answer.delivered = {};
  reply = answer_json(*opened.world, answer);
  cases_[run.number]->answers.push_back(std::move(answer));
}

void Door::trips() {
  reply = std::move(trips_);
  trips_.clear();
}

void Door::flows() {
  reply = std::move(flows_);
  flows_.clear();
}

void Door::estimate(std::size_t number) {
  const Case* const one = case_at(number);
  if (one == nullptr) return;
  if (one->answers.empty()) return refuse("no run has ended");
  reply = estimates_json(simulate::estimates(one->answers), one->answers.size(), input);
}

void Door::compare(std::size_t base, std::size_t other) {
  const Case* const a = case_at(base);
  const Case* const b = case_at(other);
  if (a == nullptr || b == nullptr) return;
  const std::size_t pairs = std::min(a->answers.size(), b->answers.size());
  if (pairs == 0) return refuse("no pair of runs has ended");
  reply = estimates_json(
      simulate::differences(std::span{a->answers}.first(pairs), std::span{b->answers}.first(pairs)),
      pairs, input);
}

}  // namespace karvan::browser
