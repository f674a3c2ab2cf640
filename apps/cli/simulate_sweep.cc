// karvan simulate --sweep: the same corridor with one number set to a row of values.

#include <algorithm>
#include <array>
#include <string_view>

#include "karvan/base/text.h"
#include "karvan/report/experiment_report.h"

#include "output.h"
#include "sheet_output.h"
#include "simulate_case.h"
#include "simulate_experiments.h"

namespace karvan::cli {
namespace {

constexpr int kUsualPoints = 5;
constexpr int kMostPoints = 100;

Error malformed(const std::string& text, const std::string& why) {
  return {.kind = ErrorKind::kMalformed,
          .message = "'" + text + "' " + why +
                     "; expected TABLE.ROWS.COLUMN=8..14/4, or =x0.8..x1.2/5 for factors",
          .where = "--sweep"};
}

}  // namespace

Result<SweepRange> parse_sweep(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  const std::size_t dots = text.find("..", equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || dots == std::string::npos)
    return malformed(text, "names no range");
  SweepRange range{.cells = text.substr(0, equals)};
  std::string_view from = std::string_view{text}.substr(equals + 1, dots - equals - 1);
  std::string_view to = std::string_view{text}.substr(dots + 2);
  int points = kUsualPoints;
  if (const std::size_t slash = to.find('/'); slash != std::string_view::npos) {
    const auto count = parse_int<int>(to.substr(slash + 1));
    if (!count || *count < 2 || *count > kMostPoints)
      return malformed(text, "asks for a number of values that is not 2 to 100");
    points = *count;
    to = to.substr(0, slash);
  }
  range.is_factor = from.starts_with('x');
  if (from.starts_with('x')) from.remove_prefix(1);
  if (to.starts_with('x') && !range.is_factor) return malformed(text, "mixes a value and a factor");
  if (to.starts_with('x')) to.remove_prefix(1);
  const auto low = parse_double(from);
  const auto high = parse_double(to);
  if (!low || !high) return malformed(text, "has an end that is not a number");
  if (*low == *high) return malformed(text, "begins where it ends");
  for (int i = 0; i < points; ++i)
    range.values.push_back(*low + (*high - *low) * i / (points - 1));
  return range;
}

int run_sweep(const Experiment& experiment) {
  const auto& [settings, args, session, question] = experiment;
  const Result<SweepRange> range = parse_sweep(args.sweep);
  if (!range) return fail(range.error());
  report::Sweep sweep{.cells = range->cells, .is_factor = range->is_factor};
  // All values are looked at before the first run: a mistake should not take an hour to show.
  std::vector<load::Scenario> variants;
  for (const double value : range->values) {
    const std::array tweaks{load::Tweak{
        .cells = range->cells, .value = value, .is_factor = range->is_factor, .where = "--sweep"}};
    std::optional<load::Scenario> variant = open_varied(session, settings.scenario, tweaks);
    if (!variant) return kBadInput;
    variants.push_back(std::move(*variant));
  }
  for (std::size_t i = 0; i < variants.size(); ++i) {
    auto run =
        run_case(World{session.loaded.corridor, variants[i].overlay}, question, args, nullptr);
    if (!run) return kBadInput;
    sweep.points.push_back({.value = range->values[i], .answers = std::move(run->answers)});
    if (i > 0) continue;
    auto figures = report::chosen_figures(sweep.points.front().answers.front(), args.figures);
    if (!figures) return fail(figures.error());
    sweep.figures = std::move(figures).value();
  }
  if (settings.format == Format::kText)
    return deliver(report::sweep_text(sweep, settings.style()), settings, args.out);
  return deliver_sheet({"Sweep", report::sweep_sheet(sweep)}, settings, args.out);
}

}  // namespace karvan::cli
