package hostperf.server.http;

/// What one role is offered of one checkout, and its clients' sessions.
record Endpoint(Backend backend, HttpSessions sessions) {
  Endpoint(Backend backend) {
    this(backend, new HttpSessions());
  }
}
