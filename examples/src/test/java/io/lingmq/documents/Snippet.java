package io.lingmq.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A piece of Java in a page. Comments before it and behind it say what is to be done with it:
 *
 * <pre>
 *   &lt;!-- not compiled: reason --&gt;    before it: nothing is done with it
 *   &lt;!-- not run: reason --&gt;         before it: it is compiled alone
 *   &lt;!-- from JDK 21 --&gt;             before it: on older ones nothing is done with it
 *   &lt;!-- together: name --&gt;          before it: it runs beside all others of its page that say the same
 *   &lt;!-- prints --&gt;                  before the next block, which is text: what it must print
 * </pre>
 *
 * @param page the page it stands in
 * @param line where it begins there
 * @param marks the comments before it
 * @param code the code, each line with its end
 * @param prints what it prints, each line with its end; empty if the page does not say
 */
record Snippet(String page, int line, String marks, String code, String prints) {
    private static final Pattern NOT_COMPILED = Pattern.compile("<!-- not compiled: *\\S.*-->");
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: *\\S.*-->");
    private static final Pattern JDK = Pattern.compile("<!-- from JDK (\\d+) -->");
    private static final Pattern TOGETHER = Pattern.compile("<!-- together: *(\\S.*?) *-->");
    private static final String PRINTS = "<!-- prints -->";

    /** The snippets of a page, in order. */
    static List<Snippet> of(Path page) throws IOException {
        return of(page.getFileName().toString(), Files.readAllLines(page));
    }

    /** The snippets of all pages in a folder and below it, in the order of the pages' names. */
    static List<Snippet> below(Path folder) throws IOException {
        var found = new ArrayList<Snippet>();
        for (var page : pages(folder)) {
            found.addAll(of(folder.relativize(page).toString(), Files.readAllLines(page)));
        }
        return found;
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        }
    }

    static List<Snippet> of(String page, List<String> lines) {
        var blocks = Block.of(lines);
        var found = new ArrayList<Snippet>();
        for (var i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            if (block.language().equals("java")) {
                var next = i + 1 < blocks.size() ? blocks.get(i + 1) : block;
                var prints = next.marks().contains(PRINTS) ? next.text() : "";
                found.add(new Snippet(page, block.line(), block.marks(), block.text(), prints));
            }
        }
        return found;
    }

    /** Whether the page says why this cannot be compiled; to say that it is not, without a reason, does not count. */
    boolean isExcused() {
        return NOT_COMPILED.matcher(marks).find()
                || firstJdk() > Runtime.version().feature();
    }

    /** Whether it is to be run, too. */
    boolean isRun() {
        return !isExcused() && !NOT_RUN.matcher(marks).find();
    }

    /** The oldest JDK that it is for. */
    int firstJdk() {
        var jdk = JDK.matcher(marks);
        return jdk.find() ? Integer.parseInt(jdk.group(1)) : 17;
    }

    /** Those that run at the same time have the same name here. */
    String together() {
        var name = TOGETHER.matcher(marks);
        return page + ": " + (name.find() ? name.group(1) : "line " + line);
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
