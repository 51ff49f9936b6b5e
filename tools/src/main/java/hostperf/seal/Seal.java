package hostperf.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Marks texts as written by this user's hostperf for one checkout: an HMAC-SHA256 over the
/// purpose, the checkout's place and the text. A seal made for one purpose or one checkout holds
/// for no other.
public final class Seal {
  /// Hexadecimal digits of a seal.
  static final int LENGTH = 64;

  private static final String ALGORITHM = "HmacSHA256";

  /// What a seal is good for.
  enum Purpose {
    /// A file below `.hostperf/`.
    RUN_FILE,
    /// A file of the user's own folder.
    USER_FILE,
    /// A journal's line.
    LINE
  }

  private final UserKey key;
  private final String place;

  /// @param checkout its real path: what was sealed in one place is worth nothing in another
  Seal(UserKey key, Path checkout) {
    this.key = key;
    this.place = checkout.toString();
  }

  /// @param parts each of them counts, and where one ends and the next begins
  String of(Purpose purpose, String... parts) {
    return mac(key.orMade(), purpose, parts);
  }

  /// Whether this user's hostperf has made it for this.
  boolean holds(String seal, Purpose purpose, String... parts) {
    return key.find()
        .map(k -> MessageDigest.isEqual(bytes(seal), bytes(mac(k, purpose, parts))))
        .orElse(false);
  }

  private String mac(byte[] secret, Purpose purpose, String... parts) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      add(mac, "hostperf " + purpose);
      add(mac, place);
      for (var part : parts) {
        add(mac, part);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static void add(Mac mac, String part) {
    var bytes = bytes(part);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
