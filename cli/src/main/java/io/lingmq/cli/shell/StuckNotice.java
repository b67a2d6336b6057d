package io.lingmq.cli.shell;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells a person who waits what keeps a socket from its peers: each reason once, when it has stood for two seconds.
 *
 * <p>Threading: a daemon thread, which ends when the socket is closed.
 */
final class StuckNotice {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_MS = 250;

    private final Connections connections;
    private final Console console;
    private final Set<String> told = new HashSet<>();
    private boolean stuck;
    private long sinceNs;

    StuckNotice(Connections connections, Console console) {
        this.connections = connections;
        this.console = console;
    }

    void start() {
        var thread = new Thread(this::watch, "ling-waiting");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!connections.isClosed()) {
                look(System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look(long nowNs) {
        var trouble = connections.trouble();
        if (trouble.isEmpty()) {
            stuck = false;
            told.clear();
        } else if (!stuck) {
            stuck = true;
            sinceNs = nowNs;
        } else if (nowNs - sinceNs >= PATIENCE_NS && told.add(trouble)) {
            console.note("waiting: " + trouble);
        }
    }
}
