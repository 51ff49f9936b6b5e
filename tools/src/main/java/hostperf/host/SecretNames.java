package hostperf.host;

import java.util.Locale;
import java.util.regex.Pattern;

/// Whether the name of a variable, an option or a query's field says that its value is a secret.
final class SecretNames {
  private static final Pattern SECRET =
      Pattern.compile(
          "token|secret|passw|passphrase|passcode|pass_?key|mnemonic|seed_?phrase|(?:^|_)pg_?pass|pass$|credential|auth(?!or(?!i[sz]))|cookie"
              + "|session|bearer|webhook|hook_?url|netrc|conn(?:ection)?_?str"
              + "|(?:api|access|private|priv|ssh|rsa|signing|encryption|master|license)_?key"
              + "|(?<![a-z0-9])(?:jwt|sas|dsn|creds?|otp|pat|psk)(?![a-z])"
              + "|(?<![a-z0-9])key$|(?:pwd|pw)$");

  // Parts of names that are no secrets and that a reader needs to see.
  private static final Pattern HARMLESS =
      Pattern.compile(
          "tokeniz[a-z]*"
              + "|(?<![a-z])(?:max|min|num|total|count|budget|limit|batch|draft|cache|chunk|new|per)"
              + "(?:_[a-z]+)*_tokens(?![a-z])|(?<![a-z])(?:max|num)_(?:[a-z]+_)*token(?![a-z])"
              + "|(?<![a-z])tokens?_(?:per|ids?|type|parallel|count|budget|limit|len|level|latency"
              + "|rate|pool|block)(?![a-z])"
              + "|(?<![a-z])(?:eos|bos|pad|unk|mask|sep|cls|stop|image|special|next|first|last|input|output"
              + "|prompt|generated|prefill|decode|speculative|ignored?|added)_tokens?"
              + "|(?:forward|backward|single|multi|first|second|one|two|dry|by|com|tres|sur)_?pass"
              + "|(?:sort|partition|primary|foreign|group|hash|cache|dict|row|public|lookup|query|kv"
              + "|attention|routing|order)_key$"
              + "|^(?:(?:old|init|initial|start|saved|last)_?)?pwd$|(?:xdg|desktop|gdm|dbus)_?session.*|session_manager|ssh_auth_sock"
              + "|xauthority");
  private static final Pattern PASSWORD = Pattern.compile("pass|pwd|pw$|secret|otp");
  private static final Pattern PLAIN_VALUE =
      Pattern.compile("-?\\d{1,9}(?:\\.\\d+)?|(?i:true|false|none|null|auto|on|off|yes|no)");

  private SecretNames() {}

  static boolean has(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-.]", "_").replaceFirst("^_+", "");
    return SECRET.matcher(HARMLESS.matcher(plain).replaceAll("")).find();
  }

  /// Whether the value belongs to such a name and may be one: a count or a switch is none, unless
  /// the name is a password's.
  static boolean has(String name, String value) {
    return has(name)
        && (PASSWORD.matcher(name.toLowerCase(Locale.ROOT)).find()
            || !PLAIN_VALUE.matcher(value).matches());
  }
}
