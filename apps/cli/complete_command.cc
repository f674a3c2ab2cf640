// karvan complete: words for the shell's completion, one a line. Says nothing where it knows
// nothing: a shell that completes should never show an error.

#include <iterator>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "karvan/base/complaint.h"
#include "karvan/base/text.h"
#include "karvan/load/directory.h"

#include "output.h"
#include "session.h"
#include "verb.h"

namespace karvan::cli {
namespace {

int run_complete(const Settings& settings, const std::string& what) {
  Complaints unsaid;
  const load::Files files = load::read_folder(settings.data, unsaid);
  std::string words;
  if (what == "scenarios") {
    for (const std::string& name : scenario_names(files))
      words += name + '\n';
    return finish(words, kAnswered);
  }
  std::optional<load::Loaded> loaded = load::load_corridor(files, settings.data, unsaid);
  if (!loaded) return kAnswered;
  Session session;
  session.loaded = std::move(*loaded);
  const report::Catalog catalog = catalog_of(session);
  if (what == "tables") {
    for (const report::CatalogTable& table : catalog.tables)
      words += table.name + '\n';
  } else if (const report::CatalogTable* table = catalog.table(what)) {
    for (const std::vector<std::string>& row : table->rows)
      words += row.front() + '\n';
  }
  return finish(words, kAnswered);
}

}  // namespace

Verb add_complete(CLI::App& parent) {
  auto what = std::make_shared<std::string>();
  CLI::App* app =
      parent.add_subcommand("complete", "Words for the shell's completion: ids of a table");
  app->add_option("WHAT", *what, "tables, scenarios, or a table: places, goods, ...")->required();
  app->group("");  // not in the list of verbs
  return {.app = app, .run = [what](const Settings& s) { return run_complete(s, *what); }};
}

}  // namespace karvan::cli
