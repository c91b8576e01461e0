package dev.ringmaster.gateway.key.json;

import io.netty.buffer.ByteBuf;

/// Finds the value that a JSON pointer names in a JSON text (RFC 8259) that comes in pieces, cut
/// anywhere, without building a tree: it keeps the kinds of the open containers, how many of them
/// lie on the pointer's way, and the value itself.
///
/// What can be a key: a string, unescaped, so that `"/"` and its escaped form are one key; a
/// number, true or false, by their text. An empty string, null, an object and an array are none. Of
/// members with one name the first counts. The scan ends as soon as the value, or its wanted
/// beginning, is complete; what follows is not looked at, so that a text that is broken later still
/// has a key.
public final class PointerScan {
  /// Containers in containers; more are refused, as other readers of JSON do.
  static final int MOST_DEPTH = 1024;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /// How far it is.
  public enum State {
    /// More bytes must come.
    SEEKING,
    /// [#key] has the value.
    FOUND,
    /// There is no such value, or none that can be a key.
    ABSENT,
    /// The text is not JSON.
    MALFORMED
  }

  private enum Word {
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String text;

    Word(String text) {
      this.text = text;
    }
  }

  private enum Expected {
    MARK,
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    IN_NAME,
    COLON,
    COMMA_OR_END,
    IN_STRING,
    IN_NUMBER,
    IN_WORD
  }

  private final JsonPointer pointer;
  private final KeyText key;
  private final KeyText name;
  private final StringToken string = new StringToken();
  private final NumberToken number = new NumberToken();
  private final long[] arrays = new long[MOST_DEPTH / Long.SIZE];
  private final int[] index;
  private State state = State.SEEKING;
  private Expected expected = Expected.MARK;
  private int depth;
  private int onWay;
  private boolean named;
  private boolean wanted;
  private Word word = Word.NULL;
  private int at;

  /// A scan for the value of a pointer, or for its first characters.
  ///
  /// @param mostChars how many Unicode characters of the value are wanted, at least 1
  public PointerScan(JsonPointer pointer, int mostChars) {
    this.pointer = pointer;
    this.key = new KeyText(mostChars);
    this.name = new KeyText(pointer.longestName() + 1);
    this.index = new int[pointer.depth() + 1];
  }

  /// Makes ready for another text.
  public void clear() {
    key.clear();
    state = State.SEEKING;
    expected = Expected.MARK;
    depth = 0;
    onWay = 0;
    at = 0;
    wanted = false;
  }

  /// Looks at the next bytes of the text, as far as they are needed; moves no index.
  public State take(ByteBuf in, int from, int to) {
    for (int i = from; i < to && state == State.SEEKING; i++) {
      take(in.getByte(i));
    }
    return state;
  }

  /// The text has ended.
  public State end() {
    return state == State.SEEKING ? settle(State.MALFORMED) : state;
  }

  /// Where it stands.
  public State state() {
    return state;
  }

  /// The bytes of the value, of which the first [#keyLength] count; not to be changed.
  public byte[] key() {
    return key.bytes();
  }

  /// How many bytes the value has.
  public int keyLength() {
    return key.length();
  }

