package hostperf.stacks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Says what a file is that has no stacks we read, and what makes one of it.
final class ForeignFile {
  private ForeignFile() {}

  private record Mark(String begin, String what) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("MOJ", "it is Austin's binary format: `mojo2austin FILE OUT` makes text of it"),
          new Mark(
              "SQLite format 3", "it is a database, as of nsys: `hostperf detect` reads traces"),
          new Mark(
              "PERFILE2",
              "it is perf's data: `perf script` and stackcollapse-perf.pl make collapsed stacks of it"),
          new Mark(
              "FLR\0", "it is a Java flight recording: `jfrconv -o collapsed` makes stacks of it"),
          new Mark("PK\3\4", "it is a zip archive: give the file in it"),
          new Mark("(\265/\375", "it is packed by zstd: unpack it first"),
          new Mark("BZh", "it is packed by bzip2: unpack it first"),
          new Mark("\3757zXZ", "it is packed by xz: unpack it first"),
          new Mark("\177ELF", "it is a program"));

  /// Returns where the file may be text.
  static void refuse(byte[] head) {
    String begin = new String(head, StandardCharsets.ISO_8859_1);
    for (Mark mark : MARKS) {
      if (begin.startsWith(mark.begin())) {
        throw new MalformedStacks(mark.what());
      }
    }
    boolean isUtf16 = begin.startsWith("\377\376") || begin.startsWith("\376\377");
    int zero = begin.indexOf('\0');
    if (zero >= 0 && !isUtf16) {
      throw new MalformedStacks("it is not text: byte %d is 0".formatted(zero));
    }
  }

  /// What JSON of another shape is.
  static String json(Map<?, ?> json) {
    if (json.containsKey("traceEvents")) {
      return "it is a trace of events: `hostperf detect` reads traces";
    }
    if (json.containsKey("elapsed_time_sec") && json.containsKey("files")) {
      return "it is Scalene's, which has no stacks: `hostperf profile -- COMMAND` takes them";
    }
    if (json.containsKey("nodes") && json.containsKey("timeDeltas")) {
      return "it is a JavaScript profile";
    }
    return "it is JSON, but neither speedscope's nor the Firefox Profiler's";
  }
}
