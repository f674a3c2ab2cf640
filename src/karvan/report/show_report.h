#pragma once
// Show report: the tables of a corridor, one table, or one row with all it says: every field, its
// sources and confidence, what refers to it, and for places, services and regimes what follows from
// several tables together.

#include <string>

#include "karvan/model/world.h"
#include "karvan/report/catalog.h"
#include "karvan/report/style.h"

namespace karvan::report {

// Names, row counts and descriptions of all tables.
Sheet tables_sheet(const Catalog& catalog);

// The columns worth seeing at a glance: not the texts of documentation, not those that are empty
// in all rows.
Sheet glance_sheet(const CatalogTable& table, const std::vector<std::size_t>* rows = nullptr);

struct RowReport {
  const World& world;
  const Catalog& catalog;
  RowAt row;
  Date date{};  // on which memberships are looked at

  std::string text(const Style& style) const;
  std::string json() const;

 private:
  std::string fields(const Style& style) const;
  std::string sources(const Style& style) const;
  std::string related(const Style& style) const;
  std::string particulars(const Style& style) const;
};

}  // namespace karvan::report
