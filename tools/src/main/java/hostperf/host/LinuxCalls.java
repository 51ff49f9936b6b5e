package hostperf.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The calls that the JDK does not offer: prctl(2) and waitpid(2) of Linux, and setsid(2).
final class LinuxCalls {
  // linux/prctl.h
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  // linux/wait.h
  private static final int WNOHANG = 1;

  private LinuxCalls() {}

  /// Whether orphaned descendants become this process's children from now on.
  static boolean becomeSubreaper() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return false;
    }
    Optional<MethodHandle> prctl =
        function(
            "prctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try {
      return prctl.isPresent()
          && (int) prctl.get().invokeExact(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("prctl", e);
    }
  }

  /// Takes the exit status of a child that has ended; does nothing while it runs.
  static void reap(long pid) {
    Optional<MethodHandle> waitpid =
        function(
            "waitpid",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    if (waitpid.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      int _ = (int) waitpid.get().invokeExact((int) pid, status, WNOHANG);
    } catch (Throwable e) {
      throw new IllegalStateException("waitpid", e);
    }
  }

  /// Does nothing in a process that leads a group.
  static void newSession() {
    Optional<MethodHandle> setsid = function("setsid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    if (setsid.isEmpty()) {
      return;
    }
    try {
      int _ = (int) setsid.get().invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("setsid", e);
    }
  }

  /// Empty where this Java may not call natively (`--enable-native-access`) or there is none.
  @SuppressWarnings("restricted") // each call is made with the types that its manual page has
  private static Optional<MethodHandle> function(
      String name, FunctionDescriptor form, Linker.Option... options) {
    if (!LinuxCalls.class.getModule().isNativeAccessEnabled()) {
      return Optional.empty();
    }
    var linker = Linker.nativeLinker();
    return linker.defaultLookup().find(name).map(f -> linker.downcallHandle(f, form, options));
  }
}
