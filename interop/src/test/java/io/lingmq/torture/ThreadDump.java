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

    /** Of this process; where no other can be started, for want of descriptors perhaps, without the virtual threads. */
    static String take() {
        var pid = ProcessHandle.current().pid();
        try {
            return ofJvm(pid);
        } catch (IOException e) {
            return ofThisProcess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ofThisProcess();
        }
    }

    /** Of a JVM of the same kind; says so where it does not answer. */
    static String of(long pid) {
        try {
            return ofJvm(pid);
        } catch (IOException e) {
            return "no dump of process " + pid + ": " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no dump of process " + pid + ": interrupted";
        }
    }

    private static String ofJvm(long pid) throws IOException, InterruptedException {
        return Runtime.version().feature() >= 21 ? withVirtualThreads(pid) : ofJcmd(pid, "Thread.print", "-l");
    }

    private static String ofThisProcess() {
        var text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            text.append("  ").append(thread.getName());
            for (var frame : stack) {
                text.append("\n    ").append(frame);
            }
            text.append('\n');
        });
        return text.toString();
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
