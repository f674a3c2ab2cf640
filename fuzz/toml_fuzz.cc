// corridor.toml: the bytes stand for the whole file.

#include <cstddef>
#include <cstdint>
#include <string>

#include "karvan/base/check.h"
#include "karvan/load/build.h"
#include "karvan/load/detail/small_corridor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace load = karvan::load;
  static const load::Files sound = load::detail::small_corridor();
  load::Files files = sound;
  files["corridor.toml"] = std::string{data, data + size};
  karvan::Complaints complaints;
  const auto loaded = load::load_corridor(files, "", complaints);
  CHECK(loaded.has_value() == complaints.ok());
  return 0;
}
