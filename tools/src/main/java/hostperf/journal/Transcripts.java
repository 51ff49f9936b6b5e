package hostperf.journal;

import java.nio.file.Path;

/// Where what is said to and by a model is kept: one file a round, in the run's folder.
public final class Transcripts {
  private Transcripts() {}

  /// The file of the round that the next patch begins, or that is open.
  public static Path file(RunFolder folder, Run run) {
    int round = run.openChange().isPresent() ? run.rounds().size() : run.nextRound();
    return file(folder.path(), round);
  }

  /// The file of a round, by its number.
  public static Path file(Path runFolder, int round) {
    return runFolder.resolve("transcripts/round-%d.jsonl".formatted(round));
  }
}
