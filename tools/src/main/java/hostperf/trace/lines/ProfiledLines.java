package hostperf.trace.lines;

import hostperf.lines.ExistingProfiles;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.ProfileReport;
import hostperf.stacks.Frame;
import hostperf.stacks.Root;
import hostperf.stacks.RootFinder;
import hostperf.stacks.Stack;
import hostperf.stacks.StackProfile;
import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.TracedFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// The lines of a profile, by the function or range that they run in.
final class ProfiledLines {
  private static final int LISTED = 3;

  private final List<Stack> stacks;
  private final Optional<Root> root;

  /// What was found out about a name and a frame: a profile has few frames and many stacks.
  private final Map<String, Map<Frame, Boolean>> known = new HashMap<>();

  private ProfiledLines(List<Stack> stacks, Optional<Root> root) {
    this.stacks = stacks;
    this.root = root;
  }

  /// Empty where the profiles have no lines.
  static Optional<ProfiledLines> of(ExistingProfiles profiles) {
    if (profiles.stacks().isPresent()) {
      StackProfile sampled = profiles.stacks().get();
      return Optional.of(
          new ProfiledLines(
              sampled.tracks().stream().flatMap(track -> track.stacks().stream()).toList(),
              RootFinder.find(sampled, Optional.empty(), List.of())));
    }
    return profiles
        .lines()
        .map(ProfileReport::functions)
        .filter(functions -> !functions.isEmpty())
        .map(functions -> new ProfiledLines(stacks(functions), Optional.empty()));
  }

  /// A line profiler has no stacks: each line is one frame.
  private static List<Stack> stacks(List<FunctionProfile> functions) {
    var stacks = new ArrayList<Stack>();
    for (FunctionProfile function : functions) {
      for (LineCost line : function.lines()) {
        if (line.seconds() > 0) {
          stacks.add(
              new Stack(
                  List.of(new Frame(function.name(), function.file(), line.line())),
                  line.seconds()));
        }
      }
    }
    return stacks;
  }

  /// Whether any stack has the function of this name.
  boolean shows(String name) {
    return stacks.stream()
        .anyMatch(stack -> stack.frames().stream().anyMatch(frame -> means(name, frame)));
  }

  /// The function's own lines, whatever they call.
  List<CodeLine> inFunction(TracedFunction function) {
    return lines(
        frames -> innermost(frames, frame -> means(function.name(), frame)).map(frames::get));
  }

  /// The innermost lines of the engine's own below the function that opens a range.
  ///
  /// @param opener as a profiler takes it, or a bare name
  /// @param openers those of all ranges
  List<CodeLine> inRange(String opener, Set<String> openers) {
    return lines(
        frames ->
            innermost(frames, frame -> openers.stream().anyMatch(name -> means(name, frame)))
                .filter(at -> means(opener, frames.get(at)))
                .map(at -> own(frames, at)));
  }

  /// The innermost lines of the engine's own in its steps, as far as the profile shows steps.
  List<CodeLine> inSteps() {
    return root.map(
            steps ->
                lines(
                    frames ->
                        innermost(
                                frames,
                                frame ->
                                    frame.function().equals(steps.function())
                                        && frame.file().equals(steps.file()))
                            .map(at -> own(frames, at))))
        .orElse(List.of());
  }

  private boolean means(String name, Frame frame) {
    return known
        .computeIfAbsent(name, _ -> new HashMap<>())
        .computeIfAbsent(frame, f -> isSame(f, name));
  }

  private static Optional<Integer> innermost(List<Frame> frames, Predicate<Frame> wanted) {
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (wanted.test(frames.get(i))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static Frame own(List<Frame> frames, int from) {
    int at = frames.size() - 1;
    while (at > from && !TracedFunction.isOwn(text(frames.get(at)))) {
      at--;
    }
    return frames.get(at);
  }

  private List<CodeLine> lines(Function<List<Frame>, Optional<Frame>> line) {
    Map<Frame, Double> weights = new HashMap<>();
    double sum = 0;
    for (Stack stack : stacks) {
      Optional<Frame> found = line.apply(stack.frames()).filter(frame -> frame.line() > 0);
      if (found.isPresent()) {
        weights.merge(found.get(), stack.weight(), Double::sum);
        sum += stack.weight();
      }
    }
    double all = sum;
    return weights.entrySet().stream()
        .sorted(
            Map.Entry.<Frame, Double>comparingByValue()
                .reversed()
                .thenComparing(Comparator.comparing(entry -> entry.getKey().toString())))
        .limit(LISTED)
        .flatMap(
            entry ->
                TracedFunction.of(text(entry.getKey()), Optional.empty()).stream()
                    .map(
                        function ->
                            new CodeLine(
                                function.name(),
                                function.place(),
                                entry.getValue() / all,
                                CodeLine.Source.PROFILE)))
        .toList();
  }

  private static String text(Frame frame) {
    return TracedFunction.frame(frame.file(), frame.line(), frame.function());
  }

  /// Whether a frame is of the function that a name means. Names differ in how much they say: a
  /// trace has no classes, a profiler may have them or not, a range is one word.
  private static boolean isSame(Frame frame, String name) {
    List<String> words = List.of(name.split("::|\\."));
    String function = frame.function().substring(frame.function().lastIndexOf('.') + 1);
    if (!words.getLast().equals(function)) {
      return false;
    }
    String file = frame.file().substring(frame.file().lastIndexOf('/') + 1);
    String module = file.replaceFirst("\\.pyx?$", "");
    return words.size() == 1
        || words.subList(0, words.size() - 1).contains(module)
        || module.equals("__init__");
  }
}
