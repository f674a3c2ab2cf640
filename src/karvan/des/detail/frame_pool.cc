#include "karvan/des/detail/frame_pool.h"

#include <cstdint>
#include <new>

namespace karvan::des::detail {

FramePool::~FramePool() {
  for (std::byte* const chunk : chunks_)
    ::operator delete(chunk, std::align_val_t{kChunk});
}

std::byte* FramePool::new_chunk(std::size_t bytes) {
  void* const memory = ::operator new(bytes, std::align_val_t{kChunk});
  ::new (memory) Chunk{this};
  return static_cast<std::byte*>(memory);
}

FramePool::Chunk* FramePool::chunk_of(void* frame) {
  const auto address = reinterpret_cast<std::uintptr_t>(frame);
  return reinterpret_cast<Chunk*>(address & ~(std::uintptr_t{kChunk} - 1));
}

void FramePool::give_back(void* frame, std::size_t bytes) {
  Chunk* const chunk = chunk_of(frame);
  const std::size_t size_class = class_of(bytes);
  if (size_class >= kClasses) {
    ::operator delete(chunk, std::align_val_t{kChunk});
    return;
  }
  FramePool& pool = *chunk->pool;
  pool.free_[size_class] = ::new (frame) Free{pool.free_[size_class]};
}

}  // namespace karvan::des::detail
