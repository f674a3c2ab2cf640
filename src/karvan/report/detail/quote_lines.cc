#include "karvan/report/detail/quote_lines.h"

#include <algorithm>

#include "karvan/base/text.h"
#include "karvan/plan/charges.h"
#include "karvan/report/plan_card.h"
#include "karvan/report/words.h"

namespace karvan::report::detail {
namespace {

class Lines {
 public:
  Lines(const World& world, const Itinerary& itinerary) : world_{world}, itinerary_{itinerary} {}

  std::vector<QuoteLine> all() {
    const auto charges = plan::charges_of(world_, itinerary_);
    for (std::size_t i = 0; i < itinerary_.legs.size(); ++i)
      add_leg(itinerary_.legs[i], charges[i]);
    for (const ThroughPrice& through : itinerary_.through)
      add_discount(through);
    for (std::size_t i = 0; i < itinerary_.transfers.size(); ++i)
      add_transfer(i);
    for (std::size_t i = 0; i < itinerary_.legs.size(); ++i)
      add_storage(i);
    for (const BorderPassed& border : itinerary_.borders)
      add_border(border);
    for (const DocumentNeeded& document : itinerary_.documents)
      add_document(document);
    if (itinerary_.hire) add_hire(*itinerary_.hire);
    return std::move(lines_);
  }

 private:
  std::string name(Id<Place> place) const { return one_line(world_[place].name); }

  template <class Row>
  void rest_on(QuoteLine& line, std::string_view table, const Row& row) const {
    line.references.push_back(std::string{table} + ":" + row.code);
    // The enumerators stand from sure to unsure.
    line.confidence = std::max(line.confidence, row.fact.confidence);
    for (const Id<Source> source : row.fact.sources) {
      if (std::ranges::find(line.sources, source) == line.sources.end())
        line.sources.push_back(source);
    }
  }

  void add(QuoteLine line) {
    if (line.cost.value() != 0) lines_.push_back(std::move(line));
  }

  void add_leg(const Leg& leg, const std::vector<plan::Charge>& charges) {
    QuoteLine line{.part = QuotePart::kCarriage,
                   .what = std::string{mode_word(world_[leg.service].mode)} + " " + name(leg.from) +
                           " - " + name(leg.to),
                   .cost = leg.cost};
    for (const plan::Charge& charge : charges)
      rest_on(line, "tariffs", world_[charge.tariff]);
    add(std::move(line));
  }

  void add_transfer(std::size_t i) {
    const Transfer& transfer = itinerary_.transfers[i];
    QuoteLine line{.part = QuotePart::kHandling,
                   .what = name(transfer.place) + ": " + work_text(world_, itinerary_, i),
                   .cost = transfer.cost};
    if (transfer.handling.valid()) rest_on(line, "handling", world_[transfer.handling]);
    if (transfer.gauge_change.valid())
      rest_on(line, "gauge_changes", world_[transfer.gauge_change]);
    add(std::move(line));
  }

  // What a combined price takes off the prices of its legs.
  void add_discount(const ThroughPrice& through) {
    const ThroughRate& rate = world_[through.rate];
    QuoteLine line{
        .part = QuotePart::kCarriage,
        .what = "through rate " + name(rate.from) + " - " + name(rate.to) + " instead of legs",
        .cost = -through.discount};
    rest_on(line, "through_rates", rate);
    add(std::move(line));
  }

  void add_storage(std::size_t leg) {
    const Transfer& transfer = itinerary_.transfers[leg];
    if (transfer.storage.value() == 0) return;
    const Duration standing = itinerary_.legs[leg].depart - transfer.begin;
    QuoteLine line{.part = QuotePart::kStorage,
                   .what = name(transfer.place) + ": " + duration_to_text(standing),
                   .cost = transfer.storage};
    if (const Id<Storage> row = plan::storage_row_of(world_, itinerary_, leg); row.valid())
      rest_on(line, "storage", world_[row]);
    add(std::move(line));
  }

  void add_border(const BorderPassed& border) {
    const auto country = [this](Id<Place> place) { return world_[world_[place].country].name; };
    QuoteLine line{.part = QuotePart::kBorders,
                   .what = one_line(country(border.passage.from)) + " - " +
                           one_line(country(border.passage.to)),
                   .cost = border.cost};
    if (border.crossing.valid()) rest_on(line, "crossings", world_[border.crossing]);
    for (const StepTaken& taken : border.steps) {
      const CrossingStep& row = world_[taken.step];
      if (taken.cost.value() == 0) continue;
      line.confidence = std::max(line.confidence, row.fact.confidence);
      for (const Id<Source> source : row.fact.sources) {
        if (std::ranges::find(line.sources, source) == line.sources.end())
          line.sources.push_back(source);
      }
    }
    add(std::move(line));
  }

  void add_document(const DocumentNeeded& needed) {
    QuoteLine line{.part = QuotePart::kDocuments,
                   .what = one_line(world_[needed.document].name),
                   .cost = needed.cost};
    rest_on(line, "documents", world_[needed.document]);
    add(std::move(line));
  }

  void add_hire(const Hire& hire) {
    QuoteLine detention{
        .part = QuotePart::kHire,
        .what = "Detention: " + duration_to_text(hire.returned - itinerary_.depart) + " until back",
        .cost = hire.detention};
    for (const Id<Detention> row : plan::detention_rows_of(world_, itinerary_))
      rest_on(detention, "detention", world_[row]);
    add(std::move(detention));
    const EmptyReturn& row = world_[hire.back];
    QuoteLine back{.part = QuotePart::kHire,
                   .what = "Back empty at " + name(plan::depot_of(world_, itinerary_)),
                   .cost = hire.empty_return};
    rest_on(back, "empty_returns", row);
    add(std::move(back));
  }

  const World& world_;
  const Itinerary& itinerary_;
  std::vector<QuoteLine> lines_;
};

}  // namespace

std::vector<QuoteLine> quote_lines(const World& world, const Itinerary& itinerary) {
  return Lines{world, itinerary}.all();
}

Expiry expiry_of(const World& world, const Itinerary& itinerary) {
  Expiry first;
  for (const std::vector<plan::Charge>& leg : plan::charges_of(world, itinerary)) {
    for (const plan::Charge& charge : leg) {
      const Tariff& row = world[charge.tariff];
      if (!row.valid_until || (first.day && *first.day <= *row.valid_until)) continue;
      first = {row.valid_until, "tariffs:" + row.code};
    }
  }
  return first;
}

}  // namespace karvan::report::detail
