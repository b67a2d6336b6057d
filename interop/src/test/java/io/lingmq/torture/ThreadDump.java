package io.lingmq.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Where all threads stand, the virtual ones too where the JDK can tell. */
final class ThreadDump {
    private ThreadDump() {}

    static String take() {
        if (Runtime.version().feature() >= 21) {
            try {
                return ofJcmd();
            } catch (IOException e) {
                return ofThisThread();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ofThisThread();
    }

    private static String ofJcmd() throws IOException, InterruptedException {
        var file = Files.createTempFile("torture", ".threads");
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var pid = String.valueOf(ProcessHandle.current().pid());
            var process = new ProcessBuilder(jcmd, pid, "Thread.dump_to_file", "-overwrite", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) ? Files.readString(file) : ofThisThread();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String ofThisThread() {
        Map<String, String> all = new TreeMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            var text = new StringBuilder();
            for (var frame : stack) {
                text.append("\n    ").append(frame);
            }
            all.put(thread.getName() + " #" + thread.getId(), text.toString());
        });
        var text = new StringBuilder();
        all.forEach(
                (name, stack) -> text.append("  ").append(name).append(stack).append('\n'));
        return text.toString();
    }
}
