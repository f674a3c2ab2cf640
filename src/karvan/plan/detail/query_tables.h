#pragma once
// QueryTables: the network as one shipment sees it. Built per question by walking forward from the
// origin: only what can be reached, carried, handled and paid for is in it. Two kinds of nodes:
//
//   Arrival   cargo has come off a service at a place, borders of the leg done (or stands at the
//   gate) Ready     cargo has been worked for leaving by some mode, gauge and load unit
//
//   Arrival --Handover--> Ready --Ride--> Arrival ... Arrival --exit--> goal
//
// A question that asks for something of the whole way (places to pass, ...) has each node once for
// each stage (stages.h) at which cargo may stand there.
//
// A through rate is a price for a chain of rides. Cargo that travels under one is on a layer of its
// own (0: none) from the first ride of the chain until it comes off at the rate's destination.
//
// Prices may change by day: each ride has one price for each tariff period and one border
// procedure for each membership period within the question's horizon. Time in minutes, money in
// cents, CO2e in grams.

#include <memory>

#include "karvan/graph/csr.h"
#include "karvan/plan/detail/engine.h"
#include "karvan/plan/detail/papers.h"
#include "karvan/plan/detail/stages.h"
#include "karvan/plan/question.h"

namespace karvan::plan::detail {

// What explain() pretends away.
struct Relax {
  bool refusals = false;
  bool dangerous = false;  // classes that services do not take
  bool bookings = false;
  bool capacity = false;
  bool handling = false;
  bool tariff = false;
  bool border = false;
  bool papers = false;  // take time
  bool cutoff = false;
};

// How cargo stands at a place: off or ready for what.
struct Cargo {
  Side side = Side::kGate;
  Gauge gauge;
  std::uint32_t unit = 0;  // index into QueryTables::packed

  friend bool operator==(const Cargo&, const Cargo&) = default;
};

struct Handover {
  std::uint32_t ready = 0;
  Minute work = 0;
  Cents cents = 0;
  Grams grams = 0;
  std::int64_t variance = 0;  // min^2
  bool is_transshipment = false;
};

struct ArrivalNode {
  Id<Place> place;
  Cargo cargo;
  std::uint32_t stage = 0;
  std::optional<Handover> exit;  // at the destination
  std::uint32_t first_transfer = 0;
  std::uint32_t transfer_count = 0;
  Minute free_minutes = 0;    // of storage
  Cents storage_per_day = 0;  // after them

  Cents storage(Minute standing) const {
    if (storage_per_day == 0 || standing <= free_minutes) return 0;
    return storage_per_day * ((standing - free_minutes + kDayMinutes - 1) / kDayMinutes);
  }
};

// A through rate that may be bought for this shipment within the horizon.
struct Through {
  Id<ThroughRate> rate;
  std::uint32_t unit = 0;
  Cents cents = 0;
  Minute from = 0;  // first minute at which it is offered; 0: ever since
  Minute until = kNoMinute;
};

struct ReadyNode {
  Id<Place> place;
  Cargo cargo;
  std::uint32_t stage = 0;
  std::uint32_t first_boarding = 0;
  std::uint32_t boarding_count = 0;
};

struct Boarding {
  std::uint32_t ready = 0;
  std::uint32_t course = 0;
  std::uint32_t stop = 0;
  Minute cutoff = 0;
  Minute paper_cutoff = 0;
  std::uint32_t changes = 0;  // QueryTables::changes
  bool is_booked = false;     // some departures: others have taken of them
  Load load;
  std::uint32_t first_ride = 0;  // by stop, ascending
  std::uint32_t ride_count = 0;
};

struct Ride {
  std::uint32_t boarding = 0;
  std::uint32_t to_stop = 0;
  std::uint32_t arrival = 0;
  Minute run = 0;    // departure to arrival
  Minute extra = 0;  // of it: until the last part of a large load has left
  Grams grams = 0;
  cost::Lateness late;  // of the run, without borders
  Risks risks;          // of the service and the links it passes
  bool varies = false;  // price or border differs between periods
  bool border_in_timetable = false;
  std::uint32_t first_price = 0;   // one for each tariff period; kNoPrice where not offered
  std::uint32_t first_border = 0;  // border_count for each membership period
  std::uint32_t border_count = 0;
  std::uint32_t first_notes = 0;  // one set for each membership period
};

inline constexpr Cents kNoPrice = -1;
inline constexpr Cents kPretended = 100'000'000'000'000;  // for a transfer that nobody offers

struct BorderTime {
  Minute work = 0;
  Cents cents = 0;
  std::int64_t variance = 0;  // min^2
  std::uint64_t transit = 0;  // documents that cover it
  const OpenTimes* opening = nullptr;

