#pragma once
// The invariants of a whole corridor, with or without a scenario's overlay: what no single cell can
// show. Every row is looked at; nothing is changed.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "karvan/base/complaint.h"
#include "karvan/model/world.h"

namespace karvan {

// What is wrong with one row. `load` turns it into a complaint with file and line.
struct Finding {
  std::string_view table;  // "links"; "corridor" for the info
  std::size_t row = 0;     // the index of its id
  std::string code;        // its code
  std::string column;      // may be empty
  std::string value;
  std::string message;  // names the row where the value does not
  std::string hint;
  Severity severity = Severity::kError;
};

// In the order of tables and rows. Requires that every valid Id in the world exists in it.
std::vector<Finding> findings(const World& world);

// The same for those who have no files: the table stands for the file, the row's code goes before
// the message.
Complaints validate(const World& world);

}  // namespace karvan
