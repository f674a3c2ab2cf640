#include "karvan/timetable/archive.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <stdio.h>  // NOLINT(modernize-deprecated-headers): renameat2 is declared here only
#include <zip.h>

namespace karvan::timetable {
namespace {

namespace fs = std::filesystem;

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { static_cast<void>(zip_fclose(file)); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, ZipCloser>;
using ZipFile = std::unique_ptr<zip_file_t, ZipCloser>;
using ZipSource = std::unique_ptr<zip_source_t, ZipCloser>;

std::string bytes_text(std::size_t bytes) {
  return std::to_string(bytes) + " bytes";
}

class Unzipper {
 public:
  Unzipper(const std::string& name, Complaints& complaints, const ArchiveLimits& limits)
      : name_{name}, complaints_{complaints}, limits_{limits} {}

  std::optional<load::Files> read(std::string_view bytes) {
    if (bytes.size() > limits_.archive_bytes)
      return refuse({}, "is larger than " + bytes_text(limits_.archive_bytes));
    if (bytes.empty()) return refuse({}, "is empty, no zip archive");
    zip_error_t fault{};
    ZipSource source{zip_source_buffer_create(bytes.data(), bytes.size(), 0, &fault)};
    if (!source) return refuse({}, "cannot be read as a zip archive");
    archive_.reset(zip_open_from_source(source.get(), ZIP_RDONLY, &fault));
    if (!archive_) return refuse({}, "is no zip archive");
    static_cast<void>(source.release());  // the archive's now
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0 || static_cast<std::size_t>(count) > limits_.entries)
      return refuse({}, "has more than " + std::to_string(limits_.entries) + " entries");
    load::Files files;
    for (const auto& [file, index] : chosen(static_cast<zip_uint64_t>(count))) {
      std::optional<std::string> text = unpack(index, file);
      if (!text) return std::nullopt;
      files.emplace(file, std::move(*text));
    }
    return files;
  }

 private:
  std::nullopt_t refuse(const std::string& file, std::string message) {
    complaints_.add(
        {.file = file.empty() ? name_ : load::path_in(name_, file), .message = std::move(message)});
    return std::nullopt;
  }

  // The entries to unpack, by their names within the feed's folder.
  std::map<std::string, zip_uint64_t> chosen(zip_uint64_t count) const {
    std::map<std::string, std::map<std::string, zip_uint64_t>> folders;
    for (zip_uint64_t i = 0; i < count; ++i) {
      const char* text = zip_get_name(archive_.get(), i, ZIP_FL_ENC_GUESS);
      const std::string path = text == nullptr ? "" : text;
      const std::size_t slash = path.rfind('/');
      const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
      const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
      if (file.ends_with(".txt")) folders[folder].try_emplace(file, i);
    }
    if (folders.contains("")) return folders[""];
    for (const auto& [folder, files] : folders) {
      if (files.contains("stops.txt")) return files;
    }
    return {};
  }

  std::optional<std::string> unpack(zip_uint64_t index, const std::string& file) {
    zip_stat_t status{};
    if (zip_stat_index(archive_.get(), index, 0, &status) != 0 ||
        (status.valid & ZIP_STAT_SIZE) == 0 || (status.valid & ZIP_STAT_COMP_SIZE) == 0)
      return refuse(file, "cannot be read in the archive");
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE)
      return refuse(file, "is encrypted");
    // What the archive says of itself; what comes out is counted below.
    if (status.size > limits_.file_bytes)
      return refuse(file, "is larger than " + bytes_text(limits_.file_bytes));
    if (status.size > limits_.ratio_from && status.size / limits_.ratio > status.comp_size)
      return refuse(file, "is packed more than " + std::to_string(limits_.ratio) +
                              " times over, which no timetable is");
    const ZipFile in{zip_fopen_index(archive_.get(), index, 0)};
    if (!in) return refuse(file, "cannot be unpacked");
    std::string text;
    std::array<char, 1U << 16U> block{};
    while (true) {
      const zip_int64_t n = zip_fread(in.get(), block.data(), block.size());
      if (n < 0) return refuse(file, "cannot be unpacked: the archive is broken");
      if (n == 0) break;
      text.append(block.data(), static_cast<std::size_t>(n));
      total_ += static_cast<std::size_t>(n);
      if (text.size() > limits_.file_bytes)
        return refuse(file, "is larger than " + bytes_text(limits_.file_bytes));
      if (total_ > limits_.total_bytes)
        return refuse({}, "unpacks to more than " + bytes_text(limits_.total_bytes));
    }
    return text;
  }

  const std::string& name_;
  Complaints& complaints_;
  ArchiveLimits limits_;
  Archive archive_;
  std::size_t total_ = 0;
};

std::optional<std::string> read_whole(const fs::path& path, std::size_t most) {
  std::ifstream in{path, std::ios::binary};
  std::string text;
  std::array<char, 1U << 16U> block{};
  while (in && text.size() <= most) {
    in.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad() || (!in.eof() && text.size() <= most)) return std::nullopt;
  return text;
}

std::optional<load::Files> read_feed_folder(const fs::path& path, Complaints& complaints) {
  const ArchiveLimits limits;
  load::Files files;
  std::error_code fault;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator{path, fault}) {
    std::error_code ignored;
    if (entry.path().extension() == ".txt" && entry.is_regular_file(ignored))
      paths.push_back(entry.path());
  }
  if (fault) {
    complaints.add({.file = path.string(), .message = "cannot be read: " + fault.message()});
    return std::nullopt;
  }
  std::ranges::sort(paths);
  for (const fs::path& one : paths) {
    std::optional<std::string> text = read_whole(one, limits.file_bytes);
    if (!text || text->size() > limits.file_bytes) {
      complaints.add(
          {.file = one.string(),
           .message = text ? "is larger than " + bytes_text(limits.file_bytes) : "cannot be read"});
      return std::nullopt;
    }
    files.emplace(one.filename().string(), std::move(*text));
  }
  return files;
}

