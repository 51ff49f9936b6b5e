package hostperf.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hostperf.Refusal;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.server.McpAsyncResponse;
import io.modelcontextprotocol.modern.server.McpFeature;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// `skills/list` and `skills/get`, which the SDK does not have.
///
/// @param holdsMs how long an answer may be taken for what is offered
record SkillsFeature(Skills skills, long holdsMs) implements McpFeature {
  private static final String EXTENSION = "io.modelcontextprotocol/skills";
  private static final String LIST = "skills/list";
  private static final String GET = "skills/get";
  private static final String COMPLETE = "complete";

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ListSkillsResult(
      List<Map<String, Object>> skills,
      Long ttlMs,
      CacheScope cacheScope,
      String resultType,
      @JsonProperty("_meta") @Nullable Map<String, Object> meta)
      implements McpSchema.CacheableResult {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record GetSkillResult(
      Map<String, Object> skill,
      Long ttlMs,
      CacheScope cacheScope,
      String resultType,
      @JsonProperty("_meta") @Nullable Map<String, Object> meta)
      implements McpSchema.CacheableResult {}

  @Override
  public Set<String> methods() {
    return Set.of(LIST, GET);
  }

  @Override
  public void capabilities(McpSchema.ServerCapabilities.Builder builder) {
    builder.extension(EXTENSION, Map.of());
  }

  @Override
  public Mono<? extends McpAsyncResponse<? extends McpSchema.Result>> handle(
      McpRequestContext context, @Nullable Object params) {
    var given = params instanceof Map<?, ?> map ? map : Map.of();
    return Mono.fromSupplier(
        () ->
            McpAsyncResponse.result(
                context.method().equals(LIST) ? list(given.get("cursor")) : get(given.get("uri"))));
  }

  private McpSchema.Result list(@Nullable Object cursor) {
    if (cursor != null && !cursor.equals("")) {
      throw McpException.invalidParams("There is no page after the first; send no `cursor`.");
    }
    return new ListSkillsResult(skills.all(), holdsMs, CacheScope.PRIVATE, COMPLETE, null);
  }

  private McpSchema.Result get(@Nullable Object uri) {
    if (!(uri instanceof String text)) {
      throw McpException.invalidParams("`uri` must be the address of a skill's SKILL.md.");
    }
    try {
      return new GetSkillResult(skills.entry(text), holdsMs, CacheScope.PRIVATE, COMPLETE, null);
    } catch (Refusal refusal) {
      throw McpException.invalidParams(refusal.why() + " " + refusal.next());
    }
  }
}
