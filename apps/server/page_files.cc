#include "page_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "karvan/base/text.h"

#include "../cli/output.h"

namespace karvan::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 256U << 20U;

std::string_view media_type_of(std::string_view path) {
  struct Type {
    std::string_view end;
    std::string_view text;
  };
  static constexpr std::array kTypes{
      Type{".html", "text/html; charset=utf-8"},
      Type{".js", "text/javascript; charset=utf-8"},
      Type{".mjs", "text/javascript; charset=utf-8"},
      Type{".css", "text/css; charset=utf-8"},
      Type{".json", "application/json"},
      Type{".geojson", "application/geo+json"},
      Type{".webmanifest", "application/manifest+json"},
      Type{".svg", "image/svg+xml"},
      Type{".png", "image/png"},
      Type{".webp", "image/webp"},
      Type{".ico", "image/x-icon"},
      Type{".woff2", "font/woff2"},
      Type{".wasm", "application/wasm"},
      Type{".csv", "text/csv; charset=utf-8"},
      Type{".toml", "application/toml"},
      Type{".txt", "text/plain; charset=utf-8"},
      Type{".md", "text/markdown; charset=utf-8"},
  };
  for (const auto& [end, text] : kTypes) {
    if (path.ends_with(end)) return text;
  }
  return "application/octet-stream";
}

// Of this word of Accept-Encoding, or of "*" where it has none (RFC 9110, 12.5.3); "gzip;q=0" says
// no.
bool accepts_gzip(const Request& request) {
  bool any = false;
  for (const std::string_view one : split_trimmed(request.header("accept-encoding"), ',')) {
    const std::vector<std::string_view> parts = split_trimmed(one, ';');
    const bool is_taken = std::ranges::none_of(parts, [](std::string_view part) {
      return part.starts_with("q=0") && part.find_first_of("123456789") == part.npos;
    });
    if (parts[0] == "gzip") return is_taken;
    if (parts[0] == "*") any = is_taken;
  }
  return any;
}

}  // namespace

Result<PageFiles> PageFiles::read(const std::string& folder) {
  PageFiles page;
  std::size_t bytes = 0;
  std::error_code fault;
  const auto refuse = [&folder](const std::string& message) {
    return Error{.kind = ErrorKind::kUnavailable, .message = message, .where = folder};
  };
  fs::recursive_directory_iterator at{folder, fault};
  for (; !fault && at != fs::recursive_directory_iterator{}; at.increment(fault)) {
    if (at->is_symlink(fault) || !at->is_regular_file(fault)) continue;
    const std::string name = "/" + at->path().lexically_relative(folder).generic_string();
    Result<std::string> text = cli::read_file(at->path().string());
    if (!text) return refuse(name + " " + text.error().message);
    bytes += text->size();
    if (bytes > kMostBytes) return refuse("is larger than 256 MB");
    page.files_.emplace(name, std::move(text).value());
  }
  if (fault) return refuse("cannot be read: " + fault.message());
  if (!page.files_.contains("/index.html")) return refuse("has no index.html");
  return page;
}

Response PageFiles::answer(const Request& request) const {
  const std::string_view path =
      request.path == "/" ? "/index.html" : std::string_view{request.path};
  const auto found = files_.find(path);
  if (found == files_.end())
    return problem(404, files_.empty() ? "this server has no page; its API is under /v1"
                                       : "the page has no such file");
  const auto small = files_.find(std::string{path} + ".gz");
  const bool is_small = small != files_.end() && accepts_gzip(request);
  Response response{.type = std::string{media_type_of(path)},
                    .body = is_small ? small->second : found->second,
                    .headers = {},
                    .stream = {}};
  if (is_small) response.headers.emplace_back("Content-Encoding", "gzip");
  if (small != files_.end()) response.headers.emplace_back("Vary", "Accept-Encoding");
  // Files under assets/ have the hash of their content in their names.
  response.headers.emplace_back("Cache-Control", path.starts_with("/assets/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  // By this a page knows that an API stands behind it, and asks no other file server for one.
  if (path == "/index.html") response.headers.emplace_back("Server-Timing", "karvan");
  return tagged(request, std::move(response));
}

}  // namespace karvan::server
