package hostperf.audit;

import java.util.Set;
import java.util.regex.Pattern;

/// Python's built-in names, and which of them any code may use.
final class AllowedBuiltins {
  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?!Base)[A-Z]\\w*(Error|Exception|Warning|Group)|Exception|Warning|Stop(Async)?Iteration");

  private static final Set<String> PLAIN =
      Set.of(
          ("abs aiter all anext any ascii bin bool bytearray bytes callable classmethod complex"
                  + " dict divmod enumerate filter float format frozenset hasattr hash hex id int"
                  + " isinstance issubclass iter len list map max memoryview min next object oct ord"
                  + " pow property range repr reversed round set slice sorted staticmethod str sum"
                  + " super tuple zip NotImplemented Ellipsis")
              .split(" "));

  /// Those that `Reflection` and `PrintedOutput` judge by their arguments.
  private static final Set<String> BY_ARGUMENTS = Set.of("getattr", "setattr", "type", "print");

  private static final Set<String> REFLECTIVE =
      Set.of("globals", "locals", "vars", "dir", "delattr", "chr");

  private static final Set<String> FOREIGN =
      Set.of(
          ("eval exec compile open input breakpoint help exit quit SystemExit KeyboardInterrupt"
                  + " GeneratorExit copyright credits license")
              .split(" "));

  private AllowedBuiltins() {}

  static boolean has(String name) {
    return isHarmless(name)
        || BY_ARGUMENTS.contains(name)
        || REFLECTIVE.contains(name)
        || FOREIGN.contains(name)
        || name.equals("__import__")
        || name.equals("BaseException");
  }

  static boolean isHarmless(String name) {
    return PLAIN.contains(name) || EXCEPTION.matcher(name).matches();
  }

  static boolean isByArguments(String name) {
    return BY_ARGUMENTS.contains(name) || name.equals("BaseException");
  }

  static boolean isForeign(String name) {
    return FOREIGN.contains(name);
  }
}
