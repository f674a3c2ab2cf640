#include "karvan/plan/detail/distribution.h"

#include <algorithm>

#include "karvan/base/check.h"
#include "karvan/base/math.h"

// Also compiled for processors with wider vectors, where it is known which one runs. The same
// operations in the same order, so the same bits. Not with the thread sanitizer, which is not there
// yet when the loader asks which one.
#if defined(__has_feature)
#define KARVAN_HAS_FEATURE(x) __has_feature(x)
#else
#define KARVAN_HAS_FEATURE(x) 0
#endif
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__has_attribute)
#if __has_attribute(target_clones) && !KARVAN_HAS_FEATURE(thread_sanitizer)
#define KARVAN_WIDE_VECTORS [[gnu::target_clones("avx2", "default")]]
#endif
#endif
#ifndef KARVAN_WIDE_VECTORS
#define KARVAN_WIDE_VECTORS
#endif

namespace karvan::plan::detail {
namespace {

// Of a law with spread: its logarithm's standard deviation and mean.
struct LogNormal {
  double mu = 0;
  double sigma = 0;
};

LogNormal lognormal(const Law& law) {
  const double variance = stable_log(1.0 + law.b * law.b);
  return {.mu = stable_log(law.a) - 0.5 * variance, .sigma = std::sqrt(variance)};
}

double weibull_scale(const Law& law) {
  return law.a / stable_exp(stable_log_gamma(1.0 + 1.0 / law.b));
}

bool has_spread(const Law& law) {
  switch (law.family) {
    case LawFamily::kConstant:
      return false;
    case LawFamily::kLognormal:
    case LawFamily::kGamma:
      return law.a > 0 && law.b > 0;
    case LawFamily::kExponential:
    case LawFamily::kWeibull:
      return law.a > 0;
    case LawFamily::kTriangular:
      return law.c > law.a;
    case LawFamily::kUniform:
      return law.b > law.a;
  }
  return false;
}

double triangular_area(const Law& law, double x) {
  if (x <= law.a) return 0;
  const double width = law.c - law.a;
  if (x < law.b) return (x - law.a) * (x - law.a) * (x - law.a) / (3 * width * (law.b - law.a));
  const double expected = (law.a + law.b + law.c) / 3;
  if (x >= law.c) return x - expected;
  const double left = law.c - x;
  return x - expected + left * left * left / (3 * width * (law.c - law.b));
}

double triangular_share(const Law& law, double x) {
  if (x <= law.a) return 0;
  if (x >= law.c) return 1;
  const double width = law.c - law.a;
  if (x < law.b) return (x - law.a) * (x - law.a) / (width * (law.b - law.a));
  return 1 - (law.c - x) * (law.c - x) / (width * (law.c - law.b));
}

// Masses of cells 0, 1, ... from the areas below, until the tail is short.
template <class Area>
Distribution by_hats(Area area, Minute step, double expected) {
  const double h = static_cast<double>(step) / 60;
  Distribution result{.mass = {}, .is_atomic = false};
  double before = 0;  // area(-h), of a law that is never negative
  double here = area(0);
  double sum = 0;
  for (std::size_t k = 0; k < 100'000; ++k) {
    const double next = area(static_cast<double>(k + 1) * h);
    const double mass = std::max(0.0, (next - 2 * here + before) / h);
    result.mass.push_back(mass);
    sum += mass;
    if (1 - sum<kTail&& static_cast<double>(k) * h> expected) break;
    before = here;
    here = next;
  }
  result.mass.back() += 1 - sum;
  trim(result, step);
  return result;
}

constexpr std::size_t kChunk = 8;

// into[k] += sum of w[r] from[k - r] for four rows, in chunks of fixed length that compilers turn
// into vectors. `from` has kRows zeros before it, and zeros behind it up to whole chunks.
constexpr std::size_t kRows = 4;
KARVAN_WIDE_VECTORS
void add_rows(const double* __restrict w,
              const double* __restrict from,
              double* __restrict into,
              std::size_t chunks) {
  for (std::size_t c = 0; c < chunks; ++c, from += kChunk, into += kChunk) {
    for (std::size_t u = 0; u < kChunk; ++u)
      into[u] += (w[0] * from[u] + w[1] * *(from + u - 1)) +
                 (w[2] * *(from + u - 2) + w[3] * *(from + u - 3));
  }
}

KARVAN_WIDE_VECTORS
void add_row(double w, const double* __restrict from, double* __restrict into, std::size_t chunks) {
  for (std::size_t c = 0; c < chunks; ++c, from += kChunk, into += kChunk) {
    for (std::size_t u = 0; u < kChunk; ++u)
      into[u] += w * from[u];
  }
}

// Into `result`, of length rows + other - 1. Rows that are 0 cost nothing.
void convolve(const std::vector<double>& rows,
              const std::vector<double>& other,
              std::vector<double>& result) {
  const std::size_t length = result.size();
  const std::size_t chunks = (other.size() + kRows + kChunk - 1) / kChunk;
  std::vector<double> padded(kRows + chunks * kChunk);
  std::ranges::copy(other, padded.begin() + kRows);
  const double* from = padded.data() + kRows;
  result.resize(rows.size() + chunks * kChunk + kRows);
  for (std::size_t i = 0; i < rows.size();) {
    if (rows[i] == 0) {
      ++i;
    } else if (i + kRows <= rows.size() && rows[i + 1] != 0 && rows[i + 2] != 0 &&
               rows[i + 3] != 0) {
      add_rows(rows.data() + i, from, result.data() + i, chunks);
      i += kRows;
    } else {
      add_row(rows[i], from, result.data() + i, chunks);
      ++i;
    }
  }
  result.resize(length);
}

}  // namespace

double area_below(const Law& law, double x) {
  const double expected = mean(law).value();
  if (!has_spread(law)) return std::max(0.0, x - expected);
  if (x <= 0) return 0;
  switch (law.family) {
    case LawFamily::kConstant:
      break;
    case LawFamily::kExponential:
      return x - law.a * (1 - stable_exp(-x / law.a));
    case LawFamily::kLognormal: {
      const LogNormal log = lognormal(law);
      const double z = (stable_log(x) - log.mu) / log.sigma;
      return x * normal_cdf(z) - law.a * normal_cdf(z - log.sigma);
    }
    case LawFamily::kGamma: {
      const double shape = 1 / (law.b * law.b);
      const double scaled = x * shape / law.a;
      return x * gamma_cdf(shape, scaled) - law.a * gamma_cdf(shape + 1, scaled);
    }
    case LawFamily::kWeibull: {
      const double power = stable_pow(x / weibull_scale(law), law.b);
      return x * (1 - stable_exp(-power)) - law.a * gamma_cdf(1 + 1 / law.b, power);
    }
    case LawFamily::kTriangular:
      return triangular_area(law, x);
    case LawFamily::kUniform:
      if (x <= law.a) return 0;
      return x >= law.b ? x - expected : (x - law.a) * (x - law.a) / (2 * (law.b - law.a));
  }
  return std::max(0.0, x - expected);
}

double share_below(const Law& law, double x) {
  if (!has_spread(law)) return x >= mean(law).value() ? 1 : 0;
  if (x <= 0) return 0;
  switch (law.family) {
    case LawFamily::kConstant:
      break;
    case LawFamily::kExponential:
      return 1 - stable_exp(-x / law.a);
    case LawFamily::kLognormal: {
      const LogNormal log = lognormal(law);
      return normal_cdf((stable_log(x) - log.mu) / log.sigma);
    }
    case LawFamily::kGamma: {
      const double shape = 1 / (law.b * law.b);
      return gamma_cdf(shape, x * shape / law.a);
    }
    case LawFamily::kWeibull:
      return 1 - stable_exp(-stable_pow(x / weibull_scale(law), law.b));
    case LawFamily::kTriangular:
      return triangular_share(law, x);
    case LawFamily::kUniform:
      return std::clamp((x - law.a) / (law.b - law.a), 0.0, 1.0);
  }
  return 0;
}

Distribution lay(const Law& law, double factor, Minute step, double floor) {
  DCHECK(factor >= 0);
  if (!has_spread(law) || factor <= 0) {
    const double hours = factor * std::max(mean(law).value(), floor);
    return certain(static_cast<Minute>(std::llround(hours * 60)));
  }
  // E[(x - max(X, floor))+] = E[(x - X)+] - E[(floor - X)+] above the floor, 0 below.
  const double below_floor = floor > 0 ? area_below(law, floor) : 0;
  const auto area = [&](double hours) {
    const double x = hours / factor;
    return x <= floor ? 0 : factor * (area_below(law, x) - below_floor);
  };
  return by_hats(area, step, factor * mean(law).value());
}

Distribution lay_rest(const Law& law, Minute step) {
  const double expected = mean(law).value();
  if (expected <= 0) return certain(0);
  const double h = static_cast<double>(step) / 60;
  const auto share = [&](double x) { return x <= 0 ? 0 : (x - area_below(law, x)) / expected; };
  Distribution result{.mass = {}, .is_atomic = false};
  double before = 0;
  for (std::size_t k = 0; k < 100'000 && 1 - before >= kTail; ++k) {
    const double until = share((static_cast<double>(k) + 0.5) * h);
    result.mass.push_back(until - before);
    before = until;
  }
  result.mass.back() += 1 - before;
  trim(result, step);
  return result;
}

void Scatter::make_room(std::int64_t first, std::int64_t last) {
  if (mass_.empty()) first_ = first;
  if (first < first_) {
    mass_.insert(mass_.begin(), static_cast<std::size_t>(first_ - first), 0.0);
    first_ = first;
  }
  const auto size = static_cast<std::size_t>(last - first_ + 1);
  if (mass_.size() < size) mass_.resize(size);
}

void Scatter::add(Minute minute, double mass) {
  if (is_empty_) anchor_ = minute;
  is_empty_ = false;
  const std::int64_t away = std::int64_t{minute} - anchor_;
  std::int64_t cell = away / step_;
  std::int64_t rest = away % step_;
  if (rest < 0) {
    rest += step_;
    --cell;
  }
  make_room(cell, rest > 0 ? cell + 1 : cell);
  const double upper = static_cast<double>(rest) / static_cast<double>(step_);
  mass_[static_cast<std::size_t>(cell - first_)] += mass * (1 - upper);
  if (rest > 0) mass_[static_cast<std::size_t>(cell - first_) + 1] += mass * upper;
}

Distribution Scatter::take(bool is_atomic) {
  if (is_empty_) return {.mass = {}, .is_atomic = is_atomic};
  return {.base = static_cast<Minute>(anchor_ + first_ * step_),
          .mass = std::move(mass_),
          .is_atomic = is_atomic};
}

Distribution mixed(const Distribution& otherwise,
                   const Distribution& with,
                   double share,
                   Minute step) {
  if (share >= 1) return with;
  if (share <= 0) return otherwise;
  Scatter scatter{step};
  for (std::size_t i = 0; i < otherwise.mass.size(); ++i)
    scatter.add(otherwise.at(i, step), otherwise.mass[i] * (1 - share));
  for (std::size_t i = 0; i < with.mass.size(); ++i)
    scatter.add(with.at(i, step), with.mass[i] * share);
  return scatter.take(otherwise.is_atomic && with.is_atomic);
}

Distribution sum(const Distribution& a, const Distribution& b, Minute step) {
  const Distribution& sparse = a.mass.size() <= b.mass.size() ? a : b;
  const Distribution& other = a.mass.size() <= b.mass.size() ? b : a;
  if (sparse.mass.size() == 1) {
    Distribution result = other;
    result.base += sparse.base;
    result.is_atomic = a.is_atomic && b.is_atomic;
    if (sparse.mass.front() != 1.0) {
      for (double& mass : result.mass)
        mass *= sparse.mass.front();
    }
    return result;
  }
  Distribution result{.base = a.base + b.base,
                      .mass = std::vector<double>(a.mass.size() + b.mass.size() - 1),
                      .is_atomic = a.is_atomic && b.is_atomic};
  if (sparse.mass.empty()) return {.mass = {}, .is_atomic = result.is_atomic};
  convolve(sparse.mass, other.mass, result.mass);
  trim(result, step);
  return result;
}

Distribution coarsened(const Distribution& fine, Minute fine_step, Minute step) {
  if (fine.mass.size() == 1) return fine;
  Scatter scatter{step};
  for (std::size_t i = 0; i < fine.mass.size(); ++i)
    scatter.add(fine.at(i, fine_step), fine.mass[i]);
  return scatter.take(fine.is_atomic);
}

double total(const Distribution& d) {
  double sum = 0;
  for (const double mass : d.mass)
    sum += mass;
  return sum;
}

double mean(const Distribution& d, Minute step) {
  double sum = 0;
  double moment = 0;
  for (std::size_t i = 0; i < d.mass.size(); ++i) {
    sum += d.mass[i];
    moment += d.mass[i] * static_cast<double>(i);
  }
  return sum > 0 ? static_cast<double>(d.base) + static_cast<double>(step) * moment / sum : 0;
}

double share_until(const Distribution& d, double minute, Minute step) {
  const double cells = (minute - static_cast<double>(d.base)) / static_cast<double>(step);
  const double edge = d.is_atomic ? cells + 1 : cells + 0.5;  // cells before it, and a part
  if (edge <= 0) return 0;
  const auto whole =
      static_cast<std::size_t>(std::min(std::floor(edge), static_cast<double>(d.mass.size())));
  double sum = 0;
  for (std::size_t i = 0; i < whole; ++i)
    sum += d.mass[i];
  if (!d.is_atomic && whole < d.mass.size())
    sum += d.mass[whole] * (edge - static_cast<double>(whole));
  return sum;
}

double quantile(const Distribution& d, double share, Minute step) {
  double sum = 0;
  for (std::size_t i = 0; i < d.mass.size(); ++i) {
    const double until = sum + d.mass[i];
    if (until >= share && d.mass[i] > 0) {
      const double part = d.is_atomic ? 0 : (share - sum) / d.mass[i] - 0.5;
      return static_cast<double>(d.base) + (static_cast<double>(i) + part) * step;
    }
    sum = until;
  }
  // Sums of probabilities are a little short of 1.
  if (sum > share - 1e-6 && !d.mass.empty())
    return static_cast<double>(d.at(d.mass.size() - 1, step));
  return static_cast<double>(kNoMinute);
}

double mean_excess(const Distribution& d, double minute, Minute step) {
  double sum = 0;
  for (std::size_t i = 0; i < d.mass.size(); ++i) {
    const double over = static_cast<double>(d.at(i, step)) - minute;
    const double half = d.is_atomic ? 0 : static_cast<double>(step) / 2;
    if (over >= half) {
      sum += d.mass[i] * over;
    } else if (over > -half) {
      sum += d.mass[i] * (over + half) * (over + half) / (4 * half);
    }
  }
  return sum;
}

void trim(Distribution& d, Minute step) {
  if (d.mass.size() < 2) return;
  double tail = 0;
  std::size_t end = d.mass.size();
  while (end > 1 && tail + d.mass[end - 1] < kTail)
    tail += d.mass[--end];
  d.mass.resize(end);
  d.mass.back() += tail;
  double head = 0;
  std::size_t begin = 0;
  while (begin + 1 < end && head + d.mass[begin] < kTail)
    head += d.mass[begin++];
  if (begin == 0) return;
  d.mass.erase(d.mass.begin(), d.mass.begin() + static_cast<std::ptrdiff_t>(begin));
  d.mass.front() += head;
  d.base += static_cast<Minute>(begin) * step;
}

}  // namespace karvan::plan::detail
