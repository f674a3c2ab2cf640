#pragma once
// The verb that starts the server, for main.cc's list.

#include "../cli/verb.h"

namespace karvan::server {

cli::Verb add_serve(CLI::App& parent);

}  // namespace karvan::server
