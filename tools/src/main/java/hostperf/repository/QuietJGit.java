package hostperf.repository;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// JGit without its side effects. Left to itself it starts `git` twice to find the machine's
/// configuration, writes probe files into the checkout's `.git` to measure how finely the file
/// system keeps time, and notes the result in the user's home; together that also takes most of a
/// second.
final class QuietJGit extends SystemReader.Delegate {
  private static final File SYSTEM_CONFIG = new File("/etc/gitconfig");
  // As coarse as any file system in use (FAT); JGit then reads a file once more rather than miss
  // a change of it.
  private static final long TIMESTAMP_NANOS = TimeUnit.SECONDS.toNanos(2);

  private QuietJGit(SystemReader reader) {
    super(reader);
  }

  /// JGit keeps both settings for the whole process; setting them again changes nothing.
  static FS install() {
    FS fs = FS.DETECTED.setGitSystemConfig(SYSTEM_CONFIG);
    if (!(SystemReader.getInstance() instanceof QuietJGit)) {
      SystemReader.setInstance(new QuietJGit(SystemReader.getInstance()));
    }
    return fs;
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new MeasuredConfig(parent, super.openUserConfig(parent, fs).getFile(), fs);
  }

  /// The user's configuration as if it held the measurements already, which is where JGit looks
  /// for them first.
  private static final class MeasuredConfig extends FileBasedConfig {
    MeasuredConfig(Config parent, File file, FS fs) {
      super(parent, file, fs);
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long absent, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(TIMESTAMP_NANOS, TimeUnit.NANOSECONDS)
          : super.getTimeUnit(section, subsection, name, absent, unit);
    }

    @Override
    public Long getTimeUnit(String section, String subsection, String name, TimeUnit unit) {
      return section.equals("filesystem")
          ? Long.valueOf(unit.convert(TIMESTAMP_NANOS, TimeUnit.NANOSECONDS))
          : super.getTimeUnit(section, subsection, name, unit);
    }
  }
}
