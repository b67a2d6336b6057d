package io.lingmq.support;

import io.lingmq.pipe.PipeConnection;
import java.util.ArrayList;
import java.util.List;

/** A connection that only notes what its pipe asks of it. */
public final class ConnectionRecorder implements PipeConnection {
    private final List<String> calls = new ArrayList<>();
    private Runnable whenFull;
    private Runnable whenReading = () -> {};
    private boolean heardOfGrowth;

    @Override
    public void outputReady(boolean moreFollows) {
        calls.add(moreFollows ? "output, and more" : "output");
    }

    @Override
    public boolean writeInline() {
        calls.add("write");
        if (whenFull == null) {
            return false;
        }
        whenFull.run();
        return true;
    }

    @Override
    public boolean writeAll(long longestNs) {
        calls.add("write all in " + longestNs + " ns");
        return false;
    }

    @Override
    public void flush() {
        calls.add("write");
    }

    @Override
    public boolean readInline() {
        calls.add("read");
        whenReading.run();
        return false;
    }

    @Override
    public void stopReadingInline() {
        calls.add("stop reading");
    }

    @Override
    public void inputWanted() {
        calls.add("input");
    }

    @Override
    public void grown() {
        heardOfGrowth = true;
    }

    @Override
    public void hangUp() {
        calls.add("hangUp");
    }

    @Override
    public void refuse(String reason) {
        calls.add("refuse: " + reason);
    }

    /** What the connection does when a sender finds the pipe full; unless this is said, it cannot even try. */
    public void whenFull(Runnable writing) {
        whenFull = writing;
    }

    /** What happens while a receiver looks into the channel. */
    public void whenReading(Runnable meanwhile) {
        whenReading = meanwhile;
    }

    /** Whether the pipe ever told that it has grown. */
    public boolean heardOfGrowth() {
        return heardOfGrowth;
    }

    /** What was asked since this was last called. */
    public List<String> takeCalls() {
        var all = List.copyOf(calls);
        calls.clear();
        return all;
    }
}
