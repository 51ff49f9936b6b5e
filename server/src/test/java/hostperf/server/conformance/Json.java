package hostperf.server.conformance;

import io.modelcontextprotocol.json.McpJsonDefaults;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Fixtures written as they stand on the wire.
final class Json {
  private Json() {}

  static <T> T as(Map<String, ?> fields, Class<T> type) {
    return McpJsonDefaults.getMapper().convertValue(fields, type);
  }

  static Map<String, Object> map(String json) {
    return JsonMapper.shared().readValue(json, new TypeReference<Map<String, Object>>() {});
  }
}
