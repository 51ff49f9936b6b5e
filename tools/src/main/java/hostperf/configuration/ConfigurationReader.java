package hostperf.configuration;

import hostperf.Refusal;
import hostperf.Sha256;
import hostperf.configuration.Configuration.Measuring;
import hostperf.configuration.Configuration.Mode;
import hostperf.configuration.Configuration.Rules;
import hostperf.configuration.Configuration.Source;
import hostperf.configuration.Configuration.Testing;
import hostperf.measure.Quiet;
import hostperf.measure.Tier;
import hostperf.profile.Profiling;
import hostperf.profile.Profiling.Attach;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `hostperf.yaml`.
public final class ConfigurationReader {
  private static final List<String> TARGETS =
      Stream.concat(Packages.ENGINES.stream().map(Packages::target), Stream.of("generic")).toList();

  private static final long MOST_BYTES = 256 << 10;
  private static final int MOST_FAULTS = 20;

  private ConfigurationReader() {}

  /// What came of reading.
  public sealed interface Reading {
    record Valid(Configuration configuration) implements Reading {}

    record Faulty(List<Fault> faults) implements Reading {}

    record Absent() implements Reading {}
  }

  /// The configuration of a checkout; absent and faulty ones are refused with every fault.
  public static Configuration require(Path checkout) {
    return switch (read(checkout)) {
      case Reading.Valid valid -> valid.configuration();
      case Reading.Absent _ ->
          throw new Refusal(
              "This checkout has no %s, which says what to run and what to measure."
                  .formatted(Configuration.FILE),
              "Run `hostperf init` in it for a draft, then `hostperf doctor` to check it.");
      case Reading.Faulty faulty ->
          throw new Refusal(
              "%s has errors: %s"
                  .formatted(
                      Configuration.FILE,
                      faulty.faults().stream()
                          .map(Fault::toString)
                          .collect(Collectors.joining(" "))),
              "Correct them in the file; `hostperf doctor` checks it again.");
    };
  }

  public static Reading read(Path checkout) {
    var file = checkout.resolve(Configuration.FILE);
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return faulty("It is a folder, a pipe or a device, where a file is expected.");
      }
      if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
        return faulty(
            "It has %,d bytes; at most %,d are read.".formatted(Files.size(file), MOST_BYTES));
      }
      return parse(checkout, Files.readString(file));
    } catch (NoSuchFileException _) {
      return new Reading.Absent();
    } catch (java.nio.charset.MalformedInputException _) {
      return faulty("The file is not UTF-8 text.");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + Configuration.FILE, e);
    }
  }

  private static Reading.Faulty faulty(String what) {
    return new Reading.Faulty(List.of(new Fault(0, what)));
  }

  /// As many as somebody reads.
  private static List<Fault> first(List<Fault> faults) {
    if (faults.size() <= MOST_FAULTS) {
      return List.copyOf(faults);
    }
    var first = new ArrayList<>(faults.subList(0, MOST_FAULTS));
    first.add(
        new Fault(0, "%,d more errors are not shown.".formatted(faults.size() - MOST_FAULTS)));
    return List.copyOf(first);
  }

  static Reading parse(Path checkout, String text) {
    var faults = new ArrayList<Fault>();
    var settings = LoadSettings.builder().setLabel(Configuration.FILE).build();
    try {
      var root = composed(new Compose(settings), text);
      root.map(Duplicates::in).ifPresent(faults::addAll);
      var configuration = configuration(checkout, new Section("", root, faults), text);
      return faults.isEmpty()
          ? new Reading.Valid(configuration)
          : new Reading.Faulty(first(faults));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
      return new Reading.Faulty(List.of(new Fault(line, "not YAML: " + e.getProblem())));
    } catch (YamlEngineException e) {
      return new Reading.Faulty(List.of(new Fault(0, "not YAML: " + e.getMessage())));
    }
  }

  /// The library's own words for what it refuses without one of its exceptions.
  private static Optional<Node> composed(Compose compose, String text) {
    try {
      return compose.composeReader(new StringReader(text));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | StackOverflowError e) {
      throw new YamlEngineException(
          e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage(), e);
    }
  }

  private static Configuration configuration(Path checkout, Section root, String text) {
    var target = root.text("target", "generic");
    if (!TARGETS.contains(target)) {
      root.fault("target", "is '%s'; it must be one of %s.".formatted(target, TARGETS));
    }
    var section = root.section("workload");
    var step = WorkloadReader.step(section);
    var points = WorkloadReader.points(section);
    var varies = WorkloadReader.varies(section);
    var workload = WorkloadReader.workload(checkout, section);
    var byDefault = target.equals("tensorrt-llm") ? Attach.ENVIRONMENT : Attach.INJECT;
    var profiler = root.section("profiler");
    var attach = profiler.choice("attach", Attach.class, byDefault);
    var profiling = profiling(attach, profiler);
    profiler.rejectOthers();
    var execution = ExecutionReader.read(root);
    var testing = testing(root.section("tests"));
    var rules = rules(checkout, root.section("policy"), root.section("measure"));
    var model = ModelReader.read(root);
    root.rejectOthers();
    return new Configuration(
        target,
        workload,
        points,
        varies,
        step,
        execution,
        profiling,
        testing,
        rules,
        model,
        new Source(text, Sha256.of(text)));
  }

  private static Profiling profiling(Attach attach, Section profiler) {
    try {
      return new Profiling(attach, profiler.texts("functions", List.of()));
    } catch (Refusal refusal) {
      profiler.fault("functions", "is wrong: " + refusal.why() + " " + refusal.next());
      return new Profiling(attach, List.of());
    }
  }

  private static Testing testing(Section tests) {
    var command = tests.texts("command", List.of("python3", "-m", "pytest", "-q"));
    WorkloadReader.requireProgram(tests, command);
    var read =
        new Testing(
            command,
            tests.texts("always", List.of()),
            tests.duration("timeout", Duration.ofHours(1)));
    tests.rejectOthers();
    return read;
  }

  private static Quiet quiet(Section section) {
    var quiet =
        new Quiet(
            section.fraction("load", Quiet.DEFAULT.load()),
            section.duration("wait", Quiet.DEFAULT.patience()));
    section.rejectOthers();
    return quiet;
  }

  private static Rules rules(Path checkout, Section policy, Section measure) {
    var measuring =
        new Measuring(
            measure.choice("tier", Tier.class, Tier.QUICK),
            measure.fraction("min_effect", 0.01),
            measure.duration("budget", Duration.ofHours(2)),
            measure.choice("mode", hostperf.measure.Mode.class, hostperf.measure.Mode.AUTO),
            quiet(measure.section("quiet")));
    measure.rejectOthers();
    var rules =
        new Rules(
            policy.texts("editable", new Packages(checkout).editable()),
            policy.texts("protected", List.of()),
            policy.choice("approval", Mode.class, Mode.ASK),
            policy.number("max_rounds", 3, 1, 100),
            measuring);
    policy.rejectOthers();
    return rules;
  }
}
