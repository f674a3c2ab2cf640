#include "assumed_json.h"

#include <utility>

#include "karvan/base/json.h"

namespace karvan::browser {

std::string assumed_json(std::span<const load::AssumedGroup> groups) {
  JsonWriter json;
  json.object().key("ok").boolean(true);
  json.list("groups", groups, [&json](const load::AssumedGroup& group) {
    json.object()
        .text("name", group.name)
        .text("table", group.table)
        .integer("rows", static_cast<long long>(group.ids.size()));
    json.list("cells", group.cells, [&json](const std::string& cells) { json.text(cells); });
    json.list("notes", group.notes,
              [&json](const load::AssumedNote& note) { json.text(note.text); });
    json.end();
  });
  return std::move(json).finish();
}

}  // namespace karvan::browser
