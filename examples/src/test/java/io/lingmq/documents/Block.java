package io.lingmq.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of code in a page, between two fences.
 *
 * @param language what stands behind the first fence; empty if nothing
 * @param line where its text begins in the page, from 1 on
 * @param marks the comments on the lines directly before it
 * @param text its lines, each with its end, without the fence's indent
 */
record Block(String language, int line, String marks, String text) {
    private static final String FENCE = "```";

    /** The blocks of a page, in order. */
    static List<Block> of(List<String> lines) {
        var found = new ArrayList<Block>();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(FENCE)) {
                var end = end(lines, i);
                found.add(between(lines, i, end));
                i = end;
            }
        }
        return found;
    }

    private static int end(List<String> lines, int begin) {
        var end = begin + 1;
        while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
            end++;
        }
        return end;
    }

    private static Block between(List<String> lines, int begin, int end) {
        var fence = lines.get(begin);
        var indent = fence.indexOf(FENCE);
        var language = fence.strip().substring(FENCE.length()).strip().split("\\W", 2)[0];
        var text = new StringBuilder();
        for (var line : lines.subList(begin + 1, end)) {
            text.append(
                            line.isBlank()
                                    ? ""
                                    : line.substring(Math.min(
                                            indent,
                                            line.length() - line.stripLeading().length())))
                    .append('\n');
        }
        return new Block(language, begin + 2, marks(lines, begin), text.toString());
    }

    private static String marks(List<String> lines, int begin) {
        var first = begin;
        while (first > 0 && lines.get(first - 1).strip().startsWith("<!--")) {
            first--;
        }
        return String.join("\n", lines.subList(first, begin));
    }
}
