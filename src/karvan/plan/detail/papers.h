#pragma once
// Papers: what cost::documents_of() will charge for an itinerary, leg by leg and exactly, so that
// the search can count documents as it counts freight. Three kinds of paper, three rules:
//
//   customary   invoice, certificate of origin, ...: once, at the start
//   notes       one consignment note reaches over as many legs as its regime binds; which one is
//               written, and so its fee, is known when its reach ends. The state is the set of
//               notes that still cover every leg of the run.
//   transit     one for each unbroken run of borders it covers. The state is the set of transit
//               documents in use at the last border.
//
// A document that only border-crossing cargo needs must be known from the start: where origin and
// destination lie in one country, both hypotheses are searched and checked at the goal.
//
// Where papers take time (Question::papers_from), a document covers nothing that it is not ready
// for. Whether cargo may leave by a ride does not depend on the notes it has (decision 0012).
//
// Sets are bits of a 64-bit word: of each kind the first 64 documents count.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/plan/detail/minutes.h"

namespace karvan::plan::detail {

// The state of a partial itinerary. Cargo with equal papers pays the same on the same way ahead.
struct Papers {
  std::uint64_t notes = 0;  // that cover every leg of the run
  std::uint64_t transit = 0;
  int pending = -1;     // the note to be paid if the run ended now
  bool crosses = true;  // hypothesis: some border is crossed on the whole way
  bool has_crossed = false;

  friend bool operator==(const Papers&, const Papers&) = default;
};

// The minutes at which documents, or transit documents alone, become ready.
std::vector<Minute> ready_minutes(const World& world,
                                  const Epoch& epoch,
                                  Instant papers_from,
                                  bool transit_alone);

// What is ready a while after papers were applied for.
struct PapersReady {
  Duration applied{};  // so long before
  std::uint64_t notes = 0;
  std::uint64_t transit = 0;
  // Whether all customary papers are: of cargo that crosses no border, of cargo that does.
  std::array<bool, 2> customary{true, true};
};

class PaperRules {
 public:
  struct Start {
    Papers papers;
    Cents cents = 0;  // of customary papers
  };

  PaperRules(const World& world,
             const cost::BorderBook& borders,
             Id<Goods> goods,
             const std::vector<Date>& periods);

  std::vector<Start> starts(Id<Place> from, Id<Place> to) const;

  // The notes that cover a leg which departs, the transit documents that cover a border which is
  // reached, in this period; if they are ready.
  std::uint64_t notes(Mode mode, std::span<const Passage> path, std::size_t period) const;
  std::uint64_t transit(Mode mode, const Passage& passage, std::size_t period) const;
  // So long after papers were applied for.
  const PapersReady& ready(Duration applied) const;
  // Whether cargo may leave by a ride, maybe its first, that these notes cover if they are ready.
  bool may_leave(std::uint64_t notes, const PapersReady& ready, bool crosses, bool is_first) const;

  // Each returns the fees that become due.
  Cents take_leg(Papers& papers, std::uint64_t covering) const;
  Cents cross(Papers& papers, std::uint64_t covering) const;
  // What cargo with our papers may at most have to pay more than cargo with their papers on
  // one and the same way ahead of at most so many legs. Nothing if one may go ways the other may
  // not.
  std::optional<Cents> lead(const Papers& ours, const Papers& theirs, std::uint32_t legs) const;

  // Nothing if the hypothesis about borders was wrong.
  std::optional<Cents> finish(const Papers& papers) const;

 private:
  using Bits = std::vector<std::uint64_t>;  // by country

  struct Kind {
    std::vector<Id<Document>> documents;  // ascending
    std::vector<Cents> fees;
    std::vector<Bits> bound;           // by period: documents whose regime binds a country
    std::vector<std::uint64_t> modes;  // by mode: documents that govern it
    std::uint64_t crossing_only = 0;
  };
  Cents note_fee(int note) const {
    return note < 0 ? 0 : notes_.fees[static_cast<std::size_t>(note)];
  }
  void add(Kind& kind, Id<Document> id) const;
  void add_kin();
  void add_ready(Id<Goods> goods);
  bool concerns(const Document& document, Id<Goods> goods) const;
  void bind(Kind& kind, const cost::BorderBook& borders, const std::vector<Date>& periods) const;

  World world_;
  Kind notes_;
  Kind transit_;
  std::uint64_t of_one_voyage_ = 0;  // notes without a regime
  std::vector<std::uint64_t> kin_;   // by note: the notes that legs of a run may pass to from it
  Cents customary_ = 0;              // always
  Cents customary_crossing_ = 0;     // only over a border
  std::vector<PapersReady> ready_;   // ascending, the first before any application
};

}  // namespace karvan::plan::detail
