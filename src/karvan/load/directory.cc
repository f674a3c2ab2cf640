#include "karvan/load/directory.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <sys/stat.h>

#include "karvan/base/complaint.h"
#include "karvan/load/build.h"

namespace karvan::load {
namespace {

constexpr std::size_t kMostFileBytes = 256U << 20U;  // of one file; the readers refuse more anyway
constexpr std::size_t kMostFiles = 2000;

// POSIX, not std::filesystem: the C++ library for WebAssembly has none.
struct Closer {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  void operator()(DIR* folder) const { static_cast<void>(closedir(folder)); }
};

bool is_file(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool is_folder(const std::string& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::optional<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, Closer> file{std::fopen(path.c_str(), "rb")};
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 1U << 16U> block{};
  while (text.size() <= kMostFileBytes) {
    const std::size_t n = std::fread(block.data(), 1, block.size(), file.get());
    text.append(block.data(), n);
    if (n < block.size()) break;
  }
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return text;
}

// The name of the next thing in the folder, or nothing; errno tells the end from a fault.
const char* next_name(DIR* folder) {
  errno = 0;
  const dirent* entry = readdir(folder);
  return entry == nullptr ? nullptr : entry->d_name;
}

void read_files(const std::string& folder,
                const std::string& prefix,
                Files& files,
                Complaints& complaints) {
  const auto complain = [&complaints](const std::string& path, std::string message) {
    complaints.add({.file = path, .message = std::move(message)});
  };
  const std::unique_ptr<DIR, Closer> entries{opendir(folder.c_str())};
  while (const char* next = entries ? next_name(entries.get()) : nullptr) {
    const std::string name = next;
    const std::string path = path_in(folder, name);
    const bool is_ours = name.ends_with(".csv") || name.ends_with(".toml");
    if (!is_ours || !is_file(path)) continue;
    if (files.size() >= kMostFiles)
      return complain(folder,
                      "has too many files; at most " + std::to_string(kMostFiles) + " are read");
    if (auto text = read_file(path)) {
      files.emplace(prefix + name, std::move(*text));
    } else {
      complain(path, "cannot be read");
    }
  }
  if (errno != 0) complain(folder, "cannot be read: " + std::generic_category().message(errno));
}

}  // namespace

Files read_folder(const std::string& folder, Complaints& complaints) {
  Files files;
  read_files(folder, "", files, complaints);
  const std::string scenarios = path_in(folder, "scenarios");
  if (is_folder(scenarios)) read_files(scenarios, "scenarios/", files, complaints);
  return files;
}

std::optional<Loaded> load_corridor(const std::string& folder, Complaints& complaints) {
  const std::size_t errors = complaints.error_count();
  const Files files = read_folder(folder, complaints);
  if (complaints.error_count() != errors && files.empty()) return std::nullopt;
  auto loaded = load_corridor(files, folder, complaints);
  if (complaints.error_count() != errors) return std::nullopt;
  return loaded;
}

}  // namespace karvan::load
