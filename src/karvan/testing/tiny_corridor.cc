#include "karvan/testing/tiny_corridor.h"

#include <algorithm>
#include <array>

#include "karvan/base/text.h"
#include "karvan/testing/corridor_builder.h"

namespace karvan::testing {
namespace {

using std::chrono::minutes;
using Words = std::vector<std::string_view>;

Words words_of(std::string_view line) {
  Words words;
  for (const std::string_view word : split_trimmed(line.substr(0, line.find('#')), ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::optional<minutes> clock(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() != 2) return std::nullopt;
  const auto h = parse_int<int>(parts[0]);
  const auto m = parse_int<int>(parts[1]);
  if (!h || !m) return std::nullopt;
  return minutes{*h * 60 + *m};
}

std::optional<minutes> offset(std::string_view text) {
  const bool is_behind = text.starts_with('-');
  const auto value = clock(text.substr(text.find_first_not_of("+-")));
  if (!value) return std::nullopt;
  return is_behind ? -*value : *value;
}

// "96h" with unit "h".
std::optional<double> number(std::string_view text, std::string_view unit) {
  if (!text.ends_with(unit)) return std::nullopt;
  return parse_double(text.substr(0, text.size() - unit.size()));
}

struct ModeWord {
  std::string_view word;
  Mode mode;
  std::string_view carries;
};
constexpr std::array kModeWords{
    ModeWord{"rail", Mode::kRail, "box20=100;box40=100"},
    ModeWord{"ferry", Mode::kSea, "box20=100;box40=100;bulk=10000"},
    ModeWord{"barge", Mode::kInlandWater, "box20=100;box40=100;bulk=10000"},
    ModeWord{"truck", Mode::kRoad, "box20=100;box40=100;truck=100"},
    ModeWord{"pipe", Mode::kPipeline, "bulk=10000"},
};

// Reads line after line into a corridor; `fail` remembers the first that makes no sense.
class Reader {
 public:
  Reader() : c_{b_.corridor} {
    b_.add_general_handling();
    b_.add_general_tariffs();
  }

  Result<TinyCase> read(std::string_view text) {
    for (const std::string_view line : split(text, '\n')) {
      ++line_;
      words_ = words_of(line);
      next_ = 0;
      if (words_.empty()) continue;
      sentence(std::string{take()});
      if (!fault_.empty())
        return Error{ErrorKind::kMalformed, fault_ + " in: " + std::string{trim(line)},
                     "line " + std::to_string(line_)};
    }
    return TinyCase{.corridor = std::move(b_.corridor), .question = std::move(question_)};
  }

 private:
  // --- words ---

  bool has_more() const { return next_ < words_.size() && fault_.empty(); }
  std::string_view take() {
    if (next_ < words_.size()) return words_[next_++];
    fail("the line ends too early");
    return {};
  }
  bool take_if(std::string_view word) {
    if (!has_more() || words_[next_] != word) return false;
    ++next_;
    return true;
  }
  void fail(const std::string& why) {
    if (fault_.empty()) fault_ = why;
  }
  template <class T>
  T need(const std::optional<T>& value, std::string_view what) {
    if (!value) fail("'" + std::string{words_[next_ - 1]} + "' is no " + std::string{what});
    return value.value_or(T{});
  }
  double take_number(std::string_view unit) { return need(number(take(), unit), unit); }
  Date take_date() { return need(parse_date(take()), "date"); }
  template <class E>
  E take_choice() {
    const auto value = parse_enum<E>(take());
    if (!value) fail("'" + std::string{words_[next_ - 1]} + "' is none of " + enum_texts<E>());
    return value.value_or(E{});
  }
  Id<Place> take_place() { return place(take()); }
  Id<Place> place(std::string_view name) {
    const auto found = b_.find_place(to_lower_ascii(name));
    if (!found) fail("no place '" + std::string{name} + "'");
    return found.value_or(Id<Place>{0U});
  }
  std::pair<std::string_view, std::string_view> take_pair() {
    const std::string_view word = take();
    const std::size_t dash = word.find('-');
    if (dash == std::string_view::npos) return {word, word};
    return {word.substr(0, dash), word.substr(dash + 1)};
  }
  std::pair<minutes, minutes> take_hours() {
    const auto [opens, closes] = take_pair();
    return {need(clock(opens), "time of day"), need(clock(closes), "time of day")};
  }
  template <class E>
  E choice(std::string_view word) {
    const auto value = parse_enum<E>(word);
    if (!value) fail("'" + std::string{word} + "' is none of " + enum_texts<E>());
    return value.value_or(E{});
  }

  // --- sentences ---

  void sentence(const std::string& verb) {
    using Read = void (Reader::*)();
    static constexpr std::array<std::pair<std::string_view, Read>, 19> kVerbs{{
        {"calendar", &Reader::calendar},
        {"place", &Reader::places},
        {"handling", &Reader::handling},
        {"gauge", &Reader::gauge_change},
        {"crossing", &Reader::crossing},
        {"step", &Reader::step},
        {"regime", &Reader::regime},
        {"effect", &Reader::effect},
        {"document", &Reader::document},
        {"hours", &Reader::opening_hours},
        {"closed", &Reader::closure},
        {"delay", &Reader::delay},
        {"storage", &Reader::storage},
        {"detention", &Reader::detention},
        {"takes-back", &Reader::empty_return},
        {"through", &Reader::through_rate},
        {"booked", &Reader::booking},
        {"refuses", &Reader::hazard},
        {"ask", &Reader::ask},
    }};
    for (const ModeWord& mode : kModeWords) {
      if (verb == mode.word) return service(mode);
    }
    for (const auto& [word, read] : kVerbs) {
      if (verb == word) return (this->*read)();
    }
    fail("no such line");
  }

  void calendar() {
    c_.info.calendar_from = take_date();
    c_.info.calendar_until = take_date();
  }

  void places() {
    std::vector<std::string_view> names;
    std::string country = "ZZ";
    minutes utc{0};
    bool has_summer = false;
    while (has_more()) {
      const std::string_view word = take();
      if (word == "in") {
        country = take();
      } else if (word == "utc") {
        utc = need(offset(take()), "offset");
      } else if (word == "summer") {
        has_summer = true;
      } else {
        names.push_back(word);
      }
    }
    for (const std::string_view name : names) {
      if (b_.find_place(to_lower_ascii(name))) return fail("a place comes twice");
      const Id<Place> id = b_.place(to_lower_ascii(name), b_.country(country), utc);
      c_.places[id].name = name;
      if (!has_summer) continue;
      c_.places[id].zone += "_summer";
      c_.time_zones.push_back({.code = c_.places[id].zone + std::to_string(id.index()),
                               .zone = c_.places[id].zone,
                               .utc_offset = utc,
                               .summer_time = SummerTime::kEurope});
    }
  }

  void service(const ModeWord& mode) {
    std::vector<Id<Place>> way;
    std::string code{mode.word};
    for (const std::string_view name : split(take(), '-')) {
      way.push_back(place(name));
      code += "_" + to_lower_ascii(name);
    }
    if (way.size() < 2) fail("a service needs two places");
    const std::vector<std::string_view> lengths = split(take(), '+');
    const std::vector<std::string_view> times = split(take(), '+');
    if (lengths.size() != way.size() - 1 || times.size() != lengths.size())
      fail("lengths and hours do not fit the places");
    if (!fault_.empty()) return;

    row_ = {.code = code,
            .name = code,
            .operator_ = b_.operator_of("operator"),
            .mode = mode.mode,
            .cutoff_dangerous = Hours{0}};
    if (mode.mode == Mode::kRail) row_.gauge = Gauge{1520};
    departure_ = {};
    carries_ = mode.carries;
    dwell_ = {};
    per_unit_ = std::nullopt;
    departs();
    while (has_more())
      option(take());
    if (!fault_.empty()) return;
    const Id<Service> id = c_.services.push_back(row_);
    if (row_.departs == DepartureRule::kTimetable) {
      departure_.code = row_.code;
      departure_.service = id;
      c_.departures.push_back(departure_);
    }
    for (std::size_t i = 0; i < way.size(); ++i) {
      Call call{.code = row_.code + std::to_string(i + 1),
                .service = id,
                .sequence = static_cast<int>(i) + 1,
                .place = way[i],
                .dwell = dwell_};
      if (i > 0) {
        const Km km{number(lengths[i - 1], "km").value_or(1)};
        call.hours = Hours{number(times[i - 1], "h").value_or(1)};
        call.links = {b_.link(way[i - 1], way[i], mode.mode, km, *call.hours)};
      }
      c_.calls.push_back(call);
    }
    capacities(id);
    if (per_unit_)
      c_.tariffs.push_back(
          {.code = row_.code, .service = id, .mode = row_.mode, .per_unit = *per_unit_});
  }

  void departs() {
    if (take_if("anytime")) {
      row_.departs = DepartureRule::kOnDemand;
    } else if (take_if("every") || take_if("full")) {
      const bool is_full = words_[next_ - 1] == "full";
      row_.departs = is_full ? DepartureRule::kWhenFull : DepartureRule::kFrequency;
      row_.departures_per_week = need(parse_double(take()), "number");
      if (!take_if("/week")) fail("'/week' is missing");
    } else if (take_if("on")) {
      departure_.dates.push_back(take_date());
      departure_.leaves_at = need(clock(take()), "time of day");
    } else {
      departure_.days = need(parse_weekdays(take()), "set of days");
      departure_.leaves_at = need(clock(take()), "time of day");
    }
  }

  void option(std::string_view word) {
    if (word == "as") {
      row_.code = to_lower_ascii(take());
      row_.name = words_[next_ - 1];
    } else if (word == "by") {
      row_.operator_ = b_.operator_of(std::string{take()});
    } else if (word == "gauge") {
      row_.gauge = Gauge{static_cast<int>(take_number(""))};
    } else if (word == "carries") {
      carries_ = take();
      is_carries_given_ = true;
    } else if (word == "usd") {
      per_unit_ = Usd{take_number("")};
    } else if (word == "cutoff") {
      row_.cutoff_cargo = Hours{take_number("h")};
    } else if (word == "documents") {
      row_.cutoff_documents = Hours{take_number("h")};
    } else if (word == "dangerous") {
      row_.cutoff_dangerous = std::nullopt;
      if (!take_if("no")) row_.cutoff_dangerous = Hours{take_number("h")};
    } else if (word == "window") {
      std::tie(row_.window_from, row_.window_until) = take_hours();
    } else if (word == "border-inside") {
      row_.border_in_timetable = true;
    } else if (word == "risk") {
      row_.risk = take_choice<Risk>();
    } else if (word == "from") {
      row_.valid_from = take_date();
    } else if (word == "until") {
      row_.valid_until = take_date();
    } else if (word == "except") {
      departure_.except.push_back(take_date());
    } else if (word == "dwell") {
      dwell_ = Hours{take_number("h")};
    } else {
      fail("no option '" + std::string{word} + "'");
    }
  }

  void capacities(Id<Service> id) {
    std::string carries{carries_};
    if (!is_carries_given_ && row_.gauge.is_rail())
      carries += row_.gauge.mm == 1435 ? ";wagon_1435=100" : ";wagon=100";
    is_carries_given_ = false;
    for (const std::string_view item : split(carries, ';')) {
      const std::size_t is = item.find('=');
      const auto units = parse_double(item.substr(std::min(is, item.size() - 1) + 1));
      if (is == std::string_view::npos || !units) return fail("carries UNIT=NUMBER");
      const std::string_view unit = item.substr(0, is);
      c_.capacities.push_back({.code = row_.code + "_" + std::string{unit},
                               .service = id,
                               .load_unit = load_unit(unit),
                               .units = *units});
    }
  }

  Id<LoadUnit> load_unit(std::string_view code) {
    for (const Id<LoadUnit> id : c_.load_units.ids()) {
      if (c_.load_units[id].code == code) return id;
    }
    fail("no load unit '" + std::string{code} + "'");
    return {};
  }

  void handling() {
    Handling row{.code = "own" + std::to_string(line_)};
    if (!take_if("*")) row.place = take_place();
    const auto [from, to] = take_pair();
    row.from = choice<Side>(from);
    row.to = choice<Side>(to);
    const auto [from_kind, to_kind] = take_pair();
    row.from_kind = choice<LoadUnitKind>(from_kind);
    row.to_kind = choice<LoadUnitKind>(to_kind);
    row.hours = {.a = take_number("h")};
    if (has_more()) row.minutes_per_unit = take_number("min");
    if (has_more()) row.usd_per_unit = Usd{take_number("usd")};
    if (row.place.valid()) {
      c_.handling.push_back(row);
      return;
    }
    for (Handling& general : c_.handling) {  // instead of the one that is there
      const bool is_same = !general.place.valid() && general.from == row.from &&
                           general.to == row.to && general.from_kind == row.from_kind &&
                           general.to_kind == row.to_kind;
      if (is_same) {
        general = row;
        return;
      }
    }
    c_.handling.push_back(row);
  }

  void gauge_change() {
    GaugeChange row{.code = "gauge" + std::to_string(line_), .place = take_place()};
    const auto [from, to] = take_pair();
    row.from = Gauge{need(parse_int<int>(from), "gauge")};
    row.to = Gauge{need(parse_int<int>(to), "gauge")};
    row.load_unit_kind = take_choice<LoadUnitKind>();
    row.method = take_choice<GaugeMethod>();
    row.hours = {.a = take_number("h")};
    if (has_more()) row.minutes_per_unit = take_number("min");
    if (has_more()) row.usd_per_unit = Usd{take_number("usd")};
    c_.gauge_changes.push_back(row);
  }

  void crossing() {
    Crossing row{.code = std::string{take()}};
    row.name = row.code;
    const auto [from, to] = take_pair();
    row.from = b_.country(std::string{from});
    row.to = b_.country(std::string{to});
    row.mode = take_choice<Mode>();
    while (has_more()) {
      if (take_if("at")) {
        row.place = take_place();
      } else if (take_if("open")) {
        std::tie(row.opens, row.closes) = take_hours();
      } else {
        fail("at PLACE or open HH:MM-HH:MM");
      }
    }
    c_.crossings.push_back(row);
  }

  void step() {
    const std::string_view code = take();
    CrossingStep row{.code = "step" + std::to_string(line_), .sequence = line_};
    for (const Id<Crossing> id : c_.crossings.ids()) {
      if (c_.crossings[id].code == code) row.crossing = id;
    }
    if (!row.crossing.valid()) return fail("no crossing '" + std::string{code} + "'");
    row.kind = take_choice<StepKind>();
    row.hours = {.a = take_number("h")};
    if (has_more()) row.usd_per_consignment = Usd{take_number("usd")};
    c_.crossing_steps.push_back(row);
  }

  void regime() {
    const std::string code{take()};
    const Id<Regime> id = b_.regime(code, take_choice<RegimeKind>());
    while (has_more()) {
      const std::string country{take()};
      c_.memberships.push_back(
          {.code = code + "_" + country, .regime = id, .country = b_.country(country)});
    }
  }

  Id<Regime> take_regime() {
    const std::string_view code = take();
    for (const Id<Regime> id : c_.regimes.ids()) {
      if (c_.regimes[id].code == code) return id;
    }
    fail("no regime '" + std::string{code} + "'");
    return {};
  }

  void effect() {
    RegimeEffect row{.code = "effect" + std::to_string(line_), .regime = take_regime()};
    row.step = take_choice<StepKind>();
    while (has_more()) {
      if (take_if("hours")) {
        row.hours_factor = take_number("");
      } else if (take_if("fee")) {
        row.fee_factor = take_number("");
      } else {
        fail("hours FACTOR or fee FACTOR");
      }
    }
    c_.regime_effects.push_back(row);
  }

  void document() {
    Document row{.code = std::string{take()}};
    row.name = row.code;
    row.usd_per_consignment = Usd{take_number("usd")};
    while (has_more()) {
      if (take_if("regime")) {
        row.regime = take_regime();
      } else if (take_if("modes")) {
        for (const std::string_view mode : split(take(), ';'))
          row.modes.push_back(choice<Mode>(mode));
      } else if (take_if("lead")) {
        row.lead = Hours{take_number("h")};
      } else {
        fail("regime NAME, modes MODE;MODE or lead HOURS");
      }
    }
    c_.documents.push_back(row);
  }

  void opening_hours() {
    OpeningHours row{.code = "hours" + std::to_string(line_), .place = take_place()};
    row.days = need(parse_weekdays(take()), "set of days");
    std::tie(row.opens, row.closes) = take_hours();
    c_.opening_hours.push_back(row);
  }

  void closure() {
    Closure row{.code = "closed" + std::to_string(line_), .reach = take_choice<ClosureReach>()};
    row.code_of = take();
    if (row.reach == ClosureReach::kPlace) row.code_of = to_lower_ascii(row.code_of);
    row.from = take_date();
    row.until = take_date();
    while (has_more())
      row.reason += (row.reason.empty() ? "" : " ") + std::string{take()};
    c_.closures.push_back(row);
  }

  void delay() {
    Delay row{.code = "delay" + std::to_string(line_), .mode = take_choice<Mode>()};
    row.factor = {.family = LawFamily::kLognormal, .a = take_number("")};
    row.factor.b = take_number("");
    c_.delays.push_back(row);
  }

  void storage() {
    Storage row{.code = "storage" + std::to_string(line_)};
    if (!take_if("*")) row.place = take_place();
    row.load_unit_kind = take_choice<LoadUnitKind>();
    row.free_days = take_number("d");
    row.usd_per_unit_day = Usd{take_number("usd")};
    c_.storage.push_back(row);
  }

  void detention() {
    Detention row{.code = "detention" + std::to_string(line_)};
    row.operator_ = b_.operator_of(std::string{take()});
    row.load_unit = load_unit(take());
    row.clock = take_choice<DetentionClock>();
    row.after_days = static_cast<int>(take_number("d"));
    row.usd_per_unit_day = Usd{take_number("usd")};
    c_.detention.push_back(row);
  }

  void empty_return() {
    EmptyReturn row{.code = "back" + std::to_string(line_)};
    row.operator_ = b_.operator_of(std::string{take()});
    row.load_unit = load_unit(take());
    if (!take_if("*")) row.place = take_place();
    row.days = take_number("d");
    row.usd_per_unit = Usd{take_number("usd")};
    if (take_if("to")) row.depot = take_place();
    c_.empty_returns.push_back(row);
  }

  void through_rate() {
    ThroughRate row{.code = "through" + std::to_string(line_), .from = take_place()};
    row.to = take_place();
    row.load_unit = load_unit(take());
    row.per_unit = Usd{take_number("usd")};
    if (take_if("by")) row.operator_ = b_.operator_of(std::string{take()});
    c_.through_rates.push_back(row);
  }

  void booking() {
    Booking row{.code = "booked" + std::to_string(line_), .service = take_service()};
    row.departs_on = take_date();
    const std::string_view text = take();
    const std::size_t is = text.find('=');
    if (is == std::string_view::npos) return fail("UNIT=NUMBER");
    row.load_unit = load_unit(text.substr(0, is));
    row.units = need(parse_double(text.substr(is + 1)), "number");
    c_.bookings.push_back(row);
  }

  void hazard() {
    HazardRefusal row{.code = "hazard" + std::to_string(line_), .service = take_service()};
    row.hazard_class = take();
    if (take_if("but")) row.but_carries = {std::string{take()}};
    while (has_more())
      row.rule += (row.rule.empty() ? "" : " ") + std::string{take()};
    c_.hazard_refusals.push_back(row);
  }

  Id<Service> take_service() {
    const std::optional<Id<Service>> found = b_.find_service(to_lower_ascii(take()));
    if (!found) fail("no such service");
    return found.value_or(Id<Service>{});
  }

  void ask() {
    if (!take_if("plan")) return fail("only plans can be asked for");
    question_.from = take_place();
    if (!take_if("->")) fail("'->' is missing");
    question_.to = take_place();
    question_.shipment.quantity = need(parse_double(take()), "number");
    const std::string_view unit = take();
    if (unit == "TEU") {
      question_.shipment.unit = QuantityUnit::kTeu;
    } else if (unit != "t") {
      question_.shipment.unit = QuantityUnit::kUnits;
      question_.shipment.load_unit = load_unit(unit);
    }
    const std::string_view goods = take();
    for (const Id<Goods> id : c_.goods.ids()) {
      if (c_.goods[id].code == goods) question_.shipment.goods = id;
    }
    if (!question_.shipment.goods.valid()) fail("no goods '" + std::string{goods} + "'");
    if (!take_if("depart")) fail("'depart' is missing");
    const auto depart = parse_instant(take());
    if (!depart) fail("no instant");
    question_.depart = depart.value_or(ParsedInstant{}).to_instant(minutes{0});
    while (has_more())
      ask_option(take());
  }

  void ask_option(std::string_view word) {
    if (word == "days") {
      question_.days_max = static_cast<int>(take_number(""));
    } else if (word == "legs") {
      question_.legs_max = static_cast<int>(take_number(""));
    } else if (word == "save-storage") {
      question_.saves_storage = true;
    } else if (word == "deadline") {
      const auto deadline = need(parse_instant(take()), "instant");
      question_.deadline = deadline.to_instant(minutes{0});
    } else if (word == "papers") {
      question_.papers_from = need(parse_instant(take()), "instant").to_instant(minutes{0});
    } else if (word == "hired") {
      question_.shipment.hired_from = b_.operator_of(std::string{take()});
    } else if (word == "via") {
      question_.via.push_back(take_place());
    } else if (word == "transshipments") {
      question_.transshipments_max = static_cast<int>(take_number(""));
    } else if (word == "budget") {
      question_.budget = Usd{take_number("usd")};
    } else if (word == "refuse") {
      refuse(take());
    } else if (word == "only") {
      name(question_.only, take());
    } else if (word == "require") {
      name(question_.require, take());
    } else {
      fail("no option '" + std::string{word} + "'");
    }
  }

  void refuse(std::string_view what) {
    plan::Refusals& no = question_.refuse;
    if (what == "place") {
      no.places.push_back(take_place());
    } else if (what == "risk") {
      no.risks.push_back(take_choice<Risk>());
    } else if (what == "regime") {
      no.regimes.push_back(take_regime());
    } else {
      name(no, what);
    }
  }

  // What may be refused, kept to and required alike.
  template <class Lists>
  void name(Lists& lists, std::string_view what) {
    if (what == "country") {
      lists.countries.push_back(b_.country(std::string{take()}));
    } else if (what == "mode") {
      lists.modes.push_back(take_choice<Mode>());
    } else if (what == "operator") {
      lists.operators.push_back(b_.operator_of(std::string{take()}));
    } else if (what == "service") {
      const auto found = b_.find_service(to_lower_ascii(take()));
      lists.services.push_back(need(found, "service"));
    } else {
      fail("nothing to name: '" + std::string{what} + "'");
    }
  }

  CorridorBuilder b_;
  Corridor& c_;
  plan::Question question_;
  Words words_;
  std::size_t next_ = 0;
  int line_ = 0;
  std::string fault_;
  // The service being read:
  Service row_;
  Departure departure_;
  std::string_view carries_;
  bool is_carries_given_ = false;
  Hours dwell_;
  std::optional<Usd> per_unit_;
};

}  // namespace

Result<TinyCase> tiny_case(std::string_view text) {
  return Reader{}.read(text);
}

}  // namespace karvan::testing
