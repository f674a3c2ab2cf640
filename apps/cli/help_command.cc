// karvan help: the help of a verb.

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "output.h"
#include "verb.h"

namespace karvan::cli {

Verb add_help(CLI::App& parent) {
  auto verb = std::make_shared<std::string>();
  CLI::App* app = parent.add_subcommand("help", "Help for a verb");
  app->add_option("VERB", *verb, "plan, show, sources, ...");
  const auto run = [verb, &parent](const Settings&) {
    if (verb->empty()) return finish(parent.help(), kAnswered);
    std::vector<std::string> names;
    for (const CLI::App* one : parent.get_subcommands([](const CLI::App*) { return true; })) {
      if (one->get_name() == *verb) return finish(one->help("karvan"), kAnswered);
      names.push_back(one->get_name());
    }
    return fail(unknown_word("verb", *verb, names));
  };
  return {.app = app, .run = run};
}

}  // namespace karvan::cli
