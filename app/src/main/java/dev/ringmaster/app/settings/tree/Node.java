package dev.ringmaster.app.settings.tree;

import java.util.List;

/// A value in a settings file.
public sealed interface Node {

  /// The line it begins in, from 1.
  int line();

  /// A plain value.
  ///
  /// @param text as written; YAML 1.1 reads `off` as a boolean, whose text is still `off`
  record Scalar(int line, Form form, String text) implements Node {}

  /// Keys and their values, in the order of the file. A key may be there twice.
  record Mapping(int line, List<Entry> entries) implements Node {}

  /// Values one after another.
  record Sequence(int line, List<Node> elements) implements Node {}

  /// A key and its value.
  ///
  /// @param line of the key
  record Entry(int line, String key, Node value) {}

  /// What YAML takes a plain value for.
  enum Form {
    TEXT,
    WHOLE,
    DECIMAL,
    BOOLEAN,
    NOTHING
  }

  /// What it is, for messages: `the text 'x'`, `a list`.
  default String found() {
    return switch (this) {
      case Mapping mapping -> "a group of settings";
      case Sequence sequence -> "a list";
      case Scalar(int line, Form form, String text) ->
          switch (form) {
            case NOTHING -> "nothing";
            case TEXT -> "the text '" + text + "'";
            case WHOLE, DECIMAL, BOOLEAN -> "'" + text + "'";
          };
    };
  }

  /// Whether it is a plain value, and not nothing.
  default boolean plain() {
    return this instanceof Scalar scalar && scalar.form() != Form.NOTHING;
  }
}
