#pragma once
// Words: how single things of the model read for people: instants on local clocks, quantities with
// units, names. Numbers never depend on the locale.

#include <string>

#include "karvan/model/clock.h"
#include "karvan/model/itinerary.h"

namespace karvan::report {

// "Mon 2026-03-02 00:00 +08", the clock of the place; "never" for kNever.
std::string local_time(const Clocks& clocks, Id<Place> place, Instant instant);
// "+08", "+05:30".
std::string offset_text(std::chrono::minutes offset);
std::string weekday_text(Date day);

// "USD 412,345".
std::string usd_text(Usd usd);
// "221.3 t CO2e", "12.4 kg CO2e" below a tonne.
std::string co2e_text(KgCo2e co2e);
std::string km_text(Km km);
// "19.4" days with one decimal.
std::string days_text(Duration duration);
// A number as short as it can be: "40", "2.5".
std::string plain(double value);

// "rail", "ship", "river", "road", "pipeline".
std::string_view mode_word(Mode mode);
// "gate", "rail", "ship", ...
std::string_view side_word(Side side);

// "40 x 40 ft container", "9,000 t".
std::string consignment_text(const World& world, const Consignment& consignment);
// "80 TEU of machinery".
std::string shipment_text(const World& world, const Shipment& shipment);

// "sanctions, war"; empty for none.
std::vector<std::string_view> risk_words(Risks risks);

}  // namespace karvan::report
