package io.lingmq.cli.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps a fixed time from one message to the next, also where sending itself takes some of it. */
final class Pace {
    private final long intervalNs;
    private long dueNs;
    private boolean begun;

    Pace(Duration interval) {
        intervalNs = interval.toNanos();
    }

    /** Returns at once the first time, then when the next message is due. */
    void await() throws InterruptedException {
        if (intervalNs == 0) {
            return;
        }
        var nowNs = System.nanoTime();
        if (begun && dueNs - nowNs > 0) {
            TimeUnit.NANOSECONDS.sleep(dueNs - nowNs);
        } else {
            dueNs = nowNs;
        }
        begun = true;
        dueNs += intervalNs;
    }
}
