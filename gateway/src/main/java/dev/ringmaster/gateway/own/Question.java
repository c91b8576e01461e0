package dev.ringmaster.gateway.own;

import java.net.InetAddress;
import java.util.Map;

/// A request to Ringmaster itself, whole.
///
/// @param method as sent, upper case for all that HTTP names
/// @param path without the query
/// @param query without its question mark; empty if there is none
/// @param headers by lower-case name; of a repeated one the first
/// @param body the whole body, decoded from UTF-8
/// @param client the address of the peer
public record Question(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    String body,
    InetAddress client) {}
