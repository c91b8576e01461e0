package dev.ringmaster.console.queue.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.QueueView.HotLane;
import dev.ringmaster.queue.control.QueueView.ShardView;
import dev.ringmaster.queue.control.QueueView.SubscriptionView;
import dev.ringmaster.queue.message.SlotTable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Queues and their counters in JSON.
public final class QueuesShown {
  private QueuesShown() {}

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// `{"queues":[…]}`: of each its subscriptions with the sums of their shards.
  public static ObjectNode all(List<QueueView> queues) {
    ObjectNode node = object();
    ArrayNode list = node.putArray("queues");
    queues.forEach(queue -> list.add(summary(queue)));
    return node;
  }

  private static ObjectNode summary(QueueView queue) {
    ObjectNode node = object().put("name", queue.terms().name());
    if (queue.terms().service() != null) {
      node.put("service", queue.terms().service());
    }
    node.put("paused", queue.paused());
    node.put("shards", queue.slots().shards().size());
    ArrayNode subscriptions = node.putArray("subscriptions");
    queue.subscriptions().forEach(one -> subscriptions.add(sums(one)));
    return node;
  }

  /// All of one queue: terms, shards with their slots, subscriptions with their shards.
  public static ObjectNode one(QueueView queue) {
    ObjectNode node = object().put("name", queue.terms().name()).put("paused", queue.paused());
    node.set("terms", TermsShown.of(queue.terms()));
    node.set("shards", shards(queue.slots()));
    ArrayNode subscriptions = node.putArray("subscriptions");
    for (SubscriptionView subscription : queue.subscriptions()) {
      ObjectNode shown = sums(subscription);
      ArrayNode shards = shown.putArray("shards");
      subscription.shards().forEach(shard -> shards.add(shard(shard)));
      subscriptions.add(shown);
    }
    return node;
  }

  /// `[{"shard":0,"slots":"0-63"},…]`.
  private static ArrayNode shards(SlotTable table) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int shard : table.shards()) {
      list.addObject().put("shard", shard).put("slots", ranges(table.slots(shard)));
    }
    return list;
  }

  private static String ranges(int[] slots) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int i = 1; i <= slots.length; i++) {
      if (i == slots.length || slots[i] != slots[i - 1] + 1) {
        text.append(text.isEmpty() ? "" : ",").append(slots[from]);
        if (i - from > 1) {
          text.append('-').append(slots[i - 1]);
        }
        from = i;
      }
    }
    return text.toString();
  }

  private static ObjectNode sums(SubscriptionView subscription) {
    ObjectNode node = object().put("name", subscription.name());
    Sums sums = Sums.of(subscription.shards());
    counters(node, sums.total());
    return node;
  }

  private static ObjectNode shard(ShardView shard) {
    ObjectNode node = object().put("shard", shard.shard());
    counters(node, shard);
    ArrayNode hottest = node.putArray("hottest");
    for (HotLane lane : shard.hottest()) {
      hottest
          .addObject()
          .put("lane", HexFormat.of().toHexDigits(lane.lane()))
          .put("depth", lane.depth());
    }
    return node;
  }

  private static void counters(ObjectNode node, ShardView counted) {
    node.put("depth", counted.depth())
        .put("ready", counted.ready())
        .put("delayed", counted.delayed())
        .put("inFlight", counted.inFlight())
        .put("blockedLanes", counted.blockedLanes());
    if (counted.oldestMs() > 0) {
      node.put("oldest", Instant.ofEpochMilli(counted.oldestMs()).toString());
    }
    node.put("accepted", counted.accepted())
        .put("done", counted.done())
        .put("retries", counted.retries())
        .put("died", counted.died())
        .put("dead", counted.dead())
        .put("bytes", counted.bytes());
  }
}
