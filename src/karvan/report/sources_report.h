#pragma once
// Sources report: from any number to where it comes from, and back.

#include <string>
#include <vector>

#include "karvan/report/catalog.h"
#include "karvan/report/style.h"

namespace karvan::report {

// Rows by table and confidence, with a total; rows without a source are counted too.
Sheet confidence_sheet(const Catalog& catalog);

// All sources with the number of rows that rest on them.
Sheet sources_sheet(const Catalog& catalog);

// Every assumed row with its note; only of this table if one is given.
Sheet assumed_sheet(const Catalog& catalog, std::string_view table = {});

// The way from rows (same id, perhaps of several tables) to their sources: a row for each pair.
Sheet trace_sheet(const Catalog& catalog, const std::vector<RowAt>& rows);
std::string trace_text(const Catalog& catalog, const std::vector<RowAt>& rows, const Style& style);

// A source, and what rests on it: a row of the sheet for each table.
Sheet uses_sheet(const Catalog& catalog, std::string_view source_id);
std::string uses_text(const Catalog& catalog, const RowAt& source, const Style& style);

}  // namespace karvan::report
