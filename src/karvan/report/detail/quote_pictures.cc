#include "karvan/report/detail/quote_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/detail/html.h"
#include "karvan/report/plan_gantt.h"
#include "karvan/report/shapes.h"
#include "karvan/report/words.h"

namespace karvan::report::detail {
namespace {

constexpr double kMapWidth = 720;
constexpr double kMapHeightMin = 120;
constexpr double kMapHeightMax = 165;
constexpr double kMargin = 26;  // around the way, room for names

struct Pixel {
  double x = 0;
  double y = 0;
};

// Spherical Mercator, as people know maps, in degrees of longitude.
Pixel mercator(const GeoPoint& point) {
  const double lat = std::clamp(point.lat, -80.0, 80.0) * std::numbers::pi / 180;
  return {point.lon, -std::log(std::tan(std::numbers::pi / 4 + lat / 2)) * 180 / std::numbers::pi};
}

// From the earth onto a canvas that holds a way.
class Canvas {
 public:
  explicit Canvas(const std::vector<std::vector<GeoPoint>>& lines) {
    Pixel low{1e9, 1e9};
    Pixel high{-1e9, -1e9};
    for (const auto& line : lines) {
      for (const GeoPoint& point : line) {
        const Pixel at = mercator(point);
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
      }
    }
    const double wide = std::max(high.x - low.x, 1e-6);
    const double tall = std::max(high.y - low.y, 1e-6);
    const double inner = kMapWidth - 2 * kMargin;
    height_ = std::clamp(tall * inner / wide + 2 * kMargin, kMapHeightMin, kMapHeightMax);
    scale_ = std::min(inner / wide, (height_ - 2 * kMargin) / tall);
    origin_ = {low.x - (kMapWidth / scale_ - wide) / 2, low.y - (height_ / scale_ - tall) / 2};
  }

  double height() const { return height_; }
  Pixel at(const GeoPoint& point) const {
    const Pixel flat = mercator(point);
    return {(flat.x - origin_.x) * scale_, (flat.y - origin_.y) * scale_};
  }
  bool shows(Pixel p) const {
    return p.x > -40 && p.x < kMapWidth + 40 && p.y > -40 && p.y < height_ + 40;
  }
  // Points nearer than a pixel and a half to the one before are left out. Empty outside.
  std::string path(const std::vector<GeoPoint>& line) const {
    std::string text;
    bool is_seen = false;
    Pixel before{};
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Pixel p = at(line[i]);
      is_seen = is_seen || shows(p);
      const bool is_end = i == 0 || i + 1 == line.size();
      if (!is_end && std::hypot(p.x - before.x, p.y - before.y) < 1.5) continue;
      text +=
          fmt::format("{}{} {}", i == 0 ? "M" : "L", format_fixed(p.x, 1), format_fixed(p.y, 1));
      before = p;
    }
    return is_seen ? text : std::string{};
  }

 private:
  double height_ = 0;
  double scale_ = 1;
  Pixel origin_;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  bool meets(const Box& o) const {
    return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
  }
};

// Names beside their dots, each where it covers no other name; left out where it finds no room.
class Names {
 public:
  explicit Names(double height) : height_{height} {}

  void keep_free(Pixel p) { taken_.push_back({p.x - 3, p.y - 3, 6, 6}); }

  std::string add(Pixel p, const std::string& name, bool is_end) {
    const double width = 6.0 * display_width(name) + 4;
    const std::array<Box, 6> tries{{{p.x - width / 2, p.y - 17, width, 12},
                                    {p.x - width / 2, p.y + 6, width, 12},
                                    {p.x + 6, p.y - 6, width, 12},
                                    {p.x - width - 6, p.y - 6, width, 12},
                                    {p.x + 4, p.y - 18, width, 12},
                                    {p.x - width - 4, p.y + 7, width, 12}}};
    for (const Box& box : tries) {
      if (box.x < 1 || box.x + box.width > kMapWidth - 1 || box.y < 1 || box.y + 12 > height_ - 1)
        continue;
      if (std::ranges::any_of(taken_, [&](const Box& o) { return box.meets(o); })) continue;
      taken_.push_back(box);
      return fmt::format("<text x=\"{}\" y=\"{}\" class=\"{}\">{}</text>\n",
                         format_fixed(box.x + 2, 1), format_fixed(box.y + 10, 1),
                         is_end ? "end" : "via", html(name));
    }
    return {};
  }

 private:
  double height_;
  std::vector<Box> taken_;
};

std::string dot(Pixel p, bool is_end) {
  return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{}\"/>\n", format_fixed(p.x, 1),
                     format_fixed(p.y, 1), is_end ? "4" : "2.8", is_end ? "end" : "via");
}

