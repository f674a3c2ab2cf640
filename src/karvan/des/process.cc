#include "karvan/des/process.h"

namespace karvan::des {

Processes::~Processes() {
  is_closing_ = true;
  for (Record& record : records_) {
    DCHECK(!record.is_running);
    if (record.frame) record.frame.destroy();
  }
}

ProcessId Processes::start(Process process) {
  const Process::Frame frame = std::exchange(process.frame_, {});
  CHECK(frame);
  std::uint32_t slot = free_;
  if (slot == detail::kNone) {
    slot = static_cast<std::uint32_t>(records_.size());
    records_.emplace_back();
  } else {
    free_ = records_[slot].next_free;
  }
  Record& record = records_[slot];
  record.frame = frame;
  frame.promise().all = this;
  frame.promise().slot = slot;
  ++alive_;
  const ProcessId id{slot, record.generation};
  go_on(slot);
  return id;
}

bool Processes::cancel(ProcessId id) {
  if (!is_alive(id)) return false;
  CHECK(!records_[id.slot].is_running);
  records_[id.slot].frame.destroy();
  return true;
}

// Granted, but not told yet: the units go back, the wake-up is still to come.
void Processes::Request::give_up() {
  if (resource_->withdraw(*all_->engine_, ticket_)) return;
  resource_->release(*all_->engine_, ticket_);
  all_->expect_wake(slot_);
}

void Processes::Take::give_up() {
  if (store_->withdraw(*all_->engine_, ticket_)) return;
  store_->put_back(*all_->engine_, ticket_);
  all_->expect_wake(slot_);
}

void Processes::Awaited::give_up() {
  if (waiter_.signal != nullptr) {
    signal_->remove(waiter_);
  } else {
    all_->expect_wake(waiter_.wake.subject);
  }
}

void Signal::add(Waiter& waiter) {
  waiter.signal = this;
  waiter.previous = last_;
  (last_ == nullptr ? first_ : last_->next) = &waiter;
  last_ = &waiter;
}

void Signal::remove(Waiter& waiter) {
  (waiter.previous == nullptr ? first_ : waiter.previous->next) = waiter.next;
  (waiter.next == nullptr ? last_ : waiter.next->previous) = waiter.previous;
  waiter.signal = nullptr;
}

void Signal::give(Engine& engine) {
  for (Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next) {
    waiter->signal = nullptr;
    engine.wake(waiter->wake);
  }
  first_ = last_ = nullptr;
}

}  // namespace karvan::des
