package io.lingmq.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of Java in a page. The line before it may say why it is not compiled.
 *
 * @param page the page it stands in
 * @param line where it begins there
 * @param before the line before it
 * @param code the code, each line with its end
 */
record Snippet(String page, int line, String before, String code) {
    private static final String FENCE = "```";
    private static final Pattern REASON = Pattern.compile("<!-- not compiled: *\\S.*-->");

    /** The snippets of a page, in order. */
    static List<Snippet> of(Path page) throws IOException {
        return of(page.getFileName().toString(), Files.readAllLines(page));
    }

    static List<Snippet> of(String page, List<String> lines) {
        var found = new ArrayList<Snippet>();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(FENCE)) {
                var end = end(lines, i);
                if (lines.get(i).strip().matches(FENCE + " *java\\b.*")) {
                    var before = i == 0 ? "" : lines.get(i - 1).strip();
                    found.add(new Snippet(page, i + 2, before, String.join("\n", lines.subList(i + 1, end)) + "\n"));
                }
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

    /** Whether the page says why this cannot be compiled; to say that it is not, without a reason, does not count. */
    boolean isExcused() {
        return REASON.matcher(before).matches();
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
