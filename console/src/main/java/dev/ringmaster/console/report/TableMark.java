package dev.ringmaster.console.report;

import dev.ringmaster.ring.Table;
import java.util.HexFormat;

/// What tells two tables apart.
///
/// @param version counts the changes of the roster
/// @param fingerprint 16 hexadecimal digits; equal for tables that answer alike
public record TableMark(long version, String fingerprint) {

  static TableMark of(Table table) {
    return new TableMark(table.roster().version(), HexFormat.of().toHexDigits(table.fingerprint()));
  }
}
