package dev.ringmaster.console;

import dev.ringmaster.console.access.ControlAccess;
import java.net.InetSocketAddress;
import java.time.Duration;

/// How a console is to run.
///
/// @param address where it listens; port 0 takes a free one
/// @param access who may change the fleet
/// @param commandWait how long a command may take before it is answered 503; longer than the
///   replicas' start time-out, so that the fleet answers first
public record ConsoleSettings(
    InetSocketAddress address, ControlAccess access, Duration commandWait) {}
