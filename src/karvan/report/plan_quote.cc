#include "karvan/report/plan_quote.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "karvan/base/hash.h"
#include "karvan/base/text.h"
#include "karvan/report/detail/html.h"
#include "karvan/report/detail/quote_lines.h"
#include "karvan/report/detail/quote_pictures.h"
#include "karvan/report/detail/quote_style.h"
#include "karvan/report/plan_card.h"
#include "karvan/report/words.h"

namespace karvan::report {
namespace {

using detail::html;
using detail::QuoteLine;
using detail::QuotePart;

std::string cents(Usd usd) {
  return with_thousands(usd.value(), 2);
}

// What is given on `days_svg` and `way_svg`.
std::string legend(const World& world, const Itinerary& itinerary) {
  std::string text = "<p class=\"legend\">";
  std::vector<Mode> modes;
  for (const Leg& leg : itinerary.legs) {
    const Mode mode = world[leg.service].mode;
    if (std::ranges::find(modes, mode) != modes.end()) continue;
    modes.push_back(mode);
    text += fmt::format("<span style=\"background:{}\"></span>{}", detail::color_of(mode),
                        mode_word(mode));
  }
  return text +
         "<span style=\"background:#84b38f\"></span>handling"
         "<span style=\"background:#e0a33e\"></span>border"
         "<span style=\"background:#e2e8ec\"></span>waiting</p>\n";
}

// How many lines a text takes where so many letters fit into one.
int lines_in(std::string_view text, int letters) {
  return std::max(1, (static_cast<int>(text.size()) + letters - 1) / letters);
}

// How high the columns of a quote come out at full size, about, in CSS pixels: what each row of the
// style takes, and the letters that fit into a line of its cells. On paper the page is made as much
// smaller as it needs to be one.
struct QuoteHeight {
  int top = 380;  // head, figures, map, days; heads of the tables
  int left = 60;
  int right = 150;
  int sources_left = 20;
  int sources_right = 20;

  void add_leg(std::string_view by, std::string_view notes) {
    top += 3 + 13 * lines_in(by, 72) + 11 * lines_in(notes, 84);
  }
  void add_price(std::string_view item, std::string_view rows) {
    left += 3 + std::max(13 * lines_in(item, 30), 10 * lines_in(rows, 22));
  }
  void add_document(std::string_view what) { right += 4 + 13 * lines_in(what, 42); }
  void add_source(std::string_view source) {
    sources_left += 1 + 5 * lines_in(source, 44);
    sources_right += 1 + 5 * lines_in(source, 28);
  }
  bool are_sources_right() const { return right + sources_right < left + sources_left; }

  // 297 mm less the margins.
  double fit() const {
    constexpr int kFooter = 30;
    const int columns = are_sources_right() ? std::max(left, right + sources_right)
                                            : std::max(left + sources_left, right);
    const double whole = 1.02 * (top + columns + kFooter);
    return std::floor(std::clamp(1054 / whole, 0.6, 0.95) * 100) / 100;
  }
};

class Quote {
 public:
  Quote(const World& world,
        const plan::Question& question,
        const plan::Answer& answer,
        const QuoteOf& which)
      : world_{world},
        clocks_{world},
        question_{question},
        answer_{answer},
        which_{which},
        itinerary_{answer.itineraries[which.itinerary]},
        lines_{detail::quote_lines(world, itinerary_)} {}

