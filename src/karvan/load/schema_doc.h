#pragma once
// The schema as documents, made from the tables' own descriptions: data/schema/README.md for
// people, data/schema/tables.json for programs.

#include <string>

namespace karvan::load {

std::string schema_markdown();

// {"tables": [{"name", "file", "description", "columns": [{"name", "type", "required", "doc", and
// where they apply "unit", "minimum", "maximum", "choices", "references"}]}]}
std::string schema_json();

}  // namespace karvan::load
