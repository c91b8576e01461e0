/// Charts as SVG text: bars, lines and dots, coloured by the style sheet of the page around them.
@NullMarked
package dev.ringmaster.lab.chart;

import org.jspecify.annotations.NullMarked;
