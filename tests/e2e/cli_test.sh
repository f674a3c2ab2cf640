#!/usr/bin/env bash
# cli_test.sh KARVAN JSON_CHECK CASE: runs one transcript against the built command. Stands in the
# root of the checkout. Every fault is told; the exit status says whether there was one.
set -u
karvan=$1
json_check=$2
faults=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset KARVAN_DATA NO_COLOR
export KARVAN_DATA=data/demo

fault() {
  echo "FAULT: $*"
  faults=$((faults + 1))
}

# run STATUS ARGUMENT...: runs the command; what it says is in $out and $err.
run() {
  local expected=$1
  shift
  "$karvan" "$@" >"$work/out" 2>"$work/err"
  local status=$?
  out=$(cat "$work/out")
  err=$(cat "$work/err")
  if [[ $status -ne $expected ]]; then
    fault "karvan $* ended with $status, not $expected"
    head -5 "$work/out" "$work/err"
  fi
}
says() { [[ $out == *"$1"* ]] || fault "the answer lacks '$1'"; }
says_not() { [[ $out != *"$1"* ]] || fault "the answer has '$1'"; }
complains() { [[ $err == *"$1"* ]] || fault "the error lacks '$1': $err"; }
silent() { [[ -z $err ]] || fault "unasked words on standard error: $err"; }
no_answer() { [[ -z $out ]] || fault "an answer in spite of an error"; }
is_json() { "$json_check" "$@" <"$work/out" || fault "not the JSON promised: $*"; }

ask=(plan --from xian --to constanta --cargo 80TEU --goods machinery --depart 2026-03-02)

case_help() {
  run 0 --help
  says "plan"
  says "Exit status"
  run 0 --version
  says "karvan "
  local verb
  for verb in plan simulate show sources check map scenario observations timetable completion; do
    run 0 help "$verb"
    says "Examples:"
    run 0 "$verb" --help
    says "Examples:"
  done
  run 2 help plna
  complains "did you mean 'plan'"
}

case_usage() {
  run 2
  no_answer
  run 2 plna
  complains "did you mean 'plan'"
  no_answer
  run 2 plan
  complains "--from"
  run 2 "${ask[@]}" --formt json
  complains "did you mean '--format'"
  run 2 check --format jsn
  complains "did you mean 'json'"
  run 2 check --format geojson
  complains "expected one of text, json"
  run 2 check --color sometimes
  complains "auto, always, never"
  run 2 check --data no/such/folder
  complains "no/such/folder"
  run 0 --format json --data data/demo check
  run 0 check --format json --data data/demo
  run 2 check --seed many
}

case_check() {
  run 0 check data/demo
  says "places"
  says "0 errors"
  says "Every row has its source."
  run 0 check --data data/demo --format json
  is_json
  says '"places": 12'
  says_not seconds
  run 0 check --data data/demo --format json --timing
  says seconds
  run 0 check data/demo --quiet
  silent
  no_answer
  cp -r data/demo "$work/broken"
  sed -i '2s/[^,]*/no such column value/' "$work/broken/links.csv"
  run 2 check "$work/broken"
  complains "links.csv:2"
  run 2 check "$work/broken" --format json
  is_json
  says '"severity": "error"'
  run 2 --data "$work/broken" "${ask[@]}"
  complains "links.csv:2"
  no_answer
}

case_show() {
  run 0 show
  says "places"
  run 0 show place aktau
  says "KZAAU"
  says "Links"
  says "Services that call here"
  run 0 show places aktau --format json
  is_json
  says '"id": "aktau"'
  run 0 show service ktz_block_west
  says "Timetable of one run"
  says "day 1"
  run 0 show service ktz_block_west --format json
  is_json
  run 0 show regimes
  run 0 show link --format csv
  says "id,from_place,to_place,mode,length_km"
  run 0 show fleet
  run 0 show links --format json
  is_json
  run 2 show plaze
  complains "did you mean 'places'"
  run 2 show place aktua
  complains "Aktau (aktau, KZ)"
  run 2 show link nothing-at-all
  run 2 show regime smgs --date 2026-02-30
  complains "is not a date"
}

case_timetable() {
  # Out as a feed and in again: the same services, in a corridor of their own.
  run 0 timetable export -o "$work/feed.zip" --zone Asia/Tbilisi
  says "Exported 20 services"
  says "on demand"
  complains "wrote"
  run 0 timetable import "$work/feed.zip" --out "$work/new" --quiet
  silent
  says "Imported 24 of 24 trips"
  run 0 check "$work/new"
  says "0 errors"
  run 0 --data "$work/new" show service ktz_block_west
  says "day 1"
  # A feed of others, with dirt, as a folder.
  mkdir "$work/feed"
  cat >"$work/feed/agency.txt" <<'FEED'
agency_id,agency_name,agency_url,agency_timezone
r,Rail,http://r.example,Europe/Berlin
FEED
  cat >"$work/feed/stops.txt" <<'FEED'
stop_id,stop_name,stop_lat,stop_lon
a,Alpha,52.5,13.4
b,Beta,51.3,12.4
c,Gamma,50.1,8.7
x,Nowhere,,
FEED
  printf 'route_id,agency_id,route_long_name,route_type\nn,r,Night train,2\n' \
    >"$work/feed/routes.txt"
  printf 'route_id,service_id,trip_id\nn,wk,night\nn,wk,noon\n' >"$work/feed/trips.txt"
  cat >"$work/feed/calendar.txt" <<'FEED'
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
wk,1,1,1,1,1,0,0,20260302,20260331
FEED
  cat >"$work/feed/stop_times.txt" <<'FEED'
trip_id,arrival_time,departure_time,stop_id,stop_sequence
night,25:10:00,25:10:00,a,1
night,26:40:00,26:45:00,b,2
night,49:15:00,49:15:00,c,3
noon,12:00:00,12:00:00,a,1
noon,late,,c,2
noon,13:30:00,13:30:00,b,3
noon,14:00:00,14:00:00,x,4
FEED
  run 0 timetable import "$work/feed" --dry-run
  says "Imported 2 of 2 trips"
  says "stop_times.txt arrival_time: not a time"
  says "line 6 'late'"
  says "filled in by distance"
  run 0 timetable import "$work/feed" --out "$work/night" --format json
  is_json
  says '"trips_imported": 2'
  run 2 timetable import "$work/feed" --out "$work/night"
  complains "is there already"
  run 0 timetable show place b --data "$work/night" --from 2026-03-03 --until 2026-03-04
  says "Tue 2026-03-03 02:45 +01"
  says "Wed 2026-03-04 01:15 +01"
  run 1 timetable show service n_1 --data "$work/night" --from 2026-03-01 --until 2026-03-02
  run 0 plan --data "$work/night" --from a --to c --cargo 1passenger --goods travel \
    --load-unit passenger --depart 2026-03-02T12:00 --verify
  says "Mon 2026-03-02 12:53 +01"
  # A sheet merged in; the corridor it came from stays as it was.
  cat >"$work/sheet.csv" <<'FEED'
service,trip,place,arrives,departs,days,operator,mode,gauge_mm,load_units
west,1,Xi'an,,08:00,Mon;Thu,cr,rail,1435,box40=44
west,1,khorgos,12:30+3,,,,,,
FEED
  run 0 timetable import "$work/sheet.csv" --into data/demo --out "$work/more"
  says "Imported 1 of 1 trip"
  run 0 timetable show service west --data "$work/more" --from 2026-03-02 --until 2026-03-04
  says "Thu 2026-03-05 12:30 +08"
  run 2 timetable import "$work/sheet.csv" --out "$work/none"
  complains "import it into a corridor"
  run 2 timetable import data/demo --out "$work/none"
  complains "stops.txt"
  run 2 timetable import "$work/none" --out "$work/x"
  run 2 timetable show plaze aktau
  complains "did you mean 'place'"
  run 2 timetable export -o "$work/x" --zone Asia/Atlantis
  complains "Asia/Atlantis"
}

