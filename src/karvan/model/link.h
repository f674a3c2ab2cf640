#pragma once
// Links: the physical connections between two places. Both directions are always meant.

#include <optional>
#include <string>

#include "karvan/base/time.h"
#include "karvan/base/units.h"
#include "karvan/model/place.h"

namespace karvan {

enum class LinkStatus { kOpen, kPlanned, kUnderConstruction, kClosed };

template <>
struct EnumTexts<LinkStatus> {
  static constexpr std::array values{
      std::pair{LinkStatus::kOpen, std::string_view{"open"}},
      std::pair{LinkStatus::kPlanned, std::string_view{"planned"}},
      std::pair{LinkStatus::kUnderConstruction, std::string_view{"under_construction"}},
      std::pair{LinkStatus::kClosed, std::string_view{"closed"}},
  };
};

// Why a shipper may refuse a link that is open. Questions can exclude a risk.
enum class Risk { kNone, kWar, kSanctions, kIntermittent };

template <>
struct EnumTexts<Risk> {
  static constexpr std::array values{
      std::pair{Risk::kNone, std::string_view{"none"}},
      std::pair{Risk::kWar, std::string_view{"war"}},
      std::pair{Risk::kSanctions, std::string_view{"sanctions"}},
      std::pair{Risk::kIntermittent, std::string_view{"intermittent"}},
  };
};

// The risks that a way bears. `kNone` is never a member.
class Risks {
 public:
  static constexpr std::size_t kSets = 8;  // number of different sets

  constexpr void add(Risk risk) {
    if (risk != Risk::kNone) bits_ |= 1U << (static_cast<unsigned>(risk) - 1);
  }
  constexpr bool contains(Risk risk) const {
    Risks one;
    one.add(risk);
    return one.bits_ != 0 && one.is_within(*this);
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool is_within(Risks other) const { return (bits_ & ~other.bits_) == 0; }
  // A number below kSets; sets within another have smaller or equal numbers.
  constexpr std::size_t number() const { return bits_; }
  static constexpr Risks from_number(std::size_t number) {
    Risks risks;
    risks.bits_ = static_cast<unsigned>(number);
    return risks;
  }

  friend constexpr Risks operator|(Risks a, Risks b) { return from_number(a.bits_ | b.bits_); }
  friend constexpr bool operator==(Risks, Risks) = default;

 private:
  unsigned bits_ = 0;
};

enum class Electrified { kNo, kPartly, kYes };

template <>
struct EnumTexts<Electrified> {
  static constexpr std::array values{
      std::pair{Electrified::kNo, std::string_view{"no"}},
      std::pair{Electrified::kPartly, std::string_view{"partly"}},
      std::pair{Electrified::kYes, std::string_view{"yes"}},
  };
};

struct Link {
  std::string code;
  Id<Place> from;
  Id<Place> to;
  Mode mode = Mode::kRail;
  Km length;
  KmPerHour speed;            // typical moving speed, stops excluded
  std::vector<Gauge> gauges;  // rail only; two at a border with both gauges laid
  std::optional<int> tracks;
  std::optional<Electrified> electrified;
  std::optional<double> capacity_pairs_per_day;  // train pairs a day
  std::optional<double> capacity_t_per_year;     // where only tonnage is published
  std::optional<double> train_length_m;          // maximum
  std::optional<double> train_mass_t;            // maximum gross
  LinkStatus status = LinkStatus::kOpen;
  std::optional<Date> open_from;   // first day of use; a planned link opens then
  std::optional<Date> open_until;  // first day without use
  Risk risk = Risk::kNone;
  Fact fact;

  // Whether cargo may use it on this day: status and dates together.
  bool is_open(Date day) const {
    if (status == LinkStatus::kClosed) return false;
    if (status != LinkStatus::kOpen && !open_from) return false;
    return (!open_from || day >= *open_from) && (!open_until || day < *open_until);
  }
  Hours running() const { return length / speed; }
};

// One vertex of a link's drawn shape between its two ends, in order from `from` to `to`.
struct ShapePoint {
  std::string code;
  Id<Link> link;
  int sequence = 0;
  double lon = 0;
  double lat = 0;
  std::string name;  // the station or waypoint, if it has one
  Fact fact;
};

// The hydraulic side of a pipeline link.
struct Pipeline {
  std::string code;
  Id<Link> link;
  std::string name;
  TonnesPerHour rate_max;
  TonnesPerHour rate_min;
  Tonnes fill;  // what the line holds between its ends
  std::optional<double> diameter_in;
  std::optional<int> pump_stations;
  Fact fact;
};

// A dated restriction of a link, place or service: history, or what a scenario adds.
enum class ClosureReach { kLink, kPlace, kService, kCrossing };

template <>
struct EnumTexts<ClosureReach> {
  static constexpr std::array values{
      std::pair{ClosureReach::kLink, std::string_view{"link"}},
      std::pair{ClosureReach::kPlace, std::string_view{"place"}},
      std::pair{ClosureReach::kService, std::string_view{"service"}},
      std::pair{ClosureReach::kCrossing, std::string_view{"crossing"}},
  };
};

}  // namespace karvan
