#pragma once
// A small made-up world and an answer in it, for the tests of this room: from Xi'an by rail to
// Aktau, by ship to Alat, then either by rail and ship over Poti or by rail over Türkiye to
// Constanta. Figures are round and mean nothing.

#include <string>
#include <utility>
#include <vector>

#include "karvan/model/world.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"

namespace karvan::report::detail {

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class SampleAnswer {
 public:
  SampleAnswer() {
    corridor_.info.calendar_from = day(2026, 1, 1);
    corridor_.info.calendar_until = day(2027, 1, 1);
    add_places();
    add_cargo();
    add_ways();
    question_.from = place("xian");
    question_.to = place("constanta");
    question_.shipment = {
        .goods = Id<Goods>{0}, .quantity = 80, .unit = QuantityUnit::kTeu, .load_unit = {}};
    question_.depart = Instant{day(2026, 3, 1)} + std::chrono::hours{16};  // midnight in Xi'an
    answer_.itineraries = {over_poti(20), over_turkey(24), over_poti(27)};
    answer_.itineraries[1].cost = Usd{300'000.126};
    answer_.itineraries[2].co2e = KgCo2e{90'000};
  }

  const Corridor& corridor() const { return corridor_; }
  World world() const { return World{corridor_}; }
  const plan::Question& question() const { return question_; }
  const plan::Answer& answer() const { return answer_; }
  plan::Answer& answer() { return answer_; }
  Id<Place> place(const std::string& code) const { return *world().find<Place>(code); }

 private:
  static Date day(int year, unsigned month, unsigned day) {
    return Date{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)};
  }

  void add_places() {
    const auto add = [this](const char* code, const char* name, const char* country,
                            const char* country_name, int offset_hours) {
      Id<Country> of;
      for (const Id<Country> id : corridor_.countries.ids()) {
        if (corridor_.countries[id].code == country) of = id;
      }
      if (!of.valid()) {
        Country row;
        row.code = country;
        row.name = country_name;
        of = corridor_.countries.push_back(row);
        ZonePeriod zone;
        zone.code = country;
        zone.zone = country;
        zone.utc_offset = std::chrono::hours{offset_hours};
        corridor_.time_zones.push_back(zone);
      }
      Place row;
      row.code = code;
      row.name = name;
      row.country = of;
      row.zone = country;
      row.lon = static_cast<double>(corridor_.places.size());
      row.lat = 40;
      corridor_.places.push_back(row);
    };
    add("xian", "Xi'an", "CN", "China", 8);
    add("altynkol", "Altynkol", "KZ", "Kazakhstan", 5);
    add("aktau", "Aktau", "KZ", "Kazakhstan", 5);
    add("alat", "Alat", "AZ", "Azerbaijan", 4);
    add("poti", "Poti", "GE", "Georgia", 4);
    add("kars", "Kars", "TR", "Türkiye", 3);
    add("istanbul", "Istanbul", "TR", "Türkiye", 3);
    add("constanta", "Constanța", "RO", "Romania", 2);
  }

  void add_cargo() {
    LoadUnit box;
    box.code = "box40";
    box.name = "40 ft container";
    box.teu = Teu{2};
    const Id<LoadUnit> box_id = corridor_.load_units.push_back(box);
    Goods machinery;
    machinery.code = "machinery";
    machinery.name = "Machinery";
    machinery.load_units = {box_id};
    corridor_.goods.push_back(machinery);
    Operator carrier;
    carrier.code = "carrier";
    carrier.name = "Carrier, Ltd";
    corridor_.operators.push_back(carrier);
    Handling lift;
    lift.code = "lift";
    corridor_.handling.push_back(lift);
    Crossing crossing;
    crossing.code = "cn_kz";
    crossing.name = "Khorgos";
    corridor_.crossings.push_back(crossing);
    CrossingStep step;
    step.code = "cn_kz_1";
    step.crossing = Id<Crossing>{0};
    step.kind = StepKind::kEntryCustoms;
    corridor_.crossing_steps.push_back(step);
    Regime smgs;
    smgs.code = "smgs";
    corridor_.regimes.push_back(smgs);
    Document note;
    note.code = "smgs_note";
    note.name = "SMGS note";
    corridor_.documents.push_back(note);
  }

  void add_ways() {
    const auto add = [this](const char* code, const char* from, const char* to, Mode mode) {
      Link link;
      link.code = code;
      link.from = place(from);
      link.to = place(to);
      link.mode = mode;
      link.length = Km{1000};
      link.speed = KmPerHour{50};
      corridor_.links.push_back(link);
      Service service;
      service.code = std::string{"s_"} + code;
      service.name = std::string{from} + " - " + to;
      service.operator_ = Id<Operator>{0};
      service.mode = mode;
      corridor_.services.push_back(service);
    };
    add("xian-altynkol", "xian", "altynkol", Mode::kRail);
    add("altynkol-aktau", "altynkol", "aktau", Mode::kRail);
    add("aktau-alat", "aktau", "alat", Mode::kSea);
    add("alat-poti", "alat", "poti", Mode::kRail);
    add("poti-constanta", "poti", "constanta", Mode::kSea);
    add("alat-kars", "alat", "kars", Mode::kRail);
    add("kars-istanbul", "kars", "istanbul", Mode::kRail);
    add("istanbul-constanta", "istanbul", "constanta", Mode::kRail);
  }

  Itinerary over_poti(int days) const { return along({0, 1, 2, 3, 4}, days); }
  Itinerary over_turkey(int days) const { return along({0, 1, 2, 5, 6, 7}, days); }

  // One leg a link, evenly spread over the days, every third of the time waiting.
  Itinerary along(const std::vector<std::size_t>& links, int days) const {
    Itinerary itinerary;
    itinerary.depart = question_.depart;
    const Duration piece = std::chrono::hours{24 * days} / static_cast<int>(links.size());
    Instant clock = itinerary.depart;
    Side side = Side::kGate;
    for (const std::size_t i : links) {
      const Id<Link> link{i};
      const Link& row = corridor_.links[link];
      const Side next = side_of(row.mode);
      itinerary.transfers.push_back({.place = row.from,
                                     .from = side,
                                     .to = next,
                                     .handling = Id<Handling>{0},
                                     .gauge_change = {},
                                     .begin = clock,
                                     .end = clock + piece / 6,
                                     .cost = Usd{1000},
                                     .co2e = KgCo2e{10}});
      Leg leg;
      leg.service = Id<Service>{i};
      leg.from = row.from;
      leg.to = row.to;
      leg.consignment = {
          .goods = Id<Goods>{0}, .load_unit = Id<LoadUnit>{0}, .units = 40, .tonnes = Tonnes{880}};
      leg.depart = clock + piece / 3;
      leg.arrive = clock + piece;
      leg.path = {{.link = link, .from = row.from, .to = row.to}};
      leg.distance = row.length;
      leg.cost = Usd{80'000.126};
      leg.co2e = KgCo2e{20'000};
      leg.co2e_ttw = KgCo2e{16'000};
      itinerary.legs.push_back(leg);
      clock += piece;
      side = next;
    }
    itinerary.transfers.push_back({.place = itinerary.legs.back().to,
                                   .from = side,
                                   .to = Side::kGate,
                                   .handling = Id<Handling>{0},
                                   .gauge_change = {},
                                   .begin = clock,
                                   .end = clock,
                                   .cost = Usd{1000},
                                   .co2e = KgCo2e{10}});
    add_border(itinerary);
    sum(itinerary, clock);
    return itinerary;
  }

  static void add_border(Itinerary& itinerary) {
    const Leg& first = itinerary.legs.front();
    BorderPassed border;
    border.leg = 0;
    border.crossing = Id<Crossing>{0};
    border.passage = first.path.front();
    border.begin = first.arrive;
    border.end = first.arrive + std::chrono::hours{6};
    border.steps = {{.step = Id<CrossingStep>{0}, .hours = Hours{6}, .cost = Usd{200}}};
    border.regimes = {Id<Regime>{0}};
    border.cost = Usd{200};
    itinerary.borders.push_back(border);
    itinerary.documents.push_back({.document = Id<Document>{0},
                                   .from = first.from,
                                   .to = itinerary.legs.back().to,
                                   .cost = Usd{50}});
  }

  static void sum(Itinerary& itinerary, Instant arrive) {
    itinerary.arrive = arrive;
    itinerary.cost = Usd{250};
    for (const Leg& leg : itinerary.legs) {
      itinerary.cost += leg.cost;
      itinerary.co2e += leg.co2e;
      itinerary.co2e_ttw += leg.co2e_ttw;
      itinerary.distance += leg.distance;
    }
    for (const Transfer& transfer : itinerary.transfers)
      itinerary.cost += transfer.cost;
  }

  Corridor corridor_;
  plan::Question question_;
  plan::Answer answer_;
};

}  // namespace karvan::report::detail
