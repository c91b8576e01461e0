/// The fleet under test: its parts alone, in simulation, and with real processes.
package dev.ringmaster.fleet;