  std::string write() {
    const std::string title = name(question_.from) + " - " + name(question_.to);
    std::string head =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Quote " +
        title + "</title>\n<style>" + std::string{detail::kQuoteStyle} + "</style>\n</head>\n";
    std::string text = header() + figures();
    text += detail::way_svg(world_, itinerary_) + detail::days_svg(world_, clocks_, itinerary_) +
            legend(world_, itinerary_);
    text += "<h2>Schedule</h2>\n" + schedule();
    // Prices and documents number their sources, in this order; then they are listed.
    const std::string price_list = prices();
    const std::string right = cutoffs() + documents() + carbon() + validity();
    const std::string origins = sources();
    const bool are_right = height_.are_sources_right();
    text += "<div class=\"two\">\n<section>\n<h2>Price</h2>\n" + price_list +
            (are_right ? "" : origins) + "</section>\n<section>\n" + right +
            (are_right ? origins : "") + "</section>\n</div>\n" + footer();
    return head + "<body style=\"--fit:" + format_fixed(height_.fit(), 2) + "\">\n" + text +
           "</body>\n</html>\n";
  }

 private:
  std::string name(Id<Place> place) const { return html(world_[place].name); }
  std::string local(Id<Place> place, Instant instant) const {
    return html(local_time(clocks_, place, instant));
  }

  // The same question answered by the same voyages has the same reference.
  std::string reference() const {
    Fingerprint print;
    print.add(shipment_text(world_, question_.shipment));
    print.add(question_.depart.time_since_epoch().count());
    for (const Leg& leg : itinerary_.legs) {
      print.add(world_[leg.service].code);
      print.add(leg.depart.time_since_epoch().count());
    }
    print.add(itinerary_.cost.value());
    const std::string hex = fmt::format("{:016X}", print.value());
    return hex.substr(0, 4) + "-" + hex.substr(4, 4);
  }

  std::string header() const {
    std::string text = fmt::format(
        "<header><div><div class=\"kicker\">Transport quote</div>\n"
        "<h1>{} <span>&#8594;</span> {}</h1>\n<p>{}, handed over {}</p></div>\n"
        "<div class=\"ref\">Reference <b>{}</b><br>option {} of {}",
        name(question_.from), name(question_.to), html(shipment_text(world_, question_.shipment)),
        local(question_.from, question_.depart), reference(), which_.number,
        answer_.itineraries.size());
    if (!world_.scenario().empty()) text += "<br>scenario " + html(world_.scenario());
    return text + "</div></header>\n";
  }

  std::string figure(std::string_view what,
                     const std::string& figure,
                     const std::string& below) const {
    return fmt::format("<div><em>{}</em><b>{}</b><i>{}</i></div>\n", what, figure, below);
  }

  std::string figures() {
    const Consignment& cargo = itinerary_.legs.front().consignment;
    const std::string arrival = local(question_.to, itinerary_.arrive);
    const std::string risks = html(join(risk_words(itinerary_.risks), ", "));
    const Duration span = itinerary_.arrive - itinerary_.depart;
    std::string text = "<section class=\"figures\">\n";
    text += figure("Free at destination", arrival.substr(4, 10),
                   arrival.substr(0, 3) + arrival.substr(14));
    text += figure("On the way", days_text(span) + " days",
                   html(mode_chain(modes())) + ", " + km_text(itinerary_.distance));
    text += figure("Price", usd_text(itinerary_.cost), per_unit(cargo));
    text += figure("CO2e", with_thousands(itinerary_.co2e.value() / 1000, 1) + " t",
                   format_fixed(itinerary_.co2e.value() / std::max(cargo.tonnes.value(), 1e-9), 0) +
                       " kg a tonne, well-to-wheel");
    text += "</section>\n";
    if (!risks.empty()) text += "<p class=\"risk\">The way bears a risk: " + risks + ".</p>\n";
    height_.top += 12 * lines_in(which_.merits, 130) + (risks.empty() ? 0 : 14);
    if (!which_.merits.empty()) text += "<p class=\"small\">" + html(which_.merits) + "</p>\n";
    return text;
  }

  std::string per_unit(const Consignment& cargo) const {
    const LoadUnit& unit = world_[cargo.load_unit];
    const bool is_counted = unit.kind == LoadUnitKind::kContainer ||
                            unit.kind == LoadUnitKind::kWagon || unit.kind == LoadUnitKind::kTruck;
    if (!is_counted) return cents(itinerary_.cost / cargo.tonnes.value()) + " per tonne";
    return with_thousands(itinerary_.cost.value() / cargo.units, 0) + " per " + html(unit.name);
  }

