#pragma once
// The front door of the room: one question, one answer. A Planner holds what does not depend on the
// question (the timetable graph and the books of cost) and may be asked from many threads at once.

#include <memory>

#include "karvan/model/world.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::plan {

class Planner {
 public:
  // Compiles the world's services into dated voyages. The world must outlive the planner.
  explicit Planner(const World& world);
  ~Planner();
  Planner(Planner&&) noexcept;
  Planner& operator=(Planner&&) noexcept;
  Planner(const Planner&) = delete;
  Planner& operator=(const Planner&) = delete;

  Answer answer(const Question& question) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

// For one question: Planner{world}.answer(question).
Answer plan(const World& world, const Question& question);

}  // namespace karvan::plan