case_sources() {
  run 0 sources
  says "Assumed"
  run 0 sources aktau
  says "places:aktau"
  run 0 sources places:aktau --format json
  is_json
  run 0 sources demo
  says "rest on it"
  run 0 sources --assumed links --format csv
  says "table,id,source,note"
  run 2 sources nothing_like_it
  run 2 sources plces:aktau
  complains "did you mean 'places'"
  run 2 sources --assumed plces
  complains "did you mean 'places'"
}

case_map() {
  run 0 map data/demo
  is_json
  says '"FeatureCollection"'
  run 0 map -o "$work/map.geojson"
  complains "12 places"
  "$json_check" <"$work/map.geojson" || fault "the file is no JSON"
  run 0 map --quiet -o "$work/map.geojson"
  silent
  echo old >"$work/kept"
  chmod 444 "$work/kept"
  run 2 map -o "$work/no/such/folder/map.geojson"
  [[ ! -e $work/no ]] || fault "a folder appeared"
  run 2 map -o "$work"
  complains "is a folder"
  [[ -z $(find "$work" -name 'map.geojson.*') ]] || fault "a half-written file stayed behind"
  ln -s "$work/map.geojson" "$work/alias"
  run 0 map --quiet -o "$work/alias"
  [[ -L $work/alias ]] || fault "the symbolic link was replaced"
  if [[ -w /dev/full ]]; then
    run 2 map -o /dev/full
    [[ -c /dev/full ]] || fault "the device was replaced"
  fi
  run 2 map --date tomorrow
}

case_scenario() {
  run 0 scenario list
  says aktau_closed
  run 0 scenario list --format json
  is_json
  run 0 scenario show aktau_closed
  says closures
  run 0 scenario show aktau_closed --format json
  is_json
  run 0 scenario diff base aktau_closed
  says closures
  run 0 scenario diff aktau_closed aktau_closed
  says "say the same"
  run 2 scenario show aktau_close
  complains "did you mean 'aktau_closed'"
  run 2 scenario show ../corridor
  run 2 "${ask[@]}" --scenario aktau_close
  complains "did you mean 'aktau_closed'"
  no_answer
  run 0 show closures --scenario aktau_closed
  says aktau_2026
}

case_plan_text() {
  run 0 "${ask[@]}"
  silent
  says "Xi'an to Constan"
  says "Option 1"
  says "Total"
  says "Documents:"
  says "border China - Kazakhstan"
  says_not $'\x1b'
  run 0 "${ask[@]}" --brief
  says_not "Option 1"
  run 0 "${ask[@]}" --options 1
  says "Option 1"
  says_not "Option 2"
  run 0 "${ask[@]}" --options all
  run 0 "${ask[@]}" --verify
  complains "itineraries hold"
  run 0 "${ask[@]}" --verify --quiet
  silent
  run 0 "${ask[@]}" --color always
  says $'\x1b['
}

case_plan_json() {
  run 0 "${ask[@]}" --format json
  silent
  is_json api/plan.schema.json
  says '"depart": "2026-03-02T00:00:00+08:00"'
  cp "$work/out" "$work/first"
  run 0 --format json "${ask[@]}"
  cmp -s "$work/first" "$work/out" || fault "the same question has two answers"
  run 0 "${ask[@]/2026-03-02/2026-03-02T08:30+05:00}" --format json
  says '"depart": "2026-03-02T11:30:00+08:00"'
}

case_plan_formats() {
  run 0 "${ask[@]}" --format csv
  says "itinerary,leg,mode,from,to,service"
  run 0 "${ask[@]}" --format geojson
  is_json
  says LineString
  run 2 "${ask[@]}" --format markdown
}

case_plan_no() {
  run 1 "${ask[@]}" --avoid-mode rail,sea --avoid-mode road
  says "No option."
  run 1 "${ask[@]}" --avoid-country KZ --format json
  is_json api/plan.schema.json
  says '"refusal"'
  run 1 "${ask[@]}" --scenario aktau_closed
  says "No option."
  run 1 "${ask[@]}" --days 2
  says "No option."
  run 1 "${ask[@]/2026-03-02/1999-01-01}"
  run 1 "${ask[@]/xian/constanta}"
  run 1 "${ask[@]}" --avoid-country KZ --format csv
}

case_plan_input() {
  run 2 "${ask[@]/xian/xain}"
  complains "did you mean"
  no_answer
  run 2 "${ask[@]/80TEU/eighty}"
  complains "expected something like"
  run 2 "${ask[@]/80TEU/-1t}"
  run 2 "${ask[@]/machinery/machinry}"
  complains "machinery"
  run 2 "${ask[@]/2026-03-02/2026-02-30}"
  complains "is not a date"
  run 2 "${ask[@]}" --avoid-mode rale
  complains "did you mean 'rail'"
  run 2 "${ask[@]}" --avoid-risk wars
  complains "did you mean 'war'"
  run 2 "${ask[@]}" --avoid-country XX
  run 2 "${ask[@]}" --load-unit box41
  complains box40
  run 2 "${ask[@]}" --days 0
  complains "1 to 400"
  run 2 "${ask[@]}" --papers-from 2026-02-30
  complains "--papers-from: '2026-02-30' is not a date"
  run 2 "${ask[@]}" --papers-from 2027-03-02
  complains "--papers-from: lies after the last day of the question"
  run 2 "${ask[@]}" --papers-from 2006-03-02
  complains "--papers-from: lies more than ten years before the hand-over"
  run 2 "${ask[@]}" --papers-from 2026-03-02 --policy
  complains "--policy: does not wait for papers"
  run 2 "${ask[@]}" --options none
  run 2 "${ask[@]}" stray
}

