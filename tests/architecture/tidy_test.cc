// The house rules that no compiler checks: who may include whom, how long a file may be, what may
// not be written where. One pass over all files; messages like a compiler's.
//   tidy_test <root of the checkout> <house_plan.txt>   judges the house
//   tidy_test --self                                    judges itself on small made-up files

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLineMax = 100;
constexpr std::size_t kFileMax = 800;
constexpr std::size_t kReadmeMax = 60;

// Rooms that also compile to WebAssembly without exceptions, fmt and streams.
constexpr std::array<std::string_view, 8> kEngineRooms = {"base",  "geo",  "graph", "des",
                                                          "model", "cost", "plan",  "simulate"};

// Written in code of a room, any of these is wrong; the reason is what the message says.
struct Banned {
  std::string_view word;
  std::string_view reason;
};
constexpr std::array<Banned, 5> kBannedInRooms = {{
    {"std::unordered_map", "its order differs between libraries; use Column or std::map"},
    {"std::unordered_set", "its order differs between libraries; use Column or std::set"},
    {"rand(", "random numbers come from a RandomStream"},
    {"<iostream>", "rooms do not print; report and apps do"},
    {"using namespace std;", "names say where they come from"},
}};
constexpr std::array<Banned, 9> kBannedInEngine = {{
    {"throw", "engine rooms compile without exceptions; return a Result"},
    {"try", "engine rooms compile without exceptions; return a Result"},
    {"<fmt/", "engine rooms format nothing; report does"},
    {"fmt::", "engine rooms format nothing; report does"},
    {"<regex>", "engine rooms do without regular expressions"},
    {"<sstream>", "engine rooms do without streams"},
    {"<fstream>", "engine rooms read no files"},
    {"dynamic_cast", "engine rooms compile without run-time type information"},
    {"typeid", "engine rooms compile without run-time type information"},
}};

using Plan = std::map<std::string, std::set<std::string>>;  // room -> rooms it may include

struct File {
  std::string path;  // from the root, with '/'
  std::vector<std::string> lines;
};

struct Fault {
  std::string path;
  std::size_t line;
  std::string what;
};
using Faults = std::vector<Fault>;

// "src/karvan/plan/detail/bag.h" is in room "plan"; apps, tests, fuzz and bench are in none.
std::string room_of(std::string_view path) {
  constexpr std::string_view kRooms = "src/karvan/";
  if (!path.starts_with(kRooms)) return "";
  path.remove_prefix(kRooms.size());
  const std::size_t slash = path.find('/');
  return std::string{slash == std::string_view::npos ? "" : path.substr(0, slash)};
}

bool is_test(std::string_view path) {
  return path.ends_with("_test.cc") || path.starts_with("tests/") || path.starts_with("fuzz/") ||
         path.starts_with("bench/");
}

bool is_word_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// True if `word` stands in `code` with no letter glued to an end that is itself a letter.
bool has_word(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool glued_before = at > 0 && is_word_part(code[at - 1]) && is_word_part(word.front());
    const bool glued_after =
        end < code.size() && is_word_part(code[end]) && is_word_part(word.back());
    if (!glued_before && !glued_after) return true;
  }
  return false;
}

// The lines with comments and the insides of literals blanked, so that words in them do not count.
class CodeOnly {
 public:
  std::string strip(std::string_view line) {
    std::string code;
    for (std::size_t i = 0; i < line.size();)
      i = step(line, i, code);
    return code;
  }

 private:
  std::size_t step(std::string_view line, std::size_t i, std::string& code) {
    const std::string_view rest = line.substr(i);
    if (in_comment_ || !raw_end_.empty()) {
      const std::string_view end = in_comment_ ? std::string_view{"*/"} : raw_end_;
      const std::size_t at = rest.find(end);
      if (at == std::string_view::npos) return line.size();
      const std::size_t next = i + at + end.size();
      in_comment_ = false;
      raw_end_.clear();
      return next;
    }
    if (rest.starts_with("//")) return line.size();
    if (rest.starts_with("/*")) {
      in_comment_ = true;
      return i + 2;
    }
    const bool glued = i > 0 && is_word_part(line[i - 1]);
    if (rest.starts_with("R\"") && !glued) {
      const std::size_t open = rest.find('(');
      if (open == std::string_view::npos) return line.size();
      raw_end_ = ")" + std::string{rest.substr(2, open - 2)} + "\"";
      return i + open + 1;
    }
    const bool is_include = code.starts_with("#include");  // keep what is included
    if ((rest[0] == '"' && !is_include) || (rest[0] == '\'' && !glued)) {
      std::size_t end = i + 1;
      while (end < line.size() && line[end] != rest[0])
        end += line[end] == '\\' ? 2U : 1U;
      code += rest[0];
      code += rest[0];
      return end + 1;
    }
    code += rest[0];
    return i + 1;
  }

