package dev.ringmaster.ring;

import dev.ringmaster.ring.names.KnownNames;
import java.util.List;
import java.util.Locale;

/// How a table maps key hashes to seats; a value that makes tables.
///
/// Schemes that place seats by name (`ring`, `maglev`, `rendezvous`, `ketama`) hash the seat's
/// label, never the name of the replica on it: a replacement keeps its keys.
public sealed interface Scheme {

  /// The names that [#named] knows.
  KnownNames NAMES =
      new KnownNames(
          "scheme", List.of("seats", "classic", "ring", "maglev", "rendezvous", "jump", "ketama"));

  /// The name by which settings and reports know the scheme.
  String name();

  /// The name and all parameters; equal for equal schemes.
  String text();

  /// The table of this scheme over a roster.
  ///
  /// @throws RingFullException if the scheme has no room for that many live seats
  Table table(Roster roster);

  /// The scheme of a name, with its standard parameters.
  ///
  /// @throws IllegalArgumentException for an unknown name; the message shows the nearest one
  static Scheme named(String name) {
    return switch (name) {
      case "seats" -> new Seats();
      case "classic" -> Classic.standard();
      case "ring" -> new Ring(Ring.STANDARD_POINTS);
      case "maglev" -> new Maglev(Maglev.STANDARD_SIZE);
      case "rendezvous" -> new Rendezvous();
      case "jump" -> new Jump();
      case "ketama" -> new Ketama();
      default -> throw NAMES.unknown(name);
    };
  }

  /// The seat table: one JumpBackHash probe sequence; DESIGN's default. No excess movement, weights
  /// to 1/65535, two bytes a seat.
  record Seats() implements Scheme {
    @Override
    public String name() {
      return "seats";
    }

    @Override
    public String text() {
      return "seats";
    }

    @Override
    public Table table(Roster roster) {
      return new SeatTable(this, new Buckets.JumpBack(), roster);
    }
  }

  /// The classic hash map of the contract; see [ClassicTable].
  ///
  /// @param slots M, 1 to 2^20
  /// @param virtualServers K, 1 to M
  record Classic(
      int slots,
      int virtualServers,
      Probing probing,
      RequestHash request,
      VirtualServerHash virtual)
      implements Scheme {

    public Classic {
      within("classic slots", slots, 1, Roster.MAX_SEATS);
      within("classic virtual servers", virtualServers, 1, slots);
    }

    /// 512 slots, 9 virtual servers, linear probing, the contract's polynomials.
    public static Classic standard() {
      return new Classic(512, 9, Probing.LINEAR, RequestHash.STANDARD, VirtualServerHash.STANDARD);
    }

    @Override
    public String name() {
      return "classic";
    }

    @Override
    public String text() {
      return "classic(slots=%d, virtual servers=%d, probing=%s, request=%d,%d,%d, virtual=%d,%d,%d,%d)"
          .formatted(
              slots,
              virtualServers,
              probing.name().toLowerCase(Locale.ROOT),
              request.a(),
              request.b(),
              request.c(),
              virtual.a(),
              virtual.b(),
              virtual.c(),
              virtual.d());
    }

    @Override
    public ClassicTable table(Roster roster) {
      return new ClassicTable(this, roster);
    }
  }

  /// A circle of hashed points (Karger et al. 1997).
  ///
  /// @param points how many a seat of full weight has, 1 to 65536; fixed, not a share of a total
  record Ring(int points) implements Scheme {
    /// A standard deviation of the load of about 1/√160, 8 %.
    public static final int STANDARD_POINTS = 160;

    public Ring {
      within("ring points", points, 1, 1 << 16);
    }

    @Override
    public String name() {
      return "ring";
    }

    @Override
    public String text() {
      return "ring(points=" + points + ")";
    }

    @Override
    public Table table(Roster roster) {
      return new CircleTable(this, roster, RingPoints.circle(roster, points), 0);
    }
  }

  /// Maglev hashing, Envoy's variant; see [MaglevTable].
  ///
  /// @param size M, the number of slots: a prime, 3 to 2^26, best 100 times the seats or more
  record Maglev(int size) implements Scheme {
    /// Envoy's and the paper's small table.
    public static final int STANDARD_SIZE = 65_537;

    public Maglev {
      within("maglev size", size, 3, 1 << 26);
      if (!prime(size)) {
        throw new IllegalArgumentException("maglev size " + size + " is not a prime");
      }
    }

    @Override
    public String name() {
      return "maglev";
    }

    @Override
    public String text() {
      return "maglev(size=" + size + ")";
    }

    @Override
    public Table table(Roster roster) {
      return new MaglevTable(this, roster);
    }

    private static boolean prime(int number) {
      for (int divisor = 2; divisor * divisor <= number; divisor++) {
        if (number % divisor == 0) {
          return false;
        }
      }
      return true;
    }
  }

  /// Weighted rendezvous hashing; see [RendezvousTable].
  record Rendezvous() implements Scheme {
    @Override
    public String name() {
      return "rendezvous";
    }

    @Override
    public String text() {
      return "rendezvous";
    }

    @Override
    public Table table(Roster roster) {
      return new RendezvousTable(this, roster);
    }
  }

  /// Jump hash as in Guava. Jump hash itself knows neither dead buckets nor weights; here it runs
  /// in the probe sequence of the seat table, which adds both.
  record Jump() implements Scheme {
    @Override
    public String name() {
      return "jump";
    }

    @Override
    public String text() {
      return "jump";
    }

    @Override
    public Table table(Roster roster) {
      return new SeatTable(this, new Buckets.Jump(), roster);
    }
  }

  /// The continuum of libketama and spymemcached, 160 points a seat, labels of the form
  /// `host:port`. A key's place is the low 32 bits of its hash: the hash function `md5` gives the
  /// place that those clients compute.
  record Ketama() implements Scheme {
    private static final int KEY_SHIFT = 32;

    @Override
    public String name() {
      return "ketama";
    }

    @Override
    public String text() {
      return "ketama";
    }

    @Override
    public Table table(Roster roster) {
      return new CircleTable(this, roster, KetamaPoints.circle(roster), KEY_SHIFT);
    }
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not in " + least + ".." + most);
    }
  }
}
