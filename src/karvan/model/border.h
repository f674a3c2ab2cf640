#pragma once
// Borders and the instruments that govern them. A crossing has steps; which steps fall away or
// shrink follows from the instruments that both countries are party to on that day.

#include <optional>
#include <string>
#include <vector>

#include "karvan/base/time.h"
#include "karvan/model/cargo.h"
#include "karvan/model/link.h"
#include "karvan/model/place.h"
#include "karvan/model/uncertainty.h"

namespace karvan {

enum class RegimeKind {
  kConsignmentNote,
  kCustomsTransit,
  kCustomsUnion,
  kFacilitation,
  kPolitical
};

template <>
struct EnumTexts<RegimeKind> {
  static constexpr std::array values{
      std::pair{RegimeKind::kConsignmentNote, std::string_view{"consignment_note"}},
      std::pair{RegimeKind::kCustomsTransit, std::string_view{"customs_transit"}},
      std::pair{RegimeKind::kCustomsUnion, std::string_view{"customs_union"}},
      std::pair{RegimeKind::kFacilitation, std::string_view{"facilitation"}},
      std::pair{RegimeKind::kPolitical, std::string_view{"political"}},
  };
};

// A treaty, union or organization: SMGS, CIM, TIR, common transit, EAEU, OTS, TRACECA, UN, ...
struct Regime {
  std::string code;
  std::string name;
  RegimeKind kind = RegimeKind::kPolitical;
  std::vector<Mode> modes;  // which it governs; empty: all
  std::optional<Date> in_force_from;
  std::string effect;  // one sentence: what it changes for a consignment
  Fact fact;
};

enum class MemberStatus { kMember, kObserver, kLeft };

template <>
struct EnumTexts<MemberStatus> {
  static constexpr std::array values{
      std::pair{MemberStatus::kMember, std::string_view{"member"}},
      std::pair{MemberStatus::kObserver, std::string_view{"observer"}},
      std::pair{MemberStatus::kLeft, std::string_view{"left"}},
  };
};

struct Membership {
  std::string code;
  Id<Regime> regime;
  Id<Country> country;
  MemberStatus status = MemberStatus::kMember;
  std::optional<Date> from;   // empty: since before 2015
  std::optional<Date> until;  // first day without
  Fact fact;
};

enum class StepKind {
  kExitCustoms,
  kEntryCustoms,
  kTransitDeclaration,
  kGuarantee,
  kDocumentReissue,
  kInspection,
  kPhytosanitary,
  kHandover,
  kQueue,
};

template <>
struct EnumTexts<StepKind> {
  static constexpr std::array values{
      std::pair{StepKind::kExitCustoms, std::string_view{"exit_customs"}},
      std::pair{StepKind::kEntryCustoms, std::string_view{"entry_customs"}},
      std::pair{StepKind::kTransitDeclaration, std::string_view{"transit_declaration"}},
      std::pair{StepKind::kGuarantee, std::string_view{"guarantee"}},
      std::pair{StepKind::kDocumentReissue, std::string_view{"document_reissue"}},
      std::pair{StepKind::kInspection, std::string_view{"inspection"}},
      std::pair{StepKind::kPhytosanitary, std::string_view{"phytosanitary"}},
      std::pair{StepKind::kHandover, std::string_view{"handover"}},
      std::pair{StepKind::kQueue, std::string_view{"queue"}},
  };
};

// A border between two countries by one mode, in one direction. With `link` it is that one place on
// the map; without, every border of these countries and this mode that has no row of its own.
// With countries empty too, it is the general procedure of the mode.
struct Crossing {
  std::string code;
  std::string name;
  Mode mode = Mode::kRail;
  Id<Country> from;
  Id<Country> to;
  Id<Link> link;
  Id<Place> place;  // whose clock and opening hours count; empty: the place of arrival
  std::optional<std::chrono::minutes> opens;  // local; empty: round the clock
  std::optional<std::chrono::minutes> closes;
  Fact fact;
};

struct CrossingStep {
  std::string code;
  Id<Crossing> crossing;
  int sequence = 0;
  StepKind kind = StepKind::kExitCustoms;
  Law hours;
  double share = 1;  // of consignments that undergo it
  bool food_only = false;
  Usd usd_per_consignment;
  Usd usd_per_unit;
  Fact fact;
};

// What a regime does to a kind of step, where both countries are members on the day and the regime
// governs the mode: the hours, the share and the fee are multiplied (0 = the step falls away).
struct RegimeEffect {
  std::string code;
  Id<Regime> regime;
  StepKind step = StepKind::kDocumentReissue;
  double hours_factor = 1;
  double share_factor = 1;
  double fee_factor = 1;
  Fact fact;
};

// A paper or message a consignment needs.
struct Document {
  std::string code;
  std::string name;
  Id<Regime> regime;        // the instrument it belongs to; empty: national law or trade custom
  std::vector<Mode> modes;  // empty: all
  bool dangerous_only = false;
  bool food_only = false;
  bool crossing_only = true;  // needed only if a border is crossed
  Hours lead;                 // before departure
  Usd usd_per_consignment;
  Fact fact;
};

}  // namespace karvan