  bool in_comment_ = false;
  std::string raw_end_;
};

// "karvan/plan/bag.h" of an #include line of ours, empty for other lines.
std::string included(std::string_view code) {
  constexpr std::string_view kInclude = "#include \"";
  if (!code.starts_with(kInclude)) return "";
  code.remove_prefix(kInclude.size());
  return std::string{code.substr(0, code.find('"'))};
}

class Judge {
 public:
  Judge(const Plan& plan, Faults& faults) : plan_{plan}, faults_{faults} {}

  void judge(const File& file) {
    file_ = &file;
    room_ = room_of(file.path);
    if (!room_.empty() && !plan_.contains(room_)) {
      fail(1, "room '" + room_ + "' is not on the house plan (CMakeLists.txt)");
      return;
    }
    judge_size();
    judge_form();
    std::vector<std::string> code;
    code.reserve(file.lines.size());
    CodeOnly stripper;
    for (const std::string& line : file.lines)
      code.push_back(stripper.strip(line));
    for (std::size_t n = 1; n <= code.size(); ++n) {
      judge_marks(n);
      judge_include(n, included(code[n - 1]));
      judge_words(n, code[n - 1]);
    }
    if (!room_.empty()) judge_own_header(code);
  }

 private:
  void fail(std::size_t line, const std::string& what) {
    faults_.push_back({file_->path, line, what});
  }

