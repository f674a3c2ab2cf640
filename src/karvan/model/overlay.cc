#include "karvan/model/overlay.h"

namespace karvan {

Overlay::Overlay() = default;
Overlay::Overlay(const Overlay& other) = default;
Overlay::Overlay(Overlay&& other) noexcept = default;
Overlay& Overlay::operator=(const Overlay& other) = default;
Overlay& Overlay::operator=(Overlay&& other) noexcept = default;
Overlay::~Overlay() = default;

}  // namespace karvan
