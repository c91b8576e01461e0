package dev.ringmaster.lab.product;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// What the lab reads of `GET /api/status`.
///
/// @param n N, as last commanded
/// @param serving how many replicas serve on seats
/// @param replicas the replicas on seats, in the order in which they were added
/// @param spares the replicas that wait outside the table
@JsonIgnoreProperties(ignoreUnknown = true)
public record Status(
    @JsonProperty("N") int n,
    int serving,
    List<ReplicaStatus> replicas,
    List<ReplicaStatus> spares) {

  private static final String SERVING = "serving";

  /// One replica.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ReplicaStatus(String name, int seat, String state, String address) {

    /// Whether it takes traffic, or would if it were no spare.
    public boolean serves() {
      return state.equals(SERVING);
    }

    /// The port it listens on.
    public int port() {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
  }

  /// Whether a replica of this name serves on a seat.
  public boolean serves(String name) {
    return replicas.stream().anyMatch(one -> one.name().equals(name) && one.serves());
  }

  /// Whether N replicas serve on seats and this many spares are warm.
  public boolean whole(int spareCount) {
    long warm = spares.stream().filter(ReplicaStatus::serves).count();
    return serving == n && warm >= spareCount;
  }
}