  void judge_size() {
    for (std::size_t n = 1; n <= file_->lines.size(); ++n) {
      const std::string& line = file_->lines[n - 1];
      // Characters, not bytes: continuation bytes of UTF-8 do not count.
      const auto columns = std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
      });
      if (static_cast<std::size_t>(columns) > kLineMax) fail(n, "line longer than 100 columns");
    }
    if (file_->lines.size() > kFileMax) fail(kFileMax + 1, "file longer than 800 lines");
  }

  void judge_form() {
    const bool header = file_->path.ends_with(".h");
    const bool once = !file_->lines.empty() && file_->lines.front() == "#pragma once";
    if (header && !once) fail(1, "a header begins with '#pragma once'");
    if (header && once && (file_->lines.size() < 2 || !file_->lines[1].starts_with("//"))) {
      fail(2, "a header says in its first lines what it is and why it exists");
    }
  }

  // What comments must not leave behind.
  void judge_marks(std::size_t n) {
    const std::string& line = file_->lines[n - 1];
    // This file names the marks it looks for.
    if (file_->path == "tests/architecture/tidy_test.cc") return;
    for (const std::string_view mark : {"TODO", "FIXME"}) {
      if (has_word(line, mark) && line.find('#', line.find(mark)) == std::string::npos) {
        fail(n, std::string{mark} + " without the number of an issue, e.g. #12");
      }
    }
    const std::size_t off = line.find("NOLINT");
    if (off == std::string::npos || line.find("NOLINT"
                                              "END") != std::string::npos)
      return;
    const std::size_t open = line.find('(', off);
    const std::size_t close = line.find(')', off);
    if (open == std::string::npos || close == std::string::npos) {
      fail(n, "NOLINT names no check");
      return;
    }
    const bool reason_behind = close + 8 < line.size();
    const std::string_view above = n > 1 ? std::string_view{file_->lines[n - 2]} : "";
    const std::size_t text_above = above.find_first_not_of(' ');
    const bool reason_above =
        text_above != std::string_view::npos && above.substr(text_above).starts_with("//");
    if (!reason_behind && !reason_above) {
      fail(n, "NOLINT without a reason behind it or in a comment above");
    }
  }

  void judge_include(std::size_t n, const std::string& path) {
    if (path.empty()) return;
    if (!path.starts_with("karvan/")) {
      if (!room_.empty()) fail(n, "includes in rooms read \"karvan/<room>/<file>\"");
      return;
    }
    const std::string other = room_of("src/" + path);
    if (other == "testing" && room_ != "testing" && !is_test(file_->path)) {
      fail(n, "only tests, fuzzers and benchmarks include 'testing'");
      return;
    }
    if (other != room_ && path.find("/detail/") != std::string::npos && !is_test(file_->path)) {
      fail(n, "'detail/' of '" + other + "' is its own affair");
    }
    if (room_.empty() || other == room_ || plan_.at(room_).contains(other)) return;
    if (other == "testing" && is_test(file_->path)) return;
    fail(n, "'" + room_ + "' may not include '" + other + "' (house plan in CMakeLists.txt)");
  }

  void judge_words(std::size_t n, std::string_view code) {
    if (room_.empty()) return;
    for (const Banned& banned : kBannedInRooms)
      judge_word(n, code, banned);
    const bool engine =
        std::find(kEngineRooms.begin(), kEngineRooms.end(), room_) != kEngineRooms.end();
    if (!engine || is_test(file_->path)) return;
    for (const Banned& banned : kBannedInEngine)
      judge_word(n, code, banned);
  }

  void judge_word(std::size_t n, std::string_view code, const Banned& banned) {
    if (!has_word(code, banned.word)) return;
    fail(n, "'" + std::string{banned.word} + "': " + std::string{banned.reason});
  }

  // A source includes its own header first: that is how a header that needs others is noticed.
  void judge_own_header(const std::vector<std::string>& code) {
    if (!file_->path.ends_with(".cc") || is_test(file_->path)) return;
    std::string own = file_->path.substr(std::string_view{"src/"}.size());
    own.replace(own.size() - 2, 2, "h");
    if (!headers_.contains(own)) return;
    for (std::size_t n = 1; n <= code.size(); ++n) {
      if (!code[n - 1].starts_with("#include")) continue;
      if (included(code[n - 1]) != own) fail(n, "own header \"" + own + "\" comes first");
      return;
    }
  }

 public:
  // "karvan/plan/bag.h": headers known to exist.
  void know_header(const std::string& path) { headers_.insert(path.substr(4)); }

 private:
  const Plan& plan_;
  Faults& faults_;
  std::set<std::string> headers_;
  const File* file_ = nullptr;
  std::string room_;
};

// The name that a line declares at the edge of a namespace; empty for other lines.
std::string declared(std::string_view code) {
  if (code.empty() || std::isalpha(static_cast<unsigned char>(code[0])) == 0) return "";
  for (const std::string_view kind : {"struct ", "class ", "enum class ", "enum "}) {
    if (!code.starts_with(kind)) continue;
    code.remove_prefix(kind.size());
    if (code.ends_with(';') && code.find('{') == std::string_view::npos) return "";
    return std::string{code.substr(0, code.find_first_of(" :{"))};
  }
  for (const std::string_view none : {"template ", "namespace ", "using namespace "})
    if (code.starts_with(none)) return "";
  const std::string_view before = code.substr(0, code.find_first_of("(={[;"));
  const std::size_t last = before.find_last_not_of(' ');
  if (last == std::string_view::npos || last == code.size() - 1) return "";
  std::size_t first = last + 1;
  while (first > 0 && is_word_part(before[first - 1]))
    --first;
  // A macro's call begins the line; a member's definition names its class before.
  if (first == 0 || before[first - 1] == ':') return "";
  const std::string name{before.substr(first, last + 1 - first)};
  return name == "operator" ? "" : name;
}

// Some presets compile all files of a room, a door or a test program as one: there a second thing
// of the same name in an anonymous namespace would be an error, or silently the one that is called.
class NamesOnce {
 public:
  void read(const File& file) {
    std::string place = room_of(file.path);
    if (place.empty() && file.path.starts_with("apps/"))
      place = file.path.substr(0, file.path.find('/', std::string_view{"apps/"}.size()));
    if (place.empty()) return;
    if (file.path.ends_with("_test.cc")) place += " test";
    bool hidden = false;
    CodeOnly stripper;
    for (std::size_t n = 1; n <= file.lines.size(); ++n) {
      const std::string& line = file.lines[n - 1];
      if (line == "namespace {" || line == "}  // namespace") hidden = line.front() == 'n';
      const std::string name = declared(stripper.strip(line));
      if (!name.empty()) told_[{place, name}].push_back({file.path, n, hidden});
    }
  }