# What is asked of the whole way: met by every option, or said to be in the way.
case_plan_whole_way() {
  run 0 "${ask[@]}" --via aktau,poti --only-mode rail,sea --require-country GE \
    --max-transshipments 5 --budget 200000USD --verify --brief
  says "via Aktau, then Poti"
  says "budget USD 200,000"
  says_not Akhalkalaki
  run 0 "${ask[@]}" --require-mode sea --only-country CN,KZ,AZ,GE,RO,TR --format json --verify --quiet
  is_json api/plan.schema.json
  says '"regimes": ['
  run 1 "${ask[@]}" --avoid-regime smgs
  says "(SMGS) is refused"
  run 1 "${ask[@]}" --via poti,aktau --legs 8
  says "by way of Poti and then Aktau takes 12 legs"
  run 1 "${ask[@]}" --budget 1,000usd
  says "costs 196,260 USD; the budget is 1,000"
  run 1 "${ask[@]}" --max-transshipments 2 --format json
  is_json api/plan.schema.json
  says '"obstacle": "transshipments"'
  run 1 "${ask[@]}" --only-modes rail
  says "The mode sea is not among what is allowed"
  run 0 "${ask[@]}" --tolerance 10% --verify --brief
  says "within 10 %"
  run 0 "${ask[@]}" --tolerance 2.5 --format json --quiet
  is_json api/plan.schema.json
  says '"tolerance_percent": 2.5'
  run 2 "${ask[@]}" --tolerance 60%
  complains "expected 0% to 50%"
  run 2 "${ask[@]}" --via xian
  complains "--via: names an end of the way"
  run 2 "${ask[@]}" --via aktau,aktau
  complains "names a place twice"
  run 2 "${ask[@]}" --budget -5
  complains "0.01 to 1e12 USD"
  run 2 "${ask[@]}" --max-transshipments 17
  complains "0 to 16"
  run 2 "${ask[@]}" --via aktau,alat,tbilisi --require-mode rail,sea --max-transshipments 9
  complains "stages; expected at most 64"
  run 2 "${ask[@]}" --require-country AZ,GE,KZ,CN,TR
  complains "--require"
  run 2 "${ask[@]}" --avoid-regime smsg
  complains "did you mean"
}

case_plan_options() {
  run 0 "${ask[@]}" --format json --verify --quiet
  is_json api/plan.schema.json
  local all
  all=$(grep -c '"versus"' "$work/out")
  [ "$all" -gt 1 ] || fault "only $all options"
  says "\"options\": $all,"
  run 0 "${ask[@]}" --options 1 --format json --why-not service:balkan_west
  is_json api/plan.schema.json
  says "\"options\": $all,"
  [ "$(grep -c '"versus": ' "$work/out")" -eq 1 ] || fault "not as many options as asked for"
  run 2 "${ask[@]}" --options 0 --format json
  complains "--options"
}

case_plan_seen() {
  local surely=("${ask[@]}" --deadline 2026-04-05)
  run 0 "${surely[@]}"
  cp "$work/out" "$work/unseen"
  run 0 simulate --from 2026-01-01 --days 360 --warm-up 5 --events "$work/events.csv"
  run 0 "${surely[@]}" --seen "$work/events.csv"
  complains "legs run by what was seen"
  ! cmp -s "$work/out" "$work/unseen" || fault "nothing was learned"
  echo "service,from,to,loaded,unloaded
feeder_wes,aktau,alat,2026-03-01T20:00,2026-03-02T20:00" >"$work/legs.csv"
  run 2 "${surely[@]}" --seen "$work/legs.csv"
  complains "legs.csv:2: service: 'feeder_wes' is no service of this corridor (did you mean 'feeder_west'?)"
  run 2 "${surely[@]}" --seen "$work/none.csv"
  complains "none.csv"
  run 2 plan --batch "$work/none.csv" --seen "$work/events.csv"
  complains "--seen"
}

case_replay() {
  run 0 "${ask[@]}" --deadline 2026-04-05 --format json --options 1
  local handle page
  handle=$(grep -o '"handle": "k1[^"]*' "$work/out" | head -1 | cut -d'"' -f4)
  page=$(grep -o '"handle": "k1[^"]*' "$work/out" | tail -1 | cut -d'"' -f4)
  run 0 simulate --replay "$handle" --replications 4
  says "sent through 4 simulated runs"
  says "laws of delay alone"
  says "Where a tonne's days went"
  cp "$work/out" "$work/first"
  run 0 simulate --replay "$handle" --replications 4 --threads 1
  cmp -s "$work/out" "$work/first" || fault "another answer on one thread"
  run 0 simulate --replay "$handle" --replications 2 --format json
  is_json
  says '"runs": 2'
  run 0 simulate --replay "$handle" --replications 2 --format csv
  says "leg,mode,service,from,to,depart,arrive,loaded_p10"
  run 1 simulate --replay "$handle" --scenario aktau_closed
  says "No longer possible"
  run 2 simulate --replay "$page"
  complains "that of a page"
  run 2 simulate --replay k1nothing
  complains "--replay"
  run 2 simulate --replay "$handle" --worth 3
  complains "--replay"
  run 2 simulate --replay "$handle" --from 2026-01-01
  complains "expected no --from"
}

case_plan_k_best() {
  run 0 "${ask[@]}" --k-best 3 --verify --brief
  says "best by cost, each by another route"
  complains "2 itineraries hold"
  run 0 "${ask[@]}" --k-best 2 --by arrival --format json --verify --quiet
  is_json api/plan.schema.json
  says '"ranked_by": "arrival"'
  run 1 "${ask[@]}" --k-best 2 --days 2
  says "No option."
  run 2 "${ask[@]}" --k-best 21
  complains "1 to 20"
  run 2 "${ask[@]}" --k-best 3 --window 2
  complains "--k-best"
  run 2 "${ask[@]}" --k-best 3 --by price
  complains "--by"
}

