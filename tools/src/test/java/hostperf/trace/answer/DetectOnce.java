package hostperf.trace.answer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Detection as a process of its own, for `bench/trace-growth.sh`. Arguments: traces.
final class DetectOnce {
  private DetectOnce() {}

  public static void main(String[] arguments) {
    List<Path> traces = Arrays.stream(arguments).map(Path::of).toList();
    Detection detection =
        new TraceDetector(Samples.NO_NSYS).detect(traces, Settings.defaults(), Samples.RANGES);
    Object answer =
        switch (detection) {
          case Detection.Found found -> found.answer();
          case Detection.CannotTell why -> why;
        };
    System.out.println(Samples.mapper().writeValueAsString(answer));
  }
}
