package hostperf.fact;

/// One thing that a line did.
///
/// @param place where: the innermost line of the engine's own code
/// @param detail tells facts of one kind and line apart: an operation, a generation, how it copied
/// @param count how often
/// @param seconds how long in all; 0 where the kind has no length
/// @param bytes how much in all; 0 where the kind has no size
public record LineFact(
    Kind kind, Place place, String detail, long count, double seconds, long bytes) {

  /// @param file absolute
  /// @param line from 1
  /// @param function qualified where the interpreter tells (3.11 and later), else its last name
  public record Place(String file, int line, String function) {}

  /// What a collector can see.
  public enum Kind {
    /// A value of the device was read on the host, which waits for it.
    READ_BACK,
    /// torch says that the call synchronised host and device.
    SYNC,
    /// Bytes moved between host and device.
    COPY,
    /// An operation was launched on the device.
    DEVICE_OP,
    /// A tensor operation ran on the host.
    HOST_TENSOR_OP,
    /// A captured graph was launched.
    GRAPH_REPLAY,
    /// A garbage collection began on this line.
    GC_PAUSE,
    /// A call that waits: sleep, queue, event, future.
    WAIT,
    /// Values became bytes, or bytes values.
    SERIALISE,
    /// A call of torch.distributed.
    COLLECTIVE,
    /// A log call below the logger's level.
    LOG_OFF,
    /// A log call at a level that is on.
    LOG_ON,
    /// The program read an environment variable.
    ENVIRONMENT,
    /// An exception was raised here and handled within the step.
    EXCEPTION
  }
}
