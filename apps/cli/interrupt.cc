#include "interrupt.h"

#include <csignal>

namespace karvan::cli {
namespace {

// The one thing of the program that a signal can reach.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): signals have no argument.
std::atomic<bool> stop{false};
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): likewise.
std::atomic<Interrupt::Cause> why{Interrupt::Cause::kNone};
static_assert(std::atomic<bool>::is_always_lock_free);
static_assert(std::atomic<Interrupt::Cause>::is_always_lock_free);

void on_signal(int) {
  Interrupt::set(Interrupt::Cause::kSignal);
}

void install(void (*handler)(int), int flags) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  stop.store(false, std::memory_order_relaxed);
  why.store(Cause::kNone, std::memory_order_relaxed);
  // SA_RESETHAND: should the work not look in time, the second Ctrl-C ends it.
  install(on_signal, static_cast<int>(SA_RESETHAND) | SA_RESTART);
}

Interrupt::~Interrupt() {
  install(SIG_DFL, 0);
}

const std::atomic<bool>* Interrupt::flag() {
  return &stop;
}

void Interrupt::set(Cause cause) {
  why.store(cause, std::memory_order_relaxed);
  stop.store(true, std::memory_order_relaxed);
}

Interrupt::Cause Interrupt::cause() {
  return why.load(std::memory_order_relaxed);
}

bool Interrupt::is_set() {
  return stop.load(std::memory_order_relaxed);
}

}  // namespace karvan::cli
