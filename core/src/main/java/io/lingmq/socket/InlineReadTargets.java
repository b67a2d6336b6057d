package io.lingmq.socket;

import io.lingmq.pipe.Pipe;
import io.lingmq.pipe.WirePipe;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a waiting receiver reads itself: those of all peers if they are few; else that of one peer which
 * has been read from {@value #PERSISTENT} times while all others were silent. So one busy peer is as fast among a
 * thousand silent ones as alone.
 *
 * <p>The I/O threads read all other channels: a wrong guess costs time, nothing else. A receiver that reads a channel
 * owns it, and its I/O thread hears nothing of it. So no target may be forgotten: whoever chooses another target
 * releases the old channel, and a receiver that was just reading the old one notices that and releases it too.
 *
 * <p>Threading: any thread. The counts are rough where several speak at once; they correct themselves.
 */
final class InlineReadTargets {
    /** A look into a channel that has nothing costs about a microsecond. */
    private static final int FEW = 4;

    private static final int PERSISTENT = 8;

    /** Those of all peers, or null if they are too many. */
    private volatile WirePipe @Nullable [] all = {};

    private final AtomicReference<@Nullable WirePipe> chosen = new AtomicReference<>();
    private volatile @Nullable WirePipe speaker;
    private int inARow;

    /** Peers have come or gone. Those in this process have no channel, and count too. Under the socket's lock. */
    void peersAre(Set<Pipe> pipes) {
        var before = all;
        all = pipes.size() <= FEW ? wired(pipes) : null;
        if (before != null && all == null) {
            release(before);
        }
        if (all != null || !pipes.contains(chosen.get())) {
            speaker = null;
            choose(null);
        }
    }

    private static WirePipe[] wired(Set<Pipe> pipes) {
        return pipes.stream()
                .filter(WirePipe.class::isInstance)
                .map(WirePipe.class::cast)
                .toArray(WirePipe[]::new);
    }

    /** Messages have come from a peer. */
    void heard(WirePipe pipe) {
        if (all != null) {
            return;
        }
        if (speaker != pipe) {
            speaker = pipe;
            inARow = 1;
            choose(null);
        } else if (chosen.get() != pipe && ++inARow >= PERSISTENT) {
            choose(pipe);
        }
    }

    private void choose(@Nullable WirePipe next) {
        if (chosen.get() != next) {
            var before = chosen.getAndSet(next);
            if (before != null) {
                before.stopReadingInline();
            }
        }
    }

    /** The receiver has time: it looks into channels itself; false if nothing came. */
    boolean look() {
        var pipes = all;
        return pipes != null ? lookAtAll(pipes) : lookAtChosen();
    }

    private boolean lookAtAll(WirePipe[] pipes) {
        var came = false;
        for (var pipe : pipes) {
            came |= pipe.readInline();
        }
        if (all == null) {
            release(pipes);
        }
        return came;
    }

    private boolean lookAtChosen() {
        var pipe = chosen.get();
        if (pipe == null) {
            return false;
        }
        var came = pipe.readInline();
        if (chosen.get() != pipe) {
            pipe.stopReadingInline();
        }
        return came;
    }

    /** The receiver looks no longer: the I/O threads look into the channels from now on. */
    void rest() {
        var pipes = all;
        var pipe = chosen.get();
        if (pipes != null) {
            release(pipes);
        } else if (pipe != null) {
            pipe.stopReadingInline();
        }
    }

    private static void release(WirePipe[] pipes) {
        for (var pipe : pipes) {
            pipe.stopReadingInline();
        }
    }
}
