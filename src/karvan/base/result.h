#pragma once
// Result<T>: a value, or the reason why bad input could not become one.

#include <string>
#include <utility>
#include <variant>

#include "karvan/base/check.h"

namespace karvan {

enum class ErrorKind { kNotFound, kMalformed, kInvalid, kConflict, kUnsupported, kUnavailable };

struct Error {
  ErrorKind kind;
  std::string message;     // what is wrong, with the offending value
  std::string where = {};  // "data/titr/links.csv:42", "POST /v1/plan $.to"
};

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return error;` both read well.
  // NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}
  // NOLINTEND(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace karvan
