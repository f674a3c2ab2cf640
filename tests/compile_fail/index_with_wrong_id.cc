// A table opens only to the ids of its own rows.
#include "karvan/base/table.h"

struct Place {};
struct Link {};

int main() {
  karvan::Column<Place, int> dwell;
  const karvan::Id<Place> place = dwell.push_back(7);
#ifdef FAILING_CODE
  const karvan::Id<Link> key{place.index()};
#else
  const karvan::Id<Place> key{place.index()};
#endif
  return dwell[key] == 7 ? 0 : 1;
}
