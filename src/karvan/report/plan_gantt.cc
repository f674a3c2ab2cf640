#include "karvan/report/plan_gantt.h"

#include <algorithm>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/sheet.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

constexpr int kGanttTime = 15;  // "Mon 03-02 00:00"
constexpr int kNameWidth = 25;
constexpr int kFieldWidth = 100 - kGanttTime - kNameWidth - 3;
constexpr int kDateWidth = 6;  // "Mar 02"

char letter_of(Doing doing) {
  switch (doing) {
    case Doing::kMoves:
      return '=';
    case Doing::kWaits:
      return '.';
    case Doing::kHandling:
      return '#';
    case Doing::kBorder:
      return 'X';
  }
  return ' ';
}

std::string painted(const Style& style, Doing doing, const std::string& text) {
  switch (doing) {
    case Doing::kMoves:
      return style.blue(text);
    case Doing::kWaits:
      return style.dim(text);
    case Doing::kHandling:
      return style.green(text);
    case Doing::kBorder:
      return style.yellow(text);
  }
  return text;
}

// The columns of the field as stretches of time.
struct Ruler {
  Instant begin;
  Instant end;

  int column(Instant instant) const {
    const double share = static_cast<double>((instant - begin).count()) /
                         static_cast<double>(std::max<std::int64_t>((end - begin).count(), 1));
    return std::clamp(static_cast<int>(share * kFieldWidth), 0, kFieldWidth);
  }
};

// Every so many days, midnights of a place.
struct DateTick {
  int column = 0;
  std::string text;
};

std::vector<DateTick> date_ticks(const Clocks& clocks, Id<Place> place, const Ruler& ruler) {
  constexpr std::array<int, 6> kSteps{1, 2, 5, 7, 14, 28};
  const double days = to_hours(ruler.end - ruler.begin).value() / 24;
  const auto is_wide = [&](int step) { return kFieldWidth / (days / step) >= kDateWidth + 2; };
  const auto found = std::ranges::find_if(kSteps, is_wide);
  const int step = found == kSteps.end() ? 56 : *found;
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::vector<DateTick> ticks;
  Date day = local_date(ruler.begin, clocks.offset(place, ruler.begin));
  for (;; day += std::chrono::days{step}) {
    const Instant midnight = clocks.instant(place, day, std::chrono::minutes{0});
    if (midnight > ruler.end) return ticks;
    if (midnight < ruler.begin) continue;
    const std::chrono::year_month_day ymd{day};
    ticks.push_back({ruler.column(midnight),
                     fmt::format("{} {:02}", kMonths[static_cast<unsigned>(ymd.month()) - 1],
                                 static_cast<unsigned>(ymd.day()))});
  }
}

std::string axis(const Clocks& clocks, Id<Place> place, const Ruler& ruler, std::string_view name) {
  std::string line(static_cast<std::size_t>(kFieldWidth + 1), ' ');
  for (const DateTick& tick : date_ticks(clocks, place, ruler)) {
    const auto at = static_cast<std::size_t>(tick.column);
    if (at + tick.text.size() + 1 > line.size()) continue;
    line.replace(at, tick.text.size() + 1, "|" + tick.text);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return padded("", kGanttTime + 1) +
         padded(shortened("at " + std::string{name}, kNameWidth), kNameWidth) + " " + line + '\n';
}

// Every span gets a column at least, so that nothing short disappears.
std::string bar_of(const GanttRow& row, const Ruler& ruler, const Style& style) {
  std::string text;
  int end = ruler.column(row.spans.front().begin);
  text.assign(static_cast<std::size_t>(end), ' ');
  for (const Span& span : row.spans) {
    const int until = std::max(ruler.column(span.end), end + 1);
    text += painted(style, span.doing,
                    std::string(static_cast<std::size_t>(until - end), letter_of(span.doing)));
    end = until;
  }
  return text;
}

std::string time_text(const Clocks& clocks, Id<Place> place, Instant instant) {
  // "Mon 2026-03-02 00:00 +08" without its year and offset.
  const std::string full = local_time(clocks, place, instant);
  return full.substr(0, 4) + full.substr(9, 11);
}

std::string shares(const std::vector<GanttRow>& rows, const Style& style) {
  const std::array<Duration, 4> spent = time_by_doing(rows);
  Duration all{};
  for (const Duration part : spent)
    all += part;
  std::vector<std::string> parts;
  for (const auto& [doing, word] : EnumTexts<Doing>::values) {
    const Duration part = spent[static_cast<std::size_t>(doing)];
    if (part.count() == 0) continue;
    const double share = static_cast<double>(part.count()) /
                         static_cast<double>(std::max<std::int64_t>(all.count(), 1));
    parts.push_back(fmt::format("{} {} {} ({} %)",
                                painted(style, doing, std::string(1, letter_of(doing))), word,
                                duration_to_text(part), format_fixed(share * 100, 0)));
  }
  return join(parts, "   ");
}

}  // namespace

