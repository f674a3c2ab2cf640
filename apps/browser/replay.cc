// An option of the last plan of a world, sent through the simulated corridor, one run at a call.

#include <utility>

#include "karvan/base/json.h"
#include "karvan/model/clock.h"
#include "karvan/wire/replay_json.h"

#include "door.h"

namespace karvan::browser {

void Door::begin_replay(std::size_t world, std::size_t number) {
  replaying_.reset();
  Opened* const opened = world_at(world);
  if (opened == nullptr) return;
  if (number >= opened->answer.itineraries.size()) return refuse("there is no such option");
  const Itinerary& option = opened->answer.itineraries[number];
  const plan::Question& asked = opened->asked->question;
  Replaying next{.world = world,
                 .replay = std::make_unique<choice::Replay>(*opened->world, asked.shipment, option),
                 .question = {.from = std::chrono::floor<std::chrono::days>(option.depart),
                              .days = choice::replay_days(option),
                              .lose_unserved = true},
                 .model = nullptr,
                 .told = {.option = option, .deadline = asked.deadline, .runs = {}}};
  for (const plan::Question& pair : opened->asked->pairs)
    if (pair.to == option.legs.back().to) next.told.deadline = pair.deadline;
  next.question.sent = next.replay->sent();
  simulate::Simulator::Compiled compiled = simulate::Simulator::compile(
      next.replay->world(), next.question, next.replay->alternatives(shippers_of(worlds_[world])));
  if (!compiled.model) return refuse(compiled.errors.front());
  next.model = std::move(compiled.model);
  replaying_.emplace(std::move(next));
  tell_replay();
}

void Door::run_replay() {
  if (!replaying_) return refuse("no option was sent");
  simulate::Question question = replaying_->question;
  question.replication = replaying_->told.runs.size();
  const Result<simulate::Answer> answer = simulate::Simulator::run(*replaying_->model, question);
  if (!answer) return refuse(answer.error().message);
  replaying_->told.runs.push_back(replaying_->replay->outcome(*answer));
  tell_replay();
}

void Door::tell_replay() {
  const World& world = *worlds_[replaying_->world]->world;
  JsonWriter json;
  json.object().boolean("ok", true);
  wire::replay(json, world, Clocks{world}, replaying_->told);
  reply = std::move(json).finish();
}

}  // namespace karvan::browser
