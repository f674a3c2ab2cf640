#include "karvan/des/sampler.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "karvan/base/check.h"
#include "karvan/base/math.h"

namespace karvan::des {

namespace {

constexpr int kRefusalsMax = 1000;
constexpr double kP95 = 1.6448536269514722;  // normal_quantile(0.95)

Error invalid(const char* what) {
  return Error{ErrorKind::kInvalid, std::string{"law of chance: "} + what};
}

bool all_finite(double a, double b, double c = 0.0) {
  return std::isfinite(a) && std::isfinite(b) && std::isfinite(c);
}

// Marsaglia and Tsang's squeeze-free form: d v with v = (1 + c z)^3, for shape >= 1.
template <class Source>
double standard_gamma(double shape, Source& source) {
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double z = normal_quantile(open_uniform(source));
    const double root = 1.0 + c * z;
    const double u = open_uniform(source);
    if (root <= 0.0) continue;
    const double v = root * root * root;
    if (stable_log(u) < 0.5 * z * z + d - d * v + d * stable_log(v)) return d * v;
  }
}

template <class Source>
double draw_gamma(double shape, double scale, Source& source) {
  if (shape >= 1.0) return scale * standard_gamma(shape, source);
  // For shape < 1: a draw of shape + 1 times u^(1/shape).
  const double u = open_uniform(source);
  return scale * standard_gamma(shape + 1.0, source) * stable_pow(u, 1.0 / shape);
}

}  // namespace

Result<Sampler> Sampler::deterministic(double value) {
  if (!std::isfinite(value)) return invalid("the value must be finite");
  return Sampler{Kind::kDeterministic, value};
}

Result<Sampler> Sampler::uniform(double low, double high) {
  if (!all_finite(low, high) || low > high) return invalid("uniform needs low <= high");
  return Sampler{Kind::kUniform, low, high};
}

Result<Sampler> Sampler::exponential(double mean) {
  if (!std::isfinite(mean) || mean < 0.0) return invalid("exponential needs mean >= 0");
  return Sampler{Kind::kExponential, mean};
}

Result<Sampler> Sampler::normal(double mean, double sd) {
  if (!all_finite(mean, sd) || sd < 0.0) return invalid("normal needs sd >= 0");
  return Sampler{Kind::kNormal, mean, sd};
}

Result<Sampler> Sampler::lognormal(double mean, double sd) {
  if (!all_finite(mean, sd) || mean <= 0.0 || sd < 0.0) {
    return invalid("lognormal needs mean > 0 and sd >= 0");
  }
  const double ratio = sd / mean;
  const double variance = stable_log(1.0 + ratio * ratio);
  return Sampler{Kind::kLognormal, stable_log(mean) - 0.5 * variance, std::sqrt(variance)};
}

Result<Sampler> Sampler::lognormal_by_quantiles(double median, double p95) {
  if (!all_finite(median, p95) || median <= 0.0 || p95 < median) {
    return invalid("lognormal needs 0 < median <= 95th percentile");
  }
  return Sampler{Kind::kLognormal, stable_log(median), stable_log(p95 / median) / kP95};
}

Result<Sampler> Sampler::gamma(double shape, double scale) {
  if (!all_finite(shape, scale) || shape <= 0.0 || scale <= 0.0) {
    return invalid("gamma needs shape > 0 and scale > 0");
  }
  return Sampler{Kind::kGamma, shape, scale};
}

Result<Sampler> Sampler::weibull(double shape, double scale) {
  if (!all_finite(shape, scale) || shape <= 0.0 || scale <= 0.0) {
    return invalid("Weibull needs shape > 0 and scale > 0");
  }
  return Sampler{Kind::kWeibull, shape, scale};
}

Result<Sampler> Sampler::triangular(double low, double mode, double high) {
  if (!all_finite(low, mode, high) || low > mode || mode > high) {
    return invalid("triangular needs low <= mode <= high");
  }
  return Sampler{Kind::kTriangular, low, mode, high};
}

Result<Sampler> Sampler::empirical(std::vector<double> values) {
  if (values.empty()) return invalid("empirical needs at least one value");
  for (const double value : values) {
    if (!std::isfinite(value)) return invalid("empirical values must be finite");
  }
  std::sort(values.begin(), values.end());
  Sampler sampler{Kind::kEmpirical, 0.0};
  for (const double value : values)
    sampler.points_.push_back({value, 0.0});
  return sampler;
}

Result<Sampler> Sampler::discrete(const std::vector<Weighted>& values) {
  double total = 0.0;
  for (const Weighted& one : values) {
    if (!all_finite(one.value, one.weight) || one.weight < 0.0) {
      return invalid("discrete needs finite values and weights >= 0");
    }
    total += one.weight;
  }
  if (!(total > 0.0) || !std::isfinite(total)) return invalid("discrete needs a positive weight");
  Sampler sampler{Kind::kDiscrete, 0.0};
  // In order of value, so that inversion is monotone.
  std::vector<Weighted> sorted = values;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Weighted& x, const Weighted& y) { return x.value < y.value; });
  double sum = 0.0;
  for (const Weighted& one : sorted) {
    if (one.weight == 0.0) continue;
    sum += one.weight;
    sampler.points_.push_back({one.value, sum / total});
  }
  sampler.points_.back().share_up_to = 1.0;
  return sampler;
}

