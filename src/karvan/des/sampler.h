#pragma once
// Sampler: one law of chance, checked when it is made, drawn from any source of 64-bit numbers
// (Draws for entities, RandomStream for clocks). Own code throughout: the distributions of std
// differ between libraries, and these are the same to the last bit on every machine.
//
// Every law but gamma is drawn by inversion from one number: larger numbers give larger values, so
// common random numbers, antithetic and stratified draws work. Gamma is drawn by rejection
// (Marsaglia, Tsang 2000) and takes a varying number of numbers: give it an entity's own stream.
// Values have the unit of the parameters; to_ticks makes them a span of the kernel's clock.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/base/math.h"
#include "karvan/base/random.h"
#include "karvan/base/result.h"
#include "karvan/des/clock.h"
#include "karvan/des/draws.h"

namespace karvan::des {

// Uniform in (0, 1), both ends excluded, symmetric about 1/2; 52 random bits. (Processors
// convert signed integers in one step.)
template <class Source>
double open_uniform(Source& source) {
  return (static_cast<double>(static_cast<std::int64_t>(source.next() >> 12U)) + 0.5) * 0x1.0p-52;
}

class Sampler {
 public:
  enum class Kind : std::uint8_t {
    kDeterministic,
    kUniform,
    kExponential,
    kNormal,
    kLognormal,
    kGamma,
    kWeibull,
    kTriangular,
    kEmpirical,
    kDiscrete,
  };
  struct Weighted {
    double value = 0.0;
    double weight = 0.0;  // at least 0; they need not sum to 1
  };

  // 0 for certain.
  Sampler() = default;

  // Each gives an error that names the parameter at fault; none accepts NaN or infinity.
  static Result<Sampler> deterministic(double value);
  static Result<Sampler> uniform(double low, double high);  // low <= high
  static Result<Sampler> exponential(double mean);          // mean >= 0
  static Result<Sampler> normal(double mean, double sd);    // sd >= 0
  // By the mean and standard deviation of the values themselves, not of their logarithms; mean > 0.
  static Result<Sampler> lognormal(double mean, double sd);
  // By the two numbers planners state: the median and the 95th percentile. 0 < median <= p95.
  static Result<Sampler> lognormal_by_quantiles(double median, double p95);
  static Result<Sampler> gamma(double shape, double scale);  // both > 0; the mean is their product
  static Result<Sampler> weibull(double shape, double scale);               // both > 0
  static Result<Sampler> triangular(double low, double mode, double high);  // low <= mode <= high
  // Through observed values, straight between neighbors (Law, Simulation Modeling and Analysis);
  // needs one value at least.
  static Result<Sampler> empirical(std::vector<double> values);
  // One of the values, by weight; needs one positive weight.
  static Result<Sampler> discrete(const std::vector<Weighted>& values);

  // The same law with everything outside [low, high] drawn again. The gate for nonsense, not for
  // tails: after 1000 refusals the nearer bound is taken. Requires low <= high (error otherwise).
  Result<Sampler> truncated(double low, double high) const;
  // The same law moved by `by`; a truncation moves with it.
  Sampler shifted(double by) const;

  Kind kind() const { return kind_; }
  // Mean of the law without truncation, with the shift.
  double mean() const;
  // The value below which a share u of the draws lies, 0 < u < 1; without truncation. Not for gamma
  // (DCHECK).
  double quantile(double u) const;

  double sample(Draws& source) const { return sample_inline(source); }
  double sample(RandomStream& source) const { return sample_inline(source); }
  // Many draws, the same as one by one.
  static constexpr std::size_t kBlock = 16;
  void sample_block(RandomStream& source, std::span<double, kBlock> into) const;

 private:
  struct Point {
    double value = 0.0;
    double share_up_to = 0.0;  // of this point and all before it
  };

  Sampler(Kind kind, double a, double b = 0.0, double c = 0.0) : kind_{kind}, a_{a}, b_{b}, c_{c} {}
  // The laws that models draw most are worth the short way.
  template <class Source>
  double sample_inline(Source& source) const {
    if (kind_ == Kind::kExponential && !truncated_) [[likely]]
      return exponential_quantile(open_uniform(source));
    if (kind_ == Kind::kLognormal && !truncated_)
      return shift_ + lognormal_quantile(a_, b_, open_uniform(source));
    return sample_from(source);
  }
  template <class Source>
  double sample_from(Source& source) const;
  template <class Source>
  double sample_once(Source& source) const;
  // 1 - u is a normal number for every u in (0, 1).
  double exponential_quantile(double u) const {
    return shift_ - a_ * karvan::detail::log_of_normal(1.0 - u);
  }
  double triangular_quantile(double u) const;
  double empirical_quantile(double u) const;
  double discrete_quantile(double u) const;

  Kind kind_ = Kind::kDeterministic;
  bool truncated_ = false;
  double a_ = 0.0;  // value, low, mean, mean of the logarithm, shape
  double b_ = 0.0;  // high, sd, sd of the logarithm, scale, mode
  double c_ = 0.0;  // high of the triangle
  double low_ = 0.0;
  double high_ = 0.0;
  double shift_ = 0.0;
  std::vector<Point> points_;
};

// A sampled span as ticks, to the nearest; below 0 counts as 0, and what the clock cannot hold as
// a quarter of its range (2^61 ticks).
inline Time to_ticks(double span, double ticks_per_unit) {
  constexpr double kMax = 0x1.0p61;
  const double ticks = span * ticks_per_unit;
  DCHECK(ticks == ticks);
  if (!(ticks > 0.0)) return 0;
  if (ticks >= kMax) return Time{1} << 61U;
  // As std::llround, which is a call into the library. Both conversions and the difference are
  // exact.
  const auto whole = static_cast<Time>(ticks);
  return whole + (ticks - static_cast<double>(whole) >= 0.5 ? 1 : 0);
}

}  // namespace karvan::des