case_plan_one_front() {
  local several=("${ask[@]/#constanta/poti,constanta}")
  run 0 "${several[@]}" --one-front --verify --brief
  says "Xi'an to Poti or Constanta"
  says "From"
  run 0 "${several[@]}" --one-front --format json --verify --quiet
  is_json api/plan.schema.json
  says '"pairs"'
  run 1 "${several[@]}" --one-front --days 2
  says "Xi'an to Constanta"
  run 2 "${ask[@]/#constanta/xian}" --one-front
  complains "--one-front: asks for 0 pairs"
  run 2 "${several[@]}" --one-front --k-best 2
  complains "--k-best"
}

case_plan_policy() {
  run 0 "${ask[@]}" --policy --brief
  says "to be there soonest on average"
  says "take Xi'an-Khorgos of"
  run 0 "${ask[@]}" --policy --brief --deadline 2026-03-31
  says "to be on time most surely"
  says "on time in"
  run 0 "${ask[@]}" --policy --format json
  is_json api/plan.schema.json
  says '"act": "deliver"'
  run 2 "${ask[@]}" --policy --budget 9000
  complains "--policy"
  run 2 "${ask[@]}" --policy --legs 6
  complains "does not count legs"
}

case_plan_booked() {
  run 0 "${ask[@]}" --format json
  says '"depart": "2026-03-10T08:00:00+05:00"'
  printf 'service,departs_on,load_unit,units\nktz_block_west,2026-03-10,box40,10\n' >"$work/taken.csv"
  run 0 "${ask[@]}" --booked "$work/taken.csv" --format json --verify --quiet
  is_json api/plan.schema.json
  says_not '"depart": "2026-03-10T08:00:00+05:00"'
  says '"depart": "2026-03-12T08:00:00+05:00"'
  run 0 "${ask[@]}" --booked "$work/taken.csv" --brief --why-not service:ktz_block_west
  says "It is used: by option 1."
  says_not "Mon 2026-03-30 02:30 +03"
  sed 's/box40/box41/' "$work/taken.csv" >"$work/bad.csv"
  run 2 "${ask[@]}" --booked "$work/bad.csv"
  complains "bad.csv:2: load_unit: 'box41'"
  complains "did you mean 'box40'"
  run 2 "${ask[@]}" --booked "$work/none.csv"
  complains "none.csv"
}

case_plan_views() {
  run 0 "${ask[@]}" --brief --chart cost,arrival
  says "days on the way"
  run 0 "${ask[@]}" --brief --chart co2e,cost --options 1
  run 2 "${ask[@]}" --chart cost
  complains "expected two of arrival, cost"
  run 2 "${ask[@]}" --chart cost,cost
  run 2 "${ask[@]}" --chart cost,arival
  complains "did you mean 'arrival'"
  run 0 "${ask[@]}" --brief --gantt 1
  says "at Xi'an"
  says "moving"
  run 2 "${ask[@]}" --options 1 --gantt 2
  complains "expected 1 to 1"
  awk 'length > 400' "$work/out" | grep -q . && fault "lines out of bounds"
  run 0 "${ask[@]}"
  [[ $out != *"Option 2"* || $out == *"against option "* ]] || fault "options are not compared"
}

case_plan_papers() {
  run 0 "${ask[@]}" --format ics
  says "BEGIN:VCALENDAR"
  [[ $(grep -c $'\r$' "$work/out") -eq $(wc -l <"$work/out") ]] || fault "lines without CRLF"
  ! LC_ALL=C grep -q '.\{77\}' "$work/out" || fault "a line of more than 75 octets"
  [[ $(grep -c BEGIN:VEVENT "$work/out") -ge 2 ]] || fault "too few events"
  cp "$work/out" "$work/first"
  run 0 "${ask[@]}" --format ics
  cmp -s "$work/first" "$work/out" || fault "the same plan has two calendars"
  run 2 "${ask[@]}" --format ics --choose 99
  complains "--choose"
  run 1 "${ask[@]}" --format ics --avoid-country KZ
  says "No option."
  run 0 "${ask[@]}" --format html
  says "<!doctype html>"
  says "Total"
  says "<code>tariffs</code>"
  says "Validity"
  local bad
  for bad in "<script" http:// https:// "url(" "<link" "<img"; do says_not "$bad"; done
}

case_plan_why_not() {
  run 0 "${ask[@]}" --brief --why-not place:aktau
  says "Why not Aktau?"
  run 0 "${ask[@]}" --format json --why-not place:aktau --why-not service:ktz_block_west
  is_json api/plan.schema.json
  says '"why_not"'
  says_not '"nearest"'
  run 0 "${ask[@]}" --format json --why-not service:ady_poti_east
  is_json api/plan.schema.json
  says '"reason": "beaten"'
  says '"nearest"'
  run 1 "${ask[@]}" --avoid-country KZ --format json --why-not place:aktau
  is_json api/plan.schema.json
  says '"reason": "obstacle"'
  run 2 "${ask[@]}" --why-not aktau
  complains "expected service:CODE or place:CODE"
  run 2 "${ask[@]}" --why-not place:aktua
  complains "did you mean"
}

case_plan_handles() {
  run 0 "${ask[@]}" --format json
  local page option
  page=$(sed -n 's/^  "handle": "\(.*\)",$/\1/p' "$work/out")
  option=$(sed -n 's/^      "handle": "\(.*\)"$/\1/p' "$work/out" | head -1)
  cp "$work/out" "$work/first"
  run 0 plan --handle "$page" --format json
  cmp -s "$work/first" "$work/out" || fault "the handle asks another question"
  run 0 plan --handle "$page" --page later --format json
  is_json api/plan.schema.json
  ! cmp -s "$work/first" "$work/out" || fault "the later page is the same"
  local later
  later=$(sed -n 's/^  "handle": "\(.*\)",$/\1/p' "$work/out")
  run 0 plan --handle "$later" --page earlier --brief
  run 0 plan --refresh "$option"
  says "Nothing has changed"
  run 1 plan --refresh "$option" --scenario aktau_closed
  says "No longer possible"
  says Aktau
  run 2 plan --refresh "$page"
  complains "that of a page"
  run 2 plan --refresh "${option%??}"
  complains "damaged"
  run 2 plan --handle "k2${page#k1}"
  complains "another version"
  run 2 plan --handle nonsense
  complains "not a handle"
  run 2 plan --handle "$page" --page sideways
  complains "expected earlier, later"
}

