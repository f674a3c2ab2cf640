#pragma once
// Many questions answered as one sheet: a shipment in, a row out. Also one origin to many places.

#include <cstddef>
#include <string>
#include <vector>

#include "karvan/model/clock.h"
#include "karvan/plan/answer.h"
#include "karvan/plan/question.h"
#include "karvan/plan/reach.h"
#include "karvan/report/plan_chart.h"
#include "karvan/report/sheet.h"

namespace karvan::report {

// The numbers of the itineraries, best by the criterion first; ties by arrival, cost, CO2e.
std::vector<std::size_t> ranked(const plan::Answer& answer, Criterion by);

// --- shipments ---

std::vector<SheetColumn> shipment_columns();
// The `most` best options of a shipment, a row each; one row that says why there is none.
struct ShipmentAnswered {
  const std::string& id;
  const plan::Question& question;
  const plan::Answer& answer;
};
std::vector<std::vector<Cell>> shipment_rows(const World& world,
                                             const Clocks& clocks,
                                             const ShipmentAnswered& shipment,
                                             Criterion by,
                                             std::size_t most);
// The row of one that could not be asked.
std::vector<Cell> faulty_shipment_row(const std::string& id, const std::string& fault);

// --- one to many ---

// The best that an answer holds in each criterion, by the way to one place.
std::vector<SheetColumn> matrix_columns();
std::vector<Cell> matrix_row(const World& world,
                             const Clocks& clocks,
                             const plan::Question& question,
                             const plan::Answer& answer);

// By arrival.
Sheet reached_sheet(const World& world,
                    const Clocks& clocks,
                    const std::vector<plan::Reached>& reached);
std::string reached_geojson(const World& world,
                            const Clocks& clocks,
                            const std::vector<plan::Reached>& reached);

}  // namespace karvan::report
