package io.lingmq.documents;

import io.lingmq.artifacts.Consumer;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * A snippet as a program of its own, in a package of its own, so that all those of the pages fit into one project.
 *
 * @param snippet what the page shows
 * @param number of the program within the project
 */
record Program(Snippet snippet, int number) {
    private static final Pattern MAIN =
            Pattern.compile("class (\\w+)[^{]*\\{(?:(?!\\bclass ).)*?static void main\\(", Pattern.DOTALL);
    private static final String LAUNCHER = """
            package %s;

            /** Runs what the page shows. */
            public final class Launcher {
                /** Runs. */
                public static void main(String[] words) throws Exception {
                    var snippet = new Snippet();
                    try (var context = io.lingmq.Context.open()) {
                        snippet.context = context;
                        snippet.run();
                    }
                }
            }
            """;

    /** Writes it into the project. */
    void write(Consumer project) throws IOException {
        var code = SnippetCompiler.whole(snippet.code());
        project.source(packageName() + "/" + SnippetCompiler.fileName(code), "package " + packageName() + "; " + code);
        if (main(code).equals("Launcher")) {
            project.source(packageName() + "/Launcher.java", LAUNCHER.formatted(packageName()));
        }
    }

    /** The class to run. */
    String mainClass() {
        return packageName() + "." + main(SnippetCompiler.whole(snippet.code()));
    }

    private String packageName() {
        return "snippet" + number;
    }

    private static String main(String code) {
        var main = MAIN.matcher(code);
        return main.find() ? main.group(1) : "Launcher";
    }
}