case_plan_batch() {
  printf '%s\n' id,from,to,cargo,goods,depart \
    one,xian,constanta,80TEU,machinery,2026-03-02 \
    two,xian,constanta,20TEU,machinery, \
    "three,xian,constanta,2TEU,machinery,2026-03-09" \
    four,xian,xian,2TEU,machinery,2026-03-09 >"$work/good.csv"
  run 0 plan --batch "$work/good.csv" --depart 2026-03-05 --format csv --threads 1
  silent
  says "id,status,option,depart"
  says "two,ok,1,2026-03-05"
  says "four,no,"
  [[ $(wc -l <"$work/out") -eq 5 ]] || fault "not one row for each row"
  cp "$work/out" "$work/one_thread"
  run 0 plan --batch "$work/good.csv" --depart 2026-03-05 --format csv --threads 3
  cmp -s "$work/out" "$work/one_thread" || fault "three threads give another answer than one"
  run 0 plan --batch - --depart 2026-03-05 --format csv <"$work/good.csv"
  cmp -s "$work/out" "$work/one_thread" || fault "standard input gives another answer"
  run 0 plan --batch "$work/good.csv" --depart 2026-03-05 --options all --by arrival --format json
  is_json
  run 0 plan --batch "$work/good.csv" --depart 2026-03-05 --verify
  sed -i '3s/constanta/constanza/; 4s/2TEU/two/' "$work/good.csv"
  run 2 plan --batch "$work/good.csv" --depart 2026-03-05 --format csv
  complains "good.csv:3: to:"
  complains "did you mean Constan"
  complains "good.csv:4: cargo:"
  says "one,ok"
  says "two,bad"
  run 2 plan --batch "$work/good.csv" --depart 2026-03-05 --strict
  no_answer
  # Ctrl-C (SIGTERM is handled alike) in the middle of many: a word, a status, no answer, soon.
  { echo from,to,cargo,goods,depart
    for _ in $(seq 4000); do echo xian,constanta,80TEU,machinery,2026-03-02; done; } >"$work/many.csv"
  KARVAN_DATA=data/titr "$karvan" plan --batch "$work/many.csv" --format csv \
    >"$work/out" 2>"$work/err" &
  local job=$!
  sleep 3
  kill -TERM $job
  wait $job
  local status=$?
  [[ $status -eq 130 ]] || fault "a batch was stopped with $status, not 130"
  grep -q "of 4000 shipments; nothing was written" "$work/err" || fault "does not say how far it came"
  [[ ! -s $work/out ]] || fault "a stopped batch wrote something"
  run 2 plan --batch "$work/good.csv"
  complains "depart: is required"
  echo from,too >"$work/bad.csv"
  run 2 plan --batch "$work/bad.csv"
  complains "did you mean 'to'"
  no_answer
  run 2 plan --batch "$work/none.csv"
  complains "cannot read"
  run 2 plan --batch "$work/good.csv" --by speed
  complains "expected arrival, cost, co2e, risk"
}

case_plan_many() {
  local many=(plan --from xian --cargo 2TEU --goods machinery --depart 2026-03-02)
  run 0 "${many[@]}" --to aktau,constanta --format csv
  says "from,to,options"
  [[ $(wc -l <"$work/out") -eq 3 ]] || fault "not a row for each pair"
  printf 'from,to\nxian,constanta\n' >"$work/pairs.csv"
  run 0 "${many[@]}" --matrix "$work/pairs.csv" --format json
  is_json
  run 2 "${many[@]}" --to aktau,nowhere
  complains nowhere
  run 0 "${many[@]}" --isochrone 15 --format csv --threads 1
  says "days,arrive,place"
  cp "$work/out" "$work/one_thread"
  run 0 "${many[@]}" --isochrone 15 --format csv --threads 2
  cmp -s "$work/out" "$work/one_thread" || fault "two threads reach other places than one"
  run 0 "${many[@]}" --isochrone 15 --format geojson
  is_json
  run 0 "${many[@]}" --isochrone 15
  run 2 "${many[@]}" --isochrone 1000
  complains "1 to 400"
}

case_observations() {
  run 0 observations
  says "inside their tolerance"
  run 0 observations --format json
  is_json
  run 0 observations --format markdown --all
  says "|---"
  run 0 observations --format csv
  says "id,quantity,from,to"
}

