package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.catalog.TargetMap;
import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.configuration.Packages;
import hostperf.lines.LineProfile;
import hostperf.lines.LineProfileReader;
import hostperf.lines.QualifiedNames;
import hostperf.lines.SourceText;
import hostperf.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of the commands that work on a line profiler's report.
final class ProfileInput {
  private static final int MOST = 1_000;

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "FILE",
      description = "Report of line_profiler: its text, a log that has it, or a .lprof file.")
  private Path profile;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description = "Where the profiled sources are; the checkout by default.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "tensorrt-llm, vllm, sglang or generic; by default what the paths show.")
  private Optional<String> target = Optional.empty();

  /// A report with the text of its lines, and where that lies.
  record Read(LineProfile profile, Sources sources) {}

  Read read(HostperfCommand hostperf) {
    var file = new InputFile(profile, "--profile", "a line_profiler report").checked();
    var sources = sources(hostperf);
    var report = SourceText.in(LineProfileReader.read(file), sources);
    return new Read(QualifiedNames.in(report, sources).profile(), sources);
  }

  private Sources sources(HostperfCommand hostperf) {
    if (source.isPresent() && !Files.isDirectory(source.get())) {
      throw new Refusal(
          "'%s' is not a folder.".formatted(source.get()),
          "Name the folder of the profiled sources with --source.");
    }
    return new Sources(source.orElseGet(() -> hostperf.checkout().root()));
  }

  List<Hotspot> hotspots(Read read, HostperfCommand hostperf) {
    return new Classifier(hostperf.installation().texts().types())
        .hotspots(read.profile(), read.sources(), map(read.profile(), hostperf), MOST);
  }

  private TargetMap map(LineProfile read, HostperfCommand hostperf) {
    var name = target.orElseGet(() -> told(read));
    return hostperf.installation().texts().targets().of(name);
  }

  private static String told(LineProfile read) {
    for (var function : read.functions()) {
      for (var known : Packages.ENGINES) {
        var file = "/" + function.file().replace('\\', '/');
        if (file.contains("/" + known + "/")) {
          return Packages.target(known);
        }
      }
    }
    return "generic";
  }
}
