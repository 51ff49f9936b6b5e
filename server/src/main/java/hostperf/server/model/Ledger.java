package hostperf.server.model;

import hostperf.configuration.ModelSettings.Budget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What is said to and by a model in one run: a transcript per round, and what it has used. The
/// transcripts are the account, so that server and driver share one budget and an interrupted run
/// goes on with what is left.
///
/// @param folder holds `round-N.jsonl`
public record Ledger(Path folder, Budget budget, InstantSource clock) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param price in the currency of the budget
  public record Used(long input, long output, double price) {}

  public Used used() {
    long input = 0;
    long output = 0;
    for (var file : files()) {
      for (var line : lines(file)) {
        var row = JSON.readTree(line);
        input += row.path("input_tokens").asLong(0);
        output += row.path("output_tokens").asLong(0);
      }
    }
    return new Used(input, output, budget.priceOf(input, output));
  }

  /// Why no more may be asked; empty while there is budget left.
  public Optional<String> spent() {
    var used = used();
    if (used.input() + used.output() >= budget.tokens()) {
      return Optional.of("the run's budget of %,d tokens is used up".formatted(budget.tokens()));
    }
    return budget
        .cost()
        .filter(c -> used.price() >= c)
        .map(c -> String.format(Locale.ROOT, "the run's budget of %.2f is used up", c));
  }

  /// Appends one exchange.
  public void write(Path file, List<Turn> asked, ModelReply reply) {
    var row = new java.util.LinkedHashMap<String, Object>();
    row.put("at", clock.instant().toString());
    row.put("asked", asked.stream().map(Ledger::plain).toList());
    switch (reply) {
      case ModelReply.Answered a -> {
        row.put("said", plain(a.said()));
        row.put("input_tokens", a.input());
        row.put("output_tokens", a.output());
      }
      case ModelReply.Failed f -> row.put("failed", f.why());
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          JSON.writeValueAsString(row) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the transcript", e);
    }
  }

  private static Map<String, Object> plain(Turn turn) {
    return switch (turn) {
      case Turn.Rules r -> Map.of("role", "rules", "text", r.text());
      case Turn.Question q -> Map.of("role", "question", "text", q.text());
      case Turn.Said s -> Map.of("role", "model", "text", s.text(), "calls", s.wishes());
      case Turn.Outcome o -> Map.of("role", "result", "of", o.wish().tool(), "text", o.text());
    };
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(l -> l.endsWith("}")).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
