#pragma once
// Where answers and errors go. Nothing is half-written: a file appears whole or not at all.

#include <string>
#include <string_view>

#include "karvan/base/result.h"

namespace karvan::cli {

// To standard output, all of it.
Status write_out(std::string_view text);

// To a file: beside it first, then in its place in one step. Devices and pipes are written
// directly.
Status write_file(const std::string& path, std::string_view text);

// The whole of a file, at most 256 MB.
Result<std::string> read_file(const std::string& path);

// To standard error.
Status write_err(std::string_view text);

// A line on standard error, after "karvan: ".
void say(std::string_view text);
// The same for an error; returns Exit::kBadInput.
int fail(const Error& error);
// Writes an answer; returns `exit`, or Exit::kBadInput if it could not be written.
int finish(std::string_view text, int exit);

}  // namespace karvan::cli
