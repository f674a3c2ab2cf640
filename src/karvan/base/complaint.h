#pragma once
// Complaints: every fault of an input, each with its place, gathered so that the reader can mend
// all of them at once. Gates fill it; nothing here decides whether to go on.

#include <cstddef>
#include <string>
#include <vector>

namespace karvan {

enum class Severity { kError, kWarning };

struct Complaint {
  std::string file;
  int line = 0;         // 1 is the first; 0 if the complaint is about the whole file
  std::string column;   // name of the column or key, empty if none is to blame
  std::string value;    // what was read, empty if nothing was
  std::string message;  // what is wrong and what was expected: "is not a number; expected ..."
  std::string hint;     // a remedy, empty if we know none: "did you mean 'aktau'?"
  Severity severity = Severity::kError;
};

// "data/titr/links.csv:42: length_km: 'abc' is not a number; expected km above 0 (did you ...?)".
// Long values are cut and control characters replaced, so a complaint is always one line.
std::string to_text(const Complaint& complaint);

class Complaints {
 public:
  static constexpr std::size_t kMaxKept = 1000;  // further ones are counted, not kept

  void add(Complaint complaint);
  // Takes over all of another list, counts included.
  void add_all(const Complaints& others);
  // By file, then line; complaints about the same line stay in the order they came.
  void sort();

  // True if there are no errors; warnings do not spoil it.
  bool ok() const { return errors_ == 0; }
  bool empty() const { return size() == 0; }
  std::size_t size() const { return errors_ + warnings_; }  // all, kept or not
  std::size_t error_count() const { return errors_; }
  std::size_t warning_count() const { return warnings_; }
  std::size_t not_kept() const { return size() - kept_.size(); }

  // The kept ones.
  auto begin() const { return kept_.begin(); }
  auto end() const { return kept_.end(); }

 private:
  std::vector<Complaint> kept_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

}  // namespace karvan
