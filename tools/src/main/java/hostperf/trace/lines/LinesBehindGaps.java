package hostperf.trace.lines;

import hostperf.Refusal;
import hostperf.catalog.NvtxRanges;
import hostperf.lines.ExistingProfiles;
import hostperf.trace.analyse.CodeLine;
import hostperf.trace.analyse.HostOperation;
import hostperf.trace.analyse.HostOperations;
import hostperf.trace.analyse.IdleCause;
import hostperf.trace.analyse.IdlePart;
import hostperf.trace.answer.Detection;
import hostperf.trace.answer.Detection.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Names the line behind each kind of gap by a profile of the same workload.
///
/// A trace says when the device idled and in which function or range the host was; a profile says
/// in which lines that function or range spends its time. They meet by name.
public final class LinesBehindGaps {
  private final ProfiledLines profile;
  private final NvtxRanges ranges;

  /// Refused where the profiles have no lines.
  ///
  /// @param ranges what ranges stand for
  public LinesBehindGaps(ExistingProfiles profiles, NvtxRanges ranges) {
    this.ranges = ranges;
    this.profile =
        ProfiledLines.of(profiles)
            .orElseThrow(
                () ->
                    new Refusal(
                        "These profiles hold functions and calls, but no lines.",
                        "Give samples (py-spy, speedscope, collapsed stacks) or a line profiler's"
                            + " report of the same workload."));
  }

  /// The same answer with the lines that the profile tells.
  public Detection in(Detection detection) {
    return detection instanceof Found found
        ? new Found(in(found.answer()), found.pictures(), found.settings())
        : detection;
  }

  private Detection.Answer in(Detection.Answer answer) {
    Set<String> openers = openers(answer);
    List<IdleCause> causes = new ArrayList<>();
    int named = 0;
    for (IdleCause cause : answer.host().idleCauses()) {
      // Samples in the trace itself were taken while the device idled.
      List<CodeLine> lines = cause.lines().isEmpty() ? lines(cause, openers) : List.of();
      named += lines.isEmpty() ? 0 : 1;
      causes.add(lines.isEmpty() ? cause : cause.with(lines));
    }
    boolean isKnown = causes.stream().anyMatch(cause -> !cause.lines().isEmpty());
    return answer.with(
        causes, named > 0 ? List.of(remark()) : isKnown ? List.of() : List.of(nothing(causes)));
  }

  private List<CodeLine> lines(IdleCause cause, Set<String> openers) {
    if (cause.function().isPresent()) {
      return profile.inFunction(cause.function().get());
    }
    if (cause.range().isPresent()) {
      return profile.inRange(opener(cause.range().get()), openers);
    }
    return cause.part() == IdlePart.HOST_BUSY && openers.isEmpty() ? profile.inSteps() : List.of();
  }

  /// The functions that open the ranges of this trace: what one calls belongs to its own range, not
  /// to the one around it.
  private Set<String> openers(Detection.Answer answer) {
    var openers = new HashSet<String>();
    Stream.concat(
            answer.host().hostOperations().stream()
                .map(HostOperation::name)
                .filter(name -> !name.equals(HostOperations.UNNAMED)),
            answer.host().idleCauses().stream().flatMap(cause -> cause.range().stream()))
        .forEach(range -> openers.add(opener(range)));
    return openers;
  }

  /// A range that no page names is often called like the function that opens it, and engines borrow
  /// the names of others.
  private String opener(String range) {
    return ranges.sourceOf(range).filter(profile::shows).orElse(range);
  }

  private static String remark() {
    return "Lines marked \"profile\" are shares of a function's or range's wall time in the given"
        + " profile, waits included; the profile does not show when the GPU idled.";
  }

  private static String nothing(List<IdleCause> causes) {
    Optional<String> first =
        causes.stream().flatMap(c -> c.range().or(c::target).stream()).findFirst();
    return "The given profile shows no function or range of this trace%s. Is it of the same workload?"
        .formatted(first.map(name -> ", such as " + name).orElse(""));
  }
}
