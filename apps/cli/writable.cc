#include "writable.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <unistd.h>

namespace karvan::cli {

namespace fs = std::filesystem;

Status can_write(const std::string& path) {
  std::error_code fault;
  const fs::path target = fs::weakly_canonical(path, fault);  // through symbolic links
  const auto refused = [&path](const std::string& why) {
    return Error{.kind = ErrorKind::kUnavailable, .message = "cannot write " + path + ": " + why};
  };
  if (fault) return refused(fault.message());
  if (fs::is_directory(target, fault)) return refused("is a folder");
  const bool is_file = !fs::exists(target, fault) || fs::is_regular_file(target, fault);
  const fs::path asked = is_file ? target.parent_path() : target;
  if (::access(asked.c_str(), W_OK) != 0) return refused(std::generic_category().message(errno));
  return Done{};
}

}  // namespace karvan::cli
