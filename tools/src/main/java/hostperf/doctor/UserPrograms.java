package hostperf.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Programs that are the user's own: on `PATH` by an absolute folder, and not of the checkout.
record UserPrograms(Path checkout) {

  /// The program as a shell would find it; empty where that would be one of the checkout.
  Optional<Path> find(String program) {
    return Pattern.compile(":")
        .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .filter(this::isOutside);
  }

  /// Neither the path nor what it leads to lies in the checkout.
  boolean isOutside(Path program) {
    try {
      return !program.normalize().startsWith(checkout)
          && !program.toRealPath().startsWith(checkout.toRealPath());
    } catch (IOException _) {
      return false;
    }
  }
}
