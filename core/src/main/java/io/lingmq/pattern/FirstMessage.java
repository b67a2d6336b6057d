package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each new peer is told first: the empty message of {@code PROBE_ROUTER}, from which a ROUTER learns who is there,
 * or the publisher's {@code XPUB_WELCOME_MESSAGE}. The first peer of a pipe hears it before all else; one that comes
 * after a loss hears it behind what was left for the one before.
 *
 * <p>A pipe that conflates holds one message only, and this one would take the place of the newest: there only the
 * first peer hears it.
 *
 * <p>Threading: under the socket's lock. Source: libzmq's {@code ZMQ_PROBE_ROUTER} and {@code ZMQ_XPUB_WELCOME_MSG}.
 */
final class FirstMessage {
    private final Drops drops;
    /** The message waits in these for their first peer. */
    private final Set<Pipe> waiting = new HashSet<>();

    private @Nullable Message message;
    private boolean conflates;

    FirstMessage(Drops drops) {
        this.drops = drops;
    }

    /** From now on it is an empty message, if there is to be one. */
    void probe(Settings settings) {
        conflates = settings.get(Options.CONFLATE);
        message = settings.get(Options.PROBE_ROUTER) ? Message.empty() : null;
    }

    /** From now on it is a welcome, if there is to be one. */
    void welcome(Settings settings) {
        conflates = settings.get(Options.CONFLATE);
        var text = settings.get(Options.XPUB_WELCOME_MESSAGE);
        message = text.length > 0 ? Message.of(text) : null;
    }

    /** A pipe has come, to which nothing was sent yet. */
    void attached(Pipe pipe) {
        if (message != null) {
            send(pipe, message);
            waiting.add(pipe);
        }
    }

    /** A peer has come. */
    void opened(Pipe pipe) {
        var hasIt = waiting.remove(pipe);
        if (message != null && !hasIt && !conflates) {
            send(pipe, message);
        }
    }

    /** A pipe is gone. */
    void detached(Pipe pipe) {
        waiting.remove(pipe);
    }

    private void send(Pipe pipe, Message first) {
        if (!pipe.send(first)) {
            drops.count(DropReason.PEER_FULL, pipe);
        }
    }
}
