#include "karvan/base/math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "karvan/base/check.h"

namespace karvan {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
using detail::kLn2High;
using detail::kLn2Low;
constexpr double kLog2E = 0x1.71547652b82fep+0;

// Horner's rule, the highest power first; written out, because compilers keep the loop.
template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = coefficients[0];
  const auto step = [&](std::size_t i) { sum = sum * x + coefficients[i]; };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (step(I + 1), ...);
  }(std::make_index_sequence<N - 1>{});
  return sum;
}

// 2 to the k for a normal result.
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52U);
}

// AS 241, PPND16: numerators and denominators for the middle, the tails and the far tails.
constexpr std::array<double, 8> kMiddleOver = {2.5090809287301226727e+3, 3.3430575583588128105e+4,
                                               6.7265770927008700853e+4, 4.5921953931549871457e+4,
                                               1.3731693765509461125e+4, 1.9715909503065514427e+3,
                                               1.3314166789178437745e+2, 3.3871328727963666080e+0};
constexpr std::array<double, 8> kMiddleUnder = {5.2264952788528545610e+3, 2.8729085735721942674e+4,
                                                3.9307895800092710610e+4, 2.1213794301586595867e+4,
                                                5.3941960214247511077e+3, 6.8718700749205790830e+2,
                                                4.2313330701600911252e+1, 1.0};
constexpr std::array<double, 8> kTailOver = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                             2.41780725177450611770e-1, 1.27045825245236838258e+0,
                                             3.64784832476320460504e+0, 5.76949722146069140550e+0,
                                             4.63033784615654529590e+0, 1.42343711074968357734e+0};
constexpr std::array<double, 8> kTailUnder = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                              1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                              6.89767334985100004550e-1, 1.67638483018380384940e+0,
                                              2.05319162663775882187e+0, 1.0};
constexpr std::array<double, 8> kFarOver = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                                            1.24266094738807843860e-3, 2.65321895265761230930e-2,
                                            2.96560571828504891230e-1, 1.78482653991729133580e+0,
                                            5.46378491116411436990e+0, 6.65790464350110377720e+0};
constexpr std::array<double, 8> kFarUnder = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                                             1.84631831751005468180e-5,  7.86869131145613259100e-4,
                                             1.48753612908506148525e-2,  1.36929880922735805310e-1,
                                             5.99832206555887937690e-1,  1.0};

// Cody's rational approximations: erf below 1/2, erfc e^(x^2) up to 4, and beyond.
constexpr std::array<double, 5> kErfOver = {1.85777706184603153e-1, 3.16112374387056560e+0,
                                            1.13864154151050156e+2, 3.77485237685302021e+2,
                                            3.20937758913846947e+3};
constexpr std::array<double, 5> kErfUnder = {1.0, 2.36012909523441209e+1, 2.44024637934444173e+2,
                                             1.28261652607737228e+3, 2.84423683343917062e+3};
constexpr std::array<double, 9> kErfcOver = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e+0,
    6.61191906371416295e+1, 2.98635138197400131e+2, 8.81952221241769090e+2,
    1.71204761263407058e+3, 2.05107837782607147e+3, 1.23033935479799725e+3};
constexpr std::array<double, 9> kErfcUnder = {1.0,
                                              1.57449261107098347e+1,
                                              1.17693950891312499e+2,
                                              5.37181101862009858e+2,
                                              1.62138957456669019e+3,
                                              3.29079923573345963e+3,
                                              4.36261909014324716e+3,
                                              3.43936767414372164e+3,
                                              1.23033935480374942e+3};
constexpr std::array<double, 6> kErfcFarOver = {1.63153871373020978e-2, 3.05326634961232344e-1,
                                                3.60344899949804439e-1, 1.25781726111229246e-1,
                                                1.60837851487422766e-2, 6.58749161529837803e-4};
constexpr std::array<double, 6> kErfcFarUnder = {1.0,
                                                 2.56852019228982242e+0,
                                                 1.87295284992346725e+0,
                                                 5.27905102951428412e-1,
                                                 6.05183413124413191e-2,
                                                 2.33520497626869185e-3};

// Both below stand in line for lognormal_quantile, the law that models of freight draw most.

inline double exp_of(double x) {
  if (!(x > -745.2)) return x != x ? x : 0.0;
  if (x > 709.8) return kInfinity;
  const int k = static_cast<int>(x * kLog2E + (x < 0.0 ? -0.5 : 0.5));
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;
  const double rest = (high - r) - low;
  static constexpr std::array<double, 12> kTaylor = {
      1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
      1.0 / 5040,       1.0 / 720,       1.0 / 120,      1.0 / 24,      1.0 / 6,      1.0 / 2};
  const double tail = r * r * polynomial(kTaylor, r);
  const double y = 1.0 + (r + (tail + rest));
  if (k >= -1021 && k <= 1023) return y * power_of_two(k);
  // In two exact steps, and the last one rounds, where the result may leave the normal range.
  return k > 0 ? y * power_of_two(k - 1) * 2.0 : y * power_of_two(k + 200) * power_of_two(-200);
}

