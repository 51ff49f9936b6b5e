package hostperf.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All processes that a command brought into being.
///
/// They are found by descent from the first process; where `/proc` shows environments, by a mark
/// in their environment: a daemon that forked twice and left its session has another parent, but
/// it carries the mark on; and, where this process takes in orphans, among those. Zombies do not
/// count, nobody may be there to reap them.
final class ProcessTree {
  // Long enough for a Python program to run its exit handlers, short enough that the whole tree
  // is gone one second after the limit on a busy machine too: with half a second it took 1.08 s on
  // two CPUs under a load of 15.
  private static final Duration TERM_GRACE = Duration.ofMillis(300);
  // A process in an uninterruptible wait (a hung disk, a lost GPU) does not die; do not wait on.
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);
  private static final Path PROC = Path.of("/proc");

  private final Optional<ProcessHandle> first;
  private final String mark;
  private final Orphans orphans;

  ProcessTree(Optional<ProcessHandle> first, String mark, Orphans orphans) {
    this.first = first;
    this.mark = mark;
    this.orphans = orphans;
  }

  /// Ends the tree: politely, then by force. Answers how many processes there were.
  int end() {
    Set<ProcessHandle> seen = new HashSet<>(alive());
    if (seen.isEmpty()) {
      return 0;
    }
    boolean interrupted = Thread.interrupted();
    seen.forEach(ProcessHandle::destroy);
    var watch = Stopwatch.started();
    while (watch.elapsed().compareTo(TERM_GRACE) < 0 && !alive().isEmpty()) {
      interrupted |= pause();
    }
    watch = Stopwatch.started();
    // Again and again: a process may fork between the look and the kill.
    List<ProcessHandle> left = alive();
    while (!left.isEmpty() && watch.elapsed().compareTo(KILL_GRACE) < 0) {
      left.forEach(ProcessHandle::destroyForcibly);
      seen.addAll(left);
      interrupted |= pause();
      left = alive();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return seen.size();
  }

  List<ProcessHandle> alive() {
    List<ProcessHandle> all = ProcessHandle.allProcesses().toList();
    Map<Long, List<ProcessHandle>> children = new HashMap<>();
    for (ProcessHandle process : all) {
      process
          .parent()
          .ifPresent(p -> children.computeIfAbsent(p.pid(), _ -> new ArrayList<>()).add(process));
    }
    var open = new ArrayList<ProcessHandle>();
    first.ifPresent(open::add);
    first.map(orphans::of).ifPresent(open::addAll);
    all.stream().filter(this::isMarked).forEach(open::add);
    var found = new HashSet<ProcessHandle>();
    while (!open.isEmpty()) {
      ProcessHandle next = open.removeLast();
      if (found.add(next)) {
        open.addAll(children.getOrDefault(next.pid(), List.of()));
      }
    }
    return found.stream().filter(ProcessTree::isRunning).toList();
  }

  private boolean isMarked(ProcessHandle process) {
    if (process.pid() == ProcessHandle.current().pid()) {
      return false;
    }
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
      return marksOf(environment).contains(mark);
    } catch (IOException _) {
      // Gone meanwhile, another user's, or no /proc here: then descent alone finds it.
      return false;
    }
  }

  private static List<String> marksOf(byte[] environment) {
    String prefix = LocalProcesses.MARK + "=";
    for (String variable : new String(environment, StandardCharsets.ISO_8859_1).split("\0")) {
      if (variable.startsWith(prefix)) {
        return List.of(variable.substring(prefix.length()).split(";"));
      }
    }
    return List.of();
  }

  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat =
          Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
      // pid (name) state …; the name may hold spaces and brackets.
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException _) {
      return process.isAlive();
    }
  }

  /// @return whether the wait was interrupted: the loop goes on to the kill all the same
  private static boolean pause() {
    try {
      Thread.sleep(10);
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }
}
