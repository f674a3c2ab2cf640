#pragma once
// What the module holds between two calls of a page: the files, the corridor, the worlds that were
// opened, the questions that were compiled, the run under way. Every call answers in `reply`.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/load/build.h"
#include "karvan/load/scenario.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/reliability.h"
#include "karvan/simulate/simulate.h"

namespace karvan::browser {

class Door {
 public:
  std::string input;
  std::string reply;

  // The input is the file's name, of so many bytes, and its text.
  void add_file(std::size_t name_size);
  void load();
  void open_world();

  void plan(std::size_t world);
  void why_not(std::size_t world);
  void assess(std::size_t world, std::size_t option);

  void compile(std::size_t world);
  void begin_run(std::size_t number, std::uint64_t replication, bool keeps_events);
  double step_run(int days);
  void end_run();
  void trips();
  void estimate(std::size_t number);
  void compare(std::size_t base, std::size_t other);

 private:
  struct Opened {
    Overlay overlay;
    std::optional<World> world;
    std::optional<plan::Planner> planner;  // made by the first question
    std::optional<plan::ReliabilityBook> book;
    std::optional<plan::Question> asked;
    plan::Answer answer;
  };
  struct Case {
    simulate::Question question;
    std::shared_ptr<const simulate::detail::Model> model;
    std::vector<simulate::Answer> answers;  // without their events
  };
  struct Run {
    std::size_t number = 0;
    simulate::Question question;
    simulate::Live live;
  };

  void refuse(std::string_view message);
  Opened* world_at(std::size_t number);
  Case* case_at(std::size_t number);
  static const plan::Planner& planner_of(Opened& opened);

  load::Files files_;
  std::optional<load::Loaded> loaded_;
  // Behind pointers: worlds and models point at what they were made from.
  std::vector<std::unique_ptr<Opened>> worlds_;
  std::vector<std::unique_ptr<Case>> cases_;
  std::optional<Run> run_;
  std::string trips_;
};

}  // namespace karvan::browser
