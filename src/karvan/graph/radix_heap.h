#pragma once
// RadixHeap: a queue for keys that never fall below the least one taken (Ahuja, Mehlhorn, Orlin,
// Tarjan 1990, "Faster algorithms for the shortest path problem"). An entry lies in the bucket of
// the highest bit in which its key differs from the last one taken, so that it moves at most once
// for each bit, mostly between arrays that are being read anyway. Entries of one key come out
// in an order that depends on nothing but what was put in and taken out before.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "karvan/base/check.h"

namespace karvan::graph {

template <class Value>
class RadixHeap {
 public:
  struct Entry {
    std::uint64_t key = 0;
    Value value;
  };

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  // Requires a key of at least 0 and no less than that of any entry taken.
  void push(std::int64_t key, Value value) {
    const auto unsigned_key = static_cast<std::uint64_t>(key);
    DCHECK(key >= 0 && unsigned_key >= last_);
    buckets_[bucket_of(unsigned_key)].push_back({unsigned_key, std::move(value)});
    if (is_known_) least_ = std::min(least_, unsigned_key);
    ++size_;
  }

  // The least key. Requires an entry.
  std::int64_t least_key() const {
    DCHECK(size_ > 0);
    if (!is_known_) {
      least_ = std::ranges::min_element(buckets_[first_bucket()], {}, &Entry::key)->key;
      is_known_ = true;
    }
    return static_cast<std::int64_t>(least_);
  }

  // Takes an entry with the least key. Requires one.
  Value pop() {
    if (buckets_[0].empty()) {
      last_ = static_cast<std::uint64_t>(least_key());
      std::vector<Entry>& bucket = buckets_[first_bucket()];
      for (Entry& entry : bucket)  // each goes to a bucket before this one
        buckets_[bucket_of(entry.key)].push_back(std::move(entry));
      bucket.clear();
    }
    Value value = std::move(buckets_[0].back().value);
    buckets_[0].pop_back();
    is_known_ = !buckets_[0].empty();
    --size_;
    return value;
  }

 private:
  std::size_t bucket_of(std::uint64_t key) const {
    return static_cast<std::size_t>(std::bit_width(key ^ last_));
  }
  std::size_t first_bucket() const {
    std::size_t first = 0;
    while (buckets_[first].empty())
      ++first;
    return first;
  }

  std::array<std::vector<Entry>, 65> buckets_;
  std::uint64_t last_ = 0;  // taken
  mutable std::uint64_t least_ = 0;
  mutable bool is_known_ = false;  // the least one
  std::size_t size_ = 0;
};

}  // namespace karvan::graph
