#pragma once
// Which papers an itinerary needs, over which stretch each is good, and when it must be ready.
//
// A document is ready its lead time after it is applied for. Where papers cannot be applied for
// before a moment (`papers_from`), only what is ready covers anything:
//
//   customary   all must be ready at the cut-off for documents of the first leg
//   notes       one covers a leg only if it is ready at the leg's cut-off for documents; a leg that
//               notes would cover does not go without one of them
//   transit     one covers a border only if it is ready when the leg that passes it arrives, as all
//               at a border is (decision 0003); a border that some would cover is not passed
//               without one of them

#include <optional>
#include <vector>

#include "karvan/cost/border_of.h"
#include "karvan/model/itinerary.h"

namespace karvan::cost {

// Consignment notes follow the legs: one note reaches as far as a note regime (SMGS, CIM, joint
// note, CMR ...) binds all countries on the way by that mode; then the next is issued. Customs
// transit documents likewise over the borders they cover. Custom papers without a regime are needed
// once. `legs` and `borders` of the itinerary must be filled.
std::vector<DocumentNeeded> documents_of(const World& world,
                                         const BorderBook& borders,
                                         const Itinerary& itinerary,
                                         std::optional<Instant> papers_from = std::nullopt);

struct PaperLacking {
  Id<Document> document;  // of several that would do, the first to be ready
  Id<Place> place;        // where it is needed
  Instant ready{};
  Instant needed{};
  std::size_t leg = 0;
  std::optional<std::size_t> border;  // of the itinerary, where one cannot be passed
};

// The first paper on the way that is not ready when it is needed; nothing if all are.
std::optional<PaperLacking> paper_lacking(const World& world,
                                          const BorderBook& borders,
                                          const Itinerary& itinerary,
                                          Instant papers_from);

}  // namespace karvan::cost
