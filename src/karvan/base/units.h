#pragma once
// Quantities with units: the compiler keeps tonnes, TEU, kilometers, hours, dollars and CO2e apart.
// Addition only within a dimension; products and quotients compute theirs; a pure number becomes a
// double again. Construction is explicit and value() is the one way out.

#include <compare>
#include <cstdint>

namespace karvan {

// Exponents of the base units of a quantity; tonne-kilometres are {.tonne = 1, .km = 1}.
struct Dimension {
  std::int8_t tonne = 0;
  std::int8_t teu = 0;
  std::int8_t km = 0;
  std::int8_t hour = 0;
  std::int8_t usd = 0;
  std::int8_t kg_co2e = 0;

  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
};

constexpr Dimension combine(Dimension a, Dimension b, int sign) {
  const auto add = [sign](std::int8_t x, std::int8_t y) {
    return static_cast<std::int8_t>(x + sign * y);
  };
  return {add(a.tonne, b.tonne), add(a.teu, b.teu), add(a.km, b.km),
          add(a.hour, b.hour),   add(a.usd, b.usd), add(a.kg_co2e, b.kg_co2e)};
}

template <Dimension D>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double value) : value_{value} {}

  constexpr double value() const { return value_; }

  constexpr Quantity& operator+=(Quantity o) {
    value_ += o.value_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity o) {
    value_ -= o.value_;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity{a.value_ + b.value_};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity{a.value_ - b.value_};
  }
  friend constexpr Quantity operator-(Quantity a) { return Quantity{-a.value_}; }
  friend constexpr Quantity operator*(Quantity a, double k) { return Quantity{a.value_ * k}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return Quantity{a.value_ * k}; }
  friend constexpr Quantity operator/(Quantity a, double k) { return Quantity{a.value_ / k}; }
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  double value_ = 0.0;
};

template <Dimension D>
constexpr auto make_quantity(double value) {
  if constexpr (D == Dimension{}) {
    return value;
  } else {
    return Quantity<D>{value};
  }
}

template <Dimension A, Dimension B>
constexpr auto operator*(Quantity<A> a, Quantity<B> b) {
  return make_quantity<combine(A, B, +1)>(a.value() * b.value());
}
template <Dimension A, Dimension B>
constexpr auto operator/(Quantity<A> a, Quantity<B> b) {
  return make_quantity<combine(A, B, -1)>(a.value() / b.value());
}

using Tonnes = Quantity<Dimension{.tonne = 1}>;
using Teu = Quantity<Dimension{.teu = 1}>;
using Km = Quantity<Dimension{.km = 1}>;
using Hours = Quantity<Dimension{.hour = 1}>;
using Usd = Quantity<Dimension{.usd = 1}>;
using KgCo2e = Quantity<Dimension{.kg_co2e = 1}>;
using KmPerHour = decltype(Km{} / Hours{});
using TeuPerHour = decltype(Teu{} / Hours{});
using TonnesPerHour = decltype(Tonnes{} / Hours{});
using TonnesPerTeu = decltype(Tonnes{} / Teu{});
using TonneKm = decltype(Tonnes{} * Km{});
using TeuKm = decltype(Teu{} * Km{});
using UsdPerTonne = decltype(Usd{} / Tonnes{});
using UsdPerTeu = decltype(Usd{} / Teu{});
using UsdPerKm = decltype(Usd{} / Km{});
using UsdPerHour = decltype(Usd{} / Hours{});
using UsdPerTonneKm = decltype(Usd{} / TonneKm{});
using UsdPerTeuKm = decltype(Usd{} / TeuKm{});
using UsdPerTeuHour = decltype(Usd{} / (Teu{} * Hours{}));
using KgPerTonneKm = decltype(KgCo2e{} / TonneKm{});
using KgPerTeuKm = decltype(KgCo2e{} / TeuKm{});
using KgPerTonne = decltype(KgCo2e{} / Tonnes{});
using KgPerTeu = decltype(KgCo2e{} / Teu{});

// `using namespace karvan::unit_literals;` then 25.5_t, 80_teu, 450_km, 36_h, 120.0_usd, 9_kg_co2e.
namespace unit_literals {
constexpr Tonnes operator""_t(long double v) {
  return Tonnes{static_cast<double>(v)};
}
constexpr Tonnes operator""_t(unsigned long long v) {
  return Tonnes{static_cast<double>(v)};
}
constexpr Teu operator""_teu(long double v) {
  return Teu{static_cast<double>(v)};
}
constexpr Teu operator""_teu(unsigned long long v) {
  return Teu{static_cast<double>(v)};
}
constexpr Km operator""_km(long double v) {
  return Km{static_cast<double>(v)};
}
constexpr Km operator""_km(unsigned long long v) {
  return Km{static_cast<double>(v)};
}
constexpr Hours operator""_h(long double v) {
  return Hours{static_cast<double>(v)};
}
constexpr Hours operator""_h(unsigned long long v) {
  return Hours{static_cast<double>(v)};
}
constexpr Usd operator""_usd(long double v) {
  return Usd{static_cast<double>(v)};
}
constexpr Usd operator""_usd(unsigned long long v) {
  return Usd{static_cast<double>(v)};
}
constexpr KgCo2e operator""_kg_co2e(long double v) {
  return KgCo2e{static_cast<double>(v)};
}
constexpr KgCo2e operator""_kg_co2e(unsigned long long v) {
  return KgCo2e{static_cast<double>(v)};
}
}  // namespace unit_literals

}  // namespace karvan
