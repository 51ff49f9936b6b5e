package hostperf.server.wire;

/// Why a message gets an error, by the codes of JSON-RPC 2.0.
public record Fault(int code, String message) {
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int HEADER_MISMATCH = -32020;
  private static final int INTERNAL_ERROR = -32603;

  static Fault parse(String message) {
    return new Fault(PARSE_ERROR, message);
  }

  public static Fault request(String message) {
    return new Fault(INVALID_REQUEST, message);
  }

  static Fault method(String message) {
    return new Fault(METHOD_NOT_FOUND, message);
  }

  static Fault params(String message) {
    return new Fault(INVALID_PARAMS, message);
  }

  static Fault internal(String message) {
    return new Fault(INTERNAL_ERROR, message);
  }

  /// For a message that is not read to its end.
  public static Fault tooLong() {
    return request(
        "The message has more than %d MB; larger things are named by their file."
            .formatted(Lines.LONGEST >> 20));
  }

  /// Headers and message do not agree, by the revision 2026-07-28.
  public static Fault headers(String message) {
    return new Fault(HEADER_MISMATCH, message);
  }

  static boolean isInternal(int code) {
    return code == INTERNAL_ERROR;
  }
}
