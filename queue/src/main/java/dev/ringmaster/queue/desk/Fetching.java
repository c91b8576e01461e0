package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gets the bytes of messages that are given out: from memory, or else from the store, many at once
/// and some ahead.
final class Fetching {
  /// Messages that one read brings at most.
  private static final int PAGE = 128;

  /// Messages that are fetched ahead of their turn.
  private static final int AHEAD = 64;

  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Tools tools;
  private final Alarms alarms;
  private final Map<ShardLog, Map<Long, Consumer<@Nullable Message>>> wanted = new HashMap<>();

  Fetching(Tools tools, Alarms alarms) {
    this.tools = tools;
    this.alarms = alarms;
  }

  /// @param then told the message, at once or later; null if it is not there any more
  void get(ShardLog log, long seq, Consumer<@Nullable Message> then) {
    Message here = log.bytes.take(seq);
    if (here != null) {
      then.accept(here);
    } else {
      wanted.computeIfAbsent(log, none -> new HashMap<>()).put(seq, then);
    }
  }

  /// Reads what has been asked for in this turn.
  void flush() {
    wanted.forEach(this::read);
    wanted.clear();
  }

  private void read(ShardLog log, Map<Long, Consumer<@Nullable Message>> asked) {
    List<Long> seqs = new ArrayList<>(asked.keySet());
    for (int from = 0; from < seqs.size(); from += PAGE) {
      List<Long> page = new ArrayList<>(seqs.subList(from, Math.min(seqs.size(), from + PAGE)));
      boolean last = from + PAGE >= seqs.size();
      if (last && log.bytes.hasRoom()) {
        log.lanes().upcoming(AHEAD).stream().filter(seq -> !log.bytes.has(seq)).forEach(page::add);
      }
      read(log, asked, page);
    }
  }

  private void read(ShardLog log, Map<Long, Consumer<@Nullable Message>> asked, List<Long> page) {
    tools.ask(
        store -> store.messages(log.id, page),
        found -> came(log, asked, page, found),
        fault -> alarms.at(tools.clocks().nowNs() + AGAIN_NS, () -> read(log, asked, page)));
  }

  private void came(
      ShardLog log,
      Map<Long, Consumer<@Nullable Message>> asked,
      List<Long> page,
      List<Message> found) {
    if (log.isLost()) {
      asked.values().forEach(then -> then.accept(null));
      asked.clear();
      return;
    }
    Map<Long, Message> bySeq = HashMap.newHashMap(found.size());
    found.forEach(message -> bySeq.put(message.seq(), message));
    for (long seq : page) {
      Message message = bySeq.get(seq);
      Consumer<@Nullable Message> then = asked.remove(seq);
      if (then != null) {
        then.accept(message);
      } else if (message != null && log.lanes().awaits(message.lane(), seq)) {
        log.bytes.keep(message);
      }
    }
  }
}
