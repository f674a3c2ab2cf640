#include "karvan/timetable/detail/karvan_columns.h"

#include <cstddef>

namespace karvan::timetable::detail {

load::References references_of(const load::TableTexts& tables) {
  load::References references;
  for (std::size_t i = 0; i < load::kTableCount; ++i) {
    const load::TableText& table = tables.at(i);
    references[i].name = table.spec().name;
    for (std::size_t row = 0; row < table.size(); ++row)
      references[i].codes.insert(table[row][0], row);
  }
  return references;
}

}  // namespace karvan::timetable::detail