  friend bool operator==(const BorderTime&, const BorderTime&) = default;
};

// Least sums from here to the goal; used to drop labels that cannot make it. By node: arrivals,
// then readies (cargo not yet at the cut-off), then boardings (the moment of departure).
struct Bounds {
  std::vector<std::int64_t> minutes;
  std::vector<std::int64_t> cents;  // those of layer 1 after those of layer 0, ...
  std::vector<std::int64_t> grams;
  std::vector<Risks> risks;  // that no way to the goal avoids
};

// What the books say about one shipment, wherever it goes from whenever it leaves and whatever its
// owner refuses; filled as questions ask. Periods are counted from the first day that the planner
// knows: one more with each change of tariffs, or of memberships.
struct ShipmentMemo {
  explicit ShipmentMemo(const Engine& engine)
      : tariffs(engine.graph.courses().size()),
        borders{engine.world.size<Link>()},
        leavings{engine.world.size<Place>()},
        handovers{engine.world.size<Place>()} {}

  struct Tariffs {
    Id<Country> country;
    std::uint32_t unit = 0;
    std::size_t period = 0;
    std::optional<Id<Tariff>> tariff;
  };
  struct Border {
    std::size_t way = 0;  // direction and mode
    std::uint32_t unit = 0;
    std::size_t period = 0;
    std::optional<BorderTime> time;  // without documents; nothing where it cannot be passed
  };
  // From cargo as it comes to each of the place's leavings; nothing where nobody works it so.
  struct Handovers {
    Cargo from;
    std::vector<std::optional<Handover>> to;
  };
  std::vector<std::vector<Tariffs>> tariffs;  // by course
  std::vector<std::optional<Minute>> extra;   // by course and unit
  std::vector<char> has_extra;
  Column<Link, std::vector<Border>> borders;
  Column<Place, std::optional<std::vector<Cargo>>> leavings;
  Column<Place, std::vector<Handovers>> handovers;
};

class QueryTables {
 public:
  // `memo`, if there is one, is of the same shipment and number of days and was never used with
  // anything pretended away.
  QueryTables(const Engine& engine,
              const Question& question,
              Relax relax,
              ShipmentMemo* memo = nullptr,
              const Routes* routes = nullptr);

  // Makes the tables those of this question, if it differs from theirs in no more than the moments
  // (depart, deadline, arrive_by), between which the same prices and treaties hold, and in what
  // limits the search alone, and papers are at hand. False: it does not, and nothing was done. Not
  // for tables that pretend something away or keep to given routes.
  bool take_on(const Question& question);

  static constexpr std::uint32_t kGoal = 0;  // the arrival node that ends the search

  Minute begin() const { return moments_.begin; }
  Minute limit() const { return moments_.limit; }  // no option arrives later
  // -ln(probability) of being there by the deadline, if there is one.
  cost::MissRisk deadline_risk(cost::SpreadClass spread, Minute arrive) const {
    return moments_.deadline ? cost::miss_risk(spread, *moments_.deadline - arrive) : 0;
  }
  const std::vector<std::uint32_t>& starts() const { return starts_; }
  const std::vector<ArrivalNode>& arrivals() const { return arrivals_; }
  const std::vector<ReadyNode>& readies() const { return readies_; }
  const Boarding& boarding(std::uint32_t i) const { return boardings_[i]; }
  // Whether the voyage that leaves the boarding's stop then has room left for the shipment.
  bool has_room(const Boarding& boarding, Minute departs) const {
    if (!boarding.is_booked) return true;
    const Course& course = engine_.graph.courses()[boarding.course];
    return engine_.rooms.has_room(
        boarding.course, departs - engine_.graph.stop(course, boarding.stop).depart, boarding.load);
  }
  const Ride& ride(std::uint32_t i) const { return rides_[i]; }
  std::size_t ride_count() const { return rides_.size(); }
  std::span<const Handover> transfers(const ArrivalNode& node) const {
    return {transfers_.data() + node.first_transfer, node.transfer_count};
  }
  const Consignment& packed(std::uint32_t unit) const { return packed_[unit]; }
  Id<Operator> hired_from() const { return question_.shipment.hired_from; }
  bool pretends_borders() const { return relax_.border; }
  bool reaches_goal() const { return reaches_goal_; }

