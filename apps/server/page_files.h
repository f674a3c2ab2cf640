#pragma once
// The page: the files of one folder, read once at the start. Only what was found then can be asked
// for, so no path leads out of the folder; links are not followed.

#include <map>
#include <string>

#include "karvan/base/result.h"

#include "http.h"

namespace karvan::server {

class PageFiles {
 public:
  PageFiles() = default;  // no page
  static Result<PageFiles> read(const std::string& folder);

  // "/" is index.html. Where FILE.gz lies beside a file, its bytes go to whoever takes gzip; each
  // of the two has a tag of its own.
  Response answer(const Request& request) const;
  std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> files_;  // "/assets/page.js" and its bytes
};

}  // namespace karvan::server