inline double quantile_of(double p) {
  DCHECK(p > 0.0 && p < 1.0);
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kMiddleOver, r) / polynomial(kMiddleUnder, r);
  }
  const double r = std::sqrt(-stable_log(q < 0.0 ? p : 1.0 - p));
  const double z = r <= 5.0 ? polynomial(kTailOver, r - 1.6) / polynomial(kTailUnder, r - 1.6)
                            : polynomial(kFarOver, r - 5.0) / polynomial(kFarUnder, r - 5.0);
  return q < 0.0 ? -z : z;
}

// erfc(y) for y >= 1/2.
double erfc_of_large(double y) {
  constexpr double kInverseRootPi = 0.56418958354775628695;
  if (y > 27.0) return 0.0;
  // y^2 in two parts, so that its rounding does not grow in the exponential.
  const double rough = static_cast<double>(static_cast<std::int64_t>(y * 16.0)) / 16.0;
  const double front = exp_of(-rough * rough) * exp_of(-(y - rough) * (y + rough));
  if (y <= 4.0) return front * polynomial(kErfcOver, y) / polynomial(kErfcUnder, y);
  const double z = 1.0 / (y * y);
  const double tail = z * polynomial(kErfcFarOver, z) / polynomial(kErfcFarUnder, z);
  return front * (kInverseRootPi - tail) / y;
}

// The share of the gamma law above x, for x >= a + 1.
double gamma_tail(double a, double x, double front) {
  constexpr double kTiny = 1e-300;
  double b = x + 1.0 - a;
  double c = 1.0 / kTiny;
  double d = 1.0 / b;
  double h = d;
  for (int i = 1; i < 2000; ++i) {
    const double an = -static_cast<double>(i) * (static_cast<double>(i) - a);
    b += 2.0;
    d = an * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1.0 / d;
    const double step = d * c;
    h *= step;
    if (std::abs(step - 1.0) < 1e-15) break;
  }
  return front * h;
}

}  // namespace

double detail::log_of_others(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -kInfinity : kNan;
  if (x == kInfinity) return x;
  return log_of_normal(x * 0x1p54, -54);
}

double stable_exp(double x) {
  return exp_of(x);
}

double normal_quantile(double p) {
  return quantile_of(p);
}

double lognormal_quantile(double mean, double sd, double p) {
  return exp_of(mean + sd * quantile_of(p));
}

double stable_pow(double x, double y) {
  DCHECK(x >= 0.0);
  if (y == 0.0 || x == 1.0) return 1.0;
  return stable_exp(y * stable_log(x));
}

double stable_log_gamma(double x) {
  DCHECK(x > 0.0);
  // Lanczos with g = 7 and nine terms (coefficients of P. Godfrey, 2001).
  static constexpr std::array<double, 8> kTerms = {
      676.5203681218851,  -1259.1392167224028,  771.32342877765313,    -176.61502916214059,
      12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
  if (x < 0.5) return stable_log_gamma(x + 1.0) - stable_log(x);
  const double shifted = x - 1.0;
  double sum = 0.99999999999980993;
  for (std::size_t i = 0; i < kTerms.size(); ++i)
    sum += kTerms[i] / (shifted + static_cast<double>(i + 1));
  const double t = shifted + 7.5;
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  return kHalfLogTwoPi + (shifted + 0.5) * stable_log(t) - t + stable_log(sum);
}

double normal_cdf(double z) {
  constexpr double kInverseRootTwo = 0.70710678118654752440;
  const double y = std::abs(z) * kInverseRootTwo;
  if (!(y >= 0.5)) {
    const double square = y * y;
    const double erf = y * polynomial(kErfOver, square) / polynomial(kErfUnder, square);
    return z < 0.0 ? 0.5 - 0.5 * erf : 0.5 + 0.5 * erf;
  }
  const double tail = 0.5 * erfc_of_large(y);
  return z < 0.0 ? tail : 1.0 - tail;
}

double gamma_cdf(double a, double x) {
  DCHECK(a > 0.0);
  if (!(x > 0.0)) return 0.0;
  const double front = stable_exp(a * stable_log(x) - x - stable_log_gamma(a));
  if (x >= a + 1.0) return 1.0 - gamma_tail(a, x, front);
  double term = 1.0 / a;
  double sum = term;
  for (int i = 1; i < 2000 && term > sum * 1e-17; ++i) {
    term *= x / (a + static_cast<double>(i));
    sum += term;
  }
  return front * sum;
}

}  // namespace karvan
