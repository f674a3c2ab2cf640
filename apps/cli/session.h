#pragma once
// Session: the data of one run of the command: the folder loaded, the scenario laid over it.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/base/result.h"
#include "karvan/load/build.h"
#include "karvan/load/scenario.h"
#include "karvan/load/variation.h"
#include "karvan/model/world.h"
#include "karvan/report/catalog.h"

#include "options.h"

namespace karvan::cli {

struct Session {
  load::Files files;
  load::Loaded loaded;
  std::optional<load::Scenario> scenario;

  World world() const {
    return scenario ? World{loaded.corridor, scenario->overlay} : World{loaded.corridor};
  }
};

// To standard error.
void tell(const Complaints& complaints);

// The session that the settings ask for; nothing after complaints on standard error, then the exit
// is Exit::kBadInput. Warnings are left to `karvan check`.
std::unique_ptr<Session> open_session(const Settings& settings);
// The same with the bookings of a file laid over it, if it is not empty; warnings of them are told.
std::unique_ptr<Session> open_session(const Settings& settings, const std::string& booked);

// "data/demo/demand.csv:7: row grain: ..." for a fault of a room that names its row ("demand grain:
// ..."); the fault as it is where the row is the scenario's own.
std::string located(const load::Loaded& loaded, const std::string& fault);

// Every table as texts, the scenario's changes applied.
report::Catalog catalog_of(const Session& session);

// Names of the data set's scenarios, sorted.
std::vector<std::string> scenario_names(const load::Files& files);

// An error that names near ones, unless there is such a scenario.
Status check_scenario(const load::Files& files, std::string_view name);

// The scenario of this name; nothing after words on standard error.
std::optional<load::Scenario> open_scenario(const Session& session, std::string_view name);

// The scenario of this name (empty: the data as they are) with numbers varied; nothing after words
// on standard error.
std::optional<load::Scenario> open_varied(const Session& session,
                                          std::string_view name,
                                          std::span<const load::Tweak> tweaks);

}  // namespace karvan::cli
