#include "karvan/report/experiment_report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include "karvan/base/text.h"
#include "karvan/report/bars.h"
#include "karvan/report/detail/figures.h"
#include "karvan/report/table.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using simulate::Answer;
using simulate::Estimate;

// Whether the name is like a pattern in which * stands for any letters.
bool is_like(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t at = star; at <= name.size(); ++at) {
    if (is_like(name.substr(at), pattern.substr(star + 1))) return true;
  }
  return false;
}

using ByName = std::map<std::string, Estimate>;

ByName by_name(std::vector<Estimate> list) {
  ByName map;
  for (Estimate& estimate : list)
    map.emplace(estimate.name, std::move(estimate));
  return map;
}

Cell low(const Estimate& e) {
  return e.interval ? Cell{e.interval->mean - e.interval->half_width, 4} : Cell{};
}
Cell high(const Estimate& e) {
  return e.interval ? Cell{e.interval->mean + e.interval->half_width, 4} : Cell{};
}

int estimate_decimals(double value) {
  return std::abs(value) >= 1000 ? 0 : std::abs(value) >= 10 ? 1 : 3;
}

// "12.3 ±0.4".
std::string with_interval(const Estimate& e, double scale, int decimals) {
  std::string text = with_thousands(e.tally.mean() * scale, decimals);
  if (e.interval) text += " ±" + with_thousands(e.interval->half_width * scale, decimals);
  return text;
}

const Estimate& found(const ByName& map, const std::string& name) {
  static const Estimate none{};
  const auto at = map.find(name);
  return at == map.end() ? none : at->second;
}

}  // namespace

Result<std::vector<std::string>> chosen_figures(const Answer& answer,
                                                const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  for (simulate::Figure& figure : simulate::figures_of(answer))
    names.push_back(std::move(figure.name));
  if (wanted.empty()) {
    std::vector<std::string> chosen{"corridor/delivered_t", "corridor/waiting_t_h"};
    const auto largest =
        std::ranges::max_element(answer.markets, {}, &simulate::MarketResult::tonnes_delivered);
    if (largest == answer.markets.end()) return chosen;
    chosen.push_back("market/" + largest->market + "/transit_mean_h");
    chosen.push_back("market/" + largest->market + "/transit_p90_h");
    return chosen;
  }
  std::vector<std::string> chosen;
  for (const std::string& pattern : wanted) {
    const std::size_t before = chosen.size();
    std::ranges::copy_if(names, std::back_inserter(chosen),
                         [&](const std::string& name) { return is_like(name, pattern); });
    if (chosen.size() > before) continue;
    const std::vector<std::string> near = closest(pattern, names, 6);
    return Error{.kind = ErrorKind::kNotFound,
                 .message = "no run tells '" + pattern + "'" +
                            (near.empty() ? "; --format csv lists the figures there are"
                                          : "; did you mean '" + near.front() + "'?"),
                 .where = "--figure"};
  }
  return chosen;
}

Sheet sweep_sheet(const Sweep& sweep) {
  Sheet sheet{{{"figure", "Figure"},
               {"value", sweep.is_factor ? "Factor" : "Value"},
               {"mean", "Mean"},
               {"low", "95 % from"},
               {"high", "to"},
               {"change", "Change"},
               {"change_low", "95 % from"},
               {"change_high", "to"},
               {"runs", "Runs"},
               {"note", "Note"}},
              {}};
  std::vector<ByName> levels;
  std::vector<ByName> changes;
  for (const SweepPoint& point : sweep.points) {
    levels.push_back(by_name(simulate::estimates(point.answers)));
    changes.push_back(by_name(simulate::differences(sweep.points.front().answers, point.answers)));
  }
  for (const std::string& figure : sweep.figures) {
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      const Estimate& level = found(levels[i], figure);
      const Estimate& change = found(changes[i], figure);
      const bool is_first = i == 0;
      sheet.rows.push_back(
          {Cell{figure}, Cell{sweep.points[i].value, 4}, Cell{level.tally.mean(), 4}, low(level),
           high(level), is_first ? Cell{} : Cell{change.tally.mean(), 4},
           is_first ? Cell{} : low(change), is_first ? Cell{} : high(change),
           Cell::count(sweep.points[i].answers.size()), Cell{detail::doubt_text(level.doubt)}});
    }
  }
  return sheet;
}

