#include "karvan/plan/handle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "karvan/base/hash.h"
#include "karvan/base/text.h"
#include "karvan/plan/plan.h"

namespace karvan::plan {
namespace {

constexpr std::string_view kVersion = "k1";
constexpr std::size_t kLengthMax = 16'384;  // of a handle; the longest we make has some thousands
constexpr std::size_t kCheckBytes = 4;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// --- base64url ---

std::string to_base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = held << 8U | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6)
      text += kDigits[held >> static_cast<unsigned>(bits - 6) & 63U];
  }
  if (bits > 0) text += kDigits[held << static_cast<unsigned>(6 - bits) & 63U];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    held = held << 6U | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> static_cast<unsigned>(bits) & 255U);
  }
  // One spelling only: what is left over must be less than a digit, and zero.
  if (bits >= 6 || (held & ((1U << static_cast<unsigned>(bits)) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::string check_of(std::string_view payload) {
  const std::uint64_t hash = mix64(hash_bytes(payload));
  std::string bytes;
  for (unsigned i = 0; i < kCheckBytes; ++i)
    bytes += static_cast<char>(hash >> (8 * i) & 255U);
  return bytes;
}

// --- fields ---

enum class Tag : unsigned char {
  kFrom = 1,
  kTo,
  kGoods,
  kQuantity,
  kUnit,
  kLoadUnit,
  kDepart,
  kDaysMax,
  kLegsMax,
  kIgnoreRisk,
  kRefuseMode,
  kRefuseCountry,
  kRefusePlace,
  kRefuseOperator,
  kRefuseService,
  kRefuseRisk,
  kLegService,  // begins a leg
  kLegFrom,
  kLegTo,
  kLegUnit,
  kLegDepart,
  kArrive,
  kCost,
  kCo2e,
  kDeadline,
  kSavesStorage,
  kAsPlanned,
  kArriveBy,
  kWindow,      // minutes
  kWindowStep,  // minutes
  kRefuseRegime,
  kOnlyMode,
  kOnlyCountry,
  kOnlyOperator,
  kOnlyService,
  kRequireMode,
  kRequireCountry,
  kRequireOperator,
  kRequireService,
  kVia,
  kTransshipmentsMax,
  kBudget,     // cents
  kTolerance,  // hundredths of a percent
  kPapersFrom,
  kHiredFrom,
};

class HandleWriter {
 public:
  explicit HandleWriter(const World& world) : world_{world} {}

  void text(Tag tag, std::string_view value) {
    payload_ += static_cast<char>(tag);
    count(value.size());
    payload_ += value;
  }
  // Of either sign and below 2^62, in as few bytes as it takes.
  void number(Tag tag, std::int64_t value) {
    const auto twice = static_cast<std::uint64_t>(value) << 1U;
    std::uint64_t rest = value < 0 ? ~twice : twice;
    std::string bytes;
    do {
      bytes += static_cast<char>(rest & 255U);
      rest >>= 8U;
    } while (rest != 0);
    text(tag, bytes);
  }
  void real(Tag tag, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i)
      bytes += static_cast<char>(bits >> (8 * i) & 255U);
    text(tag, bytes);
  }
  void minutes(Tag tag, Instant instant) { number(tag, instant.time_since_epoch().count()); }
  template <class Row>
  void code(Tag tag, Id<Row> id) {
    if (id.valid()) text(tag, world_[id].code);
  }
  template <class Row>
  void codes(Tag tag, const std::vector<Id<Row>>& ids) {
    for (const Id<Row> id : ids)
      code(tag, id);
  }
  template <HasEnumTexts E>
  void words(Tag tag, const std::vector<E>& choices) {
    for (const E choice : choices)
      text(tag, to_text(choice));
  }

  std::string finish() && {
    return std::string{kVersion} + to_base64url(payload_ + check_of(payload_));
  }

 private:
  void count(std::size_t n) {
    for (; n >= 128; n >>= 7U)
      payload_ += static_cast<char>((n & 127U) | 128U);
    payload_ += static_cast<char>(n);
  }

  const World& world_;
  std::string payload_;
};

// What is asked of the whole way.
void write_way(const Question& question, HandleWriter& out) {
  out.words(Tag::kOnlyMode, question.only.modes);
  out.codes(Tag::kOnlyCountry, question.only.countries);
  out.codes(Tag::kOnlyOperator, question.only.operators);
  out.codes(Tag::kOnlyService, question.only.services);
  out.words(Tag::kRequireMode, question.require.modes);
  out.codes(Tag::kRequireCountry, question.require.countries);
  out.codes(Tag::kRequireOperator, question.require.operators);
  out.codes(Tag::kRequireService, question.require.services);
  out.codes(Tag::kVia, question.via);
  if (question.transshipments_max)
    out.number(Tag::kTransshipmentsMax, *question.transshipments_max);
  if (question.papers_from) out.minutes(Tag::kPapersFrom, *question.papers_from);
  if (question.budget) out.number(Tag::kBudget, std::llround(question.budget->value() * 100));
  if (question.tolerance > 0)
    out.number(Tag::kTolerance, std::llround(question.tolerance * 10'000));
}

void write(const Question& question, HandleWriter& out) {
  out.code(Tag::kFrom, question.from);
  out.code(Tag::kTo, question.to);
  out.code(Tag::kGoods, question.shipment.goods);
  out.real(Tag::kQuantity, question.shipment.quantity);
  out.number(Tag::kUnit, static_cast<std::int64_t>(question.shipment.unit));
  out.code(Tag::kLoadUnit, question.shipment.load_unit);
  out.code(Tag::kHiredFrom, question.shipment.hired_from);
  out.minutes(Tag::kDepart, question.depart);
  out.number(Tag::kDaysMax, question.days_max);
  out.number(Tag::kLegsMax, question.legs_max);
  if (!question.keep_safer_options) out.number(Tag::kIgnoreRisk, 1);
  if (question.deadline) out.minutes(Tag::kDeadline, *question.deadline);
  if (question.saves_storage) out.number(Tag::kSavesStorage, 1);
  if (!question.weighs_risk) out.number(Tag::kAsPlanned, 1);
  if (question.arrive_by) out.minutes(Tag::kArriveBy, *question.arrive_by);
  if (question.window > Duration::zero()) {
    out.number(Tag::kWindow, question.window / std::chrono::minutes{1});
    out.number(Tag::kWindowStep, question.window_step / std::chrono::minutes{1});
  }
  const Refusals& refuse = question.refuse;
  out.words(Tag::kRefuseMode, refuse.modes);
  out.codes(Tag::kRefuseCountry, refuse.countries);
  out.codes(Tag::kRefusePlace, refuse.places);
  out.codes(Tag::kRefuseOperator, refuse.operators);
  out.codes(Tag::kRefuseService, refuse.services);
  out.words(Tag::kRefuseRisk, refuse.risks);
  out.codes(Tag::kRefuseRegime, refuse.regimes);
  write_way(question, out);
}

Error refused(std::string message) {
  return {.kind = ErrorKind::kMalformed, .message = std::move(message)};
}

// Reads field after field into a handle; the first fault ends it.
class Reader {
 public:
  Reader(const World& world, std::string_view payload) : world_{world}, rest_{payload} {}

  Result<Handle> read() {
    while (!rest_.empty() && !fault_) {
      const auto tag = static_cast<Tag>(rest_.front());
      rest_.remove_prefix(1);
      const std::optional<std::size_t> length = count();
      if (!length || *length > rest_.size()) return refused("the handle is damaged");
      take(tag, rest_.substr(0, *length));
      rest_.remove_prefix(*length);
    }
    if (fault_) return *fault_;
    if (const Status whole = judge(); !whole) return whole.error();
    return std::move(handle_);
  }

 private:
  std::optional<std::size_t> count() {
    std::size_t n = 0;
    for (unsigned shift = 0; shift < 28 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      n |= std::size_t{byte & 127U} << shift;
      if (byte < 128) return n;
    }
    return std::nullopt;
  }

  static std::uint64_t word(std::string_view bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i)
      word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
  }
  static std::int64_t number(std::string_view bytes) {
    const std::uint64_t twice = word(bytes);
    return static_cast<std::int64_t>((twice & 1U) != 0 ? ~(twice >> 1U) : twice >> 1U);
  }
  static double real(std::string_view bytes) { return std::bit_cast<double>(word(bytes)); }
  static int small(std::string_view bytes) {
    const std::int64_t value = number(bytes);
    return -1'000'000 < value && value < 1'000'000 ? static_cast<int>(value) : -1;
  }
  static Instant instant(std::string_view bytes) { return Instant{Duration{number(bytes)}}; }

  template <class Row>
  Id<Row> find(std::string_view what, std::string_view code) {
    if (const std::optional<Id<Row>> id = world_.find<Row>(code)) return *id;
    fault_ = Error{.kind = ErrorKind::kNotFound,
                   .message = "the handle names the " + std::string{what} + " '" +
                              std::string{code} + "', which these data do not have"};
    return {};
  }
  template <HasEnumTexts E>
  void add_choice(std::vector<E>& list, std::string_view text) {
    const std::optional<E> value = parse_enum<E>(text);
    if (value) {
      list.push_back(*value);
    } else {
      fault_ = refused("the handle names '" + std::string{text} + "', which is unknown");
    }
  }
  BookedLeg& leg() {
    if (promise_.legs.empty()) {
      fault_ = refused("the handle is damaged");
      promise_.legs.emplace_back();
    }
    return promise_.legs.back();
  }

  void take(Tag tag, std::string_view value) {
    Question& question = handle_.question;
    Refusals& refuse = question.refuse;
    switch (tag) {
      case Tag::kFrom:
        question.from = find<Place>("place", value);
        return;
      case Tag::kTo:
        question.to = find<Place>("place", value);
        return;
      case Tag::kGoods:
        question.shipment.goods = find<Goods>("goods", value);
        return;
      case Tag::kQuantity:
        question.shipment.quantity = real(value);
        return;
      case Tag::kUnit:
        question.shipment.unit = static_cast<QuantityUnit>(small(value));
        return;
      case Tag::kLoadUnit:
        question.shipment.load_unit = find<LoadUnit>("load unit", value);
        return;
      case Tag::kDepart:
        question.depart = instant(value);
        return;
      case Tag::kDaysMax:
        question.days_max = small(value);
        return;
      case Tag::kLegsMax:
        question.legs_max = small(value);
        return;
      case Tag::kIgnoreRisk:
        question.keep_safer_options = false;
        return;
      case Tag::kDeadline:
        question.deadline = instant(value);
        return;
      case Tag::kSavesStorage:
        question.saves_storage = true;
        return;
      case Tag::kAsPlanned:
        question.weighs_risk = false;
        return;
      case Tag::kRefuseMode:
        add_choice(refuse.modes, value);
        return;
      case Tag::kRefuseCountry:
        refuse.countries.push_back(find<Country>("country", value));
        return;
      case Tag::kRefusePlace:
        refuse.places.push_back(find<Place>("place", value));
        return;
      case Tag::kRefuseOperator:
        refuse.operators.push_back(find<Operator>("operator", value));
        return;
      case Tag::kRefuseService:
        refuse.services.push_back(find<Service>("service", value));
        return;
      case Tag::kRefuseRisk:
        add_choice(refuse.risks, value);
        return;
      default:
        take_window(tag, value);
    }
  }

  void take_window(Tag tag, std::string_view value) {
    Question& question = handle_.question;
    switch (tag) {
      case Tag::kArriveBy:
        question.arrive_by = instant(value);
        return;
      case Tag::kWindow:
        question.window = std::chrono::minutes{small(value)};
        return;
      case Tag::kWindowStep:
        question.window_step = std::chrono::minutes{small(value)};
        return;
      default:
        take_way(tag, value);
    }
  }

  void take_way(Tag tag, std::string_view value) {
    Question& question = handle_.question;
    switch (tag) {
      case Tag::kRefuseRegime:
        question.refuse.regimes.push_back(find<Regime>("regime", value));
        return;
      case Tag::kOnlyMode:
        add_choice(question.only.modes, value);
        return;
      case Tag::kOnlyCountry:
        question.only.countries.push_back(find<Country>("country", value));
        return;
      case Tag::kOnlyOperator:
        question.only.operators.push_back(find<Operator>("operator", value));
        return;
      case Tag::kOnlyService:
        question.only.services.push_back(find<Service>("service", value));
        return;
      case Tag::kRequireMode:
        add_choice(question.require.modes, value);
        return;
      case Tag::kRequireCountry:
        question.require.countries.push_back(find<Country>("country", value));
        return;
      case Tag::kRequireOperator:
        question.require.operators.push_back(find<Operator>("operator", value));
        return;
      case Tag::kRequireService:
        question.require.services.push_back(find<Service>("service", value));
        return;
      case Tag::kVia:
        question.via.push_back(find<Place>("place", value));
        return;
      case Tag::kTransshipmentsMax:
        question.transshipments_max = small(value);
        return;
      case Tag::kTolerance:
        question.tolerance =
            static_cast<double>(std::clamp<std::int64_t>(number(value), 0, 5'000)) / 10'000;
        return;
      case Tag::kPapersFrom:
        question.papers_from = instant(value);
        return;
      case Tag::kHiredFrom:
        question.shipment.hired_from = find<Operator>("operator", value);
        return;
      case Tag::kBudget:
        question.budget = Usd{static_cast<double>(number(value)) / 100};
        return;
      default:
        take_promise(tag, value);
    }
  }

  void take_promise(Tag tag, std::string_view value) {
    switch (tag) {
      case Tag::kLegService:
        promise_.legs.push_back({.service = find<Service>("service", value)});
        return;
      case Tag::kLegFrom:
        leg().from_sequence = small(value);
        return;
      case Tag::kLegTo:
        leg().to_sequence = small(value);
        return;
      case Tag::kLegUnit:
        leg().load_unit = find<LoadUnit>("load unit", value);
        return;
      case Tag::kLegDepart:
        leg().depart = instant(value);
        return;
      case Tag::kArrive:
        promise_.arrive = instant(value);
        return;
      case Tag::kCost:
        promise_.cost = Usd{static_cast<double>(number(value)) / 100};
        return;
      case Tag::kCo2e:
        promise_.co2e = KgCo2e{static_cast<double>(number(value)) / 1000};
        return;
      default:
        fault_ = refused("the handle was made by a newer version");
    }
  }

  // What the planner requires of a question.
  Status judge() {
    const Question& question = handle_.question;
    const double quantity = question.shipment.quantity;
    const auto unit = static_cast<int>(question.shipment.unit);
    const bool is_whole =
        question.from.valid() && question.to.valid() && question.shipment.goods.valid() &&
        std::isfinite(quantity) && quantity > 0 && 0 <= unit && unit <= 2 &&
        1 <= question.days_max && question.window >= Duration::zero() &&
        std::chrono::days{question.days_max} + question.window <= std::chrono::days{400} &&
        question.window_step >= std::chrono::minutes{1} && 1 <= question.legs_max &&
        question.legs_max <= 64 &&
        std::chrono::abs(question.depart.time_since_epoch()) < std::chrono::days{365 * 1000} &&
        !unfit(question);
    if (!is_whole) return refused("the handle holds no whole question");
    if (!promise_.legs.empty()) handle_.promise = std::move(promise_);
    return Done{};
  }

  const World& world_;
  std::string_view rest_;
  Handle handle_;
  Promise promise_;
  std::optional<Error> fault_;
};

}  // namespace

std::string handle_of(const World& world, const Question& question) {
  HandleWriter out{world};
  write(question, out);
  return std::move(out).finish();
}

std::string handle_of(const World& world, const Question& question, const Itinerary& itinerary) {
  HandleWriter out{world};
  Question own = question;  // of a window, the moment that is the option's
  own.depart = itinerary.depart;
  own.window = {};
  write(own, out);
  for (const BookedLeg& leg : booked(itinerary)) {
    out.code(Tag::kLegService, leg.service);
    out.number(Tag::kLegFrom, leg.from_sequence);
    out.number(Tag::kLegTo, leg.to_sequence);
    out.code(Tag::kLegUnit, leg.load_unit);
    out.minutes(Tag::kLegDepart, leg.depart);
  }
  out.minutes(Tag::kArrive, itinerary.arrive);
  out.number(Tag::kCost, std::llround(itinerary.cost.value() * 100));
  out.number(Tag::kCo2e, std::llround(itinerary.co2e.value() * 1000));
  return std::move(out).finish();
}

Result<Handle> read_handle(const World& world, std::string_view text) {
  text = trim(text);
  if (text.size() > kLengthMax) return refused("too long for a handle");
  if (text.size() < 3 || text.front() != 'k')
    return refused("not a handle; it begins with '" + std::string{kVersion} +
                   "' and comes from an answer (--handles, or JSON)");
  if (!text.starts_with(kVersion))
    return refused("a handle of another version ('" + std::string{text.substr(0, 2)} +
                   "'); this program reads '" + std::string{kVersion} + "'; ask anew");
  const std::optional<std::string> bytes = from_base64url(text.substr(kVersion.size()));
  if (!bytes || bytes->size() < kCheckBytes)
    return refused("the handle is damaged: it has letters that no handle has, or was cut");
  const std::string_view payload{bytes->data(), bytes->size() - kCheckBytes};
  if (check_of(payload) != bytes->substr(payload.size()))
    return refused("the handle is damaged: its check does not fit; was it copied whole?");
  return Reader{world, payload}.read();
}

}  // namespace karvan::plan
