#pragma once
// Processes: entities told as a story, coroutines on the same engine, resources and stores that
// state machines use, in the same order of events.
//
//     Process customer(Processes& all, Resource& server, SpanStream& services) {
//       const Held unit = co_await all.request(server);
//       co_await all.delay(services.next());
//     }                                            // the unit is given back here
//     ...
//     all.start(customer(all, server, services));
//     all.run();
//
// A process is a function that returns Process and whose first parameter (after the object, for a
// member) is Processes&: from there its frame has its memory. Mind that a reference among its
// parameters must outlive it; a lambda with captures is gone before its coroutine.
//
// A process may be cancelled while it waits: it stops waiting, and what it holds by Held is given
// back. Its claims neither preempt nor may be preempted: give them a priority no worse than that of
// claims that do. Unlike all else in this room processes cannot be copied: a model of processes has
// no snapshots. What that costs otherwise stands in docs/decisions/0008.

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "karvan/base/check.h"
#include "karvan/des/detail/frame_pool.h"
#include "karvan/des/detail/ranked_list.h"
#include "karvan/des/engine.h"
#include "karvan/des/resource.h"
#include "karvan/des/store.h"

namespace karvan::des {

class Processes;

// What a process function returns: its frame, until it is started. One that is never started is
// dropped without having run.
class [[nodiscard]] Process {
 public:
  struct promise_type;
  using Frame = std::coroutine_handle<promise_type>;

  Process(Process&& other) noexcept : frame_{std::exchange(other.frame_, {})} {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  Process& operator=(Process&&) = delete;
  ~Process() {
    if (frame_) frame_.destroy();
  }

 private:
  friend class Processes;
  explicit Process(Frame frame) : frame_{frame} {}
  Frame frame_;
};

// The handle of a started process; stale, for good, when it has ended or was cancelled.
struct ProcessId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;

  friend constexpr bool operator==(const ProcessId&, const ProcessId&) = default;
};

// Units of a resource in the hands of a process, given back when this goes or is told to.
class [[nodiscard]] Held {
 public:
  Held(Processes& all, Resource& resource, Ticket ticket)
      : all_{&all}, resource_{&resource}, ticket_{ticket} {}
  Held(Held&& other) noexcept
      : all_{other.all_},
        resource_{std::exchange(other.resource_, nullptr)},
        ticket_{other.ticket_} {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  Held& operator=(Held&&) = delete;
  ~Held() { give_back(); }

  // No change if that was done before.
  void give_back();

 private:
  Processes* all_;
  Resource* resource_;  // null when there is nothing left to give back
  Ticket ticket_;
};

// Something that processes wait for until somebody says so: the end of a storm, a change of rates
// at a tank. Must outlive those who wait.
class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // Lets all go on who wait now, at this instant, in the order in which they came.
  void give(Engine& engine);
  bool is_awaited() const { return first_ != nullptr; }

 private:
  friend class Processes;
  struct Waiter {
    Event wake;
    Signal* signal = nullptr;  // null when given, or not yet asked
    Waiter* previous = nullptr;
    Waiter* next = nullptr;
  };
  void add(Waiter& waiter);
  void remove(Waiter& waiter);

  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
};

class Processes {
 public:
  // Events of `kind` are its own: the model's handler passes their subject to resume(). The engine
  // must outlive it; resources and stores need not.
  Processes(Engine& engine, std::uint32_t kind) : engine_{&engine}, kind_{kind} {}
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;
  // Drops all processes as they are; they give nothing back.
  ~Processes();

  // Runs the process at once until it waits for the first time. Requires that its first parameter
  // is this.
  ProcessId start(Process process);
  void resume(std::uint32_t subject);
  // For a model of nothing but processes: runs the engine.
  StopReason run(const Limits& limits = {}) {
    return engine_->run([this](const Event& event) { resume(event.subject); }, limits);
  }
  // Ends a process where it waits. False, and no change, if it has ended; requires that it is not
  // running, so none cancels itself or the one that has just started it.
  bool cancel(ProcessId id);
  bool is_alive(ProcessId id) const {
    return id.generation != 0 && id.slot < records_.size() &&
           records_[id.slot].generation == id.generation;
  }
  std::size_t alive() const { return alive_; }
  Engine& engine() const { return *engine_; }
  // Bytes of memory held for frames and handles, free ones included.
  std::size_t memory() const { return frames_.memory() + records_.capacity() * sizeof(Record); }