std::string sweep_text(const Sweep& sweep, const Style& style) {
  std::string text =
      style.bold(sweep.cells) + (sweep.is_factor ? ", times what the data say" : "") + "; " +
      std::to_string(sweep.points.front().answers.size()) + " runs each, the same chance in all\n";
  for (const std::string& figure : sweep.figures) {
    TextTable table{{{sweep.is_factor ? "Factor" : "Value", Align::kRight},
                     {"Mean", Align::kRight},
                     {"Change", Align::kRight},
                     {""}},
                    2};
    std::vector<Estimate> levels;
    double greatest = 0;
    for (const SweepPoint& point : sweep.points) {
      levels.push_back(found(by_name(simulate::estimates(point.answers)), figure));
      greatest = std::max(greatest, levels.back().tally.mean());
    }
    const int decimals = estimate_decimals(greatest);
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      const auto change =
          by_name(simulate::differences(sweep.points.front().answers, sweep.points[i].answers));
      const double mean = levels[i].tally.mean();
      table.add({plain(sweep.points[i].value), with_interval(levels[i], 1, decimals),
                 i == 0 ? "" : with_interval(found(change, figure), 1, decimals),
                 bar(greatest > 0 ? mean / greatest : 0, 24, style)});
    }
    text += "\n" + style.bold(figure) + "\n" + table.text(style);
    if (levels.front().doubt != simulate::Doubt::kNone)
      text += "  no interval: " + std::string{detail::doubt_text(levels.front().doubt)} + "\n";
  }
  return text;
}

namespace {

// "a b c and 9 more".
std::string first_of(const std::vector<std::string>& list, const char* between, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < list.size() && i < most; ++i)
    text += (i == 0 ? "" : between) + list[i];
  return list.size() > most ? text + between + "and " + std::to_string(list.size() - most) + " more"
                            : text;
}

// What the inputs that matter most rest on, over all figures.
std::string basis_text(const std::vector<Screening>& screenings, const Style& style) {
  constexpr std::size_t kTold = 3;  // inputs of each figure
  std::map<std::string, const ScreenedInput*> told;
  for (const Screening& one : screenings) {
    for (std::size_t i = 0; i < one.inputs.size() && i < kTold; ++i) {
      if (one.inputs[i].effect.mu_star > 0) told.emplace(one.inputs[i].cells, &one.inputs[i]);
    }
  }
  std::string text;
  for (const auto& [cells, input] : told) {
    const std::string rests = input->basis.empty() ? "nothing" : first_of(input->basis, "; ", 2);
    text += "  " + wrapped(one_line(cells + ": " + rests), 94, 4) + "\n";
  }
  if (text.empty()) return text;
  return "\n" + style.bold("What those that matter most rest on") +
         " (all rows: karvan sources --assumed TABLE)\n" + text;
}

}  // namespace

Sheet screening_sheet(const std::vector<Screening>& screenings) {
  Sheet sheet{{{"figure", "Figure"},
               {"cells", "Assumed"},
               {"rows", "Rows"},
               {"mu_star", "mu*"},
               {"mu", "mu"},
               {"sigma", "sigma"},
               {"mu_star_percent", "mu*, % of the mean"},
               {"ids", "Which"},
               {"basis", "Rest on"}},
              {}};
  for (const Screening& one : screenings) {
    for (const ScreenedInput& input : one.inputs) {
      sheet.rows.push_back(
          {Cell{one.figure}, Cell{input.cells}, Cell::count(input.ids.size()),
           Cell{input.effect.mu_star, 4}, Cell{input.effect.mu, 4}, Cell{input.effect.sigma, 4},
           one.mean != 0 ? Cell{100 * input.effect.mu_star / std::abs(one.mean), 3} : Cell{},
           Cell{first_of(input.ids, " ", 12)}, Cell{first_of(input.basis, " | ", 3)}});
    }
  }
  return sheet;
}

