package hostperf.server.page;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.server.http.Doorkeeper;
import hostperf.server.page.SignIns.SignIn;
import hostperf.server.wire.Defects;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers browsers. Whoever has not signed in sees the form to do so and nothing else. Only a
/// browser that has, on a page of this site, can send anything; an `Authorization` header never
/// can.
public final class PageHandler extends Handler.Abstract {
  private final Doorkeeper door;
  private final SignIns signIns;
  private final Pages pages;
  private final Defects defects;

  public PageHandler(
      Doorkeeper door,
      List<Checkout> checkouts,
      SignInCodes codes,
      InstantSource clock,
      Defects defects) {
    this.door = door;
    this.signIns = new SignIns(codes, clock);
    this.pages = new Pages(new ServedCheckouts(checkouts), clock);
    this.defects = defects;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var sending = new Sending(request, response);
    try {
      sending.send(answer(request, response));
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    } catch (RuntimeException | Error e) {
      var fault = defects.fault(request.getMethod() + " " + Request.getPathInContext(request), e);
      try {
        sending.send(Pages.problem(500, fault.message(), ""));
        callback.succeeded();
      } catch (IOException failed) {
        callback.failed(failed);
      }
    }
    return true;
  }

  private PageAnswer answer(Request request, Response response) throws IOException {
    var objection = door.objection(request);
    if (objection.isPresent()) {
      return Pages.problem(403, objection.get(), "");
    }
    var path = Request.getPathInContext(request);
    try {
      return switch (request.getMethod()) {
        case "GET", "HEAD" -> get(request, path);
        case "POST" -> post(request, response, path);
        default -> Pages.problem(405, "This page knows GET and POST.", "");
      };
    } catch (Refusal refusal) {
      return Pages.problem(404, refusal.why(), refusal.next());
    }
  }

  private PageAnswer get(Request request, String path) {
    var open = pages.open(path);
    if (open.isPresent()) {
      return open.get();
    }
    var signIn = signIn(request);
    return signIn.isPresent()
        ? pages.get(path, Posted.query(request), signIn.get().form())
        : new PageAnswer.Redirect("/sign-in");
  }

  private PageAnswer post(Request request, Response response, String path) throws IOException {
    var objection = Forged.objection(request);
    if (objection.isPresent()) {
      return Pages.problem(403, objection.get(), "Send the form of a page of this server.");
    }
    var fields = Posted.form(request);
    if (path.equals("/sign-in")) {
      return signIn(request, response, fields.getOrDefault("code", ""));
    }
    var signIn = signIn(request);
    if (signIn.isEmpty()) {
      return Pages.problem(
          403, "You are not signed in, or no longer.", "Sign in and answer again.");
    }
    if (!signIn.get().owns(fields.getOrDefault("form", ""))) {
      return Pages.problem(
          403, "The form did not come from a page that this server sent you.", "Load it again.");
    }
    if (path.equals("/sign-out")) {
      cookie(request).ifPresent(signIns::end);
      return new PageAnswer.Redirect("/sign-in");
    }
    return pages.post(path, fields);
  }

  private PageAnswer signIn(Request request, Response response, String code) {
    return switch (signIns.attempt(code)) {
      case SignIns.Tried.In in -> {
        Response.addCookie(response, kept(request, in.cookie()));
        yield new PageAnswer.Redirect("/");
      }
      case SignIns.Tried.Wrong _ ->
          SignInPage.refused(403, "This code is wrong, was used before, or is too old.");
      case SignIns.Tried.TooMany _ ->
          SignInPage.refused(429, "There were too many wrong codes. Wait a minute.");
    };
  }

  private static HttpCookie kept(Request request, String value) {
    return HttpCookie.build(name(request), value)
        .path("/")
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite(HttpCookie.SameSite.STRICT)
        .maxAge(SignIns.LIFETIME.toSeconds())
        .build();
  }

  private Optional<SignIn> signIn(Request request) {
    return cookie(request).flatMap(signIns::of);
  }

  private static Optional<String> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(c -> c.getName().equals(name(request)))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /// Browsers send a host's cookies to all of its ports, so each server has a name of its own.
  private static String name(Request request) {
    return "hostperf-" + Request.getLocalPort(request);
  }
}
