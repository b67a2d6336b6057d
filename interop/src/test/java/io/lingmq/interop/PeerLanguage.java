package io.lingmq.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The languages that peers are written in: each uses libzmq through a binding of its own, but for JeroMQ. */
public enum PeerLanguage {
    C("gcc libc6-dev libzmq3-dev") {
        @Override
        public List<String> command(String program) {
            return List.of(compiled(program).toString());
        }
    },
    PYTHON("python3-zmq") {
        // The binding belongs to Debian's own interpreter; another one may come first on the path.
        @Override
        public List<String> command(String program) {
            return List.of(
                    "/usr/bin/python3", resource("python/" + program + ".py").toString());
        }
    },
    PHP("php-cli php-zmq") {
        @Override
        public List<String> command(String program) {
            var path = resource("php/" + program + ".php").toString();
            return List.of("php", "-d", "memory_limit=-1", path);
        }
    },
    /** The library in Java as Debian has it, which speaks ZMTP 2.0. Its {@code ipc} is TCP: no other can connect. */
    JEROMQ("jeromq 3", "libjeromq-java") {
        @Override
        public List<String> command(String program) {
            if (!Files.exists(JEROMQ_JAR)) {
                throw missing("there is no " + JEROMQ_JAR);
            }
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var source = resource("java/" + program + ".java").toString();
            return List.of(java, "-XX:+UseSerialGC", "-cp", JEROMQ_JAR.toString(), source);
        }
    };

    private static final int COMPILER_PATIENCE_S = 60;
    private static final Path JEROMQ_JAR = Path.of("/usr/share/java/jeromq.jar");

    private final String library;
    private final String packages;

    PeerLanguage(String packages) {
        this("libzmq 4", packages);
    }

    PeerLanguage(String library, String packages) {
        this.library = library;
        this.packages = packages;
    }

    /** How the name and version begin that a peer tells of its library. */
    String library() {
        return library;
    }

    /** What to start for the program of that name. */
    public abstract List<String> command(String program);

    /** What to start for the program of that name, with arguments. */
    public List<String> command(String program, String... arguments) {
        var all = new ArrayList<>(command(program));
        all.addAll(Arrays.asList(arguments));
        return all;
    }

    /** Where test output goes. */
    public static Path target() {
        return resource("").getParent();
    }

    public static Path resource(String name) {
        try {
            var classes = PeerLanguage.class.getProtectionDomain().getCodeSource();
            return Path.of(classes.getLocation().toURI()).resolve(name);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The test cannot run here: on a developer's machine it is left out, where {@code CI=true} it has failed. */
    public RuntimeException missing(String why) {
        var text = name() + " peer not available, install " + packages + ": " + why;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(text);
        }
        return new TestAbortedException(text);
    }

    private static Path compiled(String program) {
        var source = resource("c/" + program + ".c");
        var binary = target().resolve("peers").resolve(program);
        synchronized (PeerLanguage.class) {
            try {
                if (!Files.exists(binary) || isOlder(binary, source)) {
                    Files.createDirectories(binary.getParent());
                    compile(source, binary);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return binary;
    }

    private static boolean isOlder(Path file, Path than) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) < 0;
    }

    private static void compile(Path source, Path binary) throws IOException {
        var command = List.of("cc", "-O2", "-Wall", "-o", binary.toString(), source.toString(), "-lzmq");
        var log = Path.of(binary + ".log");
        try {
            var compiler = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!compiler.waitFor(COMPILER_PATIENCE_S, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                throw C.missing(Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while compiling", e);
        } catch (IOException e) {
            throw C.missing(e.getMessage());
        }
    }
}
