package dev.ringmaster.fleet.runtime;

import java.net.InetSocketAddress;

/// One running process, container or given target.
///
/// @param name the replica's name
/// @param handle what the runtime knows it by: process id and start time, container id, target
/// @param address where it listens, or will
public record Instance(String name, String handle, InetSocketAddress address) {}