  private void take(byte b) {
    switch (expected) {
      case MARK -> mark(b);
      case IN_STRING -> inString(b);
      case IN_NAME -> inName(b);
      case IN_NUMBER -> inNumber(b);
      case IN_WORD -> inWord(b);
      case VALUE, VALUE_OR_END, NAME, NAME_OR_END, COLON, COMMA_OR_END -> {
        if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
          structure(b);
        }
      }
    }
  }

  /// A byte order mark may stand before the text and is ignored (RFC 8259, section 8.1).
  private void mark(byte b) {
    if (b == MARK[at]) {
      at++;
      expected = at == MARK.length ? Expected.VALUE : Expected.MARK;
    } else if (at > 0) {
      settle(State.MALFORMED);
    } else {
      expected = Expected.VALUE;
      take(b);
    }
  }

  private void structure(byte b) {
    switch (expected) {
      case VALUE -> value(b);
      case VALUE_OR_END -> valueOrEnd(b);
      case NAME -> name(b);
      case NAME_OR_END -> nameOrEnd(b);
      case COLON -> {
        if (b == ':') {
          expected = Expected.VALUE;
        } else {
          settle(State.MALFORMED);
        }
      }
      case COMMA_OR_END -> commaOrEnd(b);
      case MARK, IN_NAME, IN_STRING, IN_NUMBER, IN_WORD -> throw new IllegalStateException();
    }
  }

  private void value(byte b) {
    boolean next = next();
    wanted = next && depth == pointer.depth();
    boolean container = b == '{' || b == '[';
    if (container) {
      open(b, next);
    } else if (next && !wanted && startsScalar(b)) {
      settle(State.ABSENT);
    } else {
      scalar(b);
    }
  }

  /// Whether the value that begins here is the next one on the pointer's way.
  private boolean next() {
    if (onWay < depth) {
      return false;
    }
    if (depth == 0) {
      return true;
    }
    return array() ? index[depth - 1] == pointer.index(depth - 1) : named;
  }

  private static boolean startsScalar(byte b) {
    return b == '"' || b == '-' || (b >= '0' && b <= '9') || b == 't' || b == 'f' || b == 'n';
  }

  private void open(byte b, boolean next) {
    if (wanted) {
      settle(State.ABSENT);
      return;
    }
    if (depth == MOST_DEPTH) {
      settle(State.MALFORMED);
      return;
    }
    long bit = 1L << depth;
    if (b == '[') {
      arrays[depth / Long.SIZE] |= bit;
      expected = Expected.VALUE_OR_END;
    } else {
      arrays[depth / Long.SIZE] &= ~bit;
      expected = Expected.NAME_OR_END;
    }
    if (next) {
      index[depth] = 0;
      onWay++;
    }
    depth++;
  }

  private void scalar(byte b) {
    if (b == '"') {
      string.begin(wanted ? key : null);
      expected = Expected.IN_STRING;
    } else if (b == '-' || (b >= '0' && b <= '9')) {
      number.begin(b);
      expected = Expected.IN_NUMBER;
      keep(b);
    } else if (b == 't' || b == 'f' || b == 'n') {
      word = b == 't' ? Word.TRUE : b == 'f' ? Word.FALSE : Word.NULL;
      at = 0;
      expected = Expected.IN_WORD;
      inWord(b);
    } else {
      settle(State.MALFORMED);
    }
  }

  private void valueOrEnd(byte b) {
    if (b == ']') {
      close();
    } else {
      value(b);
    }
  }

  private void name(byte b) {
    if (b == '"') {
      name.clear();
      string.begin(onWay == depth ? name : null);
      expected = Expected.IN_NAME;
    } else {
      settle(State.MALFORMED);
    }
  }

  private void nameOrEnd(byte b) {
    if (b == '}') {
      close();
    } else {
      name(b);
    }
  }

  private void commaOrEnd(byte b) {
    if (b == ',') {
      if (array() && onWay == depth) {
        index[depth - 1]++;
      }
      expected = array() ? Expected.VALUE : Expected.NAME;
    } else if (b == (array() ? ']' : '}')) {
      close();
    } else {
      settle(State.MALFORMED);
    }
  }

  /// A container on the pointer's way that ends has not had the next one.
  private void close() {
    if (onWay == depth) {
      settle(State.ABSENT);
      return;
    }
    depth--;
    expected = Expected.COMMA_OR_END;
  }

  private boolean array() {
    return (arrays[(depth - 1) / Long.SIZE] & 1L << (depth - 1)) != 0;
  }

  private void inName(byte b) {
    switch (string.take(b)) {
      case GOES_ON -> {}
      case ENDED -> {
        named = onWay == depth && name.is(pointer.name(depth - 1));
        expected = Expected.COLON;
      }
      case WRONG -> settle(State.MALFORMED);
    }
  }

  private void inString(byte b) {
    switch (string.take(b)) {
      case GOES_ON -> foundIfFull();
      case ENDED -> valueEnds();
      case WRONG -> settle(State.MALFORMED);
    }
  }

  private void inNumber(byte b) {
    switch (number.take(b)) {
      case GOES_ON -> keep(b);
      case ENDED -> {
        valueEnds();
        if (state == State.SEEKING) {
          take(b);
        }
      }
      case WRONG -> settle(State.MALFORMED);
    }
  }

  private void inWord(byte b) {
    if (b != word.text.charAt(at)) {
      settle(State.MALFORMED);
      return;
    }
    if (word != Word.NULL) {
      keep(b);
    }
    if (++at == word.text.length() && state == State.SEEKING) {
      valueEnds();
    }
  }

  private void keep(byte b) {
    if (wanted) {
      key.add(b);
      foundIfFull();
    }
  }

  private void foundIfFull() {
    if (wanted && key.full()) {
      settle(State.FOUND);
    }
  }

  private void valueEnds() {
    if (wanted) {
      settle(key.length() > 0 ? State.FOUND : State.ABSENT);
    } else {
      expected = Expected.COMMA_OR_END;
    }
  }

  private State settle(State to) {
    state = to;
    return to;
  }
}
