package hostperf.job;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.host.LocalProcesses;
import hostperf.journal.Home;
import hostperf.repository.Undisturbed;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The files that tell of a checkout's jobs, also of those whose process has gone.
public final class JobFiles {
  private static final String PROGRESS = ".progress";
  private static final JsonMapper JSON = StrictJson.builder().build();

  private final Home home;
  private final SealedFolder folder;

  public JobFiles(Home home) {
    this.home = home;
    this.folder = home.files().folder("jobs");
  }

  /// Every job, oldest first. One whose process has gone while it ran counts as failed; a file
  /// that is no job's, or that hostperf did not write, is left out.
  public List<Jobs.Entry> all() {
    return stored()
        .map(j -> isAbandoned(j) ? cutOff(j) : j)
        .sorted(Comparator.comparing(r -> r.times().started()))
        .toList();
  }

  /// Those whose process has gone, as their files still tell them.
  public List<Jobs.Entry> abandoned() {
    return stored().filter(JobFiles::isAbandoned).toList();
  }

  /// Why the other files count for nothing.
  List<String> strays() {
    return names().flatMap(n -> folder.whyNot(n).stream()).toList();
  }

  private Stream<Jobs.Entry> stored() {
    return names().flatMap(name -> read(name).stream());
  }

  private Stream<String> names() {
    return home.fault().isPresent()
        ? Stream.empty()
        : folder.names(".json").stream().filter(n -> n.startsWith("job-"));
  }

  /// Ends what an abandoned job left running and writes down that it is over.
  ///
  /// @return how many processes were ended
  public int settle(Jobs.Entry job) {
    int ended = new LocalProcesses().endMarked(job.process().mark());
    write(cutOff(job));
    return ended;
  }

  /// Where `.hostperf/` is not this user's, nothing is written: work that only reads goes on
  /// without.
  void write(Jobs.Entry job) {
    if (home.fault().isEmpty()) {
      var _ = home.made();
      var _ = folder.write(job.jobId() + ".json", JSON.writeValueAsString(job));
    }
  }

  /// Adds a line to what a job says of how far it is, for other processes to show.
  void progress(String jobId, String line) {
    if (home.fault().isPresent()) {
      return;
    }
    // The interrupt that cancels a job would close the file.
    Undisturbed.act(() -> append(jobId + PROGRESS, line));
  }

  private void append(String name, String line) {
    try (var channel = PrivateFiles.open(folder.file(name), StandardOpenOption.APPEND)) {
      var _ = channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException _) {
      // No room on the disk: the work itself says so where it matters.
    }
  }

  /// What a job has said so far, oldest first; nothing rests on it.
  public List<String> progress(String jobId) {
    return home.fault().isPresent()
        ? List.of()
        : PrivateFiles.read(folder.file(jobId + PROGRESS)).stream()
            .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
            .toList();
  }

  private Optional<Jobs.Entry> read(String name) {
    try {
      return folder.read(name).map(text -> JSON.readValue(text, Jobs.Entry.class));
    } catch (JacksonException | Refusal _) {
      return Optional.empty();
    }
  }

  private static Jobs.Entry cutOff(Jobs.Entry job) {
    return new Jobs.Entry(
        job.jobId(),
        job.work(),
        Jobs.State.FAILED,
        job.process(),
        job.times(),
        Optional.of(
            "The server that did this job ended before it was done. Call `%s` again."
                .formatted(job.tool())),
        Optional.empty());
  }

  private static boolean isAbandoned(Jobs.Entry job) {
    return job.state() == Jobs.State.RUNNING
        && ProcessHandle.of(job.process().pid())
            .filter(p -> startOf(p).equals(job.process().started()))
            .isEmpty();
  }

  /// When a process began, so that a reused id is not mistaken for it.
  static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("");
  }
}
