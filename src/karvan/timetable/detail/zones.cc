#include "karvan/timetable/detail/zones.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <date/tz.h>

#include "karvan/base/check.h"
#include "karvan/base/text.h"
#include "karvan/timetable/detail/codes.h"

namespace karvan::timetable::detail {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view kZoneFolder = "/usr/share/zoneinfo/";

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

minutes offset_at(const date::time_zone& zone, Instant instant) {
  return std::chrono::duration_cast<minutes>(zone.get_info(instant).offset);
}

// Directive 2000/84/EC: from the last Sunday of March to that of October, 01:00 UTC.
bool is_european_summer(Instant instant) {
  const auto year = std::chrono::year_month_day{std::chrono::floor<days>(instant)}.year();
  const auto change = [year](std::chrono::month month) {
    return Instant{Date{year / month / std::chrono::Sunday[std::chrono::last]}} + hours{1};
  };
  return instant >= change(std::chrono::March) && instant < change(std::chrono::October);
}

struct Change {
  Instant at;
  minutes offset{0};  // from then on
};

std::vector<Change> changes(const date::time_zone& zone, Instant from, Instant until) {
  std::vector<Change> result{{from, offset_at(zone, from)}};
  for (Instant at = zone.get_info(from).end; at < until;) {
    const auto info = zone.get_info(at);
    const auto offset = std::chrono::duration_cast<minutes>(info.offset);
    if (offset != result.back().offset) result.push_back({at, offset});
    if (info.end <= at) break;
    at = info.end;
  }
  return result;
}

// Whether standard time and the European rule explain every change.
bool follows_europe(const std::vector<Change>& all, Instant until) {
  minutes standard = all.front().offset;
  for (const Change& change : all)
    standard = std::min(standard, change.offset);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Instant last = (i + 1 < all.size() ? all[i + 1].at : until) - std::chrono::seconds{1};
    for (const Instant at : {all[i].at, last}) {
      if (all[i].offset != standard + (is_european_summer(at) ? minutes{60} : minutes{0}))
        return false;
    }
    if (last - all[i].at > days{250}) return false;  // a summer was left out in between
  }
  return all.size() > 1;
}

std::string offset_cell(minutes offset) {
  const auto size = std::chrono::abs(offset);
  std::string text = offset < minutes{0} ? "-" : "+";
  const auto two = [&text](std::int64_t n) {
    text += static_cast<char>('0' + n / 10);
    text += static_cast<char>('0' + n % 10);
  };
  two(size / hours{1});
  text += ':';
  two(size % hours{1} / minutes{1});
  return text;
}

std::map<std::string, ZoneCountry, std::less<>> read_countries() {
  std::map<std::string, std::string, std::less<>> names;
  std::string line;
  const auto each = [&line](const char* file, auto&& use) {
    std::ifstream in{std::string{kZoneFolder} + file};
    while (std::getline(in, line)) {
      if (!line.starts_with('#')) use(split(line, '\t'));
    }
  };
  each("iso3166.tab", [&names](const std::vector<std::string_view>& cells) {
    if (cells.size() >= 2) names.emplace(cells[0], cells[1]);
  });
  std::map<std::string, ZoneCountry, std::less<>> result;
  each("zone.tab", [&](const std::vector<std::string_view>& cells) {
    if (cells.size() < 3) return;
    const auto name = names.find(cells[0]);
    result.emplace(cells[2],
                   ZoneCountry{.code = std::string{cells[0]},
                               .name = name == names.end() ? std::string{cells[0]} : name->second});
  });
  return result;
}

}  // namespace

std::vector<ZoneStretch> zone_stretches(const std::string& name, Date from, Date until) {
  const date::time_zone* zone = find_zone(name);
  if (zone == nullptr) return {};
  const std::vector<Change> all = changes(*zone, Instant{from}, Instant{until});
  if (follows_europe(all, Instant{until})) {
    minutes standard = all.front().offset;
    for (const Change& change : all)
      standard = std::min(standard, change.offset);
    return {{.from = from, .offset = standard, .is_european = true}};
  }
  std::vector<ZoneStretch> stretches;
  for (const Change& change : all) {
    const Date day = std::chrono::floor<days>(change.at + change.offset);
    if (!stretches.empty() && stretches.back().from == day) stretches.pop_back();
    stretches.push_back({.from = day, .offset = change.offset});
  }
  return stretches;
}

std::optional<ZoneCountry> country_of_zone(std::string_view zone) {
  static const auto countries = read_countries();
  const auto at = countries.find(zone);
  if (at != countries.end()) return at->second;
  return std::nullopt;
}

ZoneBook::ZoneBook(load::TableText& table, std::string source, Date from, Date until)
    : table_{table}, source_{std::move(source)}, from_{from}, until_{until} {
  read_rows();
}

void ZoneBook::read_rows() {
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const std::optional<Date> from = parse_date(table_.cell(i, "valid_from"));
    const std::string& text = table_.cell(i, "utc_offset");
    const auto clock = parse_instant("2000-01-01T00:00" + text);
    if (!from || !clock || !clock->offset) continue;  // `load` will refuse it
    zones_[table_.cell(i, "zone")].push_back(
        {.from = *from,
         .offset = *clock->offset,
         .is_european = table_.cell(i, "summer_time") == "europe"});
  }
  for (auto& [zone, rows] : zones_)
    std::ranges::sort(rows, {}, &ZoneStretch::from);
}

bool ZoneBook::knows(const std::string& zone) {
  return zones_.contains(zone) || look_up(zone);
}

bool ZoneBook::look_up(const std::string& zone) {
  std::vector<ZoneStretch> stretches = zone_stretches(zone, from_, until_);
  if (stretches.empty()) return false;
  zones_[zone] = std::move(stretches);
  not_kept_.insert(zone);
  return true;
}

void ZoneBook::keep(const std::string& zone) {
  if (not_kept_.erase(zone) == 0) return;
  CodeMaker codes;
  for (std::size_t i = 0; i < table_.size(); ++i)
    static_cast<void>(codes.code(table_[i][0]));
  for (const ZoneStretch& stretch : zones_[zone]) {
    const std::string stem = to_lower_ascii(zone) + "_" + date_to_text(stretch.from);
    table_.add({{"id", codes.unused(stem)},
                {"zone", zone},
                {"valid_from", date_to_text(stretch.from)},
                {"utc_offset", offset_cell(stretch.offset)},
                {"summer_time", stretch.is_european ? "europe" : "none"},
                {"source", source_},
                {"confidence", "published"}});
  }
  has_added_ = true;
}

std::chrono::minutes ZoneBook::noon_offset(const std::string& zone, Date day) {
  const auto at = zones_.find(zone);
  CHECK(at != zones_.end());
  const std::vector<ZoneStretch>& rows = at->second;
  auto next = std::ranges::upper_bound(rows, day, {}, &ZoneStretch::from);
  const ZoneStretch& row = next == rows.begin() ? *next : *std::prev(next);
  const Instant noon = Instant{day} + hours{12} - row.offset;
  return row.offset + (row.is_european && is_european_summer(noon) ? minutes{60} : minutes{0});
}

}  // namespace karvan::timetable::detail
