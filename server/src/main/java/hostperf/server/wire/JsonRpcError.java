package hostperf.server.wire;

/// Why a message gets an error, by the codes of JSON-RPC 2.0.
public record JsonRpcError(int code, String message) {
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int HEADER_MISMATCH = -32020;
  private static final int INTERNAL_ERROR = -32603;

  static JsonRpcError parse(String message) {
    return new JsonRpcError(PARSE_ERROR, message);
  }

  public static JsonRpcError request(String message) {
    return new JsonRpcError(INVALID_REQUEST, message);
  }

  static JsonRpcError method(String message) {
    return new JsonRpcError(METHOD_NOT_FOUND, message);
  }

  static JsonRpcError params(String message) {
    return new JsonRpcError(INVALID_PARAMS, message);
  }

  static JsonRpcError internal(String message) {
    return new JsonRpcError(INTERNAL_ERROR, message);
  }

  /// For a message that is not read to its end.
  public static JsonRpcError tooLong() {
    return request(
        "The message has more than %d MB; pass larger content as a file."
            .formatted(LineReader.LONGEST >> 20));
  }

  /// Headers and message do not agree, by the revision 2026-07-28.
  public static JsonRpcError headers(String message) {
    return new JsonRpcError(HEADER_MISMATCH, message);
  }

  static boolean isInternal(int code) {
    return code == INTERNAL_ERROR;
  }
}
