package hostperf.server.wire;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The SDK's mapper, but for what it says of params that do not fit: a fault of the caller's, in
/// words without the names of classes.
final class ParamsMapper implements McpJsonMapper {
  private final McpJsonMapper mapper;

  ParamsMapper(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public <T> T convertValue(@Nullable Object value, Class<T> type) {
    try {
      return mapper.convertValue(value, type);
    } catch (RuntimeException _) {
      throw misfit();
    }
  }

  @Override
  public <T> T convertValue(@Nullable Object value, TypeRef<T> type) {
    try {
      return mapper.convertValue(value, type);
    } catch (RuntimeException _) {
      throw misfit();
    }
  }

  private static McpError misfit() {
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
        .message(
            "A value has another form than the protocol's schema gives it (revisions 2024-11-05 to"
                + " 2025-11-25).")
        .build();
  }

  @Override
  public <T> T readValue(String text, Class<T> type) throws IOException {
    return mapper.readValue(text, type);
  }

  @Override
  public <T> T readValue(byte[] bytes, Class<T> type) throws IOException {
    return mapper.readValue(bytes, type);
  }

  @Override
  public <T> T readValue(String text, TypeRef<T> type) throws IOException {
    return mapper.readValue(text, type);
  }

  @Override
  public <T> T readValue(byte[] bytes, TypeRef<T> type) throws IOException {
    return mapper.readValue(bytes, type);
  }

  @Override
  public String writeValueAsString(Object value) throws IOException {
    return mapper.writeValueAsString(value);
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }
}