  // Minutes after which some price, procedure or paper may be another for rides of the boarding,
  // ascending.
  const std::vector<Minute>& changes(const Boarding& boarding) const {
    return changes_[boarding.changes];
  }
  Cents price(const Ride& ride, Minute depart) const;
  // The borders of a ride that arrives then; absent where one cannot be passed.
  std::optional<std::span<const std::uint32_t>> borders(const Ride& ride, Minute arrive) const;
  const BorderTime& border(std::uint32_t i) const { return border_times_[i]; }

  // The consignment notes that cover a ride which departs then.
  std::uint64_t notes(const Ride& ride, Minute depart) const;
  // Question::papers_from, unless pretended away; and whether cargo has the papers that a ride,
  // maybe its first, needs.
  const std::optional<Instant>& papers_from() const { return question_.papers_from; }
  bool has_papers(const Ride& ride, Minute depart, bool crosses, bool is_first) const;
  const PaperRules& papers() const { return papers_; }
  std::vector<PaperRules::Start> paper_starts() const {
    return papers_.starts(question_.from, question_.to);
  }

  const std::vector<Through>& throughs() const { return throughs_; }
  // Whether a ride may be bought under this rate, and where it then ends.
  bool may_carry(const Through& through, const Ride& ride) const;
  bool ends_at(const Through& through, std::uint32_t arrival) const;
  bool begins_at(const Through& through, const Ride& ride) const;
  bool has_storage() const { return has_storage_; }
  // Detention and empty return of load units that come free so at the destination; 0 where they are
  // not hired.
  Cents hire(const ArrivalNode& node, Minute arrive) const {
    return hire_.empty() ? 0 : hire_after(node, arrive - begin());
  }

  const Bounds& bounds() const { return bounds_; }
  std::size_t bound_of_ready(std::uint32_t ready) const { return arrivals_.size() + ready; }
  std::size_t bound_of_boarding(std::uint32_t boarding) const {
    return arrivals_.size() + readies_.size() + boarding;
  }

