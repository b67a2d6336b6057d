package io.lingmq.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module of a user's, compiled against ours, runs on the module path and in an image of its own. */
@Tag("release")
@Timeout(300)
class ModulesTest {
    private static final String HELLO = """
            package org.example;

            import io.lingmq.Context;

            /** Says hello to itself. */
            public final class Hello {
                private Hello() {}

                /** Runs. */
                public static void main(String[] words) throws InterruptedException {
                    try (var context = Context.open(); var pull = context.pull(); var push = context.push()) {
                        push.connect(pull.bind("tcp://127.0.0.1:*"));
                        push.send("hello from " + Context.class.getModule().getName());
                        System.out.println(pull.receive().text());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    static List<Path> jdks() {
        return Staged.jdks();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void modulePathAndImageRun(Path jdk) throws Exception {
        var consumer = new Consumer(folder, jdk, Consumer.dependency("lingmq"));
        consumer.source("module-info.java", "module org.example { requires io.lingmq; }");
        consumer.source("org/example/Hello.java", HELLO);
        var jars = consumer.compile();
        assertThat(jars).as("no dependency comes along").hasSize(1);

        var modulePath = Stream.concat(jars.stream(), Stream.of(consumer.classes()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(consumer.tool("java", "-p", modulePath, "-m", "org.example/org.example.Hello")
                        .run())
                .isEqualTo("hello from io.lingmq\n");

        var image = folder.resolve("image");
        consumer.tool("jlink", "-p", modulePath, "--add-modules", "org.example", "--output", image.toString())
                .run();
        var java = image.resolve("bin/java").toString();
        assertThat(new Command(folder, jdk, List.of(java, "--list-modules"))
                        .run()
                        .replaceAll("@\\S+", ""))
                .isEqualTo("io.lingmq\njava.base\norg.example\n");
        assertThat(new Command(folder, jdk, List.of(java, "-m", "org.example/org.example.Hello")).run())
                .isEqualTo("hello from io.lingmq\n");
    }
}
