package io.lingmq.session;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.reactor.Timer;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.ChannelTransport.Route;
import io.lingmq.transport.Scope;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address, from opening its channel to the answer. Its outcome is told once, perhaps
 * before {@link #begin} returns, unless it is cancelled.
 *
 * <p>Threading: the reactor's thread.
 */
final class Dial implements ReadyHandler {
    /** Hears how an attempt ended. */
    interface Outcome {
        /** The channel is connected, and is the listener's from now on. */
        void connected(Dial dial, SocketChannel channel);

        /** Nothing is left open. */
        void failed(Dial dial, String reason);
    }

    private enum State {
        NEW,
        DIALING,
        OVER
    }

    private final Reactor reactor;
    private final ChannelTransport transport;
    private final Settings settings;
    private final Route route;
    private final Outcome outcome;
    private final Scope scope = new Scope();
    private State state = State.NEW;
    private @Nullable SocketChannel channel;
    private @Nullable Timer timer;

    Dial(Reactor reactor, ChannelTransport transport, Settings settings, Route route, Outcome outcome) {
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
            var opened = scope.add(transport.open(route, settings));
            channel = opened;
            if (opened.connect(route.remote())) {
                connected(opened);
                return;
            }
            reactor.register(opened, SelectionKey.OP_CONNECT, this);
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
    public void ready(int operations) {
        var opened = channel;
        if (state != State.DIALING || opened == null) {
            return;
        }
        try {
            if (opened.finishConnect()) {
                connected(opened);
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void failed(Throwable cause) {
        fail("internal failure: " + cause);
    }

    private void connected(SocketChannel opened) throws IOException {
        if (opened.getLocalAddress() != null && opened.getLocalAddress().equals(opened.getRemoteAddress())) {
            // Nobody listened, and the operating system chose the very port that we dial. A program that comes to
            // listen there would find it taken for a minute, were this connection closed the usual way.
            opened.setOption(StandardSocketOptions.SO_LINGER, 0);
            fail("connected to itself: nobody listens there");
            return;
        }
        end();
        scope.release();
        outcome.connected(this, opened);
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