case_simulate() {
  export KARVAN_DATA=data/titr
  # A quarter of the corridor: the report, the audit, the same bytes on one thread and on two.
  local quarter=(simulate --scenario 2024 --from 2024-04-01 --days 91 --warm-up 30)
  run 0 "${quarter[@]}" --verify
  says "for want of capacity"
  says "Bottlenecks"
  says "Waits for the next departure"
  says "Where cargo stays"
  says "Borders"
  awk 'length($0) > 104 { exit 1 }' "$work/out" || fault "a line of the report is too wide"
  says "TITR containers"
  says "Baku-Tbilisi-Ceyhan"
  complains "audited"
  run 0 "${quarter[@]}" --replications 2 --threads 1 --format csv
  says "figure,mean,low,high,runs,note"
  says "skewed, and fewer than 5 runs"
  says "no figure: too few observations in a run for this quantile"
  local figure
  for figure in market/BTC/wait_departure_h market/BTC/delivered_t/2024-05 corridor/short_t_h \
    place/aktau/dwell_p50_h /share_stormbound, /share_ballast, /share_filling, service/; do
    says "$figure"
  done
  cp "$work/out" "$work/one_thread"
  run 0 "${quarter[@]}" --replications 2 --threads 2 --format csv
  cmp -s "$work/out" "$work/one_thread" || fault "two threads give another answer than one"
  run 0 "${quarter[@]}" --compare kuryk_closed --replications 2
  says "kuryk_closed against 2024"
  # A route that is closed: refused by itself, lost if asked.
  local closed=(simulate --scenario northern_route_closed --from 2026-04-01 --days 30 --warm-up 30)
  run 2 "${closed[@]}"
  complains "has no way to go"
  run 0 "${closed[@]}" --lose-unserved
  says "Lost for want of any way"
  run 0 "${quarter[@]}" --events "$work/events.csv"
  head -1 "$work/events.csv" | grep -q "^event_time,shipment,business_step" ||
    fault "the event log has no head line"
  run 0 "${quarter[@]}" --shipments "$work/shipments.csv"
  head -1 "$work/shipments.csv" | grep -q "^shipment,demand,market,from,to,released,delivered,kg" ||
    fault "the deliveries have no head line"
  # What cannot be written, found or waited for is told before the runs.
  local word
  for word in --out --events --shipments; do
    run 2 "${quarter[@]}" "$word" "$work/no/such/folder/file"
    complains "$word"
    complains "cannot write"
  done
  run 2 "${quarter[@]}" --charts "$work/no/such/folder"
  complains "--charts"
  run 2 "${quarter[@]}" --events "$work/x" --out "$work/x"
  complains "same file"
  run 2 "${quarter[@]}" --compare kuryk_close
  complains "did you mean 'kuryk_closed'"
  run 2 "${quarter[@]}" --max-events 1000
  complains "limit of 1000 events"
  run 2 "${quarter[@]}" --max-seconds 0.01 --out "$work/late"
  complains "--max-seconds"
  [[ ! -e $work/late ]] || fault "an answer after its time was up"
  run 0 simulate --scenario 2024 --observations --format json
  is_json
  run 0 "${quarter[@]}" --precision "market/BTC/transit_mean_h=5%" --format csv
  says "market/BTC/transit_mean_h"
  # However many runs the precision took, each has its pair.
  run 0 "${quarter[@]}" --precision "market/BTC/transit_mean_h=5%" --compare kuryk_closed
  says "kuryk_closed against 2024"
  run 0 "${quarter[@]}" --charts "$work/charts" --charts-of kuryk
  grep -q "<polyline" "$work/charts/queues_kuryk.svg" || fault "the chart of Kuryk has no line"
  # A workbook: read back as a spreadsheet program would.
  run 0 "${quarter[@]}" --replications 2 --compare kuryk_closed --format xlsx --out "$work/a.xlsx"
  complains "wrote"
  no_answer
  unzip -tq "$work/a.xlsx" >"$work/out" || fault "the workbook is no archive"
  unzip -p "$work/a.xlsx" xl/workbook.xml >"$work/out"
  local page
  for page in Summary Markets Bottlenecks Vessels Services Places Pipelines "By month" Differences; do
    grep -q "name=\"$page\"" "$work/out" || fault "the workbook lacks the page $page"
  done
  unzip -p "$work/a.xlsx" xl/worksheets/sheet2.xml | grep -q 'state="frozen"' ||
    fault "the head of the markets is not frozen"
  unzip -p "$work/a.xlsx" xl/sharedStrings.xml | grep -q "TITR containers" ||
    fault "the workbook lacks a market"
  "$karvan" "${quarter[@]}" --replications 2 --compare kuryk_closed --format xlsx >"$work/b.xlsx"
  cmp -s "$work/a.xlsx" "$work/b.xlsx" || fault "the same question gives another workbook"
  run 2 simulate --precision "market/BTC"
  complains "is not a figure and a percentage"
  run 2 simulate --from yesterday
  complains "is not a date"
  run 2 simulate --days 0
  complains "expected 1 to 36600"
  run 2 simulate --from 2050-01-01
  complains "nothing would move"
}

# What cannot run is told before it does: file, line, row, column, value, what was expected.
case_simulate_input() {
  local ask=(simulate --from 2026-01-01 --days 30 --warm-up 10 --data "$work/bad")
  # bad FILE ID COLUMN VALUE: the demo with one cell changed.
  bad() {
    rm -rf "$work/bad"
    cp -r data/demo "$work/bad"
    awk -F, -v OFS=, -v id="$2" -v column="$3" -v value="$4" '
      NR == 1 { for (i = 1; i <= NF; ++i) if ($i == column) at = i }
      $1 == id { $at = value }
      { print }' "data/demo/$1" >"$work/bad/$1"
    ! cmp -s "data/demo/$1" "$work/bad/$1" || fault "$1 has no cell $2.$3 to spoil"
    run 2 "${ask[@]}"
    no_answer
    local line
    line=$(awk -F, -v id="$2" '$1 == id { print NR }' "data/demo/$1")
    complains "$1:$line: "
    complains "$3"
  }
  run 0 "${ask[@]/$work\/bad/data/demo}"
  bad crossing_steps.csv any-rail-1 hours "lognormal mean=-4 cv=0.5"
  complains "needs a mean"
  bad crossing_steps.csv any-rail-1 hours "triangular min=9 mode=3 max=4"
  complains "min <= mode <= max"
  bad crossing_steps.csv any-rail-1 hours "lognormal mean=4"
  complains "cv"
  bad crossing_steps.csv any-rail-1 hours "lognorml mean=4 cv=1"
  complains "did you mean 'lognormal'"
  bad berths.csv aktau-dry count 0
  complains "expected"
  bad capacities.csv ady_btk_west-box40 units 0
  bad vessels.csv caspian_star speed_kn 0
  complains "expected"
  bad vessels.csv caspian_star capacity_teu 0
  bad gauge_changes.csv akhalkalaki-1520-1435-container stands 0
  bad demand.csv china-europe-2026 batch 0
  complains "expected"
  bad demand.csv china-europe-2026 quantity -5
  # A service without ships, demand without a way.
  rm -rf "$work/bad"
  cp -r data/demo "$work/bad"
  sed -i 's/feeder_east;feeder_west/feeder_east/' "$work/bad/vessels.csv"
  run 2 "${ask[@]}"
  no_answer
  complains "services.csv:"
  complains "no ship to sail"
  cp data/demo/vessels.csv "$work/bad/"
  run 2 "${ask[@]/2026-01-01/2026-03-01}" --scenario aktau_closed
  no_answer
  complains "demand.csv:2: row china-europe-2026: has no way to go"
  complains "--lose-unserved"
  # Nothing to move at all.
  sed -i 2d "$work/bad/demand.csv"
  run 2 "${ask[@]}"
  no_answer
  complains "nothing would move"
}

case_interrupt() {
  export KARVAN_DATA=data/titr
  # Ctrl-C in the middle of long runs: a clear word and status, no file, soon.
  "$karvan" simulate --scenario 2024 --replications 1000 --threads 2 --out "$work/answer" \
    --format csv >"$work/out" 2>"$work/err" &
  local job=$!
  # Bash has it ignore SIGINT in the background; SIGTERM is handled alike.
  sleep 8
  local begun
  begun=$(date +%s%N)
  kill -TERM $job
  wait $job
  local status=$?
  local ms=$((($(date +%s%N) - begun) / 1000000))
  [[ $status -eq 130 ]] || fault "stopped with $status, not 130"
  grep -q "stopped; nothing was written" "$work/err" || fault "does not say that it was stopped"
  [[ ! -s $work/out && -z $(find "$work" -name 'answer*') ]] || fault "something was written"
  ((ms < 1000)) || fault "took $ms ms to stop"
}

