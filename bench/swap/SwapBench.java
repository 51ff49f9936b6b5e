import hostperf.host.LocalProcesses;
import hostperf.verdict.Family;
import hostperf.measure.Floor;
import hostperf.verdict.Judged;
import hostperf.measure.Launches;
import hostperf.measure.Measured;
import hostperf.measure.Measurement;
import hostperf.measure.NotSwappable;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.measure.Question;
import hostperf.measure.Quiet;
import hostperf.verdict.Rule;
import hostperf.measure.Sample;
import hostperf.measure.Swap;
import hostperf.measure.Swapped;
import hostperf.measure.SwappedLaunches;
import hostperf.measure.Tier;
import hostperf.measure.Units;
import hostperf.measure.WorkloadLaunches;
import hostperf.measure.swap.Swappability;
import hostperf.patch.FileChange;
import hostperf.metric.Better;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launcher;
import hostperf.metric.Metric;
import hostperf.profile.SwapLaunches;
import hostperf.profile.Workload;
import hostperf.repository.CheckoutState;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `swap.sh` prints: verdicts on patches that change nothing and on gains of known size, by
/// swap, and on some of them by launches too.
public class SwapBench {
  private static final Quantity RATE = new Quantity("steps_per_s", "steps/s", Better.HIGHER);

  record Row(SwapPatches.Patch patch, String way, String verdict, Judged judged, double floor, int launches, double seconds) {}

  private final Path checkout;
  private final Path out;
  private final List<String> command;
  private final String root;
  private final int steps;
  private final double minEffect;
  private final Random random = new Random(17);

  SwapBench(Path checkout, Path out, List<String> command, String root, int steps, double minEffect) {
    this.checkout = checkout.toAbsolutePath().normalize();
    this.out = out.toAbsolutePath();
    this.command = command;
    this.root = root;
    this.steps = steps;
    this.minEffect = minEffect;
  }

  /// CHECKOUT OUT ROOT STEPS MIN_EFFECT NO_OPS GAINS GAIN BY_LAUNCHES JOBS COMMAND…
  /// A launch has STEPS steps.
  public static void main(String[] a) throws Exception {
    var bench =
        new SwapBench(
            Path.of(a[0]), Path.of(a[1]), List.of(a).subList(10, a.length), a[2],
            Integer.parseInt(a[3]), Double.parseDouble(a[4]));
    bench.run(
        Integer.parseInt(a[5]), Integer.parseInt(a[6]), Double.parseDouble(a[7]),
        Integer.parseInt(a[8]), Integer.parseInt(a[9]));
  }

  void run(int noOps, int gains, double gain, int byLaunches, int jobs) throws Exception {
    var called = called();
    double step = stepSeconds();
    double turn = turnSeconds();
    System.out.printf(
        Locale.ROOT, "%d functions of the checkout are called; a step takes %.2f ms%n",
        called.size(), step * 1e3);
    var drafts = new SwapPatches(checkout, random);
    var patches = new ArrayList<SwapPatches.Patch>();
    var seen = new HashSet<String>();
    while (patches.size() < noOps) {
      drafts.noOp(called.get(random.nextInt(called.size())))
          .filter(this::isFit).filter(p -> seen.add(p.change().after())).ifPresent(patches::add);
    }
    int turns = (int) Math.round(step * gain / turn);
    var once = called.stream().filter(c -> c.perStep() == 1).toList();
    for (int i = 0; patches.size() < noOps + gains; i++) {
      drafts.wasted(once.get(i % once.size()), turns, gain).filter(this::isFit).ifPresent(patches::add);
    }
    var work = new ArrayList<Callable<Row>>();
    patches.forEach(p -> work.add(() -> printed(bySwap(p, step))));
    var some = new ArrayList<>(patches.subList(0, Math.min(byLaunches, noOps)));
    some.addAll(patches.subList(noOps, noOps + Math.min(byLaunches, gains)));
    some.forEach(p -> work.add(() -> printed(byLaunches(p))));
    try (var pool = Executors.newFixedThreadPool(jobs)) {
      var rows = new ArrayList<Row>();
      for (var future : pool.invokeAll(work)) {
        rows.add(future.get());
      }
      summary(rows);
    }
  }

  private static Row printed(Row row) {
    print(row);
    return row;
  }