 private:
  struct Moments {
    Moments(const Epoch& epoch, const Question& question);
    Minute begin = 0;
    Minute limit = 0;
    std::optional<Minute> deadline;
  };
  struct Backward;
  Bounds find_bounds() const;
  // The least that a ride takes in any period: its price, and all the rest.
  Cents least_price(const Ride& ride) const;
  Handover least_rest(const Ride& ride) const;
  std::vector<std::int64_t> layered_cents(const Backward& base, std::span<const Cents> fees) const;
  std::vector<Risks> unavoidable(const graph::Csr& graph, std::span<const Risks> of_arc) const;
  void add_units(const Question& question);
  Cents hire_after(const ArrivalNode& node, Minute on_the_way) const;
  void mark_refused(const Question& question);
  void add_throughs();
  std::vector<Date> add_periods();
  std::uint32_t changes_for(Minute paper_cutoff);
  // For a ride that departs then.
  const PapersReady& papers_ready(const Ride& ride, Minute depart) const {
    return papers_ready(depart - boardings_[ride.boarding].paper_cutoff);
  }
  const PapersReady& papers_ready(Minute minute) const {
    return papers_.ready(engine_.epoch.instant(minute) - *question_.papers_from);
  }
  std::uint32_t arrival_node(Id<Place> place, Cargo cargo, std::uint32_t stage);
  std::uint32_t ready_node(Id<Place> place, Cargo cargo, std::uint32_t stage);
  std::size_t slot(Id<Place> place, Cargo cargo) const;
  // Where the number of a node stands: of all slots, stage by stage.
  std::uint32_t& slot_in(std::vector<std::uint32_t>& slots, std::size_t slot, std::uint32_t stage);
  void expand(std::uint32_t node, Id<Place> destination);
  std::optional<Handover> transfer(const ArrivalNode& from, Cargo to) const;
  const std::vector<std::optional<Handover>>& handovers(const ArrivalNode& from);
  const std::vector<Cargo>& leavings(Id<Place> place);
  // The boarding of a ready node at a call; its rides do not know yet where they lead.
  std::optional<Boarding> boarding_of(std::uint32_t ready, Board board);
  // Whether a course carries cargo that stands so, by what the shipper and the goods allow.
  bool takes(const Course& course, const Cargo& cargo) const;
  void add_rides(const Boarding& boarding, Minute extra);
  bool may_be_bought_later(Id<Place> from) const;
  void add_boardings(std::uint32_t ready, std::size_t slot);
  // Takes in the boarding whose rides stand last, but for those that break what is asked.
  void settle(Boarding boarding);
  std::optional<Minute> extra_minutes(std::uint32_t course, std::uint32_t unit);
  std::optional<Minute> count_extra_minutes(const Course& course, std::uint32_t unit) const;
  bool is_refused(const Course& course) const;
  bool is_refused(std::span<const Passage> hop) const;
  bool is_refused(const Passage& border, Mode mode, std::size_t period) const;
  // The price of a growing path in one tariff period, as cost::TariffBook::price() makes it.
  struct Meter {
    Usd total;  // of the runs of links before the current one
    std::optional<Id<Tariff>> tariff;
    Km km;
    bool is_priced = true;
  };
  void run_meters(std::vector<Meter>& meters, const Boarding& boarding, std::uint32_t stop);
  std::optional<Id<Tariff>> tariff(const Boarding& boarding,
                                   Id<Country> country,
                                   std::size_t period);
  bool add_prices(Ride& ride, const Boarding& boarding, const std::vector<Meter>& meters);
  bool add_borders(Ride& ride, const Course& course, const Boarding& boarding);
  void add_notes(Ride& ride, const Course& course, const Boarding& boarding);
  std::uint32_t border_time(const Passage& passage,
                            Mode mode,
                            std::uint32_t unit,
                            std::size_t period);
  std::optional<BorderTime> known_border(
      std::size_t way, const Passage& passage, Mode mode, std::uint32_t unit, std::size_t period);

  const Engine& engine_;
  Question question_;
  Relax relax_;
  Moments moments_;
  bool is_dangerous_ = false;
  bool reaches_goal_ = false;
  bool has_storage_ = false;
  std::vector<Through> throughs_;
  std::vector<Consignment> packed_;
  std::size_t start_units_ = 0;
  std::vector<std::optional<cost::HireTerms>> hire_;  // by unit; empty where they are not hired
  std::vector<Gauge> gauges_;
  std::vector<Minute> tariff_periods_;           // first minute of each
  std::vector<Minute> membership_periods_;       // and transit documents that become ready
  std::vector<std::vector<Minute>> changes_{1};  // where papers take time: by their cut-off
  std::vector<Minute> paper_cutoffs_;            // of those after the first
  PaperRules papers_;
  Stages stages_;
  Column<Place, char> refused_places_;
  Column<Link, char> refused_links_;
  bool refuses_places_ = false;

  std::vector<std::uint32_t> starts_;
  std::vector<ArrivalNode> arrivals_;
  std::vector<ReadyNode> readies_;
  std::vector<Handover> transfers_;
  std::vector<Boarding> boardings_;
  std::vector<Ride> rides_;
  std::vector<Cents> prices_;
  std::vector<std::uint32_t> ride_borders_;
  std::vector<std::uint64_t> ride_notes_;
  std::vector<BorderTime> border_times_;
  Bounds bounds_;

  // While they are built:
  std::unique_ptr<ShipmentMemo> own_memo_;
  ShipmentMemo* memo_;
  std::vector<std::uint32_t> border_slots_;
  std::size_t slots_ = 0;  // of one stage
  std::vector<std::uint32_t> arrival_slots_;
  std::vector<std::uint32_t> ready_slots_;
  // What ready nodes that differ by their stage have in common, where there are stages.
  struct Boards {
    std::vector<Boarding> boardings;
    std::vector<Ride> rides;  // of one after the other
    bool is_known = false;
  };
  std::vector<Boards> boards_;  // by slot
};

}  // namespace karvan::plan::detail