Error failure(const std::string& what, const std::error_code& fault) {
  return {.kind = ErrorKind::kUnavailable, .message = what + ": " + fault.message()};
}

Status write_one(const fs::path& path, std::string_view text) {
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out)
    return failure("cannot write " + path.string(),
                   std::error_code{errno, std::generic_category()});
  return Done{};
}

// All that the new folder holds, in a folder beside its place.
Status fill(const fs::path& beside, const load::Files& files, const std::string& base) {
  std::error_code fault;
  if (base.empty()) {
    fs::create_directory(beside, fault);
  } else {
    fs::copy(base, beside, fs::copy_options::recursive | fs::copy_options::copy_symlinks, fault);
  }
  if (fault) return failure("cannot write " + beside.string(), fault);
  for (const auto& [name, text] : files) {
    if (const Status written = write_one(beside / name, text); !written) return written;
  }
  return Done{};
}

}  // namespace

std::optional<load::Files> unzipped(std::string_view bytes,
                                    const std::string& name,
                                    Complaints& complaints,
                                    const ArchiveLimits& limits) {
  return Unzipper{name, complaints, limits}.read(bytes);
}

Result<std::string> zipped(const load::Files& files) {
  const auto fail = [](const std::string& what) {
    return Error{.kind = ErrorKind::kUnavailable, .message = "cannot pack the feed: " + what};
  };
  zip_error_t fault{};
  ZipSource source{zip_source_buffer_create(nullptr, 0, 0, &fault)};
  if (!source) return fail(zip_error_strerror(&fault));
  zip_source_keep(source.get());  // read back below
  Archive archive{zip_open_from_source(source.get(), ZIP_TRUNCATE, &fault)};
  if (!archive) return fail(zip_error_strerror(&fault));
  for (const auto& [name, text] : files) {
    zip_source_t* part = zip_source_buffer(archive.get(), text.data(), text.size(), 0);
    const zip_int64_t index =
        part == nullptr ? -1 : zip_file_add(archive.get(), name.c_str(), part, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      if (part != nullptr) zip_source_free(part);
      return fail(zip_strerror(archive.get()));
    }
    // 1980-01-01 00:00, the first moment of MS-DOS: no clock reaches the bytes.
    const auto number = static_cast<zip_uint64_t>(index);
    if (zip_file_set_dostime(archive.get(), number, 0, (1U << 5U) | 1U, 0) != 0)
      return fail(zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return fail(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  if (zip_source_open(source.get()) != 0) return fail("it cannot be read back");
  std::string bytes;
  std::array<char, 1U << 16U> block{};
  zip_int64_t n = 0;
  while ((n = zip_source_read(source.get(), block.data(), block.size())) > 0)
    bytes.append(block.data(), static_cast<std::size_t>(n));
  zip_source_close(source.get());
  if (n < 0) return fail("it cannot be read back");
  return bytes;
}

std::optional<load::Files> read_feed_files(const std::string& path, Complaints& complaints) {
  std::error_code fault;
  if (fs::is_directory(path, fault)) return read_feed_folder(path, complaints);
  const ArchiveLimits limits;
  const std::optional<std::string> bytes =
      fs::exists(path, fault) ? read_whole(path, limits.archive_bytes) : std::nullopt;
  if (!bytes) {
    complaints.add({.file = path, .message = "cannot be read; expected a folder or a zip archive"});
    return std::nullopt;
  }
  return unzipped(*bytes, path, complaints, limits);
}

Status write_folder(const std::string& path, const load::Files& files, const std::string& base) {
  std::error_code fault;
  fs::path target = fs::weakly_canonical(path, fault);
  if (fault) return failure("cannot write " + path, fault);
  if (target.filename().empty()) target = target.parent_path();
  const bool exists = fs::exists(target, fault);
  if (exists && !fs::is_directory(target, fault))
    return Error{.kind = ErrorKind::kInvalid, .message = "cannot write " + path + ": is no folder"};
  const bool is_own = exists && !base.empty() && fs::equivalent(target, base, fault);
  if (exists && !is_own && !fs::is_empty(target, fault))
    return Error{.kind = ErrorKind::kConflict,
                 .message = "cannot write " + path + ": is there already, and not empty"};
  std::string beside = target.string() + ".XXXXXX";
  // mkdtemp makes it; fill() wants to make it itself, so it stands one level deeper.
  if (::mkdtemp(beside.data()) == nullptr)
    return failure("cannot write " + path, std::error_code{errno, std::generic_category()});
  const fs::path fresh = fs::path{beside} / "new";
  Status done = fill(fresh, files, base);
  if (done) {
    const unsigned flags = exists ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), flags) != 0)
      done = failure("cannot write " + path, std::error_code{errno, std::generic_category()});
  }
  fs::remove_all(beside, fault);  // the old folder, or what was not finished
  return done;
}

}  // namespace karvan::timetable