  private static synchronized void print(Row row) {
    var judged = row.judged();
    System.out.printf(
        Locale.ROOT, "%-6s %-9s %-12s %s launches %d, %.0f s, floor %.2f%%  %s%n",
        row.patch().kind(), row.way(), row.verdict(),
        judged == null
            ? ""
            : String.format(
                Locale.ROOT, "%+.2f%% [%+.2f%%, %+.2f%%] of %d pairs,",
                judged.estimate() * 100, judged.interval().low() * 100,
                judged.interval().high() * 100, judged.pairs()),
        row.launches(), row.seconds(), row.floor() * 100, row.patch().what());
  }

  private static void summary(List<Row> rows) {
    for (String way : List.of("swap", "launches")) {
      for (String kind : List.of("no-op", "gain")) {
        var mine = rows.stream().filter(r -> r.way().equals(way) && r.patch().kind().equals(kind)).toList();
        if (!mine.isEmpty()) {
          System.out.printf(
              Locale.ROOT, "%s by %s: %d, of these improved %d, regressed %d, unchanged %d, inconclusive %d, other %d; %.0f s and %.1f launches each%n",
              kind, way, mine.size(), count(mine, "improved"), count(mine, "regressed"),
              count(mine, "unchanged"), count(mine, "inconclusive"),
              mine.stream().filter(r -> r.judged() == null).count(),
              mine.stream().mapToDouble(Row::seconds).average().orElse(0),
              mine.stream().mapToDouble(Row::launches).average().orElse(0));
        }
      }
    }
  }

  private static long count(List<Row> rows, String verdict) {
    return rows.stream().filter(r -> r.verdict().equals(verdict)).count();
  }

  // By swap and by launches.

  private Row bySwap(SwapPatches.Patch patch, double step) {
    var fit = (Swappability.Fit) swappability(patch);
    var functions =
        fit.functions().stream()
            .map(f -> new SwapLaunches.Function(f.name(), checkout.resolve(f.path()), f.before(), f.after(), f.overloaded()))
            .toList();
    int block = SwapLaunches.block(step);
    var wanted =
        new SwapLaunches.Request(root, functions, List.of(), patch.change().after().hashCode(), 20, block, false);
    var launcher = new Launcher(new LocalProcesses(), folder(patch, "swap"), System.getenv());
    var question = question(Swapped.STEP, Tier.QUICK.swapped(false), 0, Units.BLOCKS);
    var launches = new SwappedLaunches(launches(launcher, checkout), new SwapLaunches(launcher), wanted);
    try {
      var samples = measured(question, launches, new Still());
      return row(patch, "swap", question, samples, question.floor(samples), samples);
    } catch (NotSwappable not) {
      return new Row(patch, "swap", not.reason(), null, 0, 0, 0);
    }
  }

  private Row byLaunches(SwapPatches.Patch patch) {
    var copy = folder(patch, "launches");
    made(copy);
    copy(checkout, copy.resolve("checkout"));
    var launcher = new Launcher(new LocalProcesses(), copy.resolve("runs"), System.getenv());
    var launches = launches(launcher, copy.resolve("checkout"));
    var swap = new OnDisk(copy.resolve("checkout").resolve(patch.change().path()), patch.change());
    var same = question(RATE, new Plan(1, Rule.LEAST, 0), 0, Units.LAUNCHES);
    var floorSamples = measured(same, launches, new Still());
    double floor =
        Floor.of(same, List.of(floorSamples)) instanceof Floor.Known known ? known.size() : Double.NaN;
    var question = question(RATE, Tier.QUICK.plan(), Double.isNaN(floor) ? 0 : floor, Units.LAUNCHES);
    var samples = measured(question, launches, swap);
    return row(patch, "launches", question, samples, floor, Stream.concat(floorSamples.stream(), samples.stream()).toList());
  }

  private Question question(Quantity metric, Plan plan, double floor, Units units) {
    var rule = new Rule(minEffect, floor, plan.alpha(1), Family.ALONE);
    return new Question(List.of(metric), rule, plan, Duration.ofHours(1), units);
  }

  private static List<Sample> measured(Question question, Launches launches, Swap swap) {
    var measured = new Measurement(question, Quiet.ANY, launches, swap, _ -> {}).run(List.of());
    if (measured instanceof Measured.Stopped stopped) {
      throw new IllegalStateException(stopped.reason());
    }
    return measured.samples();
  }

