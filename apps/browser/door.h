#pragma once
// What the module holds between two calls of a page: the files, the corridor, the worlds that were
// opened, the questions that were compiled, the run under way. Every call answers in `reply`.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/choice/replayed.h"
#include "karvan/load/build.h"
#include "karvan/load/scenario.h"
#include "karvan/plan/plan.h"
#include "karvan/plan/reliability.h"
#include "karvan/simulate/simulate.h"

#include "asked.h"

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
  void reach(std::size_t world);
  void why_not(std::size_t world);
  void assess(std::size_t world, std::size_t option);

  // Closes the world and all that was compiled of it.
  void forget(std::size_t world);

  void begin_compile(std::size_t world);
  // Asks for so many more ways; how many are asked for by now.
  std::size_t step_compile(std::size_t ways);
  void end_compile();
  void begin_run(std::size_t number, std::uint64_t replication, bool keeps_events);
  double step_run(int days);
  void end_run();
  void trips();
  void flows();
  void estimate(std::size_t number);
  void compare(std::size_t base, std::size_t other);

  // An option of the world's last plan, sent through the simulated corridor: compiled, then a run
  // at a time; each tells of all so far.
  void begin_replay(std::size_t world, std::size_t option);
  void run_replay();

  // Numbers that nobody has published, in groups that move together.
  void assumed();
  // A world with numbers of a scenario set or scaled.
  void vary();

 private:
  struct Opened {
    Overlay overlay;
    std::optional<World> world;
    std::optional<plan::Planner> planner;  // made by the first question
    std::optional<plan::ReliabilityBook> book;
    std::optional<PlanAsked> asked;
    plan::Answer answer;
    std::string seen;  // what of the scenario's changes a planner sees; one text for the same ones
  };
  // What shippers found in a world, good for all worlds that a planner cannot tell from it.
  struct Shippers {
    std::shared_ptr<const Opened> world;
    simulate::Alternator ask;  // remembers its answers
  };
  struct Case {
    std::size_t world = 0;
    simulate::Question question;
    std::shared_ptr<const simulate::detail::Model> model;
    std::vector<simulate::Answer> answers;  // without their events
  };
  // A question whose ways are asked for, a few at a time.
  struct Compile {
    struct Way {
      Id<Demand> demand;
      Shipment shipment;
      Instant at;
    };
    std::size_t world = 0;
    simulate::Question question;
    simulate::Alternator ask;
    std::vector<Way> ways;
    std::size_t asked = 0;
  };
  struct Run {
    std::size_t number = 0;
    simulate::Question question;
    simulate::Live live;
  };

  struct Replaying {
    std::size_t world = 0;
    std::unique_ptr<choice::Replay> replay;  // what the model looks into
    simulate::Question question;
    std::shared_ptr<const simulate::detail::Model> model;
    choice::Replayed told;
  };

  void refuse(std::string_view message);
  void tell_replay();
  void open(std::optional<load::Scenario> scenario, const Complaints& complaints);
  Opened* world_at(std::size_t number);
  Case* case_at(std::size_t number);
  static const plan::Planner& planner_of(Opened& opened);
  static const plan::ReliabilityBook& book_of(Opened& opened);
  simulate::Alternator shippers_of(const std::shared_ptr<const Opened>& opened);

  load::Files files_;
  std::optional<load::Loaded> loaded_;
  // Behind pointers: worlds and models point at what they were made from. Null: forgotten.
  std::vector<std::shared_ptr<Opened>> worlds_;
  std::vector<std::unique_ptr<Case>> cases_;
  std::vector<Shippers> shippers_;  // the last ones asked
  std::optional<Compile> compile_;
  std::optional<Run> run_;
  std::optional<Replaying> replaying_;
  std::string trips_;
  std::string flows_;
};

}  // namespace karvan::browser
