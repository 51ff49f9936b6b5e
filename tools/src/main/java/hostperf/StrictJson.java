package hostperf;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON that something is decided by: a name that stands twice in an object is an error.
/// Readers differ in which of the two they take, so one could be shown and the other acted on.
public final class StrictJson {
  private StrictJson() {}

  public static JsonMapper.Builder builder() {
    return JsonMapper.builder(
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  }
}