  private static Row row(
      SwapPatches.Patch patch, String way, Question question, List<Sample> samples, double floor, List<Sample> all) {
    var judged = question.looks(samples).getLast();
    return new Row(
        patch, way, judged.verdict().word(), judged, floor, all.size(),
        all.stream().mapToDouble(s -> s.launched().seconds()).sum());
  }

  private WorkloadLaunches launches(Launcher launcher, Path directory) {
    var metric = new Metric("steps_per_s", "steps/s", Better.HIGHER, true, 0.02, Pattern.compile("steps_per_s=([\\d.]+)"));
    var argued = new ArrayList<>(command);
    argued.add(Integer.toString(steps));
    var workload =
        new Workload(argued, directory, Map.of("PYTHONDONTWRITEBYTECODE", "1", "OMP_NUM_THREADS", "1"),
            Duration.ofMinutes(10), Optional.empty(), List.of(metric));
    return new WorkloadLaunches(
        launcher, new EnvironmentReader(new LocalProcesses(), System.getenv()), Map::of, workload, List.of(),
        label -> "bench_" + label, InstantSource.system(), _ -> {});
  }

  private Path folder(SwapPatches.Patch patch, String way) {
    int number = patch.change().before().hashCode() * 31 + patch.change().after().hashCode();
    return made(out.resolve(patch.kind() + Integer.toHexString(number) + way));
  }

  private boolean isFit(SwapPatches.Patch patch) {
    return swappability(patch) instanceof Swappability.Fit;
  }

  private Swappability swappability(SwapPatches.Patch patch) {
    return Swappability.of(List.of(patch.change()), new Modules(new Sources(checkout)));
  }

  // What the workload does.

  private List<SwapPatches.Called> called() {
    var told = ran(Stream.concat(command.stream(), Stream.of("1", "--called")).toList());
    return told.lines()
        .map(l -> l.split("\t", -1))
        .filter(f -> f.length == 3 && !f[1].contains("<"))
        .map(f -> new SwapPatches.Called(Path.of(f[0]), f[1], Double.parseDouble(f[2])))
        .filter(c -> c.file().startsWith(checkout) && c.perStep() >= 1)
        .toList();
  }

  private double stepSeconds() {
    var told = ran(Stream.concat(command.stream(), Stream.of("400")).toList());
    return 1 / Double.parseDouble(told.strip().replaceFirst("(?s).*steps_per_s=", ""));
  }

  /// Of a loop that does nothing.
  private double turnSeconds() {
    var script =
        "import time\ndef f(n):\n    for _ in range(n): pass\nf(10**6); a = time.perf_counter(); f(10**7); print((time.perf_counter() - a) / 1e7)";
    var python = command.stream().takeWhile(word -> !word.endsWith(".py"));
    return Double.parseDouble(ran(Stream.concat(python, Stream.of("-c", script)).toList()).strip());
  }

  private String ran(List<String> arguments) {
    var finished =
        new LocalProcesses()
            .run(
                new hostperf.host.Command(
                    arguments, checkout, Map.of("PYTHONDONTWRITEBYTECODE", "1", "OMP_NUM_THREADS", "1"), Duration.ofMinutes(5), Optional.empty()));
    if (!finished.succeeded()) {
      throw new IllegalStateException(finished.output());
    }
    return finished.output();
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(p -> !p.toString().contains("__pycache__")).toList()) {
        var target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Nothing on the disk changes.
  private static class Still implements Swap {
    @Override
    public void base() {}

    @Override
    public void candidate() {}

    @Override
    public void restore() {}

    @Override
    public CheckoutState state() {
      return new CheckoutState(new CheckoutState.Head("commit", "main", ""), new java.util.TreeMap<>(), Map.of(), Set.of());
    }
  }

  /// The file shows one version or the other.
  private static final class OnDisk extends Still {
    private final Path file;
    private final FileChange change;

    OnDisk(Path file, FileChange change) {
      this.file = file;
      this.change = change;
    }

    @Override
    public void base() {
      write(change.before());
    }

    @Override
    public void candidate() {
      write(change.after());
    }

    private void write(String text) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
