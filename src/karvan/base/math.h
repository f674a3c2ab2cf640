#pragma once
// Logarithm, exponential and power whose last bit is the same on every machine: only + - * / and
// the square root, which IEEE 754 fixes, in a fixed order and without contraction. The library's
// own differ between hosts by a unit in the last place, which a queue turns into another history.
//
// log: x = 2^k m with m in [sqrt(1/2), sqrt(2)), then the series of atanh in s = (m-1)/(m+1).
// exp: x = k ln 2 + r with |r| <= ln(2)/2 (Cody, Waite 1980), then Taylor's series to degree 13.
// Both truncate below 2^-55 of the result; tests hold them within 1 ulp of a long double result.
// The normal quantile is AS 241 (Wichura 1988), of relative error below 1e-15.

//
// The logarithm stands here because samplers call it for most draws.

#include <bit>
#include <cstdint>
#include <limits>

namespace karvan {

namespace detail {

// ln 2 in two parts; the first has 20 zero bits at its end, so that k times it is exact.
inline constexpr double kLn2High = 0x1.62e42feep-1;
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;

// ln(2^k x) for a positive normal x; straight floating-point code, so that compilers can compute
// several at once.
inline double log_of_normal(double x, double k = 0.0) {
  // The offset makes the exponent step at sqrt(1/2) instead of 1.
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcdU;
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) + (0x3ff0000000000000U - kSqrtHalf);
  // The exponent as a double: put into the last bits of 2^52, which is taken off again.
  const double exponent = std::bit_cast<double>((shifted >> 52U) | 0x4330000000000000U);
  const double dk = (exponent - (0x1p52 + 1023)) + k;
  const double m = std::bit_cast<double>((shifted & 0x000fffffffffffffU) + kSqrtHalf);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  // 2 z/3 + 2 z^2/5 + ...: odd and even powers apart, which halves the chain.
  const double odd =
      w * (2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21)))));
  const double even =
      z * (2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19)))));
  const double half_square = 0.5 * f * f;
  return dk * kLn2High - ((half_square - (s * (half_square + (odd + even)) + dk * kLn2Low)) - f);
}

// Of zero, subnormal, negative and infinite numbers, and of NaN.
double log_of_others(double x);

}  // namespace detail

// Natural logarithm, error < 1 ulp. 0 gives -infinity, below 0 and NaN give NaN.
inline double stable_log(double x) {
  if (x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max()) [[likely]]
    return detail::log_of_normal(x);
  return detail::log_of_others(x);
}

// e to the x, error < 1 ulp where the result is normal; 0 below -745.2, infinity above 709.8.
double stable_exp(double x);

// x to the y for x >= 0, as exp(y log x): relative error about 1e-16 (1 + |y log x|).
double stable_pow(double x, double y);

// ln Gamma(x) for x > 0 by Lanczos' approximation; absolute error below 1e-13 (1 + |result|).
double stable_log_gamma(double x);

// e to the (mean + sd z) for the z with P(Z <= z) = p: normal_quantile and stable_exp in one call.
double lognormal_quantile(double mean, double sd, double p);

// z with P(Z <= z) = p for the standard normal Z. Requires 0 < p < 1.
double normal_quantile(double p);

// P(Z <= z) for the standard normal Z, by Cody's rational approximations of erf and erfc (1969);
// relative error about 1e-15 (1 + z^2), also in the tails.
double normal_cdf(double z);

// The regularized lower incomplete gamma function P(a, x): the share of a gamma law of shape a and
// scale 1 that lies below x. Series below a + 1, Lentz's continued fraction above (DLMF 8.11, 8.9);
// absolute error below 1e-12 for a up to 1e4. Requires a > 0.
double gamma_cdf(double a, double x);

}  // namespace karvan
