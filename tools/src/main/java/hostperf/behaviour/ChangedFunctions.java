package hostperf.behaviour;

import hostperf.patch.FileChange;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions of a file that a change makes another: those with another text, and those that use
/// a name of the module or a class that is set anew.
///
/// @param both qualified names of those that are in both versions
/// @param one of those that only one has
/// @param readers of those that read what a constructor sets anew
record ChangedFunctions(Set<String> both, Set<String> one, Set<String> readers) {
  static ChangedFunctions of(FileChange change) {
    var before = PythonFile.of(change.path(), change.before());
    var after = PythonFile.of(change.path(), change.after());
    var was = texts(before);
    var is = texts(after);
    var both = new TreeSet<String>();
    var one = new TreeSet<String>();
    var names = names(before, after);
    was.forEach(
        (name, text) -> {
          var now = is.get(name);
          if (now == null) {
            one.add(name);
          } else if (!now.equals(text) || uses(after, name, names)) {
            both.add(name);
          }
        });
    is.keySet().stream().filter(name -> !was.containsKey(name)).forEach(one::add);
    var readers = readers(after, set(before, after));
    readers.removeAll(both);
    return new ChangedFunctions(both, one, readers);
  }

  /// What a constructor does to its object shows only where the object is used.
  private static Set<String> set(PythonFile before, PythonFile after) {
    var was = constructed(before);
    var is = constructed(after);
    var names = new HashSet<String>();
    Stream.concat(was.entrySet().stream(), is.entrySet().stream())
        .filter(e -> !(was.containsKey(e.getKey()) && is.containsKey(e.getKey())))
        .forEach(e -> names.addAll(e.getValue()));
    return names;
  }

  /// Attributes by the statement that sets them.
  private static Map<String, Set<String>> constructed(PythonFile file) {
    return file.functions().stream()
        .filter(f -> f.name().equals("__init__"))
        .flatMap(f -> f.node().find("assignment"))
        .collect(
            Collectors.toMap(
                Node::text,
                a ->
                    a.child("left").stream()
                        .filter(l -> l.is("attribute"))
                        .flatMap(l -> l.child("attribute").stream())
                        .map(Node::text)
                        .collect(Collectors.toSet()),
                (a, _) -> a));
  }

  private static Set<String> readers(PythonFile file, Set<String> attributes) {
    return file.functions().stream()
        .filter(f -> !f.name().equals("__init__"))
        .filter(
            f ->
                f.node()
                    .find("attribute")
                    .flatMap(a -> a.child("attribute").stream())
                    .anyMatch(a -> attributes.contains(a.text())))
        .map(PythonFunction::qualifiedName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// A property has several functions of one name.
  private static Map<String, String> texts(PythonFile file) {
    var texts = new LinkedHashMap<String, String>();
    for (PythonFunction function : file.functions()) {
      int end =
          function.endLine() == file.lineCount()
              ? file.text().length()
              : file.offset(function.endLine() + 1);
      var text = file.text().substring(file.offset(function.firstLine()), end).strip();
      texts.merge(function.qualifiedName(), text, (a, b) -> a + "\n" + b);
    }
    return texts;
  }

  private static boolean uses(PythonFile file, String function, Set<String> names) {
    return !names.isEmpty()
        && file.functions().stream()
            .filter(f -> f.qualifiedName().equals(function))
            .flatMap(f -> f.node().find("identifier"))
            .anyMatch(n -> names.contains(n.text()));
  }

  /// Names that statements outside of functions set, where those differ.
  private static Set<String> names(PythonFile before, PythonFile after) {
    var was = settings(before);
    var is = settings(after);
    var names = new HashSet<String>();
    Stream.concat(was.keySet().stream(), is.keySet().stream())
        .filter(text -> was.containsKey(text) != is.containsKey(text))
        .forEach(
            text -> {
              names.addAll(was.getOrDefault(text, Set.of()));
              names.addAll(is.getOrDefault(text, Set.of()));
            });
    return names;
  }

  private static Map<String, Set<String>> settings(PythonFile file) {
    return Stream.concat(
            file.root().children().stream(),
            file.classes().stream().map(PythonClass::node).flatMap(ChangedFunctions::body))
        .filter(n -> n.is("expression_statement"))
        .collect(
            Collectors.toMap(
                Node::text,
                n ->
                    n.find("assignment")
                        .flatMap(a -> a.child("left").stream())
                        .flatMap(l -> l.find("identifier"))
                        .map(Node::text)
                        .collect(Collectors.toSet()),
                (a, _) -> a));
  }

  private static Stream<Node> body(Node node) {
    return node.child("body").stream().flatMap(b -> b.children().stream());
  }
}
