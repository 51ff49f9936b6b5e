package hostperf.server.page;

import hostperf.report.Html;

/// The frame around each page of the site: head, navigation, and the main part.
final class SiteFrame {
  /// How often a browser without JavaScript loads a page with live parts again.
  private static final int REFRESH_SECONDS = 10;

  private SiteFrame() {}

  /// @param title of the window
  /// @param form of the browser that signed in; empty before
  record Head(String title, String form, Change change) {}

  /// What of a page changes while it is looked at: elements with `data-live` and an id.
  enum Change {
    NONE,
    /// A script keeps them up to date. Without one nothing does, since a person may be typing.
    PARTS,
    /// As before; without a script the browser loads the page again.
    WHOLE
  }

  static String page(Head head, Html main) {
    var out = new Html();
    out.raw("<!doctype html>\n").open("html lang=\"en\"").open("head");
    out.raw("<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.leaf("title", head.title() + " · hostperf");
    out.raw("<link rel=\"stylesheet\" href=\"/style.css\">\n");
    if (head.change() == Change.WHOLE) {
      out.raw(
          "<noscript><meta http-equiv=\"refresh\" content=\"%d\"></noscript>\n"
              .formatted(REFRESH_SECONDS));
    }
    if (head.change() != Change.NONE) {
      out.raw("<script src=\"/page.js\" defer></script>\n");
    }
    out.end().open("body");
    out.leaf("a.skip href=\"#main\"", "Skip to content");
    out.open("header.site").open("nav aria-label=\"Site\"");
    out.leaf("a.home href=\"/\"", "hostperf").end();
    if (!head.form().isEmpty()) {
      form(out, "/sign-out", head.form());
      out.leaf("button.quiet type=\"submit\"", "Sign out").end();
    }
    out.end().leaf("p.offline id=\"offline\" role=\"status\"", "");
    out.open("main id=\"main\" tabindex=\"-1\"").raw(main.toString()).end();
    return out.end().end().toString();
  }

  /// Opens a form that only this browser's pages can send.
  static Html form(Html out, String action, String form) {
    out.open("form method=\"post\" action=\"%s\"".formatted(Html.escaped(action)));
    return out.raw("<input type=\"hidden\" name=\"form\" value=\"%s\">".formatted(form));
  }
}
