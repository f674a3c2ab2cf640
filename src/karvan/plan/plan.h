#pragma once
// The front door of the room: one question, one answer. A Planner holds what does not depend on the
// question (the timetable graph and the books of cost) and may be asked from many threads at once.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/model/world.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/detail/stop.h"
#include "karvan/plan/question.h"
#include "karvan/plan/why_not.h"

namespace karvan::plan {

namespace detail {
struct Engine;
}

class Planner {
 public:
  // Compiles the world's services into dated voyages. The world must outlive the planner.
  explicit Planner(const World& world);
  ~Planner();
  Planner(Planner&&) noexcept;
  Planner& operator=(Planner&&) noexcept;
  Planner(const Planner&) = delete;
  Planner& operator=(const Planner&) = delete;

  // The same planner for a question whose answer may be wanted no longer: once `stop` is set, its
  // searches end soon, and what they answer is not complete (Statistics). Shares all with this one,
  // which it may outlive; `stop` must outlive it.
  Planner until(const std::atomic<bool>& stop) const;
  bool is_stopped() const { return detail::is_set(stop_); }
  const std::atomic<bool>* stop() const { return stop_; }

  // What was found out about shipments and lanes, for further questions about the same ones: they
  // are answered alike, but sooner. For one planner and one thread. A planner has some of its own
  // for questions that bring none; a memory of one's own is for many like questions in a row.
  class Memory {
   public:
    Memory();
    ~Memory();
    Memory(Memory&&) noexcept;
    Memory& operator=(Memory&&) noexcept;

   private:
    friend class Planner;
    struct Known;
    struct Lane;
    std::vector<Known> known_;
    std::vector<Lane> lanes_;  // the one asked last first
  };

  Answer answer(const Question& question) const;
  Answer answer(const Question& question, Memory& memory) const;

  // The same, but without an option it is not told why, unless that is obvious: an explanation
  // costs some searches more, and a compilation of the world without its closures.
  Answer answer_unexplained(const Question& question) const;
  Answer answer_unexplained(const Question& question, Memory& memory) const;

  // Why an answer of this planner to the question does not use what is named. Costs some searches.
  WhyNot why_not(const Question& question, const Answer& answer, const Subject& subject) const;

  // What the planner knows before a question, for the room's own books (reliability.h, policy.h).
  const detail::Engine& engine() const;

 private:
  struct State;
  class Loan;
  Planner(std::shared_ptr<const State> state, const std::atomic<bool>* stop);
  Answer answer(const Question& question, Memory& memory, bool explains) const;
  Answer range(const Question& question, Memory& memory, bool explains) const;
  Answer at_one_moment(const Question& question, Memory& memory, bool explains) const;
  std::shared_ptr<const State> state_;
  const std::atomic<bool>* stop_ = nullptr;
};

// What a question asks of the whole way and may not, by field: "via", "require",
// "transshipments_max", "budget", "papers_from"; and what is expected instead.
struct Unfit {
  std::string_view field;
  std::string message;
};
std::optional<Unfit> unfit(const Question& question);

// For one question: Planner{world}.answer(question).
Answer plan(const World& world, const Question& question);

}  // namespace karvan::plan