  std::vector<Mode> modes() const {
    std::vector<Mode> list;
    for (const Leg& leg : itinerary_.legs) {
      const Mode mode = world_[leg.service].mode;
      if (list.empty() || list.back() != mode) list.push_back(mode);
    }
    return list;
  }

  // --- what happens when ---

  std::string schedule() {
    std::string text =
        "<table><tr><th>Leaves</th><th>Arrives</th><th>By</th><th class=\"n\">km</th>"
        "<th class=\"n\">t CO2e</th></tr>\n";
    for (std::size_t i = 0; i < itinerary_.legs.size(); ++i) {
      const Leg& leg = itinerary_.legs[i];
      const Service& service = world_[leg.service];
      height_.add_leg(service.name + world_[service.operator_].name + " rail ()", notes(i));
      text += fmt::format(
          "<tr><td class=\"t\">{}<small>{}</small></td><td class=\"t\">{}<small>{}</small></td>"
          "<td><b style=\"color:{}\">{}</b> {} ({})<small>{}</small></td>"
          "<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
          name(leg.from), local(leg.from, leg.depart), name(leg.to), local(leg.to, leg.arrive),
          detail::color_of(service.mode), mode_word(service.mode), html(service.name),
          html(world_[service.operator_].name), html(notes(i)),
          with_thousands(leg.distance.value(), 0), with_thousands(leg.co2e.value() / 1000, 1));
    }
    const Transfer& last = itinerary_.transfers.back();
    text += fmt::format(
        "<tr><td class=\"t\"></td><td class=\"t\"><b>{}</b><small>{}</small></td>"
        "<td>cargo free<small>{}</small></td><td class=\"n\"></td><td class=\"n\"></td></tr>\n",
        name(last.place), local(last.place, itinerary_.arrive),
        html(work(itinerary_.transfers.size() - 1)));
    return text + "</table>\n";
  }

  std::string work(std::size_t i) const {
    const Transfer& transfer = itinerary_.transfers[i];
    std::string text = work_text(world_, itinerary_, i);
    if (transfer.end > transfer.begin)
      text += " " + duration_to_text(transfer.end - transfer.begin);
    return text;
  }

  // The work and waiting before a leg and its borders.
  std::string notes(std::size_t i) const {
    const Leg& leg = itinerary_.legs[i];
    std::string text = "before: " + work(i);
    const Duration wait = leg.depart - itinerary_.transfers[i].end;
    if (wait >= std::chrono::minutes{15}) text += ", waits " + duration_to_text(wait);
    for (const BorderPassed& border : itinerary_.borders) {
      if (border.leg != i) continue;
      const auto country = [this](Id<Place> place) {
        return one_line(world_[world_[place].country].code);
      };
      text += "; border " + country(border.passage.from) + "-" + country(border.passage.to) + " " +
              (border.end > border.begin ? duration_to_text(border.end - border.begin)
                                         : std::string{"within the running time"});
    }
    return text;
  }

  // "Mon 03-02 06:50 +08": the year stands in the schedule.
  std::string short_time(Id<Place> place, Instant instant) const {
    const std::string full = local(place, instant);
    return full.substr(0, 4) + full.substr(9);
  }

