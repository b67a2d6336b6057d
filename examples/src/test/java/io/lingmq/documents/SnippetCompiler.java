package io.lingmq.documents;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles snippets against the libraries: whole classes as they are, statements within a method. */
final class SnippetCompiler {
    private static final Pattern IMPORT = Pattern.compile("^(package|import) .*;$", Pattern.MULTILINE);
    private static final Pattern CLASS =
            Pattern.compile("^([a-z]+ )*(class|interface|record|enum) ", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("(?:class|interface|record|enum) (\\w+)");
    private static final List<String> USUAL = List.of(
            "io.lingmq.*",
            "io.lingmq.error.*",
            "io.lingmq.event.*",
            "io.lingmq.message.*",
            "io.lingmq.option.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*");

    /** What these tests have: the library, the test kit, and what recipes use beside them. */
    private static final String LIBRARIES = System.getProperty("java.class.path");

    private final Path folder;

    /** A compiler that puts its classes into a folder. */
    SnippetCompiler(Path folder) {
        this.folder = folder;
    }

    /** What the compiler has to say against the snippet, with lines as in its page; empty if nothing. */
    List<String> errors(Snippet snippet) {
        var found = new DiagnosticCollector<JavaFileObject>();
        var release = Integer.toString(snippet.firstJdk());
        var options = List.of("--release", release, "-proc:none", "-cp", LIBRARIES, "-d", folder.toString());
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, List.of(new Source(whole(snippet.code()))))
                .call();
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one ->
                        snippet.page() + ":" + (snippet.line() + one.getLineNumber() - 1) + ": " + one.getMessage(null))
                .toList();
    }

    /** All that is added stands before the first line and after the last, so that lines keep their numbers. */
    static String whole(String code) {
        if (CLASS.matcher(code).find()) {
            return code;
        }
        var imports = new StringBuilder();
        USUAL.forEach(name -> imports.append("import ").append(name).append("; "));
        IMPORT.matcher(code)
                .results()
                .forEach(own -> imports.append(own.group()).append(' '));
        var statements = IMPORT.matcher(code).replaceAll("");
        return imports + "public class Snippet { public Context context; public void run() throws Exception { "
                + statements + "}}\n";
    }

    /** The first class of a snippet may have any name: what the file is called matters to public classes alone. */
    static String fileName(String text) {
        var name = NAME.matcher(text);
        return (name.find() ? name.group(1) : "Snippet") + ".java";
    }

    /** The text of a file that is none. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + fileName(text)), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
