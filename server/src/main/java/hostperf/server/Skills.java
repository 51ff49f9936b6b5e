package hostperf.server;

import hostperf.Refusal;
import hostperf.Sha256;
import hostperf.catalog.Skill;
import hostperf.report.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The skill as MCP shows it: each file is a resource, and an entry lists them with their digests,
/// by the extension `io.modelcontextprotocol/skills`.
public final class Skills {
  private static final String SCHEME = "skill://";

  private final Skill skill;

  public Skills(Skill skill) {
    this.skill = skill;
  }

  String name() {
    return skill.name();
  }

  /// What it is for.
  String description() {
    return String.valueOf(skill.frontmatter().get("description"));
  }

  /// The address of its `SKILL.md`.
  String uri() {
    return uri(Skill.MAIN);
  }

  /// The entries of every skill.
  List<Map<String, Object>> all() {
    return List.of(entry());
  }

  /// The entry of the skill whose `SKILL.md` this is; refused where there is none.
  Map<String, Object> entry(String uri) {
    if (!uri.equals(uri())) {
      throw new Refusal(
          "There is no skill at '%s'.".formatted(UntrustedText.line(uri, 60)),
          "`skills/list` names them.");
    }
    return entry();
  }

  /// The text of a file of the skill; empty for any other address.
  Optional<String> text(String uri) {
    var root = uri("");
    return uri.startsWith(root) ? skill.text(uri.substring(root.length())) : Optional.empty();
  }

  private String uri(String file) {
    return SCHEME + skill.name() + "/" + file;
  }

  private Map<String, Object> entry() {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("uri", uri());
    entry.put("frontmatter", skill.frontmatter());
    entry.put("resources", skill.files().stream().map(this::file).toList());
    return entry;
  }

  private Map<String, Object> file(String path) {
    var text = skill.text(path).orElseThrow();
    var file = new LinkedHashMap<String, Object>();
    file.put("uri", uri(path));
    file.put("digest", "sha256:" + Sha256.of(text));
    file.put("size", text.getBytes(StandardCharsets.UTF_8).length);
    return file;
  }
}
