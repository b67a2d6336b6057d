package io.lingmq.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Keeps what is to be done later until the test lets it be done. Threading: one thread. */
final class ManualScheduler implements Scheduler {
    private record Later(long delayNs, FutureTask<Void> task) {}

    private final List<Later> all = new ArrayList<>();
    private boolean stopped;

    @Override
    public Future<?> schedule(long delayNs, Runnable task) {
        if (stopped) {
            return null;
        }
        var later = new FutureTask<Void>(task, null);
        all.add(new Later(delayNs, later));
        return later;
    }

    @Override
    public void stop(long timeoutNs) {
        stopped = true;
        all.clear();
    }

    /** The delays of all that is still to be done, in the order in which it was asked for. */
    List<Duration> delays() {
        all.removeIf(later -> later.task.isDone());
        return all.stream().map(later -> Duration.ofNanos(later.delayNs)).toList();
    }

    /** Does all that is to be done at once, and what that brings. */
    void runDue() {
        while (delays().contains(Duration.ZERO)) {
            all.stream().filter(later -> later.delayNs == 0).toList().forEach(later -> later.task.run());
        }
    }

    /** Lets the time of all pass that is there now; returns the longest delay among it. */
    Duration runAll() {
        var now = List.copyOf(all);
        all.clear();
        now.stream().filter(later -> !later.task.isDone()).forEach(later -> later.task.run());
        return Duration.ofNanos(now.stream().mapToLong(Later::delayNs).max().orElse(0));
    }
}
