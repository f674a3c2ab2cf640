#pragma once
// Waiting: cargo that stands ready and waits for voyages. It is made into labels only when its
// voyage leaves, after all that could still beat it aboard has been seen.
//
// On one voyage all is alike but cost, CO2e, risk of a missed connection, papers, risks, open
// through rate and number of legs: cargo that is no better than other with the same of these need
// not wait. Entries are found by their voyage through a table of chains that doubles as they
// become many; what is asked of a chain does not depend on its order.

#include <utility>
#include <vector>

#include "karvan/plan/detail/search.h"

namespace karvan::plan::detail {

// Which voyage, boarded where.
struct Sailing {
  std::uint32_t boarding = 0;
  std::uint32_t pattern = 0;  // of its course
  std::uint32_t voyage = 0;   // of the pattern
  Minute departs = 0;
};

class Waiting {
 public:
  // One cache line: these are many, and met in no order.
  struct Entry {
    Sailing sailing;
    std::uint32_t ready = 0;  // number of the cargo as it stands ready
    std::uint32_t papers = 0;
    std::uint32_t open = 0;
    cost::MissRisk miss = 0;  // the connection to this voyage included
    Cents cents = 0;          // storage until it leaves included
    Grams grams = 0;
    std::uint64_t order = 0;
    std::uint32_t next = kNone;  // of the same chain
    std::uint8_t legs = 0;
    std::uint8_t risks = 0;  // their number
    bool is_beaten = false;
  };

  explicit Waiting(LabelRules rules) : rules_{rules}, heads_(kHeadsFirst, kNone) {}

  const Entry& operator[](std::uint32_t number) const { return entries_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }

  // False: other cargo beats it. The entry's number is the size before.
  bool add(const Entry& entry) {
    std::uint32_t* head = &heads_[slot_of(entry)];
    for (std::uint32_t i = *head; i != kNone; i = entries_[i].next) {
      if (covers(entries_[i], entry)) return false;
    }
    for (std::uint32_t* link = head; *link != kNone;) {
      Entry& other = entries_[*link];
      if (covers(entry, other)) {
        other.is_beaten = true;
        *link = other.next;
      } else {
        link = &other.next;
      }
    }
    entries_.push_back(entry);
    entries_.back().next = std::exchange(*head, size() - 1);
    if (entries_.size() > heads_.size()) double_heads();
    return true;
  }

 private:
  static constexpr std::size_t kHeadsFirst = 1024;

  // Multiplicative hashing (Knuth 6.4).
  std::size_t slot_of(const Entry& entry) const {
    const Sailing& sailing = entry.sailing;
    const std::uint64_t key = (std::uint64_t{sailing.boarding} << 40) ^
                              (std::uint64_t{sailing.pattern} << 32) ^
                              (std::uint64_t{sailing.voyage} << 16) ^ entry.papers;
    return static_cast<std::size_t>((key * 0x9E37'79B9'7F4A'7C15U) >> 32) & (heads_.size() - 1);
  }

  bool covers(const Entry& a, const Entry& b) const {
    const Sailing& s = a.sailing;
    const Sailing& t = b.sailing;
    return a.cents <= b.cents && a.grams <= b.grams && a.miss <= b.miss && s.voyage == t.voyage &&
           s.boarding == t.boarding && s.pattern == t.pattern && a.papers == b.papers &&
           a.open == b.open && (!rules_.counts_legs || a.legs <= b.legs) &&
           (!rules_.keeps_safer_options || (a.risks & ~b.risks) == 0);
  }

  void double_heads() {
    heads_.assign(2 * heads_.size(), kNone);
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (entries_[i].is_beaten) continue;
      entries_[i].next = std::exchange(heads_[slot_of(entries_[i])], i);
    }
  }

  LabelRules rules_;
  std::vector<std::uint32_t> heads_;
  std::vector<Entry> entries_;
};

}  // namespace karvan::plan::detail
