package io.lingmq.session;

import io.lingmq.engine.Opening;
import io.lingmq.engine.PeerInfo;
import io.lingmq.engine.Protocol;
import io.lingmq.engine.Traffic;
import io.lingmq.guard.Guard;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Timer;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.session.OpeningState.News;
import io.lingmq.transport.Link;
import io.lingmq.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection before it is open: moves octets between the link and an {@link Opening}, waits for the verdict on a
 * peer, and says the last words to one that is refused. {@link OpeningState} has the states.
 *
 * <p>While a verdict is awaited the link is not read, so that a peer cannot make this side keep what it sends. The
 * handshake time-out goes on. The peer's end is therefore seen only when the verdict is there.
 *
 * <p>The last words are followed by the end of this side's stream, and then by a short wait for the peer's: a link that
 * is closed with something unread makes the operating system send a reset, which takes from the peer what it has not
 * read yet.
 *
 * <p>Threading: the reactor's thread; a verdict may come in any.
 */
final class OpeningPhase {
    /** What the phase leads to. Called on the reactor's thread. */
    interface Outcome {
        /** The handshake is complete: what is spoken from now on, and the peer's first octets of it. */
        void opened(PeerInfo peer, Traffic traffic, ByteBuffer early);

        /** The connection is to end. */
        void end(CloseReason why);
    }

    private static final long FAREWELL_NS = 1_000_000_000;
    /** Shorter than the usual handshake time-out, so that the peer hears why. */
    private static final long VERDICT_NS = 10_000_000_000L;

    private static final ZapReply TOO_LATE = ZapReply.failed("no verdict came within 10 s");
    /** A command and its header: an honest peer says no more until it is answered. */
    private static final int MOST_UNREAD = 64 * 1024 + 9;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Reactor reactor;
    private final Link link;
    private final Output output;
    private final SessionOwner socket;
    private final Outcome outcome;
    private final Opening opening;
    private final Function<ByteBuffer, Boolean> reading = this::readInto;
    private final @Nullable Timer handshakeTimer;
    private @Nullable Timer farewellTimer;
    private @Nullable Timer verdictTimer;
    private OpeningState state = OpeningState.OPENING;
    /** What came behind the command that made the handshake ask for a verdict. */
    private ByteBuffer unread = NOTHING;
    /** The question whose answer is awaited, by identity: an answer to an older one means nothing. */
    private @Nullable CompletableFuture<ZapReply> question;

    private CloseReason refusal = CloseReason.ruleBroken("");

    OpeningPhase(
            Reactor reactor,
            Link link,
            Output output,
            SessionOwner socket,
            Settings settings,
            String peerText,
            Outcome outcome) {
        this.reactor = reactor;
        this.link = link;
        this.output = output;
        this.socket = socket;
        this.outcome = outcome;
        var context = new HandshakeContext(socket.type(), settings, addressIn(peerText), this::ask);
        opening = protocol(link, socket.type()).open(socket.security().mechanism(settings), context);
        var limitNs = settings.nanos(Options.HANDSHAKE_TIMEOUT);
        handshakeTimer = limitNs == 0 || limitNs == Long.MAX_VALUE ? null : reactor.schedule(limitNs, this::timedOut);
    }

    /** What would go well on loopback, and break with the first datagram that is lost, had better not begin. */
    private static Protocol protocol(Link link, SocketType type) {
        var protocol = link.protocol(type);
        if (protocol.readsDatagrams() != link.preservesBoundaries()) {
            throw new IllegalStateException("a link of " + (link.preservesBoundaries() ? "datagrams" : "a stream")
                    + ", whose protocol is for " + (protocol.readsDatagrams() ? "datagrams" : "a stream")
                    + ": its preservesBoundaries() and its protocol(" + type + ") must agree");
        }
        return protocol;
    }

