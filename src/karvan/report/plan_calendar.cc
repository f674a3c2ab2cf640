#include "karvan/report/plan_calendar.h"

#include <string_view>

#include <fmt/format.h>

#include "karvan/base/hash.h"
#include "karvan/base/text.h"
#include "karvan/plan/charges.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

constexpr std::size_t kLineOctets = 75;

// A content line in as many physical lines as it needs; never cut within a letter of UTF-8.
std::string folded(std::string_view line) {
  std::string text;
  std::size_t width = kLineOctets;
  while (line.size() > width) {
    std::size_t cut = width;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xc0U) == 0x80U)
      --cut;
    text.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    width = kLineOctets - 1;  // the blank counts
  }
  return text.append(line).append("\r\n");
}

// TEXT values: backslash, semicolon, comma and line break are written with a backslash; other
// control characters are not allowed.
std::string ical_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += ' ';
    } else {
      if (c == '\\' || c == ';' || c == ',') result += '\\';
      result += c;
    }
  }
  return result;
}

std::string utc(Instant instant) {
  const Date day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day ymd{day};
  const auto seconds = (instant - Instant{day}).count();
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     seconds / 3600, seconds / 60 % 60, seconds % 60);
}

struct Event {
  std::string uid;
  Instant begin{};
  Instant end{};  // equal to begin: a moment
  std::string summary;
  std::string description;
  Id<Place> place;
  std::string_view category;
};

class CalendarWriter {
 public:
  CalendarWriter(const World& world, const plan::Question& question, const Itinerary& itinerary)
      : world_{world}, clocks_{world}, question_{question}, itinerary_{itinerary} {}

  std::string write() {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Karvan//Karvan plan//EN");
    line("CALSCALE", "GREGORIAN");
    line("X-WR-CALNAME", ical_text(name(question_.from) + " - " + name(question_.to) + ", " +
                                   shipment_text(world_, question_.shipment)));
    for (std::size_t i = 0; i < itinerary_.legs.size(); ++i) {
      add_cutoffs(i);
      add_leg(i);
    }
    const Id<Place> end = itinerary_.legs.back().to;
    add({.uid = uid(itinerary_.legs.size(), "free"),
         .begin = itinerary_.arrive,
         .end = itinerary_.arrive,
         .summary = "Cargo free at " + name(end),
         .description =
             shipment_text(world_, question_.shipment) + "\n" + local(end, itinerary_.arrive),
         .place = end,
         .category = "ARRIVAL"});
    if (itinerary_.hire) add_hire(*itinerary_.hire);
    line("END", "VCALENDAR");
    return std::move(text_);
  }

 private:
  std::string name(Id<Place> place) const { return world_[place].name; }
  std::string local(Id<Place> place, Instant instant) const {
    return local_time(clocks_, place, instant) + " at " + name(place);
  }

  // From the question and the chain of services up to this leg.
  std::string uid(std::size_t leg, std::string_view what) const {
    Fingerprint print;
    print.add(world_[question_.from].code);
    print.add(world_[question_.to].code);
    print.add(shipment_text(world_, question_.shipment));
    print.add(question_.depart.time_since_epoch().count());
    for (const Leg& each : itinerary_.legs) {
      print.add(world_[each.service].code);
      print.add(each.from_sequence);
      print.add(each.to_sequence);
    }
    return fmt::format("{:016x}-{}-{}@karvan", print.value(), leg + 1, what);
  }

  void add_cutoffs(std::size_t i) {
    const Leg& leg = itinerary_.legs[i];
    const Service& service = world_[leg.service];
    const bool is_dangerous = !world_[leg.consignment.goods].hazard_class.empty();
    const Hours cargo = is_dangerous ? service.cutoff_dangerous.value_or(service.cutoff_cargo)
                                     : service.cutoff_cargo;
    add_cutoff(i, "cargo", is_dangerous ? "dangerous goods" : "cargo", cargo);
    add_cutoff(i, "documents", "documents", service.cutoff_documents);
  }

  void add_cutoff(std::size_t i, std::string_view key, const std::string& what, Hours before) {
    if (before.value() <= 0) return;
    const Leg& leg = itinerary_.legs[i];
    const Instant last = leg.depart - to_duration(before);
    add({.uid = uid(i, key),
         .begin = last,
         .end = last,
         .summary = "Cut-off of " + what + " at " + name(leg.from),
         .description = local(leg.from, last) + "\n" + duration_to_text(to_duration(before)) +
                        " before " + world_[leg.service].name + " leaves for " + name(leg.to),
         .place = leg.from,
         .category = "CUT-OFF"});
  }

  void add_leg(std::size_t i) {
    const Leg& leg = itinerary_.legs[i];
    const Service& service = world_[leg.service];
    add({.uid = uid(i, "leg"),
         .begin = leg.depart,
         .end = leg.arrive,
         .summary =
             fmt::format("{} {} - {}", mode_word(service.mode), name(leg.from), name(leg.to)),
         .description =
             fmt::format("{} ({})\n{}\nleaves {}\narrives {}\n{}, {}, {}", service.name,
                         world_[service.operator_].name, consignment_text(world_, leg.consignment),
                         local(leg.from, leg.depart), local(leg.to, leg.arrive),
                         km_text(leg.distance), usd_text(leg.cost), co2e_text(leg.co2e)),
         .place = leg.from,
         .category = "LEG"});
  }

  void add_hire(const Hire& hire) {
    const Id<Place> depot = plan::depot_of(world_, itinerary_);
    add({.uid = uid(itinerary_.legs.size(), "back"),
         .begin = hire.returned,
         .end = hire.returned,
         .summary = "Empty load units back at " + name(depot),
         .description = local(depot, hire.returned) + "\nempty return " +
                        usd_text(hire.empty_return) + ", detention " + usd_text(hire.detention),
         .place = depot,
         .category = "EMPTY-RETURN"});
  }

  void add(const Event& event) {
    line("BEGIN", "VEVENT");
    line("UID", event.uid);
    line("DTSTAMP", utc(question_.depart));
    line("DTSTART", utc(event.begin));
    if (event.end > event.begin) line("DTEND", utc(event.end));
    line("SUMMARY", ical_text(event.summary));
    line("DESCRIPTION", ical_text(event.description));
    line("LOCATION", ical_text(name(event.place)));
    const GeoPoint point = world_[event.place].point();
    line("GEO", format_fixed(point.lat, 6) + ";" + format_fixed(point.lon, 6));
    line("CATEGORIES", event.category);
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
  }

  void line(std::string_view key, std::string_view value) {
    text_ += folded(std::string{key} + ":" + std::string{value});
  }

  const World& world_;
  Clocks clocks_;
  const plan::Question& question_;
  const Itinerary& itinerary_;
  std::string text_;
};

}  // namespace

std::string plan_calendar(const World& world,
                          const plan::Question& question,
                          const Itinerary& itinerary) {
  CHECK(!itinerary.legs.empty());
  return CalendarWriter{world, question, itinerary}.write();
}

}  // namespace karvan::report
