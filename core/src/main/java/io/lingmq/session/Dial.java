package io.lingmq.session;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Timer;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Link;
import io.lingmq.transport.ReadyWatcher;
import io.lingmq.transport.Scope;
import io.lingmq.transport.Transport;
import io.lingmq.transport.Transport.Route;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address, from opening a link to the answer. Its outcome is told once, perhaps before
 * {@link #begin} returns, unless it is cancelled.
 *
 * <p>Threading: the reactor's thread.
 */
final class Dial implements ReadyWatcher {
    /** Hears how an attempt ended. */
    interface Outcome {
        /** The link stands, and is this one's from now on. */
        void connected(Dial dial, Link link);

        /** Nothing is left open. */
        void failed(Dial dial, String reason);
    }

    private enum State {
        NEW,
        DIALING,
        OVER
    }

    private final Reactor reactor;
    private final Transport transport;
    private final Settings settings;
    private final Route route;
    private final Outcome outcome;
    private final Scope scope = new Scope();
    private State state = State.NEW;
    private @Nullable Connecting connecting;
    private @Nullable Timer timer;

    Dial(Reactor reactor, Transport transport, Settings settings, Route route, Outcome outcome) {
        this.reactor = reactor;
        this.transport = transport;
        this.settings = settings;
        this.route = route;
        this.outcome = outcome;
    }

    Route route() {
        return route;
    }

    void begin() {
        assert reactor.isHere() && state == State.NEW : "begun once, on the reactor's thread";
        state = State.DIALING;
        try {
            var begun = scope.add(transport.connect(route, settings));
            connecting = begun;
            if (looks(begun)) {
                return;
            }
            begun.watch(reactor, this);
            var limitNs = settings.nanos(Options.CONNECT_TIMEOUT);
            if (limitNs > 0 && limitNs < Long.MAX_VALUE) {
                timer = reactor.schedule(limitNs, () -> fail("no answer within the connect time-out"));
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) { // this attempt's failure only
            fail("internal failure: " + e);
        }
    }

    @Override
    public void ready() {
        var begun = connecting;
        if (state != State.DIALING || begun == null) {
            return;
        }
        try {
            looks(begun);
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void failed(Throwable cause) {
        fail("internal failure: " + cause);
    }

    /** Whether the peer has answered. */
    private boolean looks(Connecting begun) throws IOException {
        var link = begun.finish();
        if (link == null) {
            return false;
        }
        end();
        scope.release();
        outcome.connected(this, link);
        return true;
    }

    private void fail(String reason) {
        if (state == State.OVER) {
            return;
        }
        cancel();
        outcome.failed(this, reason);
    }

    /** Gives up without a word. */
    void cancel() {
        end();
        scope.close();
    }

    private void end() {
        state = State.OVER;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
