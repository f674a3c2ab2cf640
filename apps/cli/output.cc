#include "output.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "options.h"

namespace karvan::cli {
namespace {

namespace fs = std::filesystem;

Error system_error(const std::string& what) {
  return {.kind = ErrorKind::kUnavailable,
          .message = what + ": " + std::generic_category().message(errno)};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(file, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Status write_direct(const std::string& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return system_error("cannot open " + path);
  const bool written = write_all(file, text);
  const Error fault = system_error("cannot write " + path);
  if (::close(file) != 0 || !written) return fault;
  return Done{};
}

Status write_beside(const fs::path& path, std::string_view text) {
  std::string beside = path.string() + ".XXXXXX";
  const int file = ::mkstemp(beside.data());
  if (file < 0) return system_error("cannot write " + path.string());
  bool ok = write_all(file, text);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ok = ok && ::fchmod(file, 0666U & ~mask) == 0 && ::fsync(file) == 0;
  Error fault = system_error("cannot write " + path.string());
  ok = ::close(file) == 0 && ok;
  if (ok && ::rename(beside.c_str(), path.c_str()) == 0) return Done{};
  if (ok) fault = system_error("cannot write " + path.string());
  ::unlink(beside.c_str());
  return fault;
}

}  // namespace

Status write_out(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text)) return system_error("cannot write the answer");
  return Done{};
}

Status write_err(std::string_view text) {
  if (!write_all(STDERR_FILENO, text)) return system_error("cannot write complaints");
  return Done{};
}

Status write_file(const std::string& path, std::string_view text) {
  std::error_code fault;
  const fs::path target = fs::weakly_canonical(path, fault);  // through symbolic links
  if (fault)
    return Error{.kind = ErrorKind::kUnavailable,
                 .message = "cannot write " + path + ": " + fault.message()};
  const bool exists = fs::exists(target, fault);
  if (exists && fs::is_directory(target, fault))
    return Error{.kind = ErrorKind::kInvalid, .message = "cannot write " + path + ": is a folder"};
  if (exists && !fs::is_regular_file(target, fault)) return write_direct(path, text);
  return write_beside(target, text);
}

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t kMostBytes = 256U << 20U;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return system_error("cannot be read");
  std::string text;
  std::array<char, 1U << 16U> block{};
  ssize_t n = 0;
  do {
    n = ::read(file, block.data(), block.size());
    if (n > 0) text.append(block.data(), static_cast<std::size_t>(n));
  } while ((n > 0 || (n < 0 && errno == EINTR)) && text.size() <= kMostBytes);
  const Error fault = system_error("cannot be read");
  static_cast<void>(::close(file));
  if (n < 0) return fault;
  if (text.size() > kMostBytes)
    return Error{.kind = ErrorKind::kInvalid, .message = "is larger than 256 MB"};
  return text;
}

void say(std::string_view text) {
  const std::string line = "karvan: " + std::string{text} + "\n";
  // Nothing is left to do if standard error is closed.
  static_cast<void>(write_all(STDERR_FILENO, line));
}

int fail(const Error& error) {
  say(error.where.empty() ? error.message : error.where + ": " + error.message);
  return kBadInput;
}

int finish(std::string_view text, int exit) {
  const Status written = write_out(text);
  return written ? exit : fail(written.error());
}

}  // namespace karvan::cli
