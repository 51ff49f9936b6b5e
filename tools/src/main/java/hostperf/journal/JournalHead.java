package hostperf.journal;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.seal.Chain;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/// How many lines a run's journal has, kept outside the checkout: that its last lines were cut off
/// shows here. A journal may be ahead of this, since its line comes first; each line that is there
/// has its own seal.
record JournalHead(int lines, String last) {
  static final String FOLDER = "heads";

  private static final JsonMapper JSON = StrictJson.builder().build();

  /// Read before the journal, which may grow meanwhile.
  static JournalHead read(SealedFolder user, RunId id) {
    return user.read(file(id))
        .map(t -> JSON.readValue(t, JournalHead.class))
        .orElse(new JournalHead(0, ""));
  }

  /// Written before the journal's line, so that a disk without room for it stops both; kept after.
  PrivateFiles.Draft draft(SealedFolder user, RunId id) {
    return user.draft(file(id), JSON.writeValueAsString(this));
  }

  /// Refuses a journal that ends before this.
  void require(Chain.Links links, Path journal) {
    if (links.texts().size() < lines) {
      throw new Refusal(
          "%s ends after line %d, but hostperf wrote %d lines: the end was cut off."
              .formatted(journal, links.texts().size(), lines),
          "Put the file back from a copy, or move its folder away.");
    }
    if (links.texts().size() == lines && !links.last().equals(last)) {
      throw new Refusal(
          "Line %d of %s is not the one that hostperf wrote last.".formatted(lines, journal),
          "Put the file back from a copy, or move its folder away.");
    }
    if (lines == 0 && links.texts().size() > 1) {
      throw new Refusal(
          "%s has %d lines, but this user's hostperf has no record of the run."
              .formatted(journal, links.texts().size()),
          "Move its folder away.");
    }
  }

  private static String file(RunId id) {
    return "%s/%s.json".formatted(FOLDER, id);
  }
}
