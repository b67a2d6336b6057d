package io.lingmq.torture;

import io.lingmq.testkit.VirtualThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that a turn does in a thread of its own, an ordinary or a virtual one; how it ends is kept. */
final class TurnTask {
    /** Set to "always" or "never"; else every third thread is a virtual one, where the JDK has them. */
    private static final String VIRTUAL = System.getProperty("torture.virtual", "some");

    private final String name;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    private TurnTask(String name, Callable<?> work, boolean virtual) {
        this.name = name;
        thread = virtual ? VirtualThreads.unstarted(name, () -> perform(work)) : new Thread(() -> perform(work), name);
    }

    static TurnTask start(String name, int number, Callable<?> work) {
        var virtual =
                VirtualThreads.exist() && (VIRTUAL.equals("always") || (VIRTUAL.equals("some") && number % 3 == 2));
        var task = new TurnTask(name, work, virtual);
        if (!virtual) {
            task.thread.setDaemon(true);
        }
        task.thread.start();
        return task;
    }

    private void perform(Callable<?> work) {
        try {
            work.call();
        } catch (Throwable e) { // whatever it is, the turn will tell
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return ended.getCount() == 0;
    }

    /** Whether it ends in time. */
    boolean awaitEnd(long patienceMs) throws InterruptedException {
        return ended.await(patienceMs, TimeUnit.MILLISECONDS);
    }

    /** What it ended with, if that was not well. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public String toString() {
        return name;
    }
}
