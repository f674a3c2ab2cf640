#pragma once
// Lists of objects in a body, turned into the CSV that the command reads from a file, so that both
// are read by the same code.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"

#include "json_gate.h"

namespace karvan::server {

struct RowMember {
  std::string_view name;
  bool is_needed = true;
  bool is_number = false;  // needed; 0 to 1e9
};

// Empty if there are none. Members are columns; faults name list, row and member.
std::string rows_as_csv(BodyReader& reader,
                        std::string_view list,
                        std::size_t most,
                        std::span<const RowMember> members,
                        std::vector<Fault>& faults);

// What was found wrong with such a CSV, as faults of the body.
void add_faults(std::string_view list, const Complaints& complaints, std::vector<Fault>& faults);

}  // namespace karvan::server