  // What a process can co_await; nothing else.
  class Delay;
  class Request;
  class Take;
  class Awaited;
  // Requires ticks >= 0. Even 0 waits behind what is already scheduled for this instant.
  Delay delay(Time ticks);
  // Requires now <= instant < kNever. For a tank: until(tank.next_bound(now)).
  Delay until(Time instant);
  // Gives a Held; goes on at once if the units are free. Requires 1 <= units.
  Request request(Resource& resource, std::uint32_t units = 1, Priority priority = kUsual);
  // Gives an Item; goes on at once if there is one. An item on its way to a process that is
  // cancelled goes back to the store; one that the process has is the model's affair.
  Take take(Store& store, Kinds kinds = kAnyKind, Priority priority = kUsual);
  Awaited wait_for(Signal& signal);

 private:
  friend class Process;
  friend class Held;
  struct Record {
    Process::Frame frame;  // null if there is no process
    std::uint32_t generation = 1;
    std::uint32_t next_free = detail::kNone;
    bool is_running = false;
    bool wake_is_due = false;  // of one that was cancelled: the slot is not free before it came
  };

  Event wake_of(std::uint32_t slot) const { return {kind_, slot}; }
  void go_on(std::uint32_t slot);
  // Its frame is going.
  void retire(std::uint32_t slot);
  void free_slot(std::uint32_t slot);
  // One that waits no more has a wake-up on its way all the same, which cannot be called back.
  void expect_wake(std::uint32_t slot) { records_[slot].wake_is_due = true; }

  Engine* engine_;
  std::uint32_t kind_;
  std::uint32_t free_ = detail::kNone;
  std::size_t alive_ = 0;
  bool is_closing_ = false;
  detail::FramePool frames_;
  std::vector<Record> records_;
};

struct Process::promise_type {
  Processes* all = nullptr;  // null until it is started
  std::uint32_t slot = 0;

  promise_type() = default;
  promise_type(const promise_type&) = delete;
  promise_type& operator=(const promise_type&) = delete;
  ~promise_type() {
    if (all != nullptr) all->retire(slot);
  }
  Process get_return_object() { return Process{Frame::from_promise(*this)}; }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_void() {}
  [[noreturn]] void unhandled_exception() {
    karvan::detail::check_failed("process", __FILE__, __LINE__);
  }

  template <class... Parameters>
  static void* operator new(std::size_t bytes, Processes& all, const Parameters&...) {
    return all.frames_.take(bytes);
  }
  template <class Object, class... Parameters>
  static void* operator new(std::size_t bytes,
                            const Object&,
                            Processes& all,
                            const Parameters&...) {
    return all.frames_.take(bytes);
  }
  static void operator delete(void* frame, std::size_t bytes) {
    detail::FramePool::give_back(frame, bytes);
  }
};

// An awaitable lives in the frame of its process while that waits; destroyed before its time, it
// stops the waiting. That is all there is to cancelling.

class [[nodiscard]] Processes::Delay {
 public:
  Delay(Processes& all, Time instant) : all_{&all}, instant_{instant} {}
  Delay(const Delay&) = delete;
  Delay& operator=(const Delay&) = delete;
  ~Delay() {
    if (event_.generation != 0 && !all_->is_closing_) all_->engine_->cancel(event_);
  }
  bool await_ready() const { return false; }
  void await_suspend(Process::Frame frame) {
    event_ = all_->engine_->at(instant_, all_->wake_of(frame.promise().slot));
  }
  void await_resume() { event_ = {}; }

 private:
  Processes* all_;
  Time instant_;
  EventId event_;
};

class [[nodiscard]] Processes::Request {
 public:
  Request(Processes& all, Resource& resource, std::uint32_t units, Priority priority)
      : all_{&all}, resource_{&resource}, units_{units}, priority_{priority} {}
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  ~Request() {
    if (waits_ && !all_->is_closing_) give_up();
  }
  bool await_ready() const { return false; }
  bool await_suspend(Process::Frame frame) {
    slot_ = frame.promise().slot;
    ticket_ = resource_->request(
        *all_->engine_, {.granted = all_->wake_of(slot_), .units = units_, .priority = priority_});
    waits_ = !resource_->holds(ticket_);
    return waits_;
  }
  Held await_resume() {
    waits_ = false;
    return {*all_, *resource_, ticket_};
  }

