package hostperf.server.wire;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A way out to the client.
public interface Outlet {
  JsonMapper JSON = JsonMapper.shared();

  /// What comes before the answer of a request, or belongs to none.
  ///
  /// @param json a message without line breaks
  void line(String json);

  /// The answer of a request.
  ///
  /// @param errorCode where it is an error
  default void answer(String json, @Nullable Integer errorCode) {
    line(json);
  }

  /// Whether nobody reads any more.
  boolean isBroken();

  default void result(Object id, Object result) {
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("result", result);
    answer(JSON.writeValueAsString(message), null);
  }

  /// @param id null where the request's cannot be read
  default void error(@Nullable Object id, JsonRpcError fault) {
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("error", fault);
    answer(JSON.writeValueAsString(message), fault.code());
  }
}
