package io.lingmq.bench.peer;

/** The other side of a measurement within one process. */
final class Background {
    private Background() {}

    /** What a side does. */
    @FunctionalInterface
    interface Side {
        void run() throws InterruptedException;
    }

    static Thread start(Side side) {
        var thread = new Thread(
                () -> {
                    try {
                        side.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "bench-other-side");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
