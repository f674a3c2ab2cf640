#!/usr/bin/env bash
# run_test.sh KARVAN: `make run` before a terminal, without its builds: it asks its question, serves a
# page on a free port and ends on Ctrl-C. Stands in the root of the checkout.
set -u
karvan=$1
work=$(mktemp -d)
fault() {
  echo "FAULT: $*"
  cat "$work/seen"
  exit 1
}
mkdir "$work/page"
echo '<p>a page' >"$work/page/index.html"
mkfifo "$work/keys"
run=
trap 'exec 3>&-; [[ -n $run ]] && kill $run 2>/dev/null; rm -rf "$work"' EXIT
serve="--port 0 --data data/demo --web $work/page --store $work/store.sqlite"
script -qec "make --no-print-directory -o build run KARVAN=$karvan PAGE=true SERVE='$serve'" \
  /dev/null <"$work/keys" >"$work/seen" 2>&1 &
run=$!
exec 3>"$work/keys"

for ((i = 0; i < 300; i++)); do
  address=$(grep -o 'http://127\.0\.0\.1:[0-9]*/' "$work/seen" | tail -1)
  [[ -n $address ]] && break
  kill -0 $run 2>/dev/null || fault "it ended before it served"
  sleep 0.1
done
[[ -n $address ]] || fault "it tells no address within 30 s"
grep -q 'Ctrl-C ends it' "$work/seen" || fault "it does not say how it ends"
grep -q 'xian' "$work/seen" || fault "it asked no question"

port=${address##*:}
exec 4<>"/dev/tcp/127.0.0.1/${port%/}" || fault "nobody listens at $address"
printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "${port%/}" >&4
page=$(timeout 30 cat <&4)
[[ $page == *' 200 '*'<p>a page'* ]] || fault "the page is not served: $page"

printf '\003' >&3
wait $run
status=$?
[[ $status -eq 0 || $status -eq 130 ]] || fault "Ctrl-C ends it with $status"
