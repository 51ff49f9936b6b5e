package hostperf.server.page;

import hostperf.report.Html;

/// The form for a code, the one thing that everybody sees.
final class SignInPage {
  private SignInPage() {}

  static PageAnswer asked() {
    return PageAnswer.page(html(""));
  }

  static PageAnswer refused(int status, String why) {
    return new PageAnswer.Page(status, html(why));
  }

  private static String html(String why) {
    var out = new Html();
    out.open("div.card.narrow").leaf("h1", "Sign in");
    if (!why.isEmpty()) {
      out.leaf("p.problem role=\"alert\"", why);
    }
    out.open("form method=\"post\" action=\"/sign-in\"");
    out.leaf("label for=\"code\"", "Code from your terminal");
    out.raw(
        "<input class=\"code-input\" id=\"code\" name=\"code\" type=\"text\" required autofocus"
            + " autocomplete=\"one-time-code\" autocapitalize=\"none\" spellcheck=\"false\""
            + " aria-describedby=\"help\">");
    out.sentence(
        "p.soft id=\"help\"",
        "`hostperf ui --code`, in a terminal on the server's machine, prints one. It works once,"
            + " for 10 minutes.");
    out.open("div.buttons").leaf("button.yes type=\"submit\"", "Sign in").end();
    out.end().end();
    return SiteFrame.page(new SiteFrame.Head("Sign in", "", SiteFrame.Change.NONE), out);
  }
}
