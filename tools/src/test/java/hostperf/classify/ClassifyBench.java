package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;

/// How the time of a classification grows with the length of the file and with the number of
/// profiled functions. Prints a table of CPU time, which a busy machine
/// distorts less than the clock; parsing is part of it. Not a test: run `main`.
public final class ClassifyBench {
  private static final int ROUNDS = 5;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final TargetMap TARGET = Marked.target("generic");

  private ClassifyBench() {}

  public static void main(String[] arguments) {
    System.out.println("lines  functions  median_cpu_ms");
    for (int lines : new int[] {500, 2500, 5000, 10_000, 20_000}) {
      row(lines, 20);
    }
    for (int functions : new int[] {1, 10, 40, 80}) {
      row(5000, functions);
    }
  }

  private static void row(int lines, int functions) {
    var text = text(lines);
    var times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      var file = PythonFile.of("b.py", text);
      var profile = profile(file, functions);
      long start = CPU.getCurrentThreadCpuTime();
      var again = PythonFile.of("b.py", text);
      new Classifier(Marked.HEADS).hotspots(profile, Sources.of(again), TARGET, 1000);
      times[i] = (CPU.getCurrentThreadCpuTime() - start) / 1e6;
    }
    Arrays.sort(times);
    System.out.printf("%5d  %9d  %9.0f%n", lines, functions, times[ROUNDS / 2]);
  }

  private static LineProfile profile(PythonFile file, int functions) {
    var profiles = new ArrayList<FunctionProfile>();
    for (var function : file.functions().subList(0, Math.min(functions, file.functions().size()))) {
      var lines = new ArrayList<LineCost>();
      for (int line = function.line(); line <= function.endLine(); line++) {
        lines.add(new LineCost(line, 1000, line % 7 == 0 ? 0.02 : 0.002, file.line(line)));
      }
      profiles.add(new FunctionProfile(function.name(), "b.py", function.line(), 1, lines));
    }
    return new LineProfile(profiles);
  }

  /// Methods of 25 lines, as engines have them: loops, tensors, branches, comprehensions.
  private static String text(int lines) {
    var text = new StringBuilder("import torch\nclass Engine:\n");
    for (int i = 0; i * 25 < lines - 25; i++) {
      text.append(METHOD.replace("NAME", "step_" + i));
    }
    return text.toString();
  }

  private static final String METHOD =
      """
          def NAME(self, reqs, batch, logits: torch.Tensor):
              out = []
              done = set()
              lens = [r.size for r in reqs if r.ready and not r.done]
              for i, r in enumerate(reqs):
                  if r.id in self.skipped:
                      continue
                  size = self.pool.size()
                  value = logits[i].max().item()
                  out.append((r.id, value, size))
                  if len(out) > self.limit:
                      break
              table = torch.tensor(lens, device=self.device)
              mask = table > 0
              table[mask] = 0
              best = torch.argmax(logits, dim=-1)
              state = State(reqs[0].state_value)
              logger.debug(f"{len(out)} of {len(reqs)} done")
              while self.queue:
                  item = self.queue.pop(0)
                  done.add(item)
              if batch.is_empty and not done:
                  return None
              ids = {k: v for k, v in zip(lens, out)}
              return best, state, ids
      """;
}
