#pragma once
// Shipments as a table: the columns are the options of `karvan plan` by name, "_" for "-", and an
// `id`. What a row leaves empty is as on the command line.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"

#include "plan_options.h"

namespace karvan::cli {

struct ShipmentRow {
  std::string id;  // of its column; else the number of the row, from 1
  int line = 0;    // in the file
  PlanArgs args;
  std::vector<std::pair<std::string, std::string>> cells;  // column and value, for complaints
  bool is_faulty = false;                                  // complained about already
};

// A table that cannot be read at all (no such file, no header, unknown columns) gives no rows.
std::vector<ShipmentRow> read_shipments(const std::string& file,
                                        const PlanArgs& otherwise,
                                        Complaints& complaints);

// The whole file, of standard input if it is "-".
Result<std::string> read_text(const std::string& file);

// "--from" is about the column "from".
Complaint complaint_of(const ShipmentRow& row, const std::string& file, const Error& error);

}  // namespace karvan::cli
