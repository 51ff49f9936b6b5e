package hostperf.propose.draft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All shapes, in the order in which they are tried.
public final class Drafts {
  private static final List<Shape> SHAPES =
      List.of(
          new UseCpuMirror(),
          new BatchedReadback(),
          new MaskToWhere(),
          new ScalarSetToFill(),
          new ConstantOnDevice(),
          new PinAndAsyncCopy(),
          new SetBeforeComprehension(),
          new IndexToDict(),
          new SumToChain(),
          new GeneratorToComprehension(),
          new EnumValueCompare(),
          new GuardConstruction(),
          new GuardIdentity(),
          new SkipCollective(),
          new LazyLog(),
          new CachePureFunction(),
          new HoistInvariant(),
          new CommonSubexpression());

  private Drafts() {}

  /// Ids of the patterns that have a shape.
  public static List<String> patterns() {
    return SHAPES.stream().map(Shape::pattern).toList();
  }

  /// What became of each shape at a line, by the id of its pattern; shapes that do not match are
  /// left out.
  public static Map<String, Attempt> at(DraftSite site) {
    var attempts = new LinkedHashMap<String, Attempt>();
    for (var shape : SHAPES) {
      var attempt = shape.attempt(site);
      if (!(attempt instanceof Attempt.NoMatch) && !changesNothing(site, attempt)) {
        attempts.put(shape.pattern(), attempt);
      }
    }
    return attempts;
  }

  /// What becomes of one shape.
  static Attempt at(DraftSite site, String pattern) {
    return SHAPES.stream()
        .filter(s -> s.pattern().equals(pattern))
        .findFirst()
        .orElseThrow()
        .attempt(site);
  }

  private static boolean changesNothing(DraftSite site, Attempt attempt) {
    return attempt instanceof Attempt.Draft d && d.after().equals(site.file().text());
  }
}