Result<Sampler> Sampler::truncated(double low, double high) const {
  if (!(low <= high)) return invalid("truncation needs low <= high");
  Sampler result = *this;
  result.low_ = low - shift_;
  result.high_ = high - shift_;
  if (truncated_) {
    result.low_ = std::max(result.low_, low_);
    result.high_ = std::min(result.high_, high_);
    if (result.low_ > result.high_) return invalid("truncations must overlap");
  }
  result.truncated_ = true;
  return result;
}

Sampler Sampler::shifted(double by) const {
  DCHECK(std::isfinite(by));
  Sampler result = *this;
  result.shift_ += by;
  return result;
}

double Sampler::mean() const {
  switch (kind_) {
    case Kind::kDeterministic:
    case Kind::kExponential:
    case Kind::kNormal:
      return shift_ + a_;
    case Kind::kUniform:
      return shift_ + 0.5 * (a_ + b_);
    case Kind::kLognormal:
      return shift_ + stable_exp(a_ + 0.5 * b_ * b_);
    case Kind::kGamma:
      return shift_ + a_ * b_;
    case Kind::kWeibull:
      return shift_ + b_ * stable_exp(stable_log_gamma(1.0 + 1.0 / a_));
    case Kind::kTriangular:
      return shift_ + (a_ + b_ + c_) / 3.0;
    case Kind::kEmpirical: {
      if (points_.size() == 1) return shift_ + points_.front().value;
      double sum = -0.5 * (points_.front().value + points_.back().value);
      for (const Point& point : points_)
        sum += point.value;
      return shift_ + sum / static_cast<double>(points_.size() - 1);
    }
    case Kind::kDiscrete: {
      double sum = 0.0;
      double before = 0.0;
      for (const Point& point : points_) {
        sum += point.value * (point.share_up_to - before);
        before = point.share_up_to;
      }
      return shift_ + sum;
    }
  }
  CHECK(false);
}

double Sampler::quantile(double u) const {
  DCHECK(u > 0.0 && u < 1.0);
  switch (kind_) {
    case Kind::kDeterministic:
      return shift_ + a_;
    case Kind::kUniform:
      return shift_ + a_ + (b_ - a_) * u;
    case Kind::kExponential:
      return exponential_quantile(u);
    case Kind::kNormal:
      return shift_ + a_ + b_ * normal_quantile(u);
    case Kind::kLognormal:
      return shift_ + lognormal_quantile(a_, b_, u);
    case Kind::kWeibull:
      return shift_ + b_ * stable_pow(-stable_log(1.0 - u), 1.0 / a_);
    case Kind::kTriangular:
      return shift_ + triangular_quantile(u);
    case Kind::kEmpirical:
      return shift_ + empirical_quantile(u);
    case Kind::kDiscrete:
      return shift_ + discrete_quantile(u);
    case Kind::kGamma:
      break;
  }
  CHECK(kind_ != Kind::kGamma);
  return 0.0;
}

double Sampler::triangular_quantile(double u) const {
  const double width = c_ - a_;
  if (width == 0.0) return a_;
  const double peak = (b_ - a_) / width;
  return u < peak ? a_ + std::sqrt(u * width * (b_ - a_))
                  : c_ - std::sqrt((1.0 - u) * width * (c_ - b_));
}

double Sampler::empirical_quantile(double u) const {
  const double at = u * static_cast<double>(points_.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= points_.size()) return points_.back().value;
  const double share = at - static_cast<double>(below);
  return points_[below].value + share * (points_[below + 1].value - points_[below].value);
}

double Sampler::discrete_quantile(double u) const {
  const auto at =
      std::upper_bound(points_.begin(), points_.end(), u,
                       [](double share, const Point& point) { return share < point.share_up_to; });
  return at == points_.end() ? points_.back().value : at->value;
}

template <class Source>
double Sampler::sample_once(Source& source) const {
  if (kind_ == Kind::kGamma) return shift_ + draw_gamma(a_, b_, source);
  if (kind_ == Kind::kDeterministic) return shift_ + a_;
  return quantile(open_uniform(source));
}

template <class Source>
double Sampler::sample_from(Source& source) const {
  if (!truncated_) return sample_once(source);
  const double low = low_ + shift_;
  const double high = high_ + shift_;
  double value = 0.0;
  for (int i = 0; i < kRefusalsMax; ++i) {
    value = sample_once(source);
    if (low <= value && value <= high) return value;
  }
  return std::clamp(value, low, high);
}

void Sampler::sample_block(RandomStream& source, std::span<double, kBlock> into) const {
  if (kind_ != Kind::kExponential || truncated_) {
    for (double& value : into)
      value = sample(source);
    return;
  }
  // In two loops, because the rounds of the second do not wait for each other.
  for (double& value : into)
    value = open_uniform(source);
  const double mean = a_;
  const double shift = shift_;
  for (double& value : into)
    value = shift - mean * karvan::detail::log_of_normal(1.0 - value);
}

template double Sampler::sample_from(Draws& source) const;
template double Sampler::sample_from(RandomStream& source) const;

}  // namespace karvan::des
