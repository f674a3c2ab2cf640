#include "cases.h"

#include <algorithm>

#include "../cli/catalog_of.h"
#include "content_hash.h"

namespace karvan::server {
namespace {

constexpr std::string_view kBase = "base";

std::string hash_of(std::string_view data_hash, const std::optional<load::Scenario>& scenario) {
  ContentHash hash;
  hash.add(data_hash);
  if (!scenario) return hash.text();
  hash.add(scenario->info.name);  // answers tell it
  for (const load::CellChange& change : scenario->changes) {
    hash.add(std::to_string(static_cast<int>(change.kind)));
    for (const std::string* part : {&change.table, &change.id, &change.column, &change.to})
      hash.add(*part);
  }
  return hash.text();
}

std::string hash_of(const load::Files& files) {
  ContentHash hash;
  for (const auto& [name, text] : files) {
    if (name.starts_with("scenarios/")) continue;  // their changes are hashed where they count
    hash.add(name);
    hash.add(text);
  }
  return hash.text();
}

}  // namespace

std::string scenario_file(std::string_view name) {
  return "scenarios/" + std::string{name} + ".toml";
}

Case::Case(const load::Loaded& loaded,
           std::string_view data_hash,
           std::optional<load::Scenario> over)
    : loaded_{loaded}, scenario_{std::move(over)}, hash_{hash_of(data_hash, scenario_)} {}

const report::Catalog& Case::catalog() const {
  std::call_once(catalog_once_, [this] { catalog_ = cli::catalog_of(loaded_, scenario()); });
  return catalog_;
}

const plan::Planner& Case::planner() const {
  std::call_once(planner_once_, [this] { planner_.emplace(world()); });
  return *planner_;
}

Cases::Cases(std::unique_ptr<cli::Session> session, Store& store)
    : session_{std::move(session)}, store_{store}, data_hash_{hash_of(session_->files)} {}

Result<std::unique_ptr<Cases>> Cases::open(std::unique_ptr<cli::Session> session, Store& store) {
  std::unique_ptr<Cases> cases{new Cases{std::move(session), store}};
  auto saved = store.scenarios();
  if (!saved) return saved.error();
  load::Files texts;
  for (const auto& [file, text] : cases->session_->files)
    if (file.starts_with("scenarios/")) texts.emplace(file, text);
  // A scenario that the data have got meanwhile goes before a saved one of its name.
  for (const auto& [name, toml] : *saved)
    texts.emplace(scenario_file(name), toml);
  cases->replace_texts(std::move(texts));
  return cases;
}

void Cases::replace_texts(load::Files texts) {
  auto fresh = std::make_shared<const load::Files>(std::move(texts));
  const std::scoped_lock lock{mutex_};
  texts_ = std::move(fresh);
  // Children of what changed have changed too.
  std::erase_if(kept_, [](const auto& one) { return one.first != kBase; });
}

std::shared_ptr<const load::Files> Cases::texts() const {
  const std::scoped_lock lock{mutex_};
  return texts_;
}

bool Cases::is_of_data(std::string_view name) const {
  return session_->files.contains(scenario_file(name));
}

std::shared_ptr<const Case> Cases::kept(const std::string& key) {
  const std::scoped_lock lock{mutex_};
  const auto known = std::ranges::find(kept_, key, [](const auto& one) { return one.first; });
  if (known == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, known);
  return kept_.front().second;
}

std::shared_ptr<const Case> Cases::keep(const std::string& key,
                                        const std::shared_ptr<const load::Files>& texts,
                                        std::shared_ptr<const Case> made) {
  const std::scoped_lock lock{mutex_};
  if (texts != texts_) return made;  // right when it was asked; nothing to keep
  const auto other = std::ranges::find(kept_, key, [](const auto& one) { return one.first; });
  if (other != kept_.end()) return other->second;
  kept_.emplace_front(key, made);
  if (kept_.size() > kMostKept) kept_.pop_back();
  return made;
}

Result<std::shared_ptr<const Case>> Cases::find(std::string_view scenario) {
  const std::string name{scenario.empty() ? kBase : scenario};
  if (auto known = kept(name)) return known;
  const std::shared_ptr<const load::Files> texts = this->texts();
  std::optional<load::Scenario> over;
  if (name != kBase) {
    if (name.size() > load::kLongestCode)
      return Error{.kind = ErrorKind::kNotFound, .message = "no scenario has so long a name"};
    if (const Status known = cli::check_scenario(*texts, name); !known) return known.error();
    Complaints complaints;
    over = load::load_scenario(session_->loaded, *texts, name, complaints);
    if (!over)
      return Error{.kind = ErrorKind::kInvalid,
                   .message = "scenario " + name + " does not fit the data: " +
                              (complaints.empty() ? std::string{} : to_text(*complaints.begin()))};
  }
  return keep(name, texts,
              std::make_shared<const Case>(session_->loaded, data_hash_, std::move(over)));
}

std::shared_ptr<const Case> Cases::find_booked(std::string_view scenario,
                                               const std::string& booked,
                                               Complaints& complaints) {
  const std::string name{scenario.empty() ? kBase : scenario};
  const std::string key = name + "\n" + booked;
  if (auto known = kept(key)) return known;
  const std::shared_ptr<const load::Files> texts = this->texts();
  std::optional<load::Scenario> over = load::load_booked(
      session_->loaded, *texts, name, {.file = "booked", .text = booked}, complaints);
  if (!over) return nullptr;
  return keep(key, texts,
              std::make_shared<const Case>(session_->loaded, data_hash_, std::move(over)));
}

std::optional<load::Scenario> Cases::check(const std::string& name,
                                           const std::string& toml,
                                           Complaints& complaints) const {
  load::Files with = *texts();
  with.insert_or_assign(scenario_file(name), toml);
  return load::load_scenario(session_->loaded, with, name, complaints);
}

Status Cases::save(const std::string& name, const std::string& toml) {
  if (const Status saved = store_.save_scenario(name, toml); !saved) return saved;
  load::Files with = *texts();
  with.insert_or_assign(scenario_file(name), toml);
  replace_texts(std::move(with));
  return Done{};
}

Status Cases::remove(const std::string& name) {
  if (const Status removed = store_.delete_scenario(name); !removed) return removed;
  load::Files without = *texts();
  without.erase(scenario_file(name));
  replace_texts(std::move(without));
  return Done{};
}

}  // namespace karvan::server
