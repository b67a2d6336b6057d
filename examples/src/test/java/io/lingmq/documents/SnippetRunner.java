package io.lingmq.documents;

import io.lingmq.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs compiled snippets as a reader would: a class by its {@code main}, statements with a context of their own.
 *
 * <p>What a snippet prints is kept apart by thread: threads that it starts print for it, too.
 */
final class SnippetRunner {
    private static final long PATIENCE_S = 30;

    private static final InheritableThreadLocal<ByteArrayOutputStream> PRINTED = new InheritableThreadLocal<>();

    private final Path folder;

    /** A runner that puts classes below a folder. */
    SnippetRunner(Path folder) {
        this.folder = folder;
    }

    /** Runs all of them at the same time; returns what each has printed, in their order. */
    List<String> run(List<Snippet> snippets) throws Exception {
        var before = System.out;
        System.setOut(new PrintStream(new ByThread(before), true, StandardCharsets.UTF_8));
        try {
            var running = snippets.stream().map(this::start).toList();
            var printed = new ArrayList<String>();
            for (var one : running) {
                printed.add(await(one));
            }
            return printed;
        } finally {
            System.setOut(before);
        }
    }

    /** A snippet that runs. */
    private record Running(Snippet snippet, Thread thread, FutureTask<String> printed) {}

    private Running start(Snippet snippet) {
        var task = new FutureTask<>(() -> print(snippet));
        var thread = new Thread(task, "snippet " + snippet);
        thread.setDaemon(true);
        thread.start();
        return new Running(snippet, thread, task);
    }

    private static String await(Running one) throws Exception {
        try {
            return one.printed.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            var stuck = new AssertionError(one.snippet + " has not ended after " + PATIENCE_S + " s");
            stuck.setStackTrace(one.thread.getStackTrace());
            one.thread.interrupt();
            throw stuck;
        }
    }

    private String print(Snippet snippet) throws Exception {
        var printed = new ByteArrayOutputStream();
        PRINTED.set(printed);
        var classes = Files.createTempDirectory(folder, "snippet");
        var errors = new SnippetCompiler(classes).errors(snippet);
        if (!errors.isEmpty()) {
            throw new AssertionError(errors.toString());
        }
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            call(loader.loadClass(mainClass(classes, loader))).call();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String mainClass(Path classes, ClassLoader loader) throws Exception {
        try (var files = Files.list(classes)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString().replace(".class", "");
                if (name.equals("Snippet") || hasMain(loader.loadClass(name))) {
                    return name;
                }
            }
        }
        throw new AssertionError("neither statements nor a class with a main: say <!-- not run: reason -->");
    }

    private static boolean hasMain(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("main")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String[].class}));
    }

    private static Callable<?> call(Class<?> type) throws Exception {
        if (hasMain(type)) {
            var main = type.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            return () -> main.invoke(null, (Object) new String[0]);
        }
        return () -> {
            var snippet = type.getConstructor().newInstance();
            try (var context = Context.open()) {
                type.getField("context").set(snippet, context);
                return type.getMethod("run").invoke(snippet);
            }
        };
    }

    /** Goes to the snippet whose thread writes, else to where it went before. */
    private static final class ByThread extends OutputStream {
        private final OutputStream others;

        ByThread(OutputStream others) {
            this.others = others;
        }

        @Override
        public void write(int octet) throws IOException {
            var printed = PRINTED.get();
            (printed != null ? printed : others).write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            var printed = PRINTED.get();
            (printed != null ? printed : others).write(octets, from, length);
        }
    }
}