case_experiments() {
  export KARVAN_DATA=data/titr
  # Many variants of one question, over a month.
  local month=(simulate --scenario 2024 --from 2024-04-01 --days 30 --warm-up 10)
  run 0 "${month[@]}" --replications 2 --sweep 'demand.*.quantity=x0.9..x1.1/3'
  says "corridor/delivered_t"
  run 0 "${month[@]}" --sweep 'vessels.aframax_kz.speed_kn=10..14/2' --figure 'market/CPC/*' \
    --format csv
  says "market/CPC/delivered_t,14.0000"
  says "one run tells no spread"
  run 2 "${month[@]}" --sweep 'vessel.aframax_kz.speed_kn=8..14/4'
  complains "did you mean 'vessels'"
  run 2 "${month[@]}" --sweep 'vessels.aframax_k.speed_kn=8..14/4'
  complains "did you mean 'aframax_kz'"
  run 2 "${month[@]}" --sweep 'vessels.aframax_kz.sped_kn=8..14/4'
  complains "did you mean 'speed_kn'"
  run 2 "${month[@]}" --sweep 'vessels.aframax_kz.speed_kn=8'
  complains "names no range"
  run 2 "${month[@]}" --sweep 'vessels.aframax_kz.speed_kn=8..9/2' --figure market/CPX/delivered_t
  complains "did you mean 'market/CPC/delivered_t'"
  run 0 "${month[@]}" --sensitivity 2 --sensitivity-of berths.aktau_oil --threads 1 --charts "$work/charts"
  says "trajectories of Morris"
  cp "$work/out" "$work/one_thread"
  grep -q "<rect" "$work/charts/sensitivity_1.svg" || fault "the tornado has no bar"
  run 0 "${month[@]}" --sensitivity 2 --sensitivity-of berths.aktau_oil --threads 2
  cmp -s "$work/out" "$work/one_thread" || fault "two threads screen otherwise than one"
  run 2 "${month[@]}" --sensitivity 2 --sensitivity-of no_such_thing
  complains "no assumed number"
  run 2 "${month[@]}" --sensitivity 1
  complains "expected 2 to 1000"
  run 2 "${month[@]}" --worth 2 --compare kuryk_closed
  complains "one at a time"
  run 0 "${month[@]}" --worth 2 --format json
  is_json
  says "waiting_saved_t_h"
  run 0 simulate --scenario 2024 --from 2024-04-01 --days 30 --warm-up auto
  complains "by MSER-5"
  says "Waiting by week"
  run 2 simulate --warm-up soon
  complains "or auto"
}

case_completion() {
  run 0 completion bash
  bash -n "$work/out" || fault "the bash script does not parse"
  run 0 completion zsh
  says bashcompinit
  run 2 completion powershell
  complains "bash, zsh"
  run 0 complete places
  says aktau
  run 0 complete scenarios
  says aktau_closed
  run 0 complete nothing
  no_answer
  run 0 complete places --data no/such/folder
  silent
  # It knows every option.
  run 0 completion bash
  cp "$work/out" "$work/completion"
  local verb option
  for verb in check show sources map scenario observations plan simulate serve timetable; do
    run 0 "$verb" --help
    for option in $(grep -oE '^ +(-[a-z], ?)?--[a-z-]+' "$work/out" | grep -oE -- '--[a-z-]+'); do
      grep -qE -- "$option([ \"|)]|$)" "$work/completion" || fault "$verb $option is not completed"
    done
  done
  # The script itself, as bash runs it.
  local words
  words=$(
    PATH=$(dirname "$karvan"):$PATH
    source <("$karvan" completion bash)
    COMP_WORDS=(karvan plan --from akt)
    COMP_CWORD=3
    _karvan
    echo "${COMPREPLY[@]}"
    COMP_WORDS=(karvan sc)
    COMP_CWORD=1
    _karvan
    echo "${COMPREPLY[@]}"
  )
  [[ $words == *aktau* && $words == *scenario* ]] || fault "completion gives '$words'"
}

case_names() {
  run 0 "${ask[@]/xian/Xi\'an}" --brief
  run 0 "${ask[@]/constanta/Constanța}" --brief
  run 0 "${ask[@]/constanta/ROCND}" --brief
  run 0 "${ask[@]/constanta/CONSTANTA}" --brief
  run 0 show place "Constanța"
  says Constan
  run 2 "${ask[@]/xian/$'\xff\xfe'}"
  run 2 "${ask[@]/xian/}"
}

case_streams() {
  "$karvan" "${ask[@]}" <&- >"$work/out" 2>"$work/err" || fault "fails without standard input"
  [[ -s $work/out ]] || fault "no answer without standard input"
  "$karvan" "${ask[@]}" >&- 2>"$work/err"
  [[ $? -eq 2 ]] || fault "an answer that cannot be written is no answer"
  grep -q "cannot write" "$work/err" || fault "does not say that it cannot write"
  if [[ -w /dev/full ]]; then
    "$karvan" "${ask[@]}" >/dev/full 2>"$work/err"
    [[ $? -eq 2 ]] || fault "a full disk is not told"
  fi
  "$karvan" "${ask[@]}" 2>"$work/err" | head -1 >"$work/out"
  [[ ! -s $work/err ]] || fault "complains when its reader leaves"
  [[ -s $work/out ]] || fault "no first line"
  NO_COLOR=1 "$karvan" "${ask[@]}" >"$work/out"
  ! grep -q $'\x1b' "$work/out" || fault "colors in spite of NO_COLOR"
}

case_locale() {
  run 0 "${ask[@]}"
  cp "$work/out" "$work/plain"
  LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 "$karvan" "${ask[@]}" >"$work/out" 2>&1
  cmp -s "$work/plain" "$work/out" || fault "the locale changes the answer"
  TZ=America/New_York "$karvan" "${ask[@]}" >"$work/out" 2>&1
  cmp -s "$work/plain" "$work/out" || fault "the machine's time zone changes the answer"
}

