// karvan completion: scripts for bash and zsh. Ids of places, goods and scenarios are asked of the
// command itself while completing, so they are those of the data in use.

#include <memory>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "output.h"
#include "verb.h"

namespace karvan::cli {
namespace {

// Both shells run the same function: zsh through bashcompinit, which is part of it.
constexpr std::string_view kBash =
    R"SCRIPT(# Completion for karvan. Use: source <(karvan completion bash)
_karvan() {
  local cur prev words cword
  cur="${COMP_WORDS[COMP_CWORD]}"
  prev="${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  local verbs="check complete completion help map observations plan scenario serve show simulate
    sources timetable"
  local globals="--data --scenario --format --seed --quiet --color --help --version"
  local verb="" i data=() at=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${COMP_WORDS[i]}" in
      --data) data=(--data "${COMP_WORDS[i+1]}"); ((i++)) ;;
      --scenario|--format|--seed|--color) ((i++)) ;;
      -*) ;;
      *) if [[ -z $verb ]]; then verb="${COMP_WORDS[i]}"; else at+=("${COMP_WORDS[i]}"); fi ;;
    esac
  done
  _karvan_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
  _karvan_ids() { _karvan_words "$(karvan complete "$1" "${data[@]}" 2>/dev/null)"; }
  case "$prev" in
    --data|--charts|--into|--web) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --scenario|--compare) _karvan_ids scenarios; return ;;
    --format) _karvan_words "text json csv geojson markdown xlsx ics html"; return ;;
    --color) _karvan_words "auto always never"; return ;;
    --from|--to|--avoid-place|--via) _karvan_ids places; return ;;
    --goods) _karvan_ids goods; return ;;
    --load-unit) _karvan_ids load_units; return ;;
    --avoid-country|--only-country|--require-country) _karvan_ids countries; return ;;
    --hired-from|--avoid-operator|--only-operator|--require-operator)
      _karvan_ids operators; return ;;
    --avoid-service|--only-service|--require-service) _karvan_ids services; return ;;
    --avoid-mode|--only-mode|--require-mode)
      _karvan_words "rail sea inland_water road pipeline"; return ;;
    --avoid-risk) _karvan_words "war sanctions intermittent"; return ;;
    --options) _karvan_words "all"; return ;;
    --by) _karvan_words "arrival cost co2e"; return ;;
    --page) _karvan_words "earlier later"; return ;;
    --address) _karvan_words "127.0.0.1 ::1"; return ;;
    -o|--out|--events|--shipments|--batch|--matrix|--booked|--seen|--store|--token-file)
      COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  if [[ -z $verb ]]; then _karvan_words "$verbs $globals"; return; fi
  if [[ $cur == -* ]]; then
    local own=""
    case "$verb" in
      plan) own="--from --to --cargo --goods --depart --papers-from --load-unit --hired-from
        --deadline --hard-deadline --penalty --arrive-by --window --step --as-planned
        --save-storage --avoid-mode --avoid-country --avoid-place --avoid-operator
        --avoid-service --avoid-risk --avoid-regime --only-mode --only-country --only-operator
        --only-service --require-mode --require-country --require-operator --require-service
        --via --max-transshipments --tolerance --budget --days --legs --options --brief
        --ignore-risk --verify --chart --gantt --choose --why-not --handles --page --handle
        --refresh --booked --seen --k-best --one-front --policy --batch --by --strict --threads
        --matrix --isochrone" ;;
      serve) own="--address --port --store --web --token-file --request-seconds" ;;
      show) own="--date" ;;
      sources) own="--assumed" ;;
      map) own="--out --date" ;;
      check) own="--timing --strict" ;;
      observations) own="--all" ;;
      timetable) own="--out --into --name --prefix --zone --country --from --until --gauge
        --load-unit --units --dry-run" ;;
      simulate) own="--from --days --warm-up --replications --threads --demand --compare --events
        --lose-unserved --precision --charts --charts-of --out --observations --sweep --figure
        --sensitivity --sensitivity-of --range --worth --replay --verify --shipments --max-events
        --max-seconds" ;;
    esac
    _karvan_words "$own $globals"
    return
  fi
  case "$verb" in
    show)
      if ((${#at[@]} == 0)); then
        _karvan_words "fleet $(karvan complete tables "${data[@]}" 2>/dev/null)"
      else
        local table="${at[0]}"
        _karvan_ids "$table"
        if ((${#COMPREPLY[@]} == 0)); then _karvan_ids "${table%y}ies"; fi
        if ((${#COMPREPLY[@]} == 0)); then _karvan_ids "${table}s"; fi
      fi ;;
    sources) _karvan_ids sources ;;
    scenario)
      if ((${#at[@]} == 0)); then _karvan_words "list show diff"; else _karvan_ids scenarios; fi ;;
    timetable)
      if ((${#at[@]} == 0)); then _karvan_words "import export show"
      elif [[ ${at[0]} == show && ${#at[@]} == 1 ]]; then _karvan_words "place service"
      elif [[ ${at[0]} == show ]]; then _karvan_ids "${at[1]}s"
      else COMPREPLY=($(compgen -f -- "$cur")); fi ;;
    check|map) COMPREPLY=($(compgen -d -- "$cur")) ;;
    completion) _karvan_words "bash zsh" ;;
    complete) _karvan_words "tables scenarios places goods" ;;
    help) _karvan_words "$verbs" ;;
  esac
}
complete -F _karvan karvan
)SCRIPT";

constexpr std::string_view kZshBegin = R"SCRIPT(# Use: source <(karvan completion zsh)
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
)SCRIPT";

}  // namespace

Verb add_completion(CLI::App& parent) {
  auto shell = std::make_shared<std::string>();
  CLI::App* app = parent.add_subcommand("completion", "A script that completes words in the shell");
  app->add_option("SHELL", *shell, "bash or zsh")->required();
  app->footer(
      "Examples:\n"
      "  source <(karvan completion bash)\n"
      "  karvan completion zsh >> ~/.zshrc");
  const auto run = [shell](const Settings&) {
    if (*shell == "bash") return finish(kBash, kAnswered);
    if (*shell == "zsh") return finish(std::string{kZshBegin} + std::string{kBash}, kAnswered);
    return fail(unknown_word("shell", *shell, {"bash", "zsh"}));
  };
  return {.app = app, .run = run};
}

}  // namespace karvan::cli
