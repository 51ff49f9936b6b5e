package hostperf.host;

import hostperf.host.SecretArguments.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Passwords in options that say so only to who knows the program: `mysql -pX`, `sshpass -p X`. The
/// same letter is a port or a path elsewhere, so what follows counts by the program before it.
final class ProgramPasswords {
  /// @param option as it is written
  /// @param attached whether the value stands in the same word
  /// @param apart whether it may be the next word
  private record Option(String option, boolean attached, boolean apart) {}

  private static final Map<String, List<Option>> PROGRAMS = new HashMap<>();
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s;&|()\"'])+");

  static {
    // Of these `-p X` asks for the password and X is the database.
    programs(
        "mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mysqlslap mysqlpump"
            + " mysqlbinlog mariadb mariadb-dump mariadb-admin mariadb-import mariadb-check"
            + " mariadb-binlog mycli 7z 7za 7zz",
        new Option("-p", true, false));
    programs(
        "sshpass login mongo mongosh mongodump mongorestore mongoexport mongoimport",
        new Option("-p", true, true));
    programs("redis-cli valkey-cli", new Option("-a", true, true));
    programs("ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami", new Option("-w", true, true));
    programs("zip unzip sqlcmd bcp isql tsql ipmitool", new Option("-P", true, true));
    programs("mosquitto_pub mosquitto_sub", new Option("-P", false, true));
    programs("curl", new Option("-b", true, true));
  }

  private ProgramPasswords() {}

  private static void programs(String names, Option option) {
    for (String name : names.split(" ")) {
      PROGRAMS.put(name, List.of(option));
    }
  }

  static List<Named> in(List<String> words) {
    var found = new ArrayList<Named>();
    var options = List.<Option>of();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      options = PROGRAMS.getOrDefault(word.substring(word.lastIndexOf('/') + 1), options);
      for (var option : options) {
        if (option.apart() && word.equals(option.option()) && i + 1 < words.size()) {
          keep(option, words.get(i + 1), found);
        } else if (option.attached() && word.startsWith(option.option())) {
          keep(option, word.substring(option.option().length()), found);
        }
      }
    }
    return found;
  }

  /// The same for a script that is one argument.
  static List<Named> inScript(String script) {
    return in(WORD.matcher(script).results().map(w -> w.group().replaceAll("[\"']", "")).toList());
  }

  private static void keep(Option option, String value, List<Named> found) {
    if (!value.isEmpty() && !value.startsWith("$")) {
      found.add(new Named(option.option(), value));
    }
  }
}
