package hostperf.patch;

import java.util.Optional;

/// The files of the commit that a patch is made for, by path relative to the checkout.
public interface Tree {
  Entry at(String path);

  /// What lies at a path. Only a `Text` can be patched.
  sealed interface Entry {
    record Text(String content) implements Entry {}

    /// Not UTF-8 text, or too big to be source; the reason as the end of "it is …".
    record NotText(String reason) implements Entry {}

    /// A symbolic link, at the path itself or at the folder `link` on the way to it.
    record Link(String link) implements Entry {}

    /// A submodule, at the path itself or at the folder `submodule` on the way to it.
    record Submodule(String submodule) implements Entry {}

    record Folder() implements Entry {}

    /// Not tracked.
    ///
    /// @param otherCase a tracked path that differs only in upper and lower case
    record Absent(Optional<String> otherCase) implements Entry {}
  }
}
