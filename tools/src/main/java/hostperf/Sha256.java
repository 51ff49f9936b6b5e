package hostperf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 of what is added.
public final class Sha256 {
  private final MessageDigest digest;

  public Sha256() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// That of a text, in hexadecimal.
  public static String of(String text) {
    return new Sha256().add(text).hex();
  }

  public Sha256 add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Sha256 add(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
    return this;
  }

  public byte[] bytes() {
    return digest.digest();
  }

  /// All of it in hexadecimal.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
