package hostperf.trace.read;

import tools.jackson.core.TokenStreamLocation;

/// A place in a JSON file, counted from 1.
record JsonPlace(long line, long column) {
  static final JsonPlace START = new JsonPlace(1, 1);

  /// @param location as a parser gives it that began here; 0 where it knows none
  JsonPlace plus(TokenStreamLocation location) {
    return location.getLineNr() <= 1
        ? new JsonPlace(line, column + Math.max(0, location.getColumnNr() - 1))
        : new JsonPlace(line + location.getLineNr() - 1, location.getColumnNr());
  }

  /// @param lines that lie between
  /// @param bytes before the place, in its line or, where it is the same, behind this place
  JsonPlace plus(long lines, long bytes) {
    return lines == 0
        ? new JsonPlace(line, column + bytes)
        : new JsonPlace(line + lines, bytes + 1);
  }

  @Override
  public String toString() {
    return "line %,d, column %,d".formatted(line, column);
  }
}
