package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ring.hash.HashFunction;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The example of the package's documentation.
class PackageExampleTest {

  @Test
  void theExampleWorksAsItStands() {
    HashFunction hash = HashFunction.named("xxh3", new byte[16], null);
    Table table = new Scheme.Seats().table(Roster.of("a:80", "b:80", "c:80"));
    int owner = table.owner(hash.hash("user-42"));

    Table without = table.over(table.roster().weighted(owner, 0));
    int[] order = new int[2];
    int count = without.candidates(hash.hash("user-42"), order);

    Movement movement = Movement.between(table, without, 100_000, new SplittableRandom(1));
    assertThat(movement.needless()).isZero();
    assertThat(movement.movedShare()).isBetween(0.32, 0.35);
    assertThat(count).isEqualTo(2);
    assertThat(order).doesNotContain(owner);
  }
}
