package dev.ringmaster.app.settings.tree;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ringmaster.app.settings.tree.Node.Entry;
import dev.ringmaster.app.settings.tree.Node.Form;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// Reads YAML into a tree. Aliases are refused: a value that stands elsewhere has no line of its
/// own, and a few of them nested can stand for more than any memory holds.
public final class TreeReader {
  private final YAMLParser parser;

  private TreeReader(YAMLParser parser) {
    this.parser = parser;
  }

  /// The one document of a file; an empty file is an empty mapping.
  ///
  /// @throws Malformed at the first thing that is no YAML, or has no place here
  public static Node read(Reader yaml) throws IOException, Malformed {
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      TreeReader reader = new TreeReader(parser);
      try {
        return reader.document();
      } catch (JacksonException e) {
        int line = e.getLocation() == null ? reader.line() : e.getLocation().getLineNr();
        String what = e.getOriginalMessage().lines().findFirst().orElse("");
        throw new Malformed(line, "not YAML: " + what);
      }
    }
  }

  private Node document() throws IOException, Malformed {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return new Node.Mapping(1, List.of());
    }
    Node root = node(first);
    if (parser.nextToken() != null) {
      throw new Malformed(line(), "expected the end of the file; only one document is read");
    }
    return root;
  }

  private Node node(JsonToken token) throws IOException, Malformed {
    if (parser.isCurrentAlias()) {
      throw new Malformed(line(), "aliases (*" + parser.getText() + ") are not read");
    }
    return switch (token) {
      case START_OBJECT -> mapping();
      case START_ARRAY -> sequence();
      case VALUE_NULL -> new Node.Scalar(line(), Form.NOTHING, "");
      case VALUE_TRUE, VALUE_FALSE -> new Node.Scalar(line(), Form.BOOLEAN, parser.getText());
      case VALUE_NUMBER_INT -> new Node.Scalar(line(), Form.WHOLE, parser.getText());
      case VALUE_NUMBER_FLOAT -> new Node.Scalar(line(), Form.DECIMAL, parser.getText());
      default -> new Node.Scalar(line(), Form.TEXT, parser.getText());
    };
  }

  private Node mapping() throws IOException, Malformed {
    int begin = line();
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int line = line();
      String key = parser.currentName();
      entries.add(new Entry(line, key, node(parser.nextToken())));
    }
    return new Node.Mapping(begin, List.copyOf(entries));
  }

  private Node sequence() throws IOException, Malformed {
    int begin = line();
    List<Node> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(node(token));
    }
    return new Node.Sequence(begin, List.copyOf(elements));
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
