#include "karvan/report/words.h"

#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "karvan/base/text.h"
#include "karvan/report/style.h"

namespace karvan::report {

std::string offset_text(std::chrono::minutes offset) {
  const int minutes = std::abs(static_cast<int>(offset.count()));
  const std::string hours = fmt::format("{}{:02}", offset.count() < 0 ? '-' : '+', minutes / 60);
  return minutes % 60 == 0 ? hours : fmt::format("{}:{:02}", hours, minutes % 60);
}

std::string weekday_text(Date day) {
  constexpr std::array<std::string_view, 7> kNames{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return std::string{kNames[std::chrono::weekday{day}.iso_encoding() - 1]};
}

std::string local_time(const Clocks& clocks, Id<Place> place, Instant instant) {
  if (instant == kNever) return "never";
  const std::chrono::minutes offset = clocks.offset(place, instant);
  // To the nearest minute: seconds are noise of computed running times.
  const auto rounded = std::chrono::floor<std::chrono::minutes>(instant + std::chrono::seconds{30});
  const Date day = local_date(Instant{rounded}, offset);
  const auto clock = (rounded + offset) - day;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(clock).count();
  return fmt::format("{} {} {:02}:{:02} {}", weekday_text(day), date_to_text(day), minutes / 60,
                     minutes % 60, offset_text(offset));
}

std::string usd_text(Usd usd) {
  return "USD " + with_thousands(usd.value(), 0);
}

std::string co2e_text(KgCo2e co2e) {
  if (std::abs(co2e.value()) < 1000) return with_thousands(co2e.value(), 1) + " kg CO2e";
  return with_thousands(co2e.value() / 1000, 1) + " t CO2e";
}

std::string km_text(Km km) {
  return with_thousands(km.value(), 0) + " km";
}

std::string days_text(Duration duration) {
  return format_fixed(to_hours(duration).value() / 24, 1);
}

std::string plain(double value) {
  for (int decimals = 0; decimals < 6; ++decimals) {
    const double scale = std::pow(10.0, decimals);
    if (std::abs(std::round(value * scale) / scale - value) < 1e-9)
      return with_thousands(value, decimals);
  }
  return with_thousands(value, 6);
}

std::string_view mode_word(Mode mode) {
  switch (mode) {
    case Mode::kRail:
      return "rail";
    case Mode::kSea:
      return "ship";
    case Mode::kInlandWater:
      return "river";
    case Mode::kRoad:
      return "road";
    case Mode::kPipeline:
      return "pipeline";
  }
  return "";
}

std::string_view side_word(Side side) {
  switch (side) {
    case Side::kGate:
      return "gate";
    case Side::kRail:
      return "rail";
    case Side::kSea:
      return "ship";
    case Side::kInlandWater:
      return "river";
    case Side::kRoad:
      return "road";
    case Side::kPipeline:
      return "pipeline";
  }
  return "";
}

namespace {

bool is_measured_in_tonnes(const LoadUnit& unit) {
  return unit.kind == LoadUnitKind::kBulk || unit.kind == LoadUnitKind::kBreakBulk ||
         unit.kind == LoadUnitKind::kLiquid;
}

}  // namespace

std::string consignment_text(const World& world, const Consignment& consignment) {
  std::string tonnes = plain(std::round(consignment.tonnes.value())) + " t";
  if (!consignment.load_unit.valid()) return tonnes;
  const LoadUnit& unit = world[consignment.load_unit];
  if (is_measured_in_tonnes(unit)) return tonnes + " as " + one_line(unit.name);
  return fmt::format("{} x {}, {}", plain(consignment.units), one_line(unit.name), tonnes);
}

std::string shipment_text(const World& world, const Shipment& shipment) {
  const std::string goods = shipment.goods.valid() ? one_line(world[shipment.goods].name) : "goods";
  const std::string n = plain(shipment.quantity);
  switch (shipment.unit) {
    case QuantityUnit::kTeu:
      return fmt::format("{} TEU of {}", n, to_lower_ascii(goods));
    case QuantityUnit::kTonnes:
      return fmt::format("{} t of {}", n, to_lower_ascii(goods));
    case QuantityUnit::kUnits:
      break;
  }
  const std::string unit =
      shipment.load_unit.valid() ? one_line(world[shipment.load_unit].name) : "load units";
  return fmt::format("{} x {} of {}", n, unit, to_lower_ascii(goods));
}

std::vector<std::string_view> risk_words(Risks risks) {
  std::vector<std::string_view> words;
  for (const auto& [risk, text] : EnumTexts<Risk>::values) {
    if (risks.contains(risk)) words.push_back(text);
  }
  return words;
}

}  // namespace karvan::report