    /** The address in a peer's text, without its port; empty where there is none. */
    static String addressIn(String peerText) {
        var colon = peerText.lastIndexOf(':');
        if (colon < 0) {
            return "";
        }
        var host = peerText.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Sends what is to be sent first; some connections are open at once. */
    void begin() {
        goOn(NOTHING);
    }

    /** Goes on to the next state; false if the news mean nothing in this one. */
    private boolean transition(News news) {
        assert reactor.isHere();
        var next = state.after(news);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    // ---- the link

    /** There is something to read. */
    void read() {
        if (state == OpeningState.OPENING || state == OpeningState.FAREWELL) {
            reactor.withBuffer(reading);
        }
    }

    /** The link takes octets again, and has been given those that waited. */
    void written() {
        if (state == OpeningState.FAREWELL && !output.hasOpening()) {
            endOutput();
        }
    }

    private Boolean readInto(ByteBuffer buffer) {
        try {
            if (link.read(buffer) < 0) {
                end(state == OpeningState.FAREWELL ? refusal : CloseReason.lost("the peer closed the connection"));
            } else if (state == OpeningState.OPENING) {
                goOn(buffer.flip());
            }
        } catch (IOException e) {
            end(state == OpeningState.FAREWELL ? refusal : CloseReason.lost(String.valueOf(e.getMessage())));
        }
        return true;
    }

    private void write() {
        output.addOpening(opening.takeOutput());
        output.write();
    }

    // ---- the handshake

    private void goOn(ByteBuffer octets) {
        try {
            goOn(opening.receive(octets), octets);
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    private void goOn(boolean open, ByteBuffer octets) throws ProtocolException {
        if (open) {
            var peer = opening.peer();
            output.addOpening(opening.takeOutput());
            leave();
            outcome.opened(peer, opening.traffic(), octets);
            return;
        }
        write();
        if (opening.isPending()) {
            unread = copy(octets);
            transition(News.IS_ASKED);
            link.readInterest(false);
        }
    }

    private static ByteBuffer copy(ByteBuffer octets) throws ProtocolException {
        if (octets.remaining() > MOST_UNREAD) {
            throw new ProtocolException("the peer sent " + octets.remaining()
                    + " octets without waiting for an answer; the most accepted in a handshake is " + MOST_UNREAD);
        }
        return octets.hasRemaining()
                ? ByteBuffer.allocate(octets.remaining()).put(octets).flip()
                : NOTHING;
    }

    // ---- the verdict

    /** The handshake asks; it is answered when it is PENDING, and that is later. */
    private void ask(ZapRequest request) {
        forgetQuestion();
        var asked = socket.security().admit(request);
        question = asked;
        verdictTimer = reactor.schedule(VERDICT_NS, () -> decided(asked, TOO_LATE));
        var unused = asked.whenComplete((verdict, failure) ->
                reactor.post(() -> decided(asked, verdict == null ? ZapReply.failed("" + failure) : verdict)));
    }

    private void decided(CompletableFuture<ZapReply> asked, ZapReply verdict) {
        if (asked != question || !transition(News.IS_DECIDED)) {
            return;
        }
        forgetQuestion();
        var failure = Guard.run("going on with a handshake", () -> resume(verdict));
        if (failure != null) {
            end(CloseReason.lost("internal failure: " + failure));
        }
    }

    private void forgetQuestion() {
        var asked = question;
        question = null;
        cancel(verdictTimer);
        if (asked != null) {
            asked.cancel(false); // where it is not answered, nobody needs to know any more
        }
    }

    private void resume(ZapReply verdict) {
        link.readInterest(true);
        var octets = unread;
        unread = NOTHING;
        try {
            var open = opening.resume(verdict);
            goOn(open || opening.receive(octets), octets);
        } catch (ProtocolException e) {
            refuse(e);
        }
    }

    // ---- the end

    private void refuse(ProtocolException cause) {
        refusal = CloseReason.of(cause);
        var lastWords = cause.lastWords();
        if (lastWords == null || !transition(News.IS_REFUSED)) {
            end(refusal);
            return;
        }
        cancel(handshakeTimer);
        farewellTimer = reactor.schedule(FAREWELL_NS, () -> end(refusal));
        output.addOpening(opening.takeOutput());
        output.addOpening(lastWords);
        output.write();
        written();
    }

    private void endOutput() {
        try {
            link.shutdownOutput();
        } catch (IOException e) {
            end(refusal);
        }
    }

    private void timedOut() {
        end(CloseReason.lost(
                state == OpeningState.PENDING
                        ? "the verdict on the peer did not come within the handshake time-out"
                        : "greeting and handshake were not complete within the handshake time-out"));
    }

    private void end(CloseReason why) {
        if (state != OpeningState.OVER) {
            outcome.end(why);
        }
    }

    /** The connection is to end; false if that must wait for the last words, which have a short time. */
    boolean mayEnd() {
        return state != OpeningState.FAREWELL;
    }

    /** The connection has ended, or is open. */
    void leave() {
        if (transition(News.ENDS)) {
            cancel(handshakeTimer);
            cancel(farewellTimer);
            forgetQuestion();
        }
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
