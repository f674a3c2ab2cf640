#include "http.h"

#include <array>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "karvan/base/hash.h"
#include "karvan/base/text.h"

#include "content_hash.h"

namespace karvan::server {
namespace {

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// Percent escapes; '+' is a blank in queries.
std::optional<std::string> decode(std::string_view text, bool is_query) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && is_query) {
      plain += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      plain += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string_view title_of(int status) {
  struct Title {
    int status;
    std::string_view text;
  };
  static constexpr std::array kTitles{
      Title{400, "Bad request"},    Title{401, "No token"},
      Title{403, "Another origin"}, Title{404, "No such thing"},
      Title{405, "No such method"}, Title{408, "Too slow"},
      Title{409, "Conflict"},       Title{412, "Changed meanwhile"},
      Title{413, "Too large"},      Title{415, "Not a type this takes"},
      Title{421, "Another host"},   Title{422, "Understood, but wrong"},
      Title{429, "Too many"},       Title{431, "Header too large"},
      Title{500, "Our fault"},      Title{503, "Too busy"},
  };
  for (const auto& [known, text] : kTitles) {
    if (known == status) return text;
  }
  return "Error";
}

std::string tag_of(std::initializer_list<std::string_view> parts) {
  return '"' + content_hash(parts) + '"';
}

bool names_tag(const Request& request, std::string_view tag) {
  for (std::string_view known : split_trimmed(request.header("if-none-match"), ',')) {
    if (known.starts_with("W/")) known.remove_prefix(2);
    if (known == tag) return true;
  }
  return false;
}

Response with_tag(Response response, const std::string& tag) {
  response.headers.emplace_back("ETag", tag);
  return response;
}

// With what caches need of the headers that the whole answer has (RFC 9110, 15.4.5).
Response not_modified(const std::string& tag, Pairs headers = {}) {
  std::erase_if(headers, [](const auto& header) {
    return header.first != "Cache-Control" && header.first != "Vary";
  });
  return with_tag(
      {.status = 304, .type = "application/json", .body = {}, .headers = std::move(headers)}, tag);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (known == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [known, value] : query) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<Target> parse_target(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  const std::size_t mark = target.find('?');
  auto path = decode(target.substr(0, mark), false);
  if (!path || path->find('\0') != std::string::npos) return std::nullopt;
  Target result{.path = std::move(*path), .query = {}};
  if (mark == std::string_view::npos) return result;
  for (const std::string_view pair : split(target.substr(mark + 1), '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), true);
    auto value = decode(
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    result.query.emplace_back(std::move(*name), std::move(*value));
  }
  return result;
}

Response problem(int status, std::string detail, const std::vector<Fault>& faults) {
  nlohmann::ordered_json json{
      {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}};
  if (!detail.empty()) json["detail"] = std::move(detail);
  for (const Fault& fault : faults) {
    nlohmann::ordered_json one;
    if (!fault.pointer.empty()) one["pointer"] = fault.pointer;
    if (!fault.parameter.empty()) one["parameter"] = fault.parameter;
    if (fault.line > 0) one["line"] = fault.line;
    one["detail"] = fault.detail;
    json["errors"].push_back(std::move(one));
  }
  return {.status = status,
          .type = "application/problem+json",
          .body = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
          .headers = {},
          .stream = {}};
}

Response busy(int status, std::string detail, int retry_after_seconds) {
  Response response = problem(status, std::move(detail));
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds));
  return response;
}

Response tagged(const Request& request, Response response) {
  const std::string tag = tag_of({response.body});
  return names_tag(request, tag) ? not_modified(tag, std::move(response.headers))
                                 : with_tag(std::move(response), tag);
}

Response tagged_by(const Request& request,
                   std::string_view version,
                   const std::function<Response()>& make) {
  std::string asked;
  for (const auto& [name, value] : request.query)
    asked += name + "=" + value + "&";
  const std::string tag = tag_of({version, request.path, asked});
  // A tag that only a 200 has been given is known to belong to one.
  if (names_tag(request, tag)) return not_modified(tag);
  Response response = make();
  return response.status == 200 ? with_tag(std::move(response), tag) : response;
}

const Pairs& security_headers() {
  // WebAssembly needs a word of its own; workers are files of the page.
  static const Pairs kHeaders{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
       "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
       "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
  };
  return kHeaders;
}

}  // namespace karvan::server
