package hostperf.trace.read;

import java.util.Locale;
import java.util.Optional;

/// What a piece of memory work on the device does; its label is the name of such rows.
public enum Copy {
  TO_DEVICE("copy to the device"),
  TO_HOST("copy to the host"),
  ON_DEVICE("copy on the device"),
  BETWEEN_DEVICES("copy between devices"),
  OTHER("other copy"),
  MEMSET("memset");

  private final String label;

  Copy(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// The kind behind the name of a row.
  public static Optional<Copy> of(String label) {
    for (Copy copy : values()) {
      if (copy.label.equals(label)) {
        return Optional.of(copy);
      }
    }
    return Optional.empty();
  }

  /// By `ENUM_CUDA_MEMCPY_OPER` of an export.
  static Copy ofNsys(long kind) {
    return switch ((int) kind) {
      case 1, 11 -> TO_DEVICE;
      case 2, 12 -> TO_HOST;
      case 8, 14 -> ON_DEVICE;
      case 10, 13 -> BETWEEN_DEVICES;
      default -> OTHER;
    };
  }

  /// By the name of an event: `Memcpy DtoH (Device -> Pageable)`, on AMD `CopyDeviceToHost`.
  static Copy ofName(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    if (text.contains("memset") || text.contains("fillbuffer")) {
      return MEMSET;
    }
    if (text.contains("htod") || text.contains("hosttodevice") || text.contains("m2d")) {
      return TO_DEVICE;
    }
    if (text.contains("dtoh") || text.contains("devicetohost") || text.contains("d2m")) {
      return TO_HOST;
    }
    if (text.contains("ptop") || text.contains("peer")) {
      return BETWEEN_DEVICES;
    }
    return text.contains("dtod") || text.contains("devicetodevice") || text.contains("d2d")
        ? ON_DEVICE
        : OTHER;
  }
}
