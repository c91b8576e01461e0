package dev.ringmaster.queue.postgres;

import dev.ringmaster.queue.store.Order;

/// An order and where its effect belongs.
///
/// @param at its index in the commit
record Asked<O extends Order>(int at, O order) {}