  std::string cutoffs() {
    std::string rows;
    for (const Leg& leg : itinerary_.legs) {
      const Service& service = world_[leg.service];
      const bool is_dangerous = !world_[leg.consignment.goods].hazard_class.empty();
      const Hours cargo = is_dangerous ? service.cutoff_dangerous.value_or(service.cutoff_cargo)
                                       : service.cutoff_cargo;
      const Hours papers = service.cutoff_documents;
      if (cargo.value() <= 0 && papers.value() <= 0) continue;
      height_.right += 15;
      rows += fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                          name(leg.from), short_time(leg.from, leg.depart - to_duration(papers)),
                          short_time(leg.from, leg.depart - to_duration(cargo)));
    }
    if (rows.empty()) return rows;
    return "<h2>Cut-offs</h2>\n<table><tr><th></th><th class=\"n\">documents</th>"
           "<th class=\"n\">cargo</th></tr>\n" +
           rows + "</table>\n";
  }

  // --- what it costs ---

  std::string prices() {
    std::string text =
        "<table class=\"prices\"><tr><th>Item</th><th>Row of data</th><th></th><th "
        "class=\"n\">USD</th></tr>\n";
    struct Part {
      QuotePart part;
      std::string_view head;
      std::string_view table;
    };
    const std::array<Part, 6> parts{
        {{QuotePart::kCarriage, "Carriage",
          itinerary_.through.empty() ? "tariffs" : "tariffs, through_rates"},
         {QuotePart::kHandling, "Handling", "handling, gauge_changes"},
         {QuotePart::kStorage, "Storage", "storage"},
         {QuotePart::kBorders, "Borders", "crossings"},
         {QuotePart::kDocuments, "Documents", "documents"},
         {QuotePart::kHire, "Hired load units", "detention, empty_returns"}}};
    for (const auto& [part, head, table] : parts) {
      Usd sum;
      std::string rows;
      for (const QuoteLine& line : lines_) {
        if (line.part != part) continue;
        sum += line.cost;
        // Documents have their prices in their own list.
        if (part != QuotePart::kDocuments) rows += price(line);
      }
      if (sum.value() == 0) continue;
      height_.left += 16;
      text += fmt::format(
          "<tr class=\"sum\"><td>{}</td><td colspan=\"2\"><code>{}</code></td>"
          "<td class=\"n\">{}</td></tr>\n",
          head, table, cents(sum));
      text += rows;
    }
    return text + fmt::format(
                      "<tr class=\"total\"><td colspan=\"3\">Total</td><td class=\"n\">{}"
                      "</td></tr>\n</table>\n",
                      cents(itinerary_.cost));
  }

  // The tables of the rows stand in the head of their part.
  std::string price(const QuoteLine& line) {
    std::string rows;
    for (const std::string& reference : line.references)
      rows += (rows.empty() ? "<code>" : " <code>") +
              html(reference.substr(reference.find(':') + 1)) + "</code>";
    std::string codes;
    for (const std::string& reference : line.references)
      codes += reference.substr(reference.find(':') + 1) + ' ';
    height_.add_price(line.what, codes);
    return fmt::format(
        "<tr><td>{}</td><td>{}</td><td class=\"t\"><span "
        "class=\"small\">{}</span><sup>{}</sup></td>"
        "<td class=\"n\">{}</td></tr>\n",
        html(line.what), rows, to_text(line.confidence), notes_of(line), cents(line.cost));
  }

  std::string notes_of(const QuoteLine& line) {
    std::string notes;
    for (const Id<Source> source : line.sources)
      notes += (notes.empty() ? "" : ",") + std::to_string(note_of(source));
    return notes;
  }

  // Sources are numbered as they are first met.
  std::size_t note_of(Id<Source> source) {
    const auto known = std::ranges::find(sources_, source);
    if (known != sources_.end()) return static_cast<std::size_t>(known - sources_.begin()) + 1;
    sources_.push_back(source);
    return sources_.size();
  }

