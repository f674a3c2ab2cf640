#pragma once
// Told to the page while a long call runs.

namespace karvan::browser {

// So many ways were asked for. Imported from the page as karvan.progress.
[[clang::import_module("karvan"), clang::import_name("progress")]] void tell_progress(int asked);

}  // namespace karvan::browser
