#!/bin/sh
# Runs tests by name a few seconds after an edit. It compiles what changed since the last compile and
# nothing else, without the checks of the gate: `./mvnw verify` is what counts in the end.
#   ./t PercentTest PaceTest     classes, of either module
#   ./t PercentTest#rounds       one method
#   ./t LoopIT                   a test of the packaged server: the jars are packed first
#   ./t                          compiles only
#   GOLDEN=true ./t ToolsTest    rewrites goldens
set -eu
cd "$(dirname "$0")"
jdk=$(.mvn/find-jdk)
root=$PWD
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)

# The first time, and when a pom changed: Maven compiles everything and says what the class path is.
paths=target/t-classpath
if [ ! -s $paths ] || [ -n "$(find pom.xml tools/pom.xml server/pom.xml -newer $paths)" ]; then
  mkdir -p target
  ./mvnw -q -B -ntp test-compile dependency:build-classpath \
    -DexcludeArtifactIds=hostperf-tools -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test >&2
  mv server/target/classpath $paths
fi
libraries=$(cat $paths)
both="$root/tools/target/classes:$root/tools/target/test-classes:$root/server/target/classes:$root/server/target/test-classes"

# Compiles the sources of $1 (main or test) that are newer than the last compile, and copies resources.
compile() {
  stamp=target/t-$1
  # Maven compiled last: what is older than its classes is in them.
  [ -e $stamp ] || touch -r $paths $stamp
  touch $stamp.new
  for module in tools server; do
    classes=$module/target/$([ "$1" = main ] && echo classes || echo test-classes)
    sources=$(find $module/src/"$1"/java -name '*.java' -newer $stamp ! -name module-info.java)
    if [ -d $module/src/"$1"/resources ]; then
      (cd $module/src/"$1"/resources && find . -type f -newer "$root/$stamp" | tar -cf - -T -) | tar -xf - -C $classes
    fi
    [ -z "$sources" ] || "$jdk/bin/javac" --release 25 -parameters -g -proc:none -nowarn -implicit:none \
      -d $classes -cp "$both:$libraries" $sources
  done
  mv $stamp.new $stamp
}
compile main
compile test
[ $# -gt 0 ] || exit 0

selectors=
packaged=no
for test in "$@"; do
  case $test in *IT | *IT\#*) packaged=yes ;; esac
  name=${test%%#*}
  file=$(find tools/src/test/java server/src/test/java -name "$name.java")
  [ -n "$file" ] || { echo "./t: there is no test class $name." >&2; exit 2; }
  class=$(echo "$file" | sed 's|.*/src/test/java/||; s|\.java$||; s|/|.|g')
  case $test in
    *\#*) selectors="$selectors --select-method=$class#${test#*#}" ;;
    *) selectors="$selectors --select-class=$class" ;;
  esac
done

if [ $packaged = yes ]; then
  [ -f server/target/hostperf-server.jar ] || ./mvnw -q -B -ntp package -DskipTests >&2
  if [ -n "$(find tools/target/classes server/target/classes -newer server/target/hostperf-server.jar -type f -print -quit)" ]; then
    "$jdk/bin/jar" --update --file server/target/lib/hostperf-tools-"$version".jar -C tools/target/classes .
    "$jdk/bin/jar" --update --file server/target/hostperf-server.jar -C server/target/classes .
  fi
  touch server/target/hostperf-server.jar
fi

XDG_STATE_HOME=$root/target/state exec "$jdk/bin/java" -Duser.timezone=UTC -Duser.language=en -Duser.country=US -Xmx1g \
  -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -Dhostperf.root="$root" -Dgolden.update="${GOLDEN:-}" -cp "$both:$libraries" \
  org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=summary --fail-if-no-tests \
  --include-classname='.*' $selectors
