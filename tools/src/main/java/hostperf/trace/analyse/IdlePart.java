package hostperf.trace.analyse;

/// Why no kernel and no graph replay ran; the parts of an idle stretch add up to it.
public enum IdlePart {
  /// The device copied or cleared memory.
  COPYING,
  /// No request was scheduled.
  NO_REQUEST,
  /// The host had not launched the next work: it ran code of its own.
  HOST_BUSY,
  /// The host had not launched the next work: it waited in a CUDA call.
  HOST_WAITING,
  /// The next work was enqueued, and waited for something else: another stream, another rank, an
  /// event, the launch itself.
  ENQUEUED,
  /// The trace records no CUDA calls, so what the host did is unknown.
  UNKNOWN
}
