package hostperf.server.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a tool answered, as a client sees it.
///
/// @param fields the structured content; empty for an error
/// @param text what an agent reads
public record Answer(boolean isError, Map<String, Object> fields, String text) {

  /// A text field; empty when it is not there.
  public String text(String name) {
    return Optional.ofNullable(fields.get(name)).map(String::valueOf).orElse("");
  }

  public int number(String name) {
    return fields.get(name) instanceof Number number ? number.intValue() : 0;
  }

  /// The rows of a list of objects.
  @SuppressWarnings("unchecked") // JSON objects have text keys
  public List<Map<String, Object>> rows(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream()
            .filter(r -> r instanceof Map<?, ?>)
            .map(r -> (Map<String, Object>) r)
            .toList()
        : List.of();
  }

  /// The texts of a list.
  public List<String> texts(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  public boolean isInconclusive() {
    return fields.containsKey("inconclusive");
  }

  /// The work goes on as a job.
  Optional<String> job() {
    return "running".equals(fields.get("state"))
        ? Optional.ofNullable(fields.get("job_id")).map(String::valueOf)
        : Optional.empty();
  }

  /// A person has still to say yes.
  public Optional<String> waitingFor() {
    return fields.containsKey("approval_id") && !fields.containsKey("patch_id")
        ? Optional.of(text("approval_id"))
        : Optional.empty();
  }
}
