package hostperf.server.http;

import hostperf.Refusal;
import java.util.Set;
import java.util.regex.Pattern;

/// What an agent comes with, as it is kept: without the secret.
///
/// @param name goes into the journal with everything that is done with it
/// @param sha256 of the secret, which has 256 random bits, so that guessing it from this is as hard
///     as guessing it
/// @param made when
public record Token(String name, Set<Role> roles, String sha256, String made) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  /// What may be done with it. Approving is none of it.
  public enum Role {
    /// Looking: what `--read-only` leaves.
    READ,
    /// Everything but approving.
    RUN
  }

  public Token {
    roles = Set.copyOf(roles);
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          "'%s' is not the name of a token: up to 40 of a-z, 0-9, `.`, `_` and `-`."
              .formatted(name),
          "Run `hostperf token add` with another one.");
    }
  }

  boolean mayRun() {
    return roles.contains(Role.RUN);
  }
}
