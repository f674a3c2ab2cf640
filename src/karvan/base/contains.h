#pragma once
// Whether a list has an item.

#include <algorithm>
#include <type_traits>
#include <vector>

namespace karvan {

template <class T>
bool contains(const std::vector<T>& list, const std::type_identity_t<T>& item) {
  return std::ranges::find(list, item) != list.end();
}

}  // namespace karvan
