#pragma once
// Uncertainty as data: duration laws, delays of movements, weather, water level.

#include <optional>
#include <string>

#include "karvan/base/time.h"
#include "karvan/base/units.h"
#include "karvan/model/fact.h"
#include "karvan/model/mode.h"

namespace karvan {

struct Country;
struct Place;

// Families of duration laws. Parameters a, b, c (hours unless said otherwise):
//   constant    a = value
//   exponential a = mean
//   lognormal   a = mean, b = coefficient of variation
//   gamma       a = mean, b = coefficient of variation
//   weibull     a = mean, b = shape (1 = exponential)
//   triangular  a = min, b = mode, c = max
//   uniform     a = min, b = max
// Written in a cell as "36" or "lognormal mean=36 cv=0.6".
enum class LawFamily {
  kConstant,
  kExponential,
  kLognormal,
  kGamma,
  kWeibull,
  kTriangular,
  kUniform
};

template <>
struct EnumTexts<LawFamily> {
  static constexpr std::array values{
      std::pair{LawFamily::kConstant, std::string_view{"constant"}},
      std::pair{LawFamily::kExponential, std::string_view{"exponential"}},
      std::pair{LawFamily::kLognormal, std::string_view{"lognormal"}},
      std::pair{LawFamily::kGamma, std::string_view{"gamma"}},
      std::pair{LawFamily::kWeibull, std::string_view{"weibull"}},
      std::pair{LawFamily::kTriangular, std::string_view{"triangular"}},
      std::pair{LawFamily::kUniform, std::string_view{"uniform"}},
  };
};

struct Law {
  LawFamily family = LawFamily::kConstant;
  double a = 0;
  double b = 0;
  double c = 0;

  friend constexpr bool operator==(const Law&, const Law&) = default;
};

// The expected duration; what planners use.
constexpr Hours mean(const Law& law) {
  switch (law.family) {
    case LawFamily::kTriangular:
      return Hours{(law.a + law.b + law.c) / 3};
    case LawFamily::kUniform:
      return Hours{(law.a + law.b) / 2};
    case LawFamily::kConstant:
    case LawFamily::kExponential:
    case LawFamily::kLognormal:
    case LawFamily::kGamma:
    case LawFamily::kWeibull:
      return Hours{law.a};
  }
  return Hours{};
}

// Spread of movements: actual running time = scheduled x factor, whose law has mean >= 1.
struct Delay {
  std::string code;
  Mode mode = Mode::kRail;
  Id<Country> country;  // empty: anywhere
  Law factor;           // dimensionless
  Fact fact;
};

// A sea with one water level and one weather.
struct Sea {
  std::string code;
  std::string name;
  std::optional<double> datum_m;  // level (Baltic system) at which published draughts hold
  std::optional<double> trend_cm_per_year;    // after the last row of sea_levels
  std::optional<double> season_amplitude_cm;  // half the yearly swing; maximum in July
  std::optional<double> setup_cm;             // standard deviation of wind set-up at the berths
  Fact fact;
};

struct SeaLevel {
  std::string code;
  Id<Sea> sea;
  Date date{};
  double level_m = 0;  // Baltic height system
  Fact fact;
};

// Share of a month in which a place is closed by weather, and how long a closure lasts.
struct Weather {
  std::string code;
  Id<Place> place;
  int month = 1;            // 1..12
  double closed_share = 0;  // 0..1
  Law closure;              // hours
  std::string storm;        // places with the same word close in the same storm
  Fact fact;
};

}  // namespace karvan