std::string_view class_of(Doing doing) {
  switch (doing) {
    case Doing::kMoves:
      return "moves";
    case Doing::kWaits:
      return "waits";
    case Doing::kHandling:
      return "work";
    case Doing::kBorder:
      return "border";
  }
  return "";
}

}  // namespace

std::string_view color_of(Mode mode) {
  switch (mode) {
    case Mode::kRail:
      return "#0f766e";
    case Mode::kSea:
      return "#1d4ed8";
    case Mode::kInlandWater:
      return "#0284c7";
    case Mode::kRoad:
      return "#b45309";
    case Mode::kPipeline:
      return "#6d28d9";
  }
  return "#000000";
}

std::string way_svg(const World& world, const Itinerary& itinerary) {
  const Shapes shapes{world};
  std::vector<std::vector<GeoPoint>> lines;
  for (const Leg& leg : itinerary.legs)
    lines.push_back(leg.path.empty()
                        ? std::vector<GeoPoint>{world[leg.from].point(), world[leg.to].point()}
                        : shapes.line(leg.path));
  const Canvas canvas{lines};
  std::string text = fmt::format(
      "<svg class=\"map\" viewBox=\"0 0 720 {}\" role=\"img\" "
      "aria-label=\"The way on the map\">\n<path class=\"net\" d=\"",
      format_fixed(canvas.height(), 0));
  for (const Id<Link> id : world.ids<Link>()) {
    if (world[id].mode == Mode::kRail || world[id].mode == Mode::kSea)
      text += canvas.path(shapes.line(id));
  }
  text += "\"/>\n";
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += fmt::format("<path class=\"leg\" stroke=\"{}\" d=\"{}\"/>\n",
                        color_of(world[itinerary.legs[i].service].mode), canvas.path(lines[i]));
  Names names{canvas.height()};
  std::vector<Id<Place>> stops{itinerary.legs.front().from};
  for (const Leg& leg : itinerary.legs)
    stops.push_back(leg.to);
  for (const Id<Place> stop : stops)
    names.keep_free(canvas.at(world[stop].point()));
  const auto add = [&](Id<Place> stop, bool is_end) {
    const Pixel at = canvas.at(world[stop].point());
    text += dot(at, is_end) + names.add(at, one_line(world[stop].name), is_end);
  };
  add(stops.front(), true);
  add(stops.back(), true);
  for (std::size_t i = 1; i + 1 < stops.size(); ++i)
    add(stops[i], false);
  return text + "</svg>\n";
}

std::string days_svg(const World& world, const Clocks& clocks, const Itinerary& itinerary) {
  constexpr double kHeight = 40;
  const double length =
      std::max(1.0, static_cast<double>((itinerary.arrive - itinerary.depart).count()));
  const auto x = [&](Instant instant) {
    return kMapWidth * static_cast<double>((instant - itinerary.depart).count()) / length;
  };
  std::string text = fmt::format(
      "<svg class=\"days\" viewBox=\"0 0 720 {}\" role=\"img\" aria-label=\"Days on the way\">\n",
      format_fixed(kHeight, 0));
  std::size_t leg = 0;
  for (const GanttRow& row : gantt_rows(world, itinerary)) {
    for (const Span& span : row.spans) {
      std::string fill;
      if (span.doing == Doing::kMoves)
        fill =
            fmt::format(" style=\"fill:{}\"", color_of(world[itinerary.legs[leg++].service].mode));
      text += fmt::format("<rect x=\"{}\" y=\"2\" width=\"{}\" height=\"14\" class=\"{}\"{}/>\n",
                          format_fixed(x(span.begin), 1),
                          format_fixed(std::max(x(span.end) - x(span.begin), 0.8), 1),
                          class_of(span.doing), fill);
    }
  }
  const Id<Place> from = itinerary.legs.front().from;
  const double days = length / 86400;
  const int step = std::max(1, static_cast<int>(std::ceil(days / 13)));
  Date day = local_date(itinerary.depart, clocks.offset(from, itinerary.depart));
  for (int i = 0;; ++i, day += std::chrono::days{1}) {
    const Instant midnight = clocks.instant(from, day, std::chrono::minutes{0});
    if (midnight > itinerary.arrive) break;
    if (midnight < itinerary.depart) continue;
    const double at = x(midnight);
    const bool is_named = i % step == 0 && at < kMapWidth - 36;
    text += fmt::format("<path class=\"tick\" d=\"M{0} 17V{1}\"/>", format_fixed(at, 1),
                        is_named ? "23" : "20");
    if (is_named)
      text += fmt::format("<text class=\"tick\" x=\"{}\" y=\"34\">{}</text>", format_fixed(at, 1),
                          weekday_text(day) + " " + date_to_text(day).substr(8));
  }
  return text + "\n</svg>\n";
}

}  // namespace karvan::report::detail
