package dev.ringmaster.server.http;

/// One header field.
///
/// @param name as sent
/// @param value without the white space around it
public record Field(String name, String value) {}
