#include "store.h"

#include <array>
#include <mutex>

#include <sqlite3.h>

namespace karvan::server {
namespace {

constexpr int kApplication = 0x4b52564e;  // "KRVN"
constexpr int kSchemaVersion = 1;

Error error_of(sqlite3* database, std::string_view doing) {
  return {.kind = ErrorKind::kUnavailable,
          .message = "the store cannot " + std::string{doing} + ": " + sqlite3_errmsg(database)};
}

struct Closer {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// One statement, from its text to its rows.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql) : database_{database} {
    sqlite3_stmt* made = nullptr;
    code_ = sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &made, nullptr);
    statement_.reset(made);
  }

  // The texts must live until the last step.
  Statement& bind(int at, std::string_view text, bool is_blob = false) {
    if (code_ != SQLITE_OK) return *this;
    const auto size = static_cast<sqlite3_uint64>(text.size());
    code_ = is_blob ? sqlite3_bind_blob64(statement_.get(), at, text.data(), size, SQLITE_STATIC)
                    : sqlite3_bind_text64(statement_.get(), at, text.data(), size, SQLITE_STATIC,
                                          SQLITE_UTF8);
    return *this;
  }

  // Whether there is a row more; an error if it cannot be known.
  Result<bool> step(std::string_view doing) {
    if (code_ == SQLITE_OK) code_ = sqlite3_step(statement_.get());
    if (code_ == SQLITE_ROW) {
      code_ = SQLITE_OK;
      return true;
    }
    if (code_ == SQLITE_DONE) return false;
    return error_of(database_, doing);
  }

  std::string text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr
               ? std::string{}
               : std::string{static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

 private:
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Closer> statement_;
  int code_ = SQLITE_OK;
};

}  // namespace

struct Store::Database {
  std::unique_ptr<sqlite3, Closer> file;
  std::mutex mutex;

  Result<std::int64_t> number(std::string_view sql) {
    Statement statement{file.get(), sql};
    const Result<bool> row = statement.step("be read");
    if (!row) return row.error();
    return *row ? statement.integer(0) : 0;
  }

  Status run(std::string_view sql,
             std::string_view doing,
             std::initializer_list<std::string_view> values = {}) {
    Statement statement{file.get(), sql};
    int at = 0;
    for (const std::string_view value : values)
      statement.bind(++at, value);
    const Result<bool> done = statement.step(doing);
    return done ? Status{Done{}} : Status{done.error()};
  }

  // A new file gets its tables; one of something else, or of a later Karvan, is left alone.
  Status prepare(std::uint64_t most_bytes) {
    const Result<std::int64_t> application = number("PRAGMA application_id");
    if (!application) return application.error();
    const Result<std::int64_t> version = number("PRAGMA user_version");
    if (!version) return version.error();
    const Result<std::int64_t> tables = number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error();
    const bool is_new = *tables == 0 && *application == 0;
    if (!is_new && (*application != kApplication || *version != kSchemaVersion))
      return Error{.kind = ErrorKind::kUnsupported,
                   .message = "the file is no store of this version of karvan"};
    const Result<std::int64_t> page = number("PRAGMA page_size");
    if (!page) return page.error();
    const std::string most =
        "PRAGMA max_page_count = " + std::to_string(most_bytes / static_cast<std::uint64_t>(*page));
    std::vector<std::string> steps{"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", most};
    if (is_new) {
      steps.insert(steps.end(),
                   {"BEGIN IMMEDIATE",
                    "CREATE TABLE scenarios (name TEXT PRIMARY KEY, toml TEXT NOT NULL) STRICT",
                    "CREATE TABLE answers (key TEXT PRIMARY KEY, kind TEXT NOT NULL, "
                    "question TEXT NOT NULL, body BLOB NOT NULL, log BLOB NOT NULL) STRICT",
                    "PRAGMA application_id = " + std::to_string(kApplication),
                    "PRAGMA user_version = " + std::to_string(kSchemaVersion), "COMMIT"});
    }
    for (const std::string& sql : steps) {
      if (const Status done = run(sql, "be prepared"); !done) return done;
    }
    return Done{};
  }
};

Store::Store(std::unique_ptr<Database> database) : database_{std::move(database)} {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::string& path, std::uint64_t most_bytes) {
  auto database = std::make_unique<Database>();
  sqlite3* file = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &file,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database->file.reset(file);
  Error error{.kind = ErrorKind::kUnavailable, .message = {}, .where = path};
  if (code != SQLITE_OK) {
    error.message = file == nullptr ? "no memory for the store" : error_of(file, "open").message;
    return error;
  }
  sqlite3_busy_timeout(file, 5000);
  if (const Status prepared = database->prepare(most_bytes); !prepared) {
    error.message = prepared.error().message;
    return error;
  }
  return std::unique_ptr<Store>{new Store{std::move(database)}};
}

Result<std::vector<std::pair<std::string, std::string>>> Store::scenarios() {
  const std::scoped_lock lock{database_->mutex};
  Statement statement{database_->file.get(), "SELECT name, toml FROM scenarios ORDER BY name"};
  std::vector<std::pair<std::string, std::string>> all;
  while (true) {
    const Result<bool> row = statement.step("list scenarios");
    if (!row) return row.error();
    if (!*row) return all;
    all.emplace_back(statement.text(0), statement.text(1));
  }
}

Status Store::save_scenario(const std::string& name, const std::string& toml) {
  const std::scoped_lock lock{database_->mutex};
  return database_->run(
      "INSERT INTO scenarios (name, toml) VALUES (?, ?) "
      "ON CONFLICT (name) DO UPDATE SET toml = excluded.toml",
      "save the scenario", {name, toml});
}

Status Store::delete_scenario(const std::string& name) {
  const std::scoped_lock lock{database_->mutex};
  return database_->run("DELETE FROM scenarios WHERE name = ?", "delete the scenario", {name});
}

Status Store::save_answer(const std::string& key, const StoredAnswer& answer) {
  const std::scoped_lock lock{database_->mutex};
  Statement statement{database_->file.get(),
                      "INSERT INTO answers (key, kind, question, body, log) VALUES (?, ?, ?, ?, ?) "
                      "ON CONFLICT (key) DO NOTHING"};
  // An empty text has no address to bind as a blob.
  const std::string_view log = answer.log.empty() ? std::string_view{""} : answer.log;
  statement.bind(1, key)
      .bind(2, answer.kind)
      .bind(3, answer.question)
      .bind(4, answer.body, true)
      .bind(5, log, true);
  const Result<bool> done = statement.step("save the answer");
  return done ? Status{Done{}} : Status{done.error()};
}

Result<std::optional<StoredAnswer>> Store::answer(const std::string& key) {
  const std::scoped_lock lock{database_->mutex};
  Statement statement{database_->file.get(),
                      "SELECT kind, question, body FROM answers WHERE key = ?"};
  const Result<bool> row = statement.bind(1, key).step("find the answer");
  if (!row) return row.error();
  if (!*row) return std::optional<StoredAnswer>{};
  return std::optional{StoredAnswer{.kind = statement.text(0),
                                    .question = statement.text(1),
                                    .body = statement.text(2),
                                    .log = {}}};
}

Result<std::optional<std::string>> Store::log(const std::string& key) {
  const std::scoped_lock lock{database_->mutex};
  Statement statement{database_->file.get(), "SELECT log FROM answers WHERE key = ?"};
  const Result<bool> row = statement.bind(1, key).step("find the log");
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>{};
  return std::optional{statement.text(0)};
}

}  // namespace karvan::server
