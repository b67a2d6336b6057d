package io.lingmq.torture;

import io.lingmq.interop.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM of the same kind as this one, with the same classes, and signals for it. */
final class Jvm {
    private Jvm() {}

    /** What starts it: options for the JVM, then the main class and its arguments. */
    static List<String> command(List<String> options, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    static void stop(Program program) throws IOException, InterruptedException {
        signal("-STOP", program);
    }

    static void goOn(Program program) throws IOException, InterruptedException {
        signal("-CONT", program);
    }

    private static void signal(String signal, Program program) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(program.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
