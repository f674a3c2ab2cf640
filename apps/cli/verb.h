#pragma once
// Verb: one thing the command can be asked. Each <verb>_command.cc gives one; main.cc knows the
// list and nothing else about them.

#include <functional>
#include <string>

#include "options.h"

// Only the files that say what a verb takes include CLI11, which is slow to compile.
namespace CLI {
class App;
}

namespace karvan::cli {

struct Verb {
  CLI::App* app = nullptr;  // arguments and help
  std::function<int(const Settings&)> run;
};

Verb add_check(CLI::App& parent);
Verb add_show(CLI::App& parent);
Verb add_sources(CLI::App& parent);
Verb add_map(CLI::App& parent);
Verb add_scenario(CLI::App& parent);
Verb add_plan(CLI::App& parent);
Verb add_simulate(CLI::App& parent);
Verb add_observations(CLI::App& parent);
Verb add_timetable(CLI::App& parent);
Verb add_completion(CLI::App& parent);
Verb add_complete(CLI::App& parent);
Verb add_help(CLI::App& parent);

}  // namespace karvan::cli
