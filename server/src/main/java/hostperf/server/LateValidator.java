package hostperf.server;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;

/// The SDK's validator of answers, loaded with the first answer: it is a fifth of all classes that
/// a start would load. The schemas themselves are ours, and tests hold them.
final class LateValidator implements JsonSchemaValidator {
  @Override
  public ValidationResponse validate(Map<String, Object> schema, Object content) {
    return McpJsonDefaults.getSchemaValidator().validate(schema, content);
  }
}
