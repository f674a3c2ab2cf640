#pragma once
// Memory for the frames of coroutines: free lists by size, cut from large chunks. Frames of a kind
// come and go all the time, and the allocator of the library would add a header to each.

#include <array>
#include <cstddef>
#include <vector>

namespace karvan::des::detail {

// Frames must have been given back before the pool goes. One thread.
class FramePool {
 public:
  FramePool() = default;
  FramePool(const FramePool&) = delete;
  FramePool& operator=(const FramePool&) = delete;
  ~FramePool();

  void* take(std::size_t bytes);
  // To the pool it came from, which is found by its address. `bytes` as in take.
  static void give_back(void* frame, std::size_t bytes);

  // Bytes of memory held, free frames included; frames above 2 KiB are not counted.
  std::size_t memory() const { return chunks_.size() * kChunk; }

 private:
  struct Free {
    Free* next = nullptr;
  };
  // At the start of each chunk; chunks begin at multiples of their size.
  struct Chunk {
    FramePool* pool = nullptr;
  };
  static constexpr std::size_t kGrain = 32;
  static constexpr std::size_t kClasses = 65;  // of 0, 32, 64 ... 2048 bytes
  static constexpr std::size_t kChunk = std::size_t{1} << 16U;

  static std::size_t class_of(std::size_t bytes) { return (bytes + kGrain - 1) / kGrain; }
  static Chunk* chunk_of(void* frame);
  std::byte* new_chunk(std::size_t bytes);

  std::array<Free*, kClasses> free_{};
  std::byte* next_ = nullptr;  // the part of the last chunk that was never used
  std::size_t left_ = 0;
  std::vector<std::byte*> chunks_;
};

inline void* FramePool::take(std::size_t bytes) {
  const std::size_t size_class = class_of(bytes);
  if (size_class >= kClasses) return new_chunk(kGrain + bytes) + kGrain;
  if (Free* const free = free_[size_class]) {
    free_[size_class] = free->next;
    return free;
  }
  const std::size_t size = size_class * kGrain;
  if (left_ < size) {
    chunks_.push_back(new_chunk(kChunk));
    next_ = chunks_.back() + kGrain;
    left_ = kChunk - kGrain;
  }
  std::byte* const frame = next_;
  next_ += size;
  left_ -= size;
  return frame;
}

}  // namespace karvan::des::detail
