#pragma once
// Who waits for whom, asked when nothing is scheduled any more and entities still wait: is it a
// deadlock, and which? An entity that waits for a resource goes on as soon as enough of its holders
// let go, so a plain cycle is not proof (other units may come free); the graph is reduced instead
// (Holt 1972): whoever can finish is removed, with all who then can, and what remains is
// deadlocked. A cycle within the remainder names the reason.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace karvan::des {

class WaitFor {
 public:
  // An entity that waits for `what` (a resource, a tank, a permission) until `enough` of the
  // holders have let go. With fewer holders than enough (an empty store: none) nobody can help it.
  void add(std::uint32_t waiter,
           std::uint32_t what,
           std::vector<std::uint32_t> holders,
           std::size_t enough = 1);

  struct Link {
    std::uint32_t waiter = 0;
    std::uint32_t what = 0;
    std::uint32_t holder = 0;

    friend bool operator==(const Link&, const Link&) = default;
  };
  struct Verdict {
    std::vector<std::uint32_t> stuck;    // can never go on, in the order in which they were added
    std::vector<Link> cycle;             // each holder is the next waiter; empty if there is none
    std::vector<std::uint32_t> starved;  // wait for what nobody holds: the cause if no cycle is
  };
  // Requires that each entity waits for one thing at most. O(edges).
  Verdict judge() const;

 private:
  struct Wait {
    std::uint32_t waiter = 0;
    std::uint32_t what = 0;
    std::vector<std::uint32_t> holders;
    std::size_t enough = 1;
  };
  std::vector<Wait> waits_;
};

// "train 3 waits for berth 0 held by train 7; train 7 waits for ...". Names come from the caller:
// any function of a number that gives a text.
template <class EntityName, class ThingName>
std::string describe(const std::vector<WaitFor::Link>& cycle,
                     EntityName&& entity_name,
                     ThingName&& thing_name) {
  std::string text;
  for (const WaitFor::Link& link : cycle) {
    if (!text.empty()) text += "; ";
    text += entity_name(link.waiter);
    text += " waits for ";
    text += thing_name(link.what);
    text += " held by ";
    text += entity_name(link.holder);
  }
  return text;
}

}  // namespace karvan::des
