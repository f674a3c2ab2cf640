#include "karvan/testing/planned.h"

#include "karvan/choice/alternatives.h"

namespace karvan::testing {

simulate::Alternator planned_alternatives(const World& world) {
  return choice::alternatives_from(world);
}

}  // namespace karvan::testing
