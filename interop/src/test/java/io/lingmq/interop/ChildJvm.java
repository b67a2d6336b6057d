package io.lingmq.interop;

import io.lingmq.Context;
import io.lingmq.testkit.Await;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A main class of the tests that runs in a process of its own, with the JVM of the test. */
final class ChildJvm {
    private final Class<?> main;
    private final Map<String, String> environment = new HashMap<>();

    ChildJvm(Class<?> main) {
        this.main = main;
    }

    /** Sets a variable of its environment. */
    ChildJvm with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Program start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                Stream.of(Context.class, Await.class, main).map(ChildJvm::place).collect(Collectors.joining(":")),
                main.getName()));
        command.addAll(List.of(arguments));
        return Program.start(main.getSimpleName(), command, environment);
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
