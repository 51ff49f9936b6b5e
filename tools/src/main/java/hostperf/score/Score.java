package hostperf.score;

import hostperf.Refusal;
import hostperf.catalog.TargetMap;
import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /// @param decided the type that facts settle; empty where they leave it open
  /// @param accepted whether that is the label or among those accepted beside it
  /// @param candidates the types that facts permit; empty where nothing was flagged there
  /// @param facts what is known of the line, by word and source
  /// @param beside what is known of the case's other hot lines, by word
  public record Answer(
      String id,
      HotspotType label,
      Optional<HotspotType> decided,
      boolean accepted,
      List<HotspotType> candidates,
      List<String> facts,
      List<String> beside) {
    public Answer {
      candidates = List.copyOf(candidates);
      facts = List.copyOf(facts);
      beside = List.copyOf(beside);
    }

    private static Answer of(LabelledCase each, List<Hotspot> hotspots, Set<Integer> shown) {
      var hotspot = each.answer(hotspots, shown);
      var decided = hotspot.flatMap(Hotspot::type);
      return new Answer(
          each.id(),
          each.type(),
          decided,
          decided.filter(each::accepts).isPresent(),
          hotspot.stream()
              .flatMap(h -> h.judgement().candidates().stream())
              .map(Hotspot.Candidate::type)
              .toList(),
          hotspot.stream()
              .flatMap(h -> h.judgement().facts().stream())
              .map(f -> f.known().word() + " " + f.source().name().toLowerCase(Locale.ROOT))
              .toList(),
          hotspots.stream()
              .filter(h -> hotspot.filter(a -> !a.equals(h)).isPresent())
              .filter(h -> shown.contains(h.place().line()))
              .flatMap(h -> h.judgement().facts().stream())
              .map(f -> f.known().word())
              .distinct()
              .toList());
    }
  }

  /// @param decided how many cases have a settled type
  /// @param primary how many of these have the labelled one
  /// @param accepted how many of these have it or one accepted beside it
  /// @param held how many cases have the label among their candidates
  /// @param candidates of all cases together
  public record Tally(int cases, int decided, int primary, int accepted, int held, int candidates) {
    private static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    private Tally plus(Answer answer) {
      return new Tally(
          cases + 1,
          decided + (answer.decided().isPresent() ? 1 : 0),
          primary + (answer.decided().filter(d -> d == answer.label()).isPresent() ? 1 : 0),
          accepted + (answer.accepted() ? 1 : 0),
          held + (answer.candidates().contains(answer.label()) ? 1 : 0),
          candidates + answer.candidates().size());
    }
  }

  public Tally total() {
    var tally = Tally.NONE;
    for (var answer : answers) {
      tally = tally.plus(answer);
    }
    return tally;
  }

  public Map<HotspotType, Tally> byType() {
    var tallies = new EnumMap<HotspotType, Tally>(HotspotType.class);
    answers.forEach(
        a -> tallies.merge(a.label(), Tally.NONE.plus(a), (before, _) -> before.plus(a)));
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
      var answer =
          text(sources, each.place())
              .map(t -> PythonFile.of(each.place().file(), t))
              .flatMap(file -> answer(each, file, classifier, target));
      answer.ifPresentOrElse(answers::add, () -> skipped.add(each.id()));
    }
    return new Score(answers, skipped);
  }

  private static Optional<Answer> answer(
      LabelledCase each, PythonFile file, Classifier classifier, TargetMap target) {
    return SyntheticProfile.of(each, file)
        .map(p -> classifier.hotspots(p, Sources.of(file), target, Integer.MAX_VALUE))
        .map(hotspots -> Answer.of(each, hotspots, each.shown(file)));
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