  // All that are needed, over which stretch, and what they cost if anything.
  std::string documents() {
    if (itinerary_.documents.empty()) return {};
    std::string text = "<h2>Documents</h2>\n<table>\n";
    for (const DocumentNeeded& needed : itinerary_.documents) {
      text += "<tr><td>" + html(world_[needed.document].name);
      const bool has_ends = needed.from.valid() && needed.to.valid();
      std::string by;
      if (has_ends && needed.apply_by < needed.needed)
        by = ", apply by " + local_time(clocks_, needed.from, needed.apply_by);
      height_.add_document(
          world_[needed.document].name +
          (has_ends ? world_[needed.from].name + world_[needed.to].name + by : ""));
      if (has_ends)
        text += " <span class=\"small\">" + name(needed.from) + " - " + name(needed.to) + by +
                "</span>";
      const auto line = std::ranges::find_if(lines_, [&](const QuoteLine& one) {
        return one.part == QuotePart::kDocuments &&
               one.references.front().ends_with(":" + world_[needed.document].code);
      });
      const bool is_free = line == lines_.end() || needed.cost.value() == 0;
      if (!is_free) text += "<sup>" + notes_of(*line) + "</sup>";
      text +=
          "</td><td class=\"n\">" + (is_free ? std::string{} : cents(needed.cost)) + "</td></tr>\n";
    }
    return text + "</table>\n";
  }

  std::string carbon() const {
    const double tonne_km =
        itinerary_.legs.front().consignment.tonnes.value() * itinerary_.distance.value();
    return fmt::format(
        "<h2>CO2e</h2>\n<p class=\"small\">{} well-to-wheel, of it {} at the vehicle; {} g per "
        "tonne-kilometre. By ISO 14083: tonnes of goods x km x the factor of the vehicle and its "
        "energy, electric trains with the grid of each country; terminals as their rows say.</p>\n",
        html(co2e_text(itinerary_.co2e)), html(co2e_text(itinerary_.co2e_ttw)),
        format_fixed(itinerary_.co2e.value() * 1000 / std::max(tonne_km, 1e-9), 1));
  }

  std::string validity() const {
    const detail::Expiry expiry = detail::expiry_of(world_, itinerary_);
    const std::size_t assumed = static_cast<std::size_t>(
        std::ranges::count(lines_, Confidence::kAssumed, &QuoteLine::confidence));
    std::string text = fmt::format(
        "<h2>Validity</h2>\n<p class=\"small\">For hand-over at {} until {} on the voyages named, "
        "at the prices of their days. ",
        name(question_.from), local(question_.from, itinerary_.transfers.front().begin));
    if (expiry.day)
      text += "The first price to end is " + html(expiry.reference) + ", on " +
              date_to_text(*expiry.day) + ". ";
    return text + fmt::format(
                      "{} of {} price lines rest on assumed figures: an estimate, not an offer of "
                      "the carriers.</p>\n",
                      assumed, lines_.size());
  }

  std::string sources() {
    if (sources_.empty()) return {};
    std::string text = "<h2>Sources of the prices</h2>\n<ol class=\"sources\">\n";
    for (const Id<Source> id : sources_) {
      const Source& source = world_[id];
      height_.add_source(source.title + source.publisher + source.date);
      text += "<li>" + html(source.title);
      if (!source.publisher.empty()) text += ", " + html(source.publisher);
      if (!source.date.empty()) text += ", " + html(source.date);
      text += "</li>\n";
    }
    return text + "</ol>\n";
  }

  std::string footer() const {
    return fmt::format("<footer>{}. Times are local, with their offset from UTC.</footer>\n",
                       html(world_.info().title));
  }

  const World& world_;
  Clocks clocks_;
  const plan::Question& question_;
  const plan::Answer& answer_;
  const QuoteOf& which_;
  const Itinerary& itinerary_;
  std::vector<QuoteLine> lines_;
  std::vector<Id<Source>> sources_;
  QuoteHeight height_;
};

}  // namespace

std::string plan_quote(const World& world,
                       const plan::Question& question,
                       const plan::Answer& answer,
                       const QuoteOf& which) {
  CHECK(which.itinerary < answer.itineraries.size());
  return Quote{world, question, answer, which}.write();
}

}  // namespace karvan::report