std::string screening_text(const std::vector<Screening>& screenings, const Style& style) {
  constexpr std::size_t kShown = 15;
  std::string text;
  for (const Screening& one : screenings) {
    const int decimals = estimate_decimals(one.mean);
    text += (text.empty() ? "" : "\n") + style.bold(one.figure) + ": mean " +
            with_thousands(one.mean, decimals) + "; what the assumed numbers move it, each from -" +
            plain(std::round(one.range * 100)) + " % to +" + plain(std::round(one.range * 100)) +
            " %\n(" + std::to_string(one.trajectories) + " trajectories of Morris, " +
            std::to_string(one.inputs.size()) + " inputs; mu* is the mean size of the effect)\n";
    TextTable table{{{"Assumed"},
                     {"Rows", Align::kRight},
                     {"mu*", Align::kRight},
                     {"mu", Align::kRight},
                     {"sigma", Align::kRight},
                     {""}},
                    2};
    for (std::size_t i = 0; i < one.inputs.size() && i < kShown; ++i) {
      const ScreenedInput& input = one.inputs[i];
      if (input.effect.mu_star <= 0) break;
      const double share = input.effect.mu_star / one.inputs.front().effect.mu_star;
      table.add({shortened(input.cells, 44), std::to_string(input.ids.size()),
                 with_thousands(input.effect.mu_star, decimals),
                 with_thousands(input.effect.mu, decimals),
                 with_thousands(input.effect.sigma, decimals), bar(share, 16, style)});
    }
    text += table.empty() ? "  nothing moves it\n" : table.text(style);
    const auto idle = std::ranges::count_if(
        one.inputs, [](const ScreenedInput& input) { return input.effect.mu_star <= 0; });
    if (idle > 0 && !table.empty()) text += "  " + std::to_string(idle) + " more move nothing\n";
  }
  text += basis_text(screenings, style);
  if (!screenings.empty() && !screenings.front().remarks.empty()) text += "\n";
  for (const std::string& remark :
       screenings.empty() ? std::vector<std::string>{} : screenings.front().remarks)
    text += wrapped(one_line(remark), 98, 0) + "\n";
  return text;
}

std::string screening_svg(const Screening& screening) {
  constexpr std::size_t kShown = 20;
  BarChart chart{.title = screening.figure,
                 .x_label = "mu*: mean size of the effect of ±" +
                            plain(std::round(screening.range * 100)) + " %",
                 .bars = {}};
  for (std::size_t i = 0; i < screening.inputs.size() && i < kShown; ++i)
    chart.bars.push_back({screening.inputs[i].cells, screening.inputs[i].effect.mu_star});
  return bars_svg(chart);
}

Sheet worth_sheet(const Worth& worth) {
  Sheet sheet{{{"code", "Row"},
               {"name", "At"},
               {"change", "What"},
               {"waiting_saved_t_h", "Waiting saved, t h"},
               {"waiting_saved_low", "95 % from"},
               {"waiting_saved_high", "to"},
               {"delivered_more_t", "Delivered more, t"},
               {"delivered_more_low", "95 % from"},
               {"delivered_more_high", "to"}},
              {}};
  for (const Widened& one : worth.widened) {
    std::vector<Cell> cells{Cell{one.code}, Cell{one.name}, Cell{one.what}};
    if (one.answers.empty()) {
      cells.resize(sheet.columns.size());
    } else {
      // The other way round: what is saved is base minus widened.
      const ByName saved = by_name(simulate::differences(one.answers, worth.base));
      const ByName more = by_name(simulate::differences(worth.base, one.answers));
      for (const Estimate* e :
           {&found(saved, "corridor/waiting_t_h"), &found(more, "corridor/delivered_t")}) {
        cells.emplace_back(e->tally.mean(), 1);
        cells.push_back(low(*e));
        cells.push_back(high(*e));
      }
    }
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

std::string worth_text(const Worth& worth, const Style& style) {
  TextTable table{
      {{"At"}, {"Waiting saved, kt days", Align::kRight}, {"Delivered more, kt", Align::kRight}},
      2};
  std::string notes;
  for (const Widened& one : worth.widened) {
    notes += "  " + wrapped(one.name + ": " + one.what, 94, 4) + "\n";
    if (one.answers.empty()) {
      table.add({shortened(one.name, 44), "-", "-"});
      continue;
    }
    const ByName saved = by_name(simulate::differences(one.answers, worth.base));
    const ByName more = by_name(simulate::differences(worth.base, one.answers));
    table.add({shortened(one.name, 44),
               with_interval(found(saved, "corridor/waiting_t_h"), 1e-3 / 24, 1),
               with_interval(found(more, "corridor/delivered_t"), 1e-3, 1)});
  }
  return style.bold("What a tenth more would bring") +
         " (one bottleneck at a time; the same chance; " + std::to_string(worth.base.size()) +
         (worth.base.size() == 1 ? " run" : " runs") + ")\n" + table.text(style) + "\n" +
         style.bold("What was changed") + "\n" + notes;
}

}  // namespace karvan::report
