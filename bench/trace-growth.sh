#!/bin/sh
# Time and memory of detection on a real trace grown 1, 10, 50… times, beside what the sqlite3
# shell needs for bare sums over the same tables. Of several rounds, each of them one run of either,
# the best counts: on a shared machine the others tell of the neighbours.
#
# Usage: bench/trace-growth.sh TRACE.sqlite.gz [TIMES…]     (ROUNDS=5)
# Needs python3, sqlite3 and GNU time. Grown files lie in a temporary folder and are deleted.
# HOSTPERF names the command that is measured; without it, ./hostperf where it exists, else the
# classes under tools/target (after `./mvnw -pl tools test-compile dependency:build-classpath
# -Dmdep.outputFile=target/classpath`).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
trace=$1
shift
[ $# -gt 0 ] || set -- 1 10 50

if [ -z "${HOSTPERF:-}" ]; then
  if [ -x "$root/hostperf" ]; then
    HOSTPERF="$root/hostperf detect --json"
  else
    java="$(sh "$root/.mvn/find-jdk" 2>/dev/null || echo "${JAVA_HOME:?set JAVA_HOME}")/bin/java"
    HOSTPERF="$java -XX:+UseSerialGC -XX:CompileThresholdScaling=8 -XX:Tier3BackEdgeThreshold=7500 -Xmx1g -Xmn24m -XX:PretenureSizeThreshold=128k -XX:+UseTransparentHugePages --enable-native-access=ALL-UNNAMED -cp $root/tools/target/classes:$root/tools/target/test-classes:$(cat "$root/tools/target/classpath") hostperf.trace.answer.DetectOnce"
  fi
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gunzip -c "$trace" >"$folder/one.sqlite"
sums="select sum(end-start) from CUPTI_ACTIVITY_KIND_KERNEL;
      select sum(end-start) from CUPTI_ACTIVITY_KIND_RUNTIME;
      select sum(end-start) from NVTX_EVENTS;"

printf '%6s %9s %10s %10s %7s %13s %12s %9s\n' times MB sqlite3_s detect_s ratio sqlite3_cpu_s detect_cpu_s peak_MiB
for times in "$@"; do
  grown="$folder/grown.sqlite"
  python3 "$root/bench/trace-grow.py" "$folder/one.sqlite" "$grown" "$times"
  sqlite3 "$grown" "$sums" >/dev/null # the file is in the page cache for both
  : >"$folder/bare"
  : >"$folder/ours"
  round=0
  while [ $round -lt "${ROUNDS:-5}" ]; do
    round=$((round + 1))
    /usr/bin/time -a -f '%e %U %S' -o "$folder/bare" sqlite3 "$grown" "$sums" >/dev/null
    # shellcheck disable=SC2086 # HOSTPERF is a command with its arguments
    /usr/bin/time -a -f '%e %U %S %M' -o "$folder/ours" $HOSTPERF "$grown" >/dev/null 2>&1
  done
  awk -v times="$times" -v bytes="$(stat -c %s "$grown")" '
    FNR == NR {
      bare = FNR == 1 || $1 < bare ? $1 : bare
      bare_cpu = FNR == 1 || $2 + $3 < bare_cpu ? $2 + $3 : bare_cpu
      next
    }
    { wall = FNR == 1 || $1 < wall ? $1 : wall
      cpu = FNR == 1 || $2 + $3 < cpu ? $2 + $3 : cpu
      peak = $4 > peak ? $4 : peak }
    END { printf "%6d %9.1f %10.2f %10.2f %7.2f %13.2f %12.2f %9.0f\n",
      times, bytes / 1e6, bare, wall, wall / bare, bare_cpu, cpu, peak / 1024 }' \
    "$folder/bare" "$folder/ours"
  rm "$grown"
done
