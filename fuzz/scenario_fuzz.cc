// A scenario over the small corridor: the bytes stand for its file. It has another scenario and
// itself to choose as parents.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "karvan/base/check.h"
#include "karvan/load/build.h"
#include "karvan/load/detail/small_corridor.h"
#include "karvan/load/scenario.h"

namespace {

struct Small {
  karvan::load::Files files = karvan::load::detail::small_corridor();
  std::optional<karvan::load::Loaded> loaded;

  Small() {
    karvan::Complaints complaints;
    loaded = karvan::load::load_corridor(files, "", complaints);
    files["scenarios/parent.toml"] =
        "name = \"parent\"\ntitle = \"Parent\"\n[[change]]\ntable = \"links\"\n"
        "id = \"aktau-alat-sea\"\nset = { speed_kmh = 10 }\n";
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace load = karvan::load;
  static const Small small;
  load::Files files = small.files;
  files["scenarios/s.toml"] = std::string{data, data + size};
  karvan::Complaints complaints;
  const auto scenario = load::load_scenario(*small.loaded, files, "s", complaints);
  CHECK(scenario.has_value() == complaints.ok());
  karvan::Complaints others;
  load::list_scenarios(files, "", others);
  return 0;
}