case_titr() {
  export KARVAN_DATA=data/titr
  run 0 check --format json
  is_json
  says '"ok": true'
  run 0 "${ask[@]}" --format json --verify --quiet
  is_json api/plan.schema.json
  run 0 "${ask[@]}" --tolerance 10% --verify --brief
  says "options, standing for all others within 10 %"
  run 0 show place baku
  run 0 sources
  run 0 map -o "$work/map.geojson" --quiet
  "$json_check" <"$work/map.geojson" || fault "the map is no JSON"
}

# The stories of docs/plan.md, in its order.
case_plan_stories() {
  export KARVAN_DATA=data/titr
  # A deadline in Constanta without a sanctioned railway: held in calm weather, lost in a storm.
  local safe=("${ask[@]}" --days 26 --avoid-risk sanctions,war --brief)
  run 0 "${safe[@]}" --verify --quiet
  says "rail-ship-rail"
  run 1 "${safe[@]}" --scenario storm_winter --why-not service:kmtf_feeder_aktau_alat
  says "is refused, and every way from Xi'an to Constanta within 26 days needs it"
  says "aktau-alat-sea is closed from 2026-03-12"
  run 0 "${ask[@]}" --brief --handles
  local option
  option=$(sed -n 's/^  option 4  *//p' "$work/out")
  run 0 plan --refresh "$option" --brief
  says "Nothing has changed"
  run 0 plan --refresh "$option" --scenario storm_winter --brief
  says "Container feeder Aktau-Alat leaves Aktau 5 d 14 h later"
  # The latest hand-over that makes a day, and what a fortnight of hand-overs offers.
  local late=(plan --from xian --to constanta --cargo 80TEU --goods machinery --brief --verify)
  run 0 "${late[@]}" --arrive-by 2026-04-10 --depart 2026-03-02 --step 24
  says "Handed over"
  says "there by"
  run 0 "${late[@]}" --depart 2026-03-02 --window 4
  says "none beaten in all five"
  run 1 "${late[@]}" --arrive-by 2026-03-05 --depart 2026-03-02
  says "Obstacle: too_late"
  run 2 "${late[@]}" --depart 2026-03-02 --window 300
  complains "--window: 300 is out of range; expected 0 to 280"
  run 2 "${late[@]}" --arrive-by 2026-03-01 --depart 2026-03-02
  complains "lies before the hand-over of --depart"
  # 200 t of sulfur, in wagons over the Caspian or restowed.
  run 0 plan --from tengiz --to poti --cargo 200t --goods sulphur --depart 2026-03-02 --verify \
    --brief --why-not place:kuryk
  says "Kuryk, Alat"
  # Reefers keep to reefers.
  run 0 plan --from tbilisi --to almaty --cargo 4x40ft --goods frozen_food --depart 2026-03-02 \
    --verify --format csv
  says ",reefer40,"
  says_not ",box40,"
  # Explosives go by rail ferry or feeder; the ro-pax carries passengers.
  run 0 plan --from almaty --to baku --cargo 40t --goods explosives --depart 2026-03-02 --verify \
    --brief --why-not service:asco_ropax_kuryk_alat
  says "Ro-pax Kuryk-Alat takes no goods of class 1 but 1.4S (IMDG Code"
  # A weekly ro-pax with room for boxes takes corrosives, not explosives.
  run 0 plan --from batumi --to burgas --cargo 2x20ft --goods hazardous_chemicals \
    --depart 2026-03-02 --brief --verify --why-not service:bs_ropax_batumi_burgas
  says "Why not Ferry Batumi-Burgas? It is used"
  run 0 plan --from batumi --to burgas --cargo 2x20ft --goods explosives \
    --depart 2026-03-02 --brief --verify --why-not service:bs_ropax_batumi_burgas
  says "Ferry Batumi-Burgas takes no goods of class 1"
  # By Aktau, by rail and ship, lifted five times at most.
  local lifted=("${ask[@]}" --via aktau --only-mode rail,sea --brief --max-transshipments)
  run 0 "${lifted[@]}" 5 --verify --quiet
  says "282,445"
  says "22 options"
  run 1 "${lifted[@]}" 4
  says "needs at least 5"
  # Without the rail ferries of Kuryk they go round by Aktau, not by the ro-pax.
  run 0 plan --from kuryk --to alat --cargo 40t --goods explosives --depart 2026-03-02 --brief \
    --avoid-service asco_ferry_kuryk_alat,asco_ferry28_kuryk_alat --days 10
  says "rail-ship  Aktau"
  # Boxes of China's railways: paid for until a depot has them, and only where one takes them.
  local hired=(plan --from xian --cargo 10x40ft --goods machinery --depart 2026-03-02 --verify
    --load-unit box40 --hired-from cr)
  run 0 "${hired[@]}" --to poti
  says "load units of China State Railway Group"
  says "given back empty to China State Railway Group at Poti"
  says " + hire 9,000"
  says "detention USD 1,500"
  run 0 "${hired[@]}" --to poti --format json
  is_json api/plan.schema.json
  says '"hired_from": "cr"'
  run 0 "${hired[@]}" --to poti --format html --choose 1
  says "Hired load units"
  run 0 "${hired[@]}" --to poti --format ics --choose 1
  says "Empty load units back at Poti"
  run 1 "${hired[@]}" --to tashkent
  says "takes none of its load units back at Tashkent"
  says "it does at Absheron"
  run 2 "${hired[@]}" --to poti --hired-from maersk
  complains "--hired-from"
  # Eastbound empties.
  run 0 plan --from poti --to khorgos_cn --cargo 60x40ft --goods empty_containers \
    --load-unit box40 --depart 2026-03-02 --verify --brief --chart cost,co2e
  says "rail-ship-rail"
  # A quote.
  run 0 "${ask[@]}" --format html --choose 4
  says "<h1>Xi&#39;an"
  says "Total</td>"
  is_one_page
}

# The page in $out, printed where there is a browser.
is_one_page() {
  local browser=${KARVAN_CHROMIUM:-/usr/bin/chromium}
  [[ -x $browser ]] || return
  cp "$work/out" "$work/page.html"
  "$browser" --headless=new --no-sandbox --disable-gpu --no-pdf-header-footer \
    --user-data-dir="$work/browser" --print-to-pdf="$work/page.pdf" "file://$work/page.html" \
    >"$work/browser.log" 2>&1
  local pages
  pages=$(grep -a -c '/Type /Page$' "$work/page.pdf")
  [[ $pages -eq 1 ]] || fault "the quote takes $pages pages"
}

declare -F "case_$3" >/dev/null || { echo "no case $3"; exit 1; }
"case_$3"
if ((faults > 0)); then
  echo "$faults faults"
  exit 1
fi
