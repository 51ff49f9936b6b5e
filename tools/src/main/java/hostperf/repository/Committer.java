package hostperf.repository;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/// Whose name commits and reflog lines carry: the user's, as git is configured.
record Committer(Config config, InstantSource clock) {
  PersonIdent now() {
    String name = config.getString("user", null, "name");
    String email = config.getString("user", null, "email");
    return new PersonIdent(
        name == null || name.isBlank() ? "hostperf" : name,
        email == null || email.isBlank() ? "hostperf@localhost" : email,
        clock.instant(),
        ZoneOffset.UTC);
  }

  /// The bytes of a commit, unsigned.
  byte[] commit(ObjectId tree, String parent, String message) {
    var builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentId(ObjectId.fromString(parent));
    PersonIdent who = now();
    builder.setAuthor(who);
    builder.setCommitter(who);
    builder.setMessage(message.endsWith("\n") ? message : message + "\n");
    return Objects.attempt(builder::build);
  }
}
