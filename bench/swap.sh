#!/bin/sh
# Verdicts by swap on patches that change nothing and on known gains, and by launches on some of
# them: bench/swap.sh sample, or bench/swap.sh lmdeploy with LMDEPLOY (a checkout) and PYTHON (with
# torch and numpy). NO_OPS, GAINS, BY_LAUNCHES, STEPS and JOBS scale it. Wants a built tree.
set -eu
engine=${1:-sample}
cd "$(dirname "$0")/.."
here=$PWD
java_home=$(.mvn/find-jdk)
classpath=$(mktemp)
out=$(mktemp -d)
trap 'rm -rf "$classpath" "$out"' EXIT
./mvnw -q -pl tools dependency:build-classpath -Dmdep.outputFile="$classpath" >&2
case $engine in
  sample) checkout=$here/examples/mini-executor root=mini_executor.py_executor::PyExecutor._executor_iteration ;;
  lmdeploy) checkout=$LMDEPLOY root=steady::Lmdeploy.turn ;;
  *) echo "swap.sh: sample or lmdeploy" >&2; exit 2 ;;
esac
"$java_home/bin/java" -cp "tools/target/classes:$(cat "$classpath")" bench/swap/SwapBench.java \
  "$checkout" "$out" "$root" "${STEPS:-1000}" "${MIN_EFFECT:-0.005}" "${NO_OPS:-50}" "${GAINS:-20}" 0.01 \
  "${BY_LAUNCHES:-4}" "${JOBS:-1}" "${PYTHON:-python3}" "$here/bench/swap/steady.py" "$engine"
