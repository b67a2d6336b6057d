package io.lingmq.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where all threads stand, the virtual ones too where the JDK can tell. */
final class ThreadDump {
    private ThreadDump() {}

    /** Of this process. */
    static String take() {
        return of(ProcessHandle.current().pid());
    }

    /** Of a JVM of the same kind; says so where it does not answer. */
    static String of(long pid) {
        try {
            return Runtime.version().feature() >= 21 ? withVirtualThreads(pid) : ofJcmd(pid, "Thread.print", "-l");
        } catch (IOException e) {
            return "no dump of process " + pid + ": " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no dump of process " + pid + ": interrupted";
        }
    }

    private static String withVirtualThreads(long pid) throws IOException, InterruptedException {
        var file = Files.createTempFile("torture", ".threads");
        try {
            var said = ofJcmd(pid, "Thread.dump_to_file", "-overwrite", file.toString());
            var dump = Files.readString(file);
            return dump.isEmpty() ? said : dump;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String ofJcmd(long pid, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(String.valueOf(pid));
        command.addAll(List.of(arguments));
        var said = Files.createTempFile("torture", ".jcmd");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no dump of process " + pid + ": it does not answer";
            }
            return Files.readString(said);
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
