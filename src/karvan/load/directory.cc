#include "karvan/load/directory.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"

namespace karvan::load {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 256U << 20U;  // of one file; the readers refuse more anyway
constexpr std::size_t kMostFiles = 2000;

struct Closer {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

std::optional<std::string> read_file(const fs::path& path) {
  const std::unique_ptr<std::FILE, Closer> file{std::fopen(path.c_str(), "rb")};
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 1U << 16U> block{};
  while (text.size() <= kMostBytes) {
    const std::size_t n = std::fread(block.data(), 1, block.size(), file.get());
    text.append(block.data(), n);
    if (n < block.size()) break;
  }
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return text;
}

void read_files(const fs::path& folder,
                const std::string& prefix,
                Files& files,
                Complaints& complaints) {
  std::error_code error;
  fs::directory_iterator entries{folder, error};
  for (; !error && entries != fs::directory_iterator{}; entries.increment(error)) {
    const fs::path& path = entries->path();
    const std::string ending = path.extension().string();
    std::error_code kind_error;
    if ((ending != ".csv" && ending != ".toml") || !entries->is_regular_file(kind_error)) continue;
    if (files.size() >= kMostFiles) {
      complaints.add(
          {.file = folder.generic_string(),
           .message = "has too many files; at most " + std::to_string(kMostFiles) + " are read"});
      return;
    }
    auto text = read_file(path);
    if (!text) {
      complaints.add({.file = path.generic_string(), .message = "cannot be read"});
      continue;
    }
    files.emplace(prefix + path.filename().string(), std::move(*text));
  }
  if (error) {
    complaints.add(
        {.file = folder.generic_string(), .message = "cannot be read: " + error.message()});
  }
}

}  // namespace

Files read_folder(const fs::path& folder, Complaints& complaints) {
  Files files;
  read_files(folder, "", files, complaints);
  std::error_code error;
  if (fs::is_directory(folder / "scenarios", error)) {
    read_files(folder / "scenarios", "scenarios/", files, complaints);
  }
  return files;
}

std::optional<Loaded> load_corridor(const fs::path& folder, Complaints& complaints) {
  const std::size_t errors = complaints.error_count();
  const Files files = read_folder(folder, complaints);
  if (complaints.error_count() != errors && files.empty()) return std::nullopt;
  auto loaded = load_corridor(files, folder.generic_string(), complaints);
  if (complaints.error_count() != errors) return std::nullopt;
  return loaded;
}

}  // namespace karvan::load
