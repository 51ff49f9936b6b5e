package hostperf.server.stdio;

/// Why a message gets an error, by the codes of JSON-RPC 2.0.
record Fault(int code, String message) {
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL_ERROR = -32603;

  static Fault parse(String message) {
    return new Fault(PARSE_ERROR, message);
  }

  static Fault request(String message) {
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

  static boolean isInternal(int code) {
    return code == INTERNAL_ERROR;
  }
}
