#include "karvan/des/intervals.h"

#include <cmath>
#include <limits>

#include "karvan/base/check.h"
#include "karvan/base/math.h"

namespace karvan::des {

namespace {

// The continued fraction of the incomplete beta function, by Lentz' method as modified by Thompson
// and Barnett (1986).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  constexpr double kEnough = 1e-15;
  const auto guarded = [](double y) { return std::abs(y) < kTiny ? kTiny : y; };
  double c = 1.0;
  double d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
  double fraction = d;
  for (int m = 1; m <= 500; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m));
    d = 1.0 / guarded(1.0 + even * d);
    c = guarded(1.0 + even / c);
    fraction *= c * d;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0));
    d = 1.0 / guarded(1.0 + odd * d);
    c = guarded(1.0 + odd / c);
    const double step = c * d;
    fraction *= step;
    if (std::abs(step - 1.0) < kEnough) break;
  }
  return fraction;
}

// The regularized incomplete beta function I_x(a, b).
double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double log_front = stable_log_gamma(a + b) - stable_log_gamma(a) - stable_log_gamma(b) +
                           a * stable_log(x) + b * stable_log(1.0 - x);
  const double front = stable_exp(log_front);
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
  return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

// P(T > t) for t >= 0.
double student_tail(double t, double freedom) {
  return 0.5 * incomplete_beta(0.5 * freedom, 0.5, freedom / (freedom + t * t));
}

// P(B <= k) for the binomial B of n and p.
double binomial_up_to(std::uint64_t k, std::uint64_t n, double p) {
  const auto trials = static_cast<double>(n);
  double sum = 0.0;
  for (std::uint64_t i = 0; i <= k; ++i) {
    const auto hits = static_cast<double>(i);
    sum += stable_exp(stable_log_gamma(trials + 1.0) - stable_log_gamma(hits + 1.0) -
                      stable_log_gamma(trials - hits + 1.0) + hits * stable_log(p) +
                      (trials - hits) * stable_log(1.0 - p));
  }
  return sum;
}

}  // namespace

double student_quantile(double p, double freedom) {
  DCHECK(p > 0.0 && p < 1.0 && freedom >= 1.0);
  if (p == 0.5) return 0.0;
  const double tail = p < 0.5 ? p : 1.0 - p;
  double low = 0.0;
  double high = 1.0;
  while (student_tail(high, freedom) > tail)
    high *= 2.0;
  // Halving until the ends are neighbors: slow, certain, and never in a hot place.
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (student_tail(middle, freedom) > tail ? low : high) = middle;
  }
  return p < 0.5 ? -high : high;
}

namespace {

// Thousands of means over the same runs ask for the same quantile, one after another.
double student_quantile_again(double p, double freedom) {
  struct Known {
    double p = 0.5;
    double freedom = 1;
    double quantile = 0;
  };
  thread_local Known known;
  if (known.p != p || known.freedom != freedom)
    known = {.p = p, .freedom = freedom, .quantile = student_quantile(p, freedom)};
  return known.quantile;
}

}  // namespace

std::optional<Interval> mean_interval(const Tally& tally, double confidence) {
  DCHECK(confidence > 0.0 && confidence < 1.0);
  if (tally.count() < 2) return std::nullopt;
  const auto n = static_cast<double>(tally.count());
  const double t = student_quantile_again(0.5 + 0.5 * confidence, n - 1.0);
  return Interval{tally.mean(), t * std::sqrt(tally.variance() / n)};
}

std::optional<BatchMeans> batch_means(std::span<const double> numbers,
                                      std::size_t batches,
                                      double confidence) {
  DCHECK(batches >= 3);
  const std::size_t size = numbers.size() / batches;
  if (size == 0) return std::nullopt;
  const std::span<const double> used = numbers.subspan(numbers.size() - size * batches);
  Tally tally;
  double previous = 0.0;
  double jumps = 0.0;
  for (std::size_t b = 0; b < batches; ++b) {
    Tally batch;
    for (const double x : used.subspan(b * size, size))
      batch.add(x);
    if (b > 0) jumps += (batch.mean() - previous) * (batch.mean() - previous);
    previous = batch.mean();
    tally.add(batch.mean());
  }
  BatchMeans result{*mean_interval(tally, confidence)};
  const auto k = static_cast<double>(batches);
  const double squares = tally.variance() * (k - 1.0);
  result.lag_one = squares > 0.0 ? 1.0 - jumps / (2.0 * squares) : 0.0;
  const double critical = normal_quantile(0.95) * std::sqrt((k - 2.0) / (k * k - 1.0));
  result.independent = result.lag_one <= critical;
  return result;
}

std::optional<std::size_t> warm_up(std::span<const double> numbers) {
  constexpr std::size_t kBatch = 5;
  const std::size_t n = numbers.size() / kBatch;
  if (n < 4) return std::nullopt;
  // From the back, so that each cut adds one batch to those kept.
  Tally kept;
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  for (std::size_t cut = n; cut-- > 0;) {
    double sum = 0.0;
    for (const double x : numbers.subspan(cut * kBatch, kBatch))
      sum += x;
    kept.add(sum / static_cast<double>(kBatch));
    if (cut > n / 2) continue;
    const auto count = static_cast<double>(n - cut);
    const double mser = kept.variance() * (count - 1.0) / (count * count);
    if (mser <= least) {
      least = mser;
      best = cut;
    }
  }
  if (best == n / 2) return std::nullopt;
  return best * kBatch;
}

std::optional<RankInterval> quantile_ranks(std::uint64_t n, double q, double confidence) {
  DCHECK(q > 0.0 && q < 1.0 && confidence > 0.0 && confidence < 1.0);
  const double doubt = 0.5 * (1.0 - confidence);
  // P(the value of rank r lies above the quantile) = P(B <= r-1), where B counts the numbers at or
  // below the quantile.
  const auto up_to = [n, q](std::uint64_t k) { return binomial_up_to(k, n, q); };
  if (n == 0 || up_to(0) > doubt || 1.0 - up_to(n - 1) > doubt) return std::nullopt;
  // Both probabilities are monotone in the rank: halve.
  const auto first_where = [n](const auto& holds) {
    std::uint64_t low = 1;
    std::uint64_t high = n;
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (holds(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  // The last rank with P(B <= r-1) <= doubt is one before the first with more.
  std::uint64_t low = first_where([&](std::uint64_t r) { return up_to(r - 1) > doubt; });
  if (up_to(low - 1) > doubt) --low;
  const std::uint64_t high =
      first_where([&](std::uint64_t r) { return 1.0 - up_to(r - 1) <= doubt; });
  return RankInterval{low, high, up_to(high - 1) - up_to(low - 1)};
}

}  // namespace karvan::des
