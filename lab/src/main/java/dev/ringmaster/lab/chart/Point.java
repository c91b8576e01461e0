package dev.ringmaster.lab.chart;

/// A place in a picture, in pixels from its upper left corner, or a value pair before scaling.
public record Point(double x, double y) {}