  void judge(Faults& faults) const {
    for (const auto& [key, list] : told_) {
      for (const Told& one : list) {
        const auto is_other = [&](const Told& other) { return stem(other) != stem(one); };
        const auto other = std::ranges::find_if(list, is_other);
        if (!one.is_hidden || other == list.end()) continue;
        faults.push_back({one.path, one.line,
                          "'" + key.second + "' is a name in " + other->path +
                              " too; a room has a "
                              "name once, also in anonymous namespaces"});
      }
    }
  }

 private:
  struct Told {
    std::string path;
    std::size_t line;
    bool is_hidden;
  };
  static std::string stem(const Told& told) { return told.path.substr(0, told.path.rfind('.')); }

  std::map<std::pair<std::string, std::string>, std::vector<Told>> told_;
};

Faults judge_files(const Plan& plan, const std::vector<File>& files) {
  Faults faults;
  Judge judge{plan, faults};
  for (const File& file : files) {
    if (file.path.starts_with("src/") && file.path.ends_with(".h")) judge.know_header(file.path);
  }
  for (const File& file : files)
    judge.judge(file);
  NamesOnce names;
  for (const File& file : files)
    names.read(file);
  names.judge(faults);
  return faults;
}

Plan parse_plan(std::istream& in) {
  Plan plan;
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    auto& rooms = plan[line.substr(0, colon)];
    std::istringstream deps{line.substr(colon + 1)};
    for (std::string dep; std::getline(deps, dep, ';');) {
      if (!dep.empty()) rooms.insert(dep);
    }
  }
  return plan;
}

File read_file(const fs::path& root, const fs::path& path) {
  File file{fs::relative(path, root).generic_string(), {}};
  std::ifstream in{path};
  for (std::string line; std::getline(in, line);)
    file.lines.push_back(line);
  return file;
}

std::vector<File> read_house(const fs::path& root) {
  std::vector<File> files;
  for (const char* top : {"src", "apps", "tests", "fuzz", "bench", "python"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator{root / top}) {
      const fs::path ext = entry.path().extension();
      if (ext == ".h" || ext == ".cc") files.push_back(read_file(root, entry.path()));
    }
  }
  std::ranges::sort(files, {}, &File::path);
  return files;
}

// Every room with code has a README.md of at most 60 lines.
void judge_readmes(const fs::path& root, const std::vector<File>& files, Faults& faults) {
  std::set<std::string> rooms;
  for (const File& file : files)
    rooms.insert(room_of(file.path));
  rooms.erase("");
  for (const std::string& room : rooms) {
    const fs::path readme = root / "src" / "karvan" / room / "README.md";
    const std::string path = "src/karvan/" + room + "/README.md";
    if (!fs::exists(readme)) {
      faults.push_back({path, 1, "every room has a README.md, its reading map"});
    } else if (read_file(root, readme).lines.size() > kReadmeMax) {
      faults.push_back({path, kReadmeMax + 1, "a room's README.md has at most 60 lines"});
    }
  }
}

int report(const Faults& faults, std::size_t files) {
  std::set<std::string> failed;
  for (const Fault& fault : faults) {
    std::cerr << fault.path << ":" << fault.line << ": " << fault.what << "\n";
    failed.insert(fault.path);
  }
  std::cout << files - std::min(files, failed.size()) << " passed, " << failed.size()
            << " failed\n";
  return faults.empty() ? 0 : 1;
}

int judge_house(const fs::path& root, const fs::path& plan_path) {
  std::ifstream in{plan_path};
  const Plan plan = parse_plan(in);
  if (plan.empty()) {
    std::cerr << plan_path.string() << ":1: no house plan here\n";
    return 2;
  }
  const std::vector<File> files = read_house(root);
  Faults faults = judge_files(plan, files);
  judge_readmes(root, files, faults);
  return report(faults, files.size());
}

// ---- the self-test: each case is a file and a part of the message it must earn ("" for none)

struct Case {
  std::string path;
  std::vector<std::string> lines;
  std::string_view message;
};

