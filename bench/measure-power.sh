#!/bin/sh
# What the verdict rule finds, by simulation with the rule itself: chance of `improved` for plans,
# launch-to-launch noise and true gains. Wants a built tree (./mvnw -q test-compile).
set -eu
cd "$(dirname "$0")/.."
java_home=$(.mvn/find-jdk)
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -pl tools dependency:build-classpath -Dmdep.outputFile="$classpath" >&2
"$java_home/bin/java" -cp "tools/target/classes:$(cat "$classpath")" bench/MeasurePower.java
