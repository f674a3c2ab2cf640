// Runs one fuzz target over every file of the folders given: inputs that once broke us must not
// break us again. Needs no fuzzer, so every build with tests can do it. A missing folder is empty.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> inputs;
  for (int i = 1; i < argc; ++i) {
    std::error_code absent;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{argv[i], absent}) {
      if (entry.is_regular_file()) inputs.push_back(entry.path());
    }
  }
  std::sort(inputs.begin(), inputs.end());
  for (const auto& input : inputs) {
    // Named before it runs, so that a crash says where.
    std::printf("%s\n", input.string().c_str());
    static_cast<void>(std::fflush(stdout));
    std::ifstream in{input, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    const std::vector<std::uint8_t> data{bytes.begin(), bytes.end()};
    LLVMFuzzerTestOneInput(data.data(), data.size());
  }
  std::printf("%zu inputs replayed\n", inputs.size());
  return 0;
}
