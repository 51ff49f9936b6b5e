package hostperf.catalog;

import java.util.List;

/// What of an engine is C++ behind a binding, so that touching it from Python costs a crossing.
///
/// @param classes the bound classes, and Python classes that derive from one
/// @param receivers names that variables of these classes usually have
/// @param attributes properties whose read or write crosses the binding
/// @param methods methods whose call crosses it
/// @param objects variables that hold a bound object itself: every use of them crosses
/// @param copies attributes and methods of the two lists before that also copy or convert a
///     container, so that one read costs as much as the container is long
/// @param cheap what looks alike and does not cross: exact names, and prefixes ending in `*`
public record NativeBindings(
    List<String> classes,
    List<String> receivers,
    List<String> attributes,
    List<String> methods,
    List<String> objects,
    List<String> copies,
    List<String> cheap) {
  public NativeBindings {
    classes = List.copyOf(classes);
    receivers = List.copyOf(receivers);
    attributes = List.copyOf(attributes);
    methods = List.copyOf(methods);
    objects = List.copyOf(objects);
    copies = List.copyOf(copies);
    cheap = List.copyOf(cheap);
  }

  /// True for an attribute or method name whose use crosses the binding. It says nothing of the
  /// receiver: the same name on another class is another thing.
  public boolean crosses(String member) {
    return !isCheap(member)
        && (isAmong(attributes, member) || isAmong(methods, member) || isAmong(copies, member));
  }

  /// True for a name of a bound class, or of a Python class on top of one.
  public boolean isClass(String name) {
    return classes.contains(name);
  }

  /// True for a variable that holds a bound object itself.
  public boolean isObject(String variable) {
    return isAmong(objects, variable);
  }

  /// True where one use costs as much as the container behind it is long.
  public boolean isCopying(String member) {
    return isAmong(copies, member);
  }

  /// True for a name that is known to stay within Python.
  public boolean isCheap(String member) {
    return isAmong(cheap, member);
  }

  /// True for a variable name that usually holds an object of a bound class.
  public boolean isReceiver(String variable) {
    return isAmong(receivers, variable);
  }

  private static boolean isAmong(List<String> names, String name) {
    return names.stream()
        .anyMatch(
            n ->
                n.endsWith("*") ? name.startsWith(n.substring(0, n.length() - 1)) : n.equals(name));
  }
}