 private:
  void give_up();

  Processes* all_;
  Resource* resource_;
  std::uint32_t units_;
  std::uint32_t slot_ = 0;
  Ticket ticket_;
  Priority priority_;
  bool waits_ = false;
};

class [[nodiscard]] Processes::Take {
 public:
  Take(Processes& all, Store& store, Kinds kinds, Priority priority)
      : all_{&all}, store_{&store}, kinds_{kinds}, priority_{priority} {}
  Take(const Take&) = delete;
  Take& operator=(const Take&) = delete;
  ~Take() {
    if (waits_ && !all_->is_closing_) give_up();
  }
  bool await_ready() const { return false; }
  bool await_suspend(Process::Frame frame) {
    slot_ = frame.promise().slot;
    ticket_ = store_->take(
        *all_->engine_, {.served = all_->wake_of(slot_), .kinds = kinds_, .priority = priority_});
    waits_ = !store_->is_served(ticket_);
    return waits_;
  }
  Item await_resume() {
    waits_ = false;
    return store_->collect(ticket_);
  }

 private:
  void give_up();

  Processes* all_;
  Store* store_;
  Kinds kinds_;
  Ticket ticket_;
  std::uint32_t slot_ = 0;
  Priority priority_;
  bool waits_ = false;
};

class [[nodiscard]] Processes::Awaited {
 public:
  Awaited(Processes& all, Signal& signal) : all_{&all}, signal_{&signal} {}
  Awaited(const Awaited&) = delete;
  Awaited& operator=(const Awaited&) = delete;
  ~Awaited() {
    if (waits_ && !all_->is_closing_) give_up();
  }
  bool await_ready() const { return false; }
  void await_suspend(Process::Frame frame) {
    waits_ = true;
    waiter_.wake = all_->wake_of(frame.promise().slot);
    signal_->add(waiter_);
  }
  void await_resume() { waits_ = false; }

 private:
  void give_up();

  Processes* all_;
  Signal* signal_;
  Signal::Waiter waiter_;
  bool waits_ = false;
};

inline Processes::Delay Processes::until(Time instant) {
  return {*this, instant};
}

inline Processes::Delay Processes::delay(Time ticks) {
  CHECK(ticks >= 0 && ticks < kNever - (engine_->now() < 0 ? 0 : engine_->now()));
  return {*this, engine_->now() + ticks};
}

inline Processes::Request Processes::request(Resource& resource,
                                             std::uint32_t units,
                                             Priority priority) {
  return {*this, resource, units, priority};
}

inline Processes::Take Processes::take(Store& store, Kinds kinds, Priority priority) {
  return {*this, store, kinds, priority};
}

inline Processes::Awaited Processes::wait_for(Signal& signal) {
  return {*this, signal};
}

inline void Held::give_back() {
  if (resource_ != nullptr && !all_->is_closing_) resource_->release(*all_->engine_, ticket_);
  resource_ = nullptr;
}

inline void Processes::go_on(std::uint32_t slot) {
  const Process::Frame frame = records_[slot].frame;
  records_[slot].is_running = true;
  frame.resume();
  // It may have ended, and another may stand here: that one waits, too.
  records_[slot].is_running = false;
}

inline void Processes::resume(std::uint32_t subject) {
  DCHECK(subject < records_.size());
  if (records_[subject].frame) [[likely]] {
    go_on(subject);
  } else {
    CHECK(records_[subject].wake_is_due);
    free_slot(subject);
  }
}

inline void Processes::retire(std::uint32_t slot) {
  Record& record = records_[slot];
  record.frame = {};
  if (++record.generation == 0) record.generation = 1;
  --alive_;
  if (!record.wake_is_due) free_slot(slot);
}

inline void Processes::free_slot(std::uint32_t slot) {
  Record& record = records_[slot];
  record.wake_is_due = false;
  record.next_free = free_;
  free_ = slot;
}

}  // namespace karvan::des
