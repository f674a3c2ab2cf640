#include "door.h"

#include <utility>

#include "karvan/choice/alternatives.h"
#include "karvan/simulate/experiment.h"

#include "asked.h"
#include "json.h"
#include "plan_json.h"
#include "progress.h"
#include "simulate_json.h"
#include "trips.h"

namespace karvan::browser {

void Door::refuse(std::string_view message) {
  Json json;
  json.object().key("ok").boolean(false).text("message", message);
  reply = std::move(json).finish();
}

Door::Opened* Door::world_at(std::size_t number) {
  if (number < worlds_.size()) return worlds_[number].get();
  refuse("no such world was opened");
  return nullptr;
}

Door::Case* Door::case_at(std::size_t number) {
  if (number < cases_.size()) return cases_[number].get();
  refuse("no such question was compiled");
  return nullptr;
}

const plan::Planner& Door::planner_of(Opened& opened) {
  if (!opened.planner) opened.planner.emplace(*opened.world);
  return *opened.planner;
}

void Door::add_file(std::size_t name_size) {
  const std::string name = input.substr(0, name_size);
  files_[name] = input.size() > name_size ? input.substr(name_size) : std::string{};
}

void Door::load() {
  Complaints complaints;
  loaded_ = load::load_corridor(files_, "", complaints);
  Json json;
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

void Door::open_world() {
  if (!loaded_) return refuse("no corridor is loaded");
  Complaints complaints;
  std::optional<load::Scenario> scenario = load::load_scenario(*loaded_, files_, input, complaints);
  Json json;
  json.object().key("ok").boolean(scenario.has_value());
  if (scenario) {
    auto opened = std::make_unique<Opened>();
    opened->overlay = std::move(scenario->overlay);
    opened->world.emplace(loaded_->corridor, opened->overlay);
    json.integer("world", static_cast<long long>(worlds_.size()))
        .integer("changes", static_cast<long long>(scenario->changes.size()));
    worlds_.push_back(std::move(opened));
  }
  add_complaints(json, complaints);
  reply = std::move(json).finish();
}

void Door::plan(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  Result<plan::Question> question = plan_question(*opened->world, input);
  if (!question) return refuse(question.error().message);
  opened->answer = planner_of(*opened).answer(*question);
  opened->asked = *question;
  reply = plan_json(*opened->world, opened->answer);
}

void Door::why_not(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  if (!opened->asked) return refuse("nothing was asked of this world");
  const Result<plan::Subject> subject = plan_subject(*opened->world, input);
  if (!subject) return refuse(subject.error().message);
  reply = why_not_json(*opened->world,
                       planner_of(*opened).why_not(*opened->asked, opened->answer, *subject));
}

void Door::assess(std::size_t world, std::size_t option) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  if (option >= opened->answer.itineraries.size()) return refuse("there is no such option");
  if (!opened->book) opened->book.emplace(planner_of(*opened));
  const Itinerary& itinerary = opened->answer.itineraries[option];
  const plan::Terms terms{.deadline = opened->asked->deadline};
  reply = reliability_json(*opened->world, itinerary.legs.back().to,
                           opened->book->assess(itinerary, terms));
}

void Door::compile(std::size_t world) {
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  const Result<simulate::Question> question = simulate_question(input);
  if (!question) return refuse(question.error().message);
  const simulate::Alternator ask = choice::alternatives_from(*opened->world);
  int asked = 0;
  const auto told = [&](Id<Demand> demand, const Shipment& shipment, Instant at) {
    tell_progress(++asked);
    return ask(demand, shipment, at);
  };
  simulate::Simulator::Compiled compiled =
      simulate::Simulator::compile(*opened->world, *question, told);
  Json json;
  const auto add = [&json](const std::string& text) { json.text(text); };
  json.object().key("ok").boolean(compiled.model != nullptr);
  if (compiled.model) {
    json.integer("case", static_cast<long long>(cases_.size()));
    cases_.push_back(std::make_unique<Case>(
        Case{.question = *question, .model = std::move(compiled.model), .answers = {}}));
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
  if (run.question.keep_events) trips_ = trips_of(answer.events);
  answer.events = {};
  answer.delivered = {};
  reply = answer_json(answer);
  cases_[run.number]->answers.push_back(std::move(answer));
}

void Door::trips() {
  reply = std::move(trips_);
  trips_.clear();
}

void Door::estimate(std::size_t number) {
  const Case* const one = case_at(number);
  if (one == nullptr) return;
  if (one->answers.empty()) return refuse("no run has ended");
  reply = estimates_json(simulate::estimates(one->answers), one->answers.size());
}

void Door::compare(std::size_t base, std::size_t other) {
  const Case* const a = case_at(base);
  const Case* const b = case_at(other);
  if (a == nullptr || b == nullptr) return;
  const std::size_t pairs = std::min(a->answers.size(), b->answers.size());
  if (pairs == 0) return refuse("no pair of runs has ended");
  reply = estimates_json(
      simulate::differences(std::span{a->answers}.first(pairs), std::span{b->answers}.first(pairs)),
      pairs);
}

}  // namespace karvan::browser
