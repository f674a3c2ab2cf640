#include "karvan/plan/detail/papers.h"

#include <algorithm>
#include <bit>

namespace karvan::plan::detail {
namespace {

constexpr std::size_t kBits = 64;

std::uint64_t bit(std::size_t i) {
  return std::uint64_t{1} << i;
}

int lowest(std::uint64_t bits) {
  return bits == 0 ? -1 : std::countr_zero(bits);
}

}  // namespace

std::vector<Minute> ready_minutes(const World& world,
                                  const Epoch& epoch,
                                  Instant papers_from,
                                  bool transit_alone) {
  std::vector<Minute> minutes;
  for (const Id<Document> id : world.ids<Document>()) {
    const Document& document = world[id];
    const bool is_transit =
        document.regime.valid() && world[document.regime].kind == RegimeKind::kCustomsTransit;
    if (is_transit || !transit_alone)
      minutes.push_back(epoch.minute(papers_from + to_duration(document.lead)));
  }
  return minutes;
}

PaperRules::PaperRules(const World& world,
                       const cost::BorderBook& borders,
                       Id<Goods> goods,
                       const std::vector<Date>& periods)
    : world_{world} {
  for (Kind* kind : {&notes_, &transit_})
    kind->modes.resize(EnumTexts<Mode>::values.size());
  for (const Id<Document> id : world.ids<Document>()) {
    const Document& document = world[id];
    if (!concerns(document, goods)) continue;
    if (document.regime.valid()) {
      const RegimeKind kind = world[document.regime].kind;
      if (kind == RegimeKind::kConsignmentNote) add(notes_, id);
      if (kind == RegimeKind::kCustomsTransit) add(transit_, id);
    } else if (!document.modes.empty()) {
      if (notes_.documents.size() < kBits) of_one_voyage_ |= bit(notes_.documents.size());
      add(notes_, id);
    } else {
      (document.crossing_only ? customary_crossing_ : customary_) +=
          to_cents(document.usd_per_consignment);
    }
  }
  add_kin();
  add_ready(goods);
  bind(notes_, borders, periods);
  bind(transit_, borders, periods);
}

void PaperRules::add(Kind& kind, Id<Document> id) const {
  if (kind.documents.size() == kBits) return;
  const Document& document = world_[id];
  const std::uint64_t own = bit(kind.documents.size());
  kind.documents.push_back(id);
  kind.fees.push_back(to_cents(document.usd_per_consignment));
  if (document.crossing_only) kind.crossing_only |= own;
  for (std::size_t mode = 0; mode < kind.modes.size(); ++mode) {
    const bool governs =
        document.modes.empty() ||
        std::ranges::find(document.modes, static_cast<Mode>(mode)) != document.modes.end();
    if (governs) kind.modes[mode] |= own;
  }
}

// Notes are kin if they share a mode, or kin does. Cargo whose notes differ meets only kin of them
// before its papers are equal again.
void PaperRules::add_kin() {
  for (std::size_t i = 0; i < notes_.documents.size(); ++i)
    kin_.push_back(bit(i));
  for (std::size_t round = 0; round < kin_.size(); ++round) {
    for (std::uint64_t& kin : kin_) {
      for (const std::uint64_t governed : notes_.modes) {
        if ((governed & kin & ~of_one_voyage_) != 0) kin |= governed;
      }
    }
  }
}

void PaperRules::bind(Kind& kind,
                      const cost::BorderBook& borders,
                      const std::vector<Date>& periods) const {
  for (const Date day : periods) {
    Bits& bound = kind.bound.emplace_back(world_.size<Country>(), 0);
    for (const Id<Country> country : world_.ids<Country>()) {
      for (std::size_t i = 0; i < kind.documents.size(); ++i) {
        const Id<Regime> regime = world_[kind.documents[i]].regime;
        if (!regime.valid() || borders.is_member(country, regime, day))
          bound[country.index()] |= bit(i);
      }
    }
  }
}

std::vector<PaperRules::Start> PaperRules::starts(Id<Place> from, Id<Place> to) const {
  std::vector<Start> list{{.papers = {.crosses = true}, .cents = customary_ + customary_crossing_}};
  if (world_[from].country == world_[to].country)
    list.push_back({.papers = {.crosses = false}, .cents = customary_});
  return list;
}

std::uint64_t PaperRules::notes(Mode mode,
                                std::span<const Passage> path,
                                std::size_t period) const {
  const Bits& bound = notes_.bound[period];
  std::uint64_t covering = notes_.modes[static_cast<std::size_t>(mode)];
  if (covering == 0 || path.empty()) return 0;
  covering &= bound[world_[path.front().from].country.index()];
  for (const Passage& passage : path)
    covering &= bound[world_[passage.to].country.index()];
  return covering;
}

std::uint64_t PaperRules::transit(Mode mode, const Passage& passage, std::size_t period) const {
  const Bits& bound = transit_.bound[period];
  return transit_.modes[static_cast<std::size_t>(mode)] &
         bound[world_[passage.from].country.index()] & bound[world_[passage.to].country.index()];
}

bool PaperRules::concerns(const Document& document, Id<Goods> goods) const {
  return (!document.dangerous_only || !world_[goods].hazard_class.empty()) &&
         (!document.food_only || world_[goods].is_food);
}

// One step for each lead time.
void PaperRules::add_ready(Id<Goods> goods) {
  std::vector<Duration> leads{Duration::min()};
  for (const Id<Document> id : world_.ids<Document>())
    leads.push_back(to_duration(world_[id].lead));
  std::ranges::sort(leads);
  const auto doubles = std::ranges::unique(leads);
  leads.erase(doubles.begin(), doubles.end());
  for (const Duration applied : leads) {
    PapersReady step{.applied = applied};
    const auto bits = [&](const Kind& kind) {
      std::uint64_t set = 0;
      for (std::size_t i = 0; i < kind.documents.size(); ++i) {
        if (to_duration(world_[kind.documents[i]].lead) <= applied) set |= bit(i);
      }
      return set;
    };
    step.notes = bits(notes_);
    step.transit = bits(transit_);
    for (const Id<Document> id : world_.ids<Document>()) {
      const Document& document = world_[id];
      if (document.regime.valid() || !document.modes.empty() || !concerns(document, goods) ||
          to_duration(document.lead) <= applied)
        continue;
      step.customary[1] = false;
      step.customary[0] = step.customary[0] && document.crossing_only;
    }
    ready_.push_back(step);
  }
}

const PapersReady& PaperRules::ready(Duration applied) const {
  return *std::prev(std::ranges::upper_bound(ready_, applied, {}, &PapersReady::applied));
}

bool PaperRules::may_leave(std::uint64_t notes,
                           const PapersReady& ready,
                           bool crosses,
                           bool is_first) const {
  if (is_first && !ready.customary[crosses ? 1 : 0]) return false;
  if (!crosses) notes &= ~notes_.crossing_only;
  return notes == 0 || (notes & ready.notes) != 0;
}

Cents PaperRules::take_leg(Papers& papers, std::uint64_t covering) const {
  if (!papers.crosses) covering &= ~notes_.crossing_only;
  const std::uint64_t lasting = covering & ~of_one_voyage_;
  if ((papers.notes & lasting) != 0) {
    papers.notes &= lasting;
    papers.pending = lowest(papers.notes);
    return 0;
  }
  const Cents due = note_fee(papers.pending);
  papers.notes = lasting;
  papers.pending = lowest(covering);
  return due;
}

Cents PaperRules::cross(Papers& papers, std::uint64_t covering) const {
  Cents due = 0;
  for (std::uint64_t fresh = covering & ~papers.transit; fresh != 0; fresh &= fresh - 1)
    due += transit_.fees[static_cast<std::size_t>(std::countr_zero(fresh))];
  papers.transit = covering;
  papers.has_crossed = true;
  return due;
}

// Notes without a regime are due at the next leg or at the end, whatever comes. Else: a fresh run
// reaches no less far than one begun before it, so each of our runs after the next ends no earlier
// than one of theirs: we write at most one note more than they, until some leg ends both runs and
// the papers are equal; all notes until then are kin. Transit: what they have in use and we lack is
// taken out once; from the next border on both have the same.
std::optional<Cents> PaperRules::lead(const Papers& ours,
                                      const Papers& theirs,
                                      std::uint32_t legs) const {
  if (ours.crosses != theirs.crosses || ours.has_crossed < theirs.has_crossed) return std::nullopt;
  Cents most = 0;
  for (std::uint64_t lacking = theirs.transit & ~ours.transit; lacking != 0; lacking &= lacking - 1)
    most += transit_.fees[static_cast<std::size_t>(std::countr_zero(lacking))];
  const Cents due = note_fee(ours.pending);
  const Cents their_due = theirs.notes == 0 ? note_fee(theirs.pending) : 0;
  if (ours.notes == theirs.notes && ours.pending == theirs.pending) return most;
  if (ours.notes == 0 && theirs.notes == 0) return most + due - their_due;
  std::uint64_t kin = 0;
  for (std::uint64_t rest = ours.notes | theirs.notes; rest != 0; rest &= rest - 1)
    kin |= kin_[static_cast<std::size_t>(std::countr_zero(rest))];
  Cents low = std::numeric_limits<Cents>::max();
  Cents high = 0;
  for (std::uint64_t rest = kin; rest != 0; rest &= rest - 1) {
    const Cents fee = notes_.fees[static_cast<std::size_t>(std::countr_zero(rest))];
    low = std::min(low, fee);
    high = std::max(high, fee);
  }
  return most + std::max(due, high) + high + Cents{legs} * (high - low) - their_due;
}

std::optional<Cents> PaperRules::finish(const Papers& papers) const {
  if (papers.crosses != papers.has_crossed) return std::nullopt;
  return note_fee(papers.pending);
}

}  // namespace karvan::plan::detail
