// The karvan command: reads the arguments, finds the verb, lets it answer.

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "karvan/base/heap.h"
#include "karvan/base/text.h"

#include "../server/serve_command.h"
#include "options.h"
#include "output.h"
#include "verb.h"

namespace {

using namespace karvan;       // NOLINT(google-build-using-namespace): the program's own file
using namespace karvan::cli;  // NOLINT(google-build-using-namespace): likewise: the same

constexpr const char* kFooter =
    "Examples:\n"
    "  karvan plan --from xian --to constanta --cargo 80TEU --goods machinery --depart 2026-03-02\n"
    "  karvan show place aktau\n"
    "  karvan sources links:aktau-alat-sea\n"
    "  karvan check data/titr\n"
    "\n"
    "Exit status: 0 answered; 1 a true \"no\" (there is no such option); 2 wrong usage or input;\n"
    "3 a fault of ours. Colors: NO_COLOR is honored. Data: --data, else $KARVAN_DATA, else "
    "data/titr.";

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("--data", globals.data, "Folder of the corridor's data")->type_name("DIR");
  app.add_option("--scenario", globals.scenario, "Scenario laid over the data")->type_name("NAME");
  app.add_option("--format", globals.format,
                 "text, json, csv, geojson, markdown, xlsx, ics or html")
      ->type_name("FORMAT");
  app.add_option("--seed", globals.seed, "Seed of random numbers (for verbs that draw any)")
      ->type_name("N");
  app.add_flag("-q,--quiet", globals.quiet, "No warnings and no remarks on standard error");
  app.add_option("--color", globals.color, "auto, always or never")->type_name("WHEN");
}

std::vector<std::string> verb_names(const std::vector<Verb>& verbs) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs)
    names.push_back(verb.app->get_name());
  return names;
}

bool is_global_with_value(const std::string& word) {
  static constexpr std::array<std::string_view, 5> kNames{"--data", "--scenario", "--format",
                                                          "--seed", "--color"};
  return std::ranges::find(kNames, word) != kNames.end();
}

// The first word that is neither an option nor the value of one; empty if there is none.
std::string first_word(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_global_with_value(words[i])) {
      ++i;
    } else if (!words[i].starts_with("-")) {
      return words[i];
    }
  }
  return {};
}

std::vector<std::string> long_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  }
  return names;
}

// What CLI11 says about wrong arguments, with a near option for a misspelled one.
Error usage_error(const CLI::ParseError& fault,
                  const CLI::App& app,
                  const CLI::App* verb,
                  const std::vector<std::string>& words) {
  std::vector<std::string> known = long_options(app);
  if (verb != nullptr) {
    const std::vector<std::string> own = long_options(*verb);
    known.insert(known.end(), own.begin(), own.end());
  }
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (!name.starts_with("--") || name == "--") continue;
    if (std::ranges::find(known, name) == known.end()) return unknown_word("option", name, known);
  }
  const std::string help = verb == nullptr ? "karvan --help" : "karvan help " + verb->get_name();
  return {.kind = ErrorKind::kMalformed,
          .message = std::string{trim(fault.what())} + " (see " + help + ")"};
}

int run(const std::vector<std::string>& words) {
  Globals globals;
  CLI::App app{
      "Answers questions about freight corridors: what ways there are, what they take,\n"
      "what they cost, what they emit, and on which sources that rests.",
      "karvan"};
  app.set_version_flag("--version", std::string{"karvan "} + KARVAN_VERSION);
  app.footer(kFooter);
  app.fallthrough();
  app.require_subcommand(0, 1);
  add_globals(app, globals);
  const std::vector<Verb> verbs{add_plan(app),          add_show(app),         add_sources(app),
                                add_check(app),         add_map(app),          add_scenario(app),
                                add_simulate(app),      add_observations(app), add_timetable(app),
                                server::add_serve(app), add_help(app),         add_completion(app),
                                add_complete(app)};
  const std::string word = first_word(words);
  const Verb* verb = nullptr;
  for (const Verb& one : verbs) {
    if (one.app->get_name() == word) verb = &one;
  }
  if (verb == nullptr && !word.empty()) return fail(unknown_word("verb", word, verb_names(verbs)));
  try {
    std::vector<std::string> reversed{words.rbegin(), words.rend()};  // as CLI11 wants them
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    const CLI::App* asked = verb == nullptr ? &app : verb->app;
    return finish(asked->help(verb == nullptr ? "" : "karvan"), kAnswered);
  } catch (const CLI::CallForVersion&) {
    return finish(std::string{"karvan "} + KARVAN_VERSION + "\n", kAnswered);
  } catch (const CLI::ParseError& fault) {
    return fail(usage_error(fault, app, verb == nullptr ? nullptr : verb->app, words));
  }
  if (verb == nullptr) {
    std::fputs(app.help().c_str(), stderr);
    return kBadInput;
  }
  const Result<Settings> settings = settle(globals);
  if (!settings) return fail(settings.error());
  return verb->run(*settings);
}

}  // namespace

int main(int argc, char** argv) {
  keep_heap();
  try {
    return run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    std::fputs("karvan: out of memory\n", stderr);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "karvan: %s\n", fault.what());
  }
  return kFault;
}