std::vector<Case> cases() {
  const std::string base = "src/karvan/base/a.cc";
  const std::string load = "src/karvan/load/a.cc";
  return {
      {base, {"int x = 1;"}, ""},
      {base, {"#include \"karvan/load/csv.h\""}, "may not include 'load'"},
      {load, {"#include \"karvan/base/text.h\""}, ""},
      {load, {"#include \"karvan/base/detail/x.h\""}, "is its own affair"},
      {load, {"#include \"karvan/testing/tiny.h\""}, "only tests"},
      {"src/karvan/load/a_test.cc", {"#include \"karvan/testing/tiny.h\""}, ""},
      {load, {"#include \"csv.h\""}, "karvan/<room>/<file>"},
      {"src/karvan/attic/a.cc", {""}, "not on the house plan"},
      {base, {std::string(101, 'x')}, "longer than 100"},
      {base, std::vector<std::string>(801, ""), "longer than 800"},
      {"src/karvan/base/a.h", {"int x;"}, "pragma once"},
      {"src/karvan/base/a.h", {"#pragma once", "int x;"}, "what it is"},
      {base, {"// TODO tidy up"}, "without the number"},
      {base, {"// TODO(#12) tidy up"}, ""},
      {base, {"int x;  // NOLINT"}, "names no check"},
      {base, {"int x;  // NOLINT(bugprone-x)"}, "without a reason"},
      {base, {"int x;  // NOLINT(bugprone-x): the standard asks for it"}, ""},
      {base, {"std::unordered_map<int, int> m;"}, "its order differs"},
      {base, {"int x = rand();"}, "RandomStream"},
      {base, {"int x = grand();"}, ""},
      {load, {"#include <iostream>"}, "do not print"},
      {base, {"throw 1;"}, "without exceptions"},
      {load, {"throw 1;"}, ""},
      {base, {"// never throw", "const char* s = \"throw\";"}, ""},
      {base, {"/* throw", "throw */ int x;"}, ""},
      {base, {"const char* s = R\"(", "throw )\";"}, ""},
      {base, {"int t = 1'000; throw t;"}, "without exceptions"},
      {base, {"int retry = 1;"}, ""},
      {"src/karvan/base/b.cc", {"#include <vector>", "#include \"karvan/base/b.h\""}, "first"},
      {"src/karvan/base/b.cc", {"#include \"karvan/base/b.h\"", "#include <vector>"}, ""},
      {base, {"namespace {", "int twice(long x) {", "}", "}  // namespace"}, "a name in"},
      {base, {"namespace {", "struct twice {", "};", "}  // namespace"}, "a name in"},
      {base, {"namespace {", "constexpr int twice = 2;", "}  // namespace"}, "a name in"},
      {base, {"namespace {", "int thrice(int x) { return twice(x) + x; }", "}  // namespace"}, ""},
      {base, {"int twice(long x) {", "}"}, ""},
      {load, {"namespace {", "int twice(long x) {", "}", "}  // namespace"}, ""},
      {"apps/cli/main.cc", {"#include <iostream>"}, ""},
      {"apps/cli/main.cc", {"#include \"karvan/testing/tiny.h\""}, "only tests"},
  };
}

int judge_self() {
  std::istringstream text{"base:\nload:base\ntesting:base;load\n"};
  const Plan plan = parse_plan(text);
  int passed = 0;
  int failed = 0;
  for (const Case& c : cases()) {
    const File header{"src/karvan/base/b.h", {"#pragma once", "// A header.", "int twice(int x);"}};
    const Faults faults = judge_files(plan, {header, {c.path, c.lines}});
    const bool as_wanted =
        c.message.empty()
            ? faults.empty()
            : faults.size() == 1 && faults[0].what.find(c.message) != std::string::npos;
    ++(as_wanted ? passed : failed);
    if (as_wanted) continue;
    std::cerr << "case '" << c.path << "' '" << c.lines.front() << "' wanted '" << c.message
              << "', got " << faults.size() << " complaints\n";
    for (const Fault& fault : faults)
      std::cerr << "  " << fault.what << "\n";
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args{argv + 1, argv + argc};
  if (args.size() == 1 && args[0] == "--self") return judge_self();
  if (args.size() == 2) return judge_house(args[0], args[1]);
  std::cerr << "usage: tidy_test <root> <house_plan.txt> | tidy_test --self\n";
  return 2;
}
