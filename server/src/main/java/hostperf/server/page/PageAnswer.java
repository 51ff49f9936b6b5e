package hostperf.server.page;

import java.util.List;

/// What is sent back to a browser.
sealed interface PageAnswer {
  /// A page of the site.
  record Page(int status, String html) implements PageAnswer {}

  /// A document with style and scripts of its own, which runs apart from the site.
  ///
  /// @param scripts whose hashes are these may run
  record Apart(String html, List<String> scripts) implements PageAnswer {}

  /// @param path on this server
  record Redirect(String path) implements PageAnswer {}

  /// @param type such as `text/css`
  record File(String type, String text) implements PageAnswer {}

  static PageAnswer page(String html) {
    return new Page(200, html);
  }
}
