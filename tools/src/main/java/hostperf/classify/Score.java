package hostperf.classify;

import hostperf.Refusal;
import hostperf.catalog.TargetMap;
import hostperf.source.PythonFile;
import hostperf.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// How often the classifier is right on labelled cases: ours, or those that users label.
///
/// @param answers one a case, in the order of the cases file
/// @param skipped ids of cases whose source or function was not found
public record Score(List<Answer> answers, List<String> skipped) {
  public Score {
    answers = List.copyOf(answers);
    skipped = List.copyOf(skipped);
  }

  /// @param answer the type the classifier gave; none where it flagged nothing there
  /// @param accepted whether it is the labelled type or among those accepted beside it
  public record Answer(
      String id, HotspotType label, Optional<HotspotType> answer, boolean accepted) {
    public boolean isPrimary() {
      return answer.filter(a -> a == label).isPresent();
    }
  }

  /// @param primary how many have the labelled type
  /// @param accepted how many have it or one accepted beside it
  public record Tally(int cases, int primary, int accepted) {
    private Tally plus(Answer answer) {
      return new Tally(
          cases + 1,
          primary + (answer.isPrimary() ? 1 : 0),
          accepted + (answer.accepted() ? 1 : 0));
    }
  }

  public Tally total() {
    var tally = new Tally(0, 0, 0);
    for (var answer : answers) {
      tally = tally.plus(answer);
    }
    return tally;
  }

  public Map<HotspotType, Tally> byType() {
    var tallies = new EnumMap<HotspotType, Tally>(HotspotType.class);
    answers.forEach(
        a -> tallies.merge(a.label(), new Tally(0, 0, 0).plus(a), (before, _) -> before.plus(a)));
    return tallies;
  }

  /// Classifies every case of the file whose cost shows at a line.
  ///
  /// @param cases JSON objects, one a line
  /// @param sources folder with a git repository for each source, as `owner+name/repo`,
  ///     `owner+name`, `owner/name` or `name`, bare or with a work tree
  public static Score of(Path cases, Path sources, Classifier classifier, TargetMap target) {
    if (!Files.isRegularFile(cases)) {
      throw new Refusal(
          "There is no cases file " + cases + ".", "Give the path of a JSON-lines file.");
    }
    var answers = new ArrayList<Answer>();
    var skipped = new ArrayList<String>();
    for (var each : LabelledCase.read(cases)) {
      var hotspots =
          text(sources, each.place())
              .map(t -> PythonFile.of(each.place().file(), t))
              .flatMap(
                  file ->
                      MadeUpProfile.of(each, file)
                          .map(
                              p ->
                                  classifier.hotspots(
                                      p, Sources.of(file), target, Integer.MAX_VALUE)));
      if (hotspots.isEmpty()) {
        skipped.add(each.id());
      } else {
        var answer = each.answer(hotspots.get()).map(Hotspot::type);
        answers.add(
            new Answer(each.id(), each.type(), answer, answer.filter(each::accepts).isPresent()));
      }
    }
    return new Score(answers, skipped);
  }

  private static Optional<String> text(Path sources, LabelledCase.Place place) {
    var folder = folder(sources, place.source());
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try (var repository = open(folder.get())) {
      var blob = repository.resolve(place.commit() + ":" + place.file());
      return blob == null
          ? Optional.empty()
          : Optional.of(new String(repository.open(blob).getBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> folder(Path sources, String source) {
    var flat = source.replace('/', '+');
    var name = source.substring(source.indexOf('/') + 1);
    return List.of(flat + "/repo", flat, source, name).stream()
        .map(sources::resolve)
        .filter(Files::isDirectory)
        .findFirst();
  }

  private static Repository open(Path folder) throws IOException {
    var inside = folder.resolve(".git");
    return new FileRepositoryBuilder()
        .setGitDir((Files.exists(inside) ? inside : folder).toFile())
        .setMustExist(true)
        .build();
  }
}
