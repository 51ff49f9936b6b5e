package hostperf.server;

import hostperf.approval.Dialog.Reply;
import hostperf.report.UntrustedText;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The form that a client shows below a question, and what its answers mean. Only an accepted form
/// that says exactly `approve` is a yes; whatever is neither a yes nor a no decides nothing.
final class ApprovalForm {
  private static final String DECISION = "decision";
  private static final String REASON = "reason";
  private static final String APPROVE = "approve";
  private static final String DENY = "deny";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Of what a client sent.
  private static final int MOST_SHOWN = 200;

  private ApprovalForm() {}

  /// The decision first: clients show the fields in this order.
  static Map<String, Object> schema() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(DECISION, field("Decision", Map.of("enum", List.of(APPROVE, DENY))));
    fields.put(REASON, field("Reason (optional)", Map.of()));
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", fields);
    schema.put("required", List.of(DECISION));
    return schema;
  }

  private static Map<String, Object> field(String title, Map<String, Object> more) {
    var field = new LinkedHashMap<String, Object>();
    field.put("type", "string");
    field.put("title", title);
    field.putAll(more);
    return field;
  }

  static Reply reply(ElicitResult result) {
    Map<String, Object> content = result.content() == null ? Map.of() : result.content();
    return switch (result.action()) {
      case ACCEPT -> accepted(content);
      case DECLINE -> new Reply(Reply.Kind.DECLINED, reason(content));
      case CANCEL -> new Reply(Reply.Kind.CANCELLED, "the client closed the dialog");
    };
  }

  /// For an answer that is no answer to a form.
  static Reply unknown(@Nullable Object sent) {
    var text = UntrustedText.exact(JSON.writeValueAsString(sent));
    return new Reply(
        Reply.Kind.CANCELLED,
        "the client sent %s, but only `%s` is a yes and only `%s` is a no"
            .formatted(UntrustedText.inline(text, MOST_SHOWN), APPROVE, DENY));
  }

  /// For a client that has dialogs and could not show this one.
  static Reply unavailable(String why) {
    return new Reply(Reply.Kind.UNAVAILABLE, UntrustedText.line(why, MOST_SHOWN));
  }

  private static Reply accepted(Map<String, Object> content) {
    if (DENY.equals(content.get(DECISION))) {
      return new Reply(Reply.Kind.NO, reason(content));
    }
    return APPROVE.equals(content.get(DECISION)) && isThisForm(content)
        ? new Reply(Reply.Kind.YES, reason(content))
        : unknown(content);
  }

  private static boolean isThisForm(Map<String, Object> content) {
    var reason = content.get(REASON);
    return Set.of(DECISION, REASON).containsAll(content.keySet())
        && (reason == null || reason instanceof String);
  }

  private static String reason(Map<String, Object> content) {
    return text(content.get(REASON));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : UntrustedText.line(String.valueOf(value), MOST_SHOWN);
  }
}
