package hostperf.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The secrets among a command's arguments: `--api-key X`, `--token=X`, `HF_TOKEN=X`, headers,
/// `--user name:X`, `mysql -pX`, and the same inside a script that is one argument (`bash -c …`).
final class SecretArguments {
  /// @param name as written, without dashes in front
  record Named(String name, String value) {}

  private static final Pattern OPTION = Pattern.compile("--?([A-Za-z][\\w.-]*)");
  private static final Pattern ASSIGNED = Pattern.compile("(?s)(?:--?)?([A-Za-z_][\\w.-]*)=(.+)");
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:^|[\\s;&|({])(?:--?([A-Za-z][\\w.-]*)(?:=|\\s+)|([A-Za-z_]\\w*)=)"
              + "(\"[^\"]*\"|'[^']*'|[^\\s;&|\"']+)");
  private static final Pattern JSON =
      Pattern.compile("[\"']([A-Za-z_][\\w.-]*)[\"']\\s*:\\s*[\"']([^\"']+)[\"']");
  private static final Pattern HEADER =
      Pattern.compile("([A-Za-z][\\w-]*)\\s*:\\s*(?:[A-Za-z][\\w-]*\\s+)?([^\\s:\"']+)\\s*");
  // A scheme and what it takes, as in `Bearer X`.
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][\\w-]*\\s+(\\S+)");
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)(?:bearer|basic|digest|negotiate|ntlm|apikey|token)\\s+(\\S+)");
  private static final Pattern HEADER_NAME =
      Pattern.compile(
          "(?i)((?:proxy-)?authorization|(?:set-)?cookie|x-[\\w-]+|api-key|[\\w-]+(?=:)):?");
  private static final Pattern USER_OPTION = Pattern.compile("u|user|userpwd|proxy-user");
  private static final Pattern IN_SCRIPT =
      Pattern.compile("\\s(?:-u[\\s=]*|--user[\\s=]+)[\"']?([^\\s\"']+)");
  private static final Pattern USER = Pattern.compile("[^:/\\s]+:([^/\\s]+)");

  private final List<Named> found = new ArrayList<>();

  private SecretArguments() {}

  static List<Named> in(List<String> arguments) {
    var secrets = new SecretArguments();
    for (int i = 0; i < arguments.size(); i++) {
      secrets.one(arguments.get(i));
      if (i + 1 < arguments.size()) {
        secrets.pair(arguments.get(i), arguments.get(i + 1));
      }
    }
    secrets.found.addAll(ProgramPasswords.in(arguments));
    return List.copyOf(secrets.found);
  }

  private void pair(String option, String next) {
    Matcher matcher = OPTION.matcher(option);
    if (matcher.matches() && !next.startsWith("-")) {
      keep(matcher.group(1), next);
      if (USER_OPTION.matcher(matcher.group(1)).matches()) {
        user(next);
      }
    }
    Matcher header = HEADER_NAME.matcher(option);
    if (header.matches() && !next.startsWith("-")) {
      keep(header.group(1), next);
    }
    if (option.equalsIgnoreCase("bearer")) {
      keep(option, next);
    }
  }

  private void user(String text) {
    Matcher user = USER.matcher(text);
    // Numbers are the ids of a user and a group.
    if (user.matches() && !user.group(1).matches("\\d+")) {
      found.add(new Named("user", text));
      found.add(new Named("user", user.group(1)));
    }
  }

  private void one(String argument) {
    Matcher assigned = ASSIGNED.matcher(argument);
    if (assigned.matches()) {
      keep(assigned.group(1), assigned.group(2));
      if (USER_OPTION.matcher(assigned.group(1)).matches()) {
        user(assigned.group(2));
      }
    }
    if (argument.startsWith("-u")) {
      user(argument.substring(2));
    }
    Matcher authorization = AUTHORIZATION.matcher(argument);
    if (authorization.matches()) {
      found.add(new Named("Authorization", authorization.group(1)));
    }
    if (argument.chars().anyMatch(Character::isWhitespace)) {
      written(argument);
    }
    JSON.matcher(argument).results().forEach(m -> keep(m.group(1), m.group(2)));
    header(argument.replaceFirst("^-H\\s*", ""));
    if (assigned.matches()) {
      header(assigned.group(2));
    }
  }

  private void header(String text) {
    Matcher header = HEADER.matcher(text);
    if (header.matches()) {
      keep(header.group(1), header.group(2));
    }
  }

  private void written(String script) {
    WRITTEN.matcher(script).results().forEach(this::written);
    IN_SCRIPT.matcher(script).results().forEach(m -> user(m.group(1)));
    found.addAll(ProgramPasswords.inScript(script));
    // A header within a script stands in quotes.
    Pattern.compile("[\"']([^\"']*)[\"']")
        .matcher(script)
        .results()
        .forEach(quoted -> header(quoted.group(1)));
  }

  private void written(MatchResult match) {
    String name = Optional.ofNullable(match.group(1)).orElse(match.group(2));
    keep(name, match.group(3).replaceAll("^[\"']|[\"']$", ""));
  }

  private void keep(String name, String value) {
    // `$HF_TOKEN` names a secret and is none; the value is in the environment.
    if (SecretNames.has(name, value) && !value.isEmpty() && !value.startsWith("$")) {
      found.add(new Named(name, value));
      Matcher scheme = SCHEME.matcher(value);
      if (scheme.matches()) {
        found.add(new Named(name, scheme.group(1)));
      }
    }
  }
}
