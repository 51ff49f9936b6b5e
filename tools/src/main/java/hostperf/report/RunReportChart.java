package hostperf.report;

import hostperf.measure.MetricChange;
import hostperf.measure.Sample;
import hostperf.measure.Side;
import hostperf.report.RunStory.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The data of the chart at the top: for each measured round, and for the final measurement, every
/// sample of base and candidate, and the candidate's interval over the base's median.
record RunReportChart(RunStory story) {

  /// JSON that cannot end the script element it stands in.
  String json() {
    List<Map<String, Object>> groups = new ArrayList<>();
    for (Round round : story.rounds()) {
      round
          .trial()
          .ifPresent(
              trial ->
                  group(label(round), RunReportWords.primary(round), trial.samples())
                      .ifPresent(groups::add));
    }
    story
        .end()
        .overall()
        .flatMap(overall -> group("final", Optional.of(overall.change()), overall.samples()))
        .ifPresent(groups::add);
    var data = new LinkedHashMap<String, Object>();
    data.put("name", story.facts().metric().name());
    data.put("unit", story.facts().metric().unit());
    data.put("groups", groups);
    return new JsonMapper().writeValueAsString(data).replace("<", "\\u003c");
  }

  private static String label(Round round) {
    return round.number() == 0 ? "baseline" : "round " + round.number();
  }

  private Optional<Map<String, Object>> group(
      String label, Optional<MetricChange> change, List<Sample> samples) {
    if (values(Side.BASE, samples).isEmpty()) {
      return Optional.empty();
    }
    var group = new LinkedHashMap<String, Object>();
    group.put("label", label);
    group.put("base", values(Side.BASE, samples));
    group.put("candidate", values(Side.CANDIDATE, samples));
    change.ifPresent(
        moved -> {
          group.put("estimate", moved.before() * (1 + moved.change()));
          group.put("low", moved.before() * (1 + moved.interval().low()));
          group.put("high", moved.before() * (1 + moved.interval().high()));
        });
    return Optional.of(group);
  }

  private List<Double> values(Side side, List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.isTaken() && sample.slot().pair() > 0)
        .filter(sample -> sample.slot().side() == side)
        .map(sample -> sample.launched().metrics().get(story.facts().metric().name()))
        .filter(value -> value != null)
        .toList();
  }
}
