#pragma once
// Logarithm, exponential and power whose last bit is the same on every machine: only + - * / and
// the square root, which IEEE 754 fixes, in a fixed order and without contraction. The library's
// own differ between hosts by a unit in the last place, which a queue turns into another history.
//
// log: x = 2^k m with m in [sqrt(1/2), sqrt(2)), then the series of atanh in s = (m-1)/(m+1).
// exp: x = k ln 2 + r with |r| <= ln(2)/2 (Cody, Waite 1980), then Taylor's series to degree 13.
// Both truncate below 2^-55 of the result; tests hold them within 1 ulp of a long double result.
// The normal quantile is AS 241 (Wichura 1988), of relative error below 1e-15.

namespace karvan::des {

// Natural logarithm, error < 1 ulp. 0 gives -infinity, below 0 and NaN give NaN.
double stable_log(double x);

// e to the x, error < 1 ulp where the result is normal; 0 below -745.2, infinity above 709.8.
double stable_exp(double x);

// x to the y for x >= 0, as exp(y log x): relative error about 1e-16 (1 + |y log x|).
double stable_pow(double x, double y);

// ln Gamma(x) for x > 0 by Lanczos' approximation; absolute error below 1e-13 (1 + |result|).
double stable_log_gamma(double x);

// z with P(Z <= z) = p for the standard normal Z. Requires 0 < p < 1.
double normal_quantile(double p);

}  // namespace karvan::des
