package hostperf.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where a run writes: the patched files, git's folder, and its own.
record WritableCheck(Path checkout) {
  List<Check> checks() {
    var closed =
        Stream.of(".", ".git", ".hostperf")
            .filter(name -> Files.exists(checkout.resolve(name)))
            .filter(name -> !Files.isWritable(checkout.resolve(name)))
            .map(name -> checkout.resolve(name).normalize().toString())
            .toList();
    return closed.isEmpty()
        ? List.of(Check.ok("writable", checkout.toString()))
        : List.of(
            Check.missing(
                "writable",
                "%s may not write to %s"
                    .formatted(System.getProperty("user.name"), String.join(", ", closed)),
                "Give this user the right to write there, or use your own clone. Without it"
                    + " detection, classification and references work."));
  }
}