std::vector<GanttRow> gantt_rows(const World& world, const Itinerary& itinerary) {
  std::vector<GanttRow> rows;
  const auto add_place = [&](std::size_t i) {
    const Transfer& transfer = itinerary.transfers[i];
    GanttRow row{.place = transfer.place, .text = one_line(world[transfer.place].name)};
    if (transfer.end > transfer.begin)
      row.spans.push_back({Doing::kHandling, transfer.begin, transfer.end});
    if (i < itinerary.legs.size() && itinerary.legs[i].depart > transfer.end)
      row.spans.push_back({Doing::kWaits, transfer.end, itinerary.legs[i].depart});
    if (!row.spans.empty()) rows.push_back(std::move(row));
  };
  for (std::size_t i = 0; i < itinerary.legs.size(); ++i) {
    add_place(i);
    const Leg& leg = itinerary.legs[i];
    const std::string mode{mode_word(world[leg.service].mode)};
    rows.push_back({.place = leg.from,
                    .text = "  " + mode + " to " + one_line(world[leg.to].name),
                    .spans = {{Doing::kMoves, leg.depart, leg.arrive}}});
    for (const BorderPassed& border : itinerary.borders) {
      if (border.leg != i || border.end <= border.begin) continue;
      const auto country = [&](Id<Place> place) { return world[world[place].country].code; };
      rows.push_back({.place = border.passage.to,
                      .text = "  border " + one_line(country(border.passage.from)) + " - " +
                              one_line(country(border.passage.to)),
                      .spans = {{Doing::kBorder, border.begin, border.end}}});
    }
  }
  add_place(itinerary.legs.size());
  return rows;
}

std::array<Duration, 4> time_by_doing(const std::vector<GanttRow>& rows) {
  std::array<Duration, 4> spent{};
  for (const GanttRow& row : rows) {
    for (const Span& span : row.spans)
      spent[static_cast<std::size_t>(span.doing)] += span.end - span.begin;
  }
  return spent;
}

std::string gantt_text(const World& world,
                       const Clocks& clocks,
                       const Itinerary& itinerary,
                       std::size_t number,
                       const Style& style) {
  CHECK(!itinerary.legs.empty() && itinerary.transfers.size() == itinerary.legs.size() + 1);
  const Id<Place> from = itinerary.legs.front().from;
  const Id<Place> to = itinerary.legs.back().to;
  const Ruler ruler{itinerary.depart, itinerary.arrive};
  const std::vector<GanttRow> rows = gantt_rows(world, itinerary);
  std::string text = style.bold(fmt::format("Option {}", number)) + ", " +
                     duration_to_text(itinerary.arrive - itinerary.depart) + "\n";
  text += axis(clocks, from, ruler, one_line(world[from].name));
  for (const GanttRow& row : rows) {
    text += style.dim(padded(time_text(clocks, row.place, row.spans.front().begin), kGanttTime)) +
            " " + padded(shortened(row.text, kNameWidth), kNameWidth) + " " +
            bar_of(row, ruler, style) + '\n';
  }
  text += style.dim(padded(time_text(clocks, to, itinerary.arrive), kGanttTime)) + " free\n";
  text += axis(clocks, to, ruler, one_line(world[to].name));
  return text + shares(rows, style) + '\n';
}

}  // namespace karvan::report
