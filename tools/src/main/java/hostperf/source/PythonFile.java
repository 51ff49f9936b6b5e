package hostperf.source;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One Python file: its text, syntax, functions, classes and imports.
///
/// Never fails on bad input: where the text has syntax errors, what could be read is there and
/// `hasErrors` says so. Safe to use from several threads.
public final class PythonFile {
  private final String path;
  private final String text;
  private final int[] lineStarts;
  private final SyntaxReader reader;
  private final Node root;
  private final boolean hasErrors;
  private final Imports imports;
  private final List<PythonClass> classes;
  private final List<PythonFunction> functions;
  private final Map<String, List<PythonFunction>> properties;

  private PythonFile(String path, String text) {
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.reader = new SyntaxReader(this);
    this.root = reader.root();
    this.hasErrors = reader.hasErrors();
    this.imports = Imports.of(root, path);
    var outline = Outline.of(root);
    this.classes = outline.classes();
    this.functions = outline.functions();
    this.properties =
        functions.stream()
            .filter(PythonFunction::isProperty)
            .collect(Collectors.groupingBy(PythonFunction::name));
  }

  /// Those read last: the parts of one call look at the same versions of the same files in turn.
  private static final int MOST_RECENT = 16;

  private record Key(String path, String text) {}

  private static final Map<Key, SoftReference<PythonFile>> RECENT =
      new LinkedHashMap<>(MOST_RECENT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SoftReference<PythonFile>> eldest) {
          return size() > MOST_RECENT;
        }
      };

  /// @param path as answers shall name it; relative to the checkout where it lies inside
  public static PythonFile of(String path, String text) {
    var key = new Key(path, text);
    synchronized (RECENT) {
      var held = RECENT.get(key);
      var known = held == null ? null : held.get();
      if (known != null) {
        return known;
      }
    }
    var file = new PythonFile(path, text);
    synchronized (RECENT) {
      RECENT.put(key, new SoftReference<>(file));
    }
    return file;
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  public Node root() {
    return root;
  }

  public Imports imports() {
    return imports;
  }

  public boolean hasErrors() {
    return hasErrors;
  }

  /// Every class outside functions, nested ones too, in the order of the text.
  public List<PythonClass> classes() {
    return classes;
  }

  public Optional<PythonClass> classNamed(String name) {
    return classes.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /// Properties of this name, of whatever class.
  public List<PythonFunction> properties(String name) {
    return properties.getOrDefault(name, List.of());
  }

  /// Functions of the module and methods of its classes; not those inside functions.
  public List<PythonFunction> functions() {
    return functions;
  }

  /// The innermost function whose decorators, header or body has this line.
  public Optional<PythonFunction> functionAt(int line) {
    return functions.stream().filter(f -> f.covers(line)).findFirst().map(f -> f.innermostAt(line));
  }

  /// By qualified name: `Class.method`, `function`, `outer.inner`; a tail of it will do when only
  /// one function has it.
  public Optional<PythonFunction> function(String name) {
    var exact = candidates(name).filter(f -> f.qualifiedName().equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    var tails = candidates(name).filter(f -> isTail(name, f.qualifiedName())).toList();
    return tails.size() == 1 ? Optional.of(tails.getFirst()) : Optional.empty();
  }

  private Stream<PythonFunction> candidates(String name) {
    var nested =
        functions.stream()
            .filter(f -> Arrays.asList(name.split("\\.")).contains(f.name()))
            .flatMap(f -> f.nested().stream());
    return Stream.concat(functions.stream(), nested);
  }

  private static boolean isTail(String a, String b) {
    return ("." + b).endsWith("." + a) || ("." + a).endsWith("." + b);
  }

  /// What a module-level name is set to, where it is set exactly once.
  public Optional<Node> constant(String name) {
    var values =
        root.children().stream()
            .filter(n -> n.is("expression_statement"))
            .flatMap(n -> n.items().stream())
            .filter(n -> n.is("assignment"))
            .filter(n -> n.child("left").filter(l -> l.text().equals(name)).isPresent())
            .toList();
    return values.size() == 1 ? values.getFirst().child("right") : Optional.empty();
  }

  public int lineCount() {
    return lineStarts.length;
  }

  /// The text of a line without its line break.
  public String line(int number) {
    if (number < 1 || number > lineStarts.length) {
      return "";
    }
    int from = lineStarts[number - 1];
    int to = number < lineStarts.length ? lineStarts[number] : text.length();
    return text.substring(from, to).stripTrailing();
  }

  /// The line, from 1, that has the character at this offset.
  public int lineAt(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// The offset of the first character of a line.
  public int offset(int line) {
    return lineStarts[line - 1];
  }

  List<Node> read(Node node) {
    return reader.read(node);
  }

  private static int[] lineStarts(String text) {
    var starts = new ArrayList<Integer>(List.of(0));
    for (int i = text.indexOf('\n'); i >= 0 && i + 1 < text.length(); ) {
      starts.add(i + 1);
      i = text.indexOf('\n', i + 1);
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return path;
  }
}
