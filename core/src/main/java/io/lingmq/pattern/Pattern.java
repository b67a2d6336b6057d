package io.lingmq.pattern;

import io.lingmq.error.LingException;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one socket type: which pipe a message goes to, where the next one comes from, what is added to it.
 *
 * <p>Every method is called under the socket's lock, and none waits for anything, nor works for as long as a peer
 * likes: what a peer can make it do is done in holds of the lock with a {@linkplain Budget budget}. A pipe is attached,
 * then opened and closed as its peers come and go (any number of times), then detached. Sending and receiving only ever
 * touch whole messages.
 *
 * <p>A method may throw a {@link io.lingmq.error.LingException} for a caller's mistake; a peer's mistake is answered
 * with {@link Pipe#refuse} or a counted drop.
 */
public interface Pattern {
    /** A hold of the socket's lock begins in which the pattern hears of what has happened to its pipes. */
    default void beginHold() {}

    /**
     * Whether what pipes have made the pattern do since {@link #beginHold} is enough for one hold of the lock: the
     * pattern hears of the others in the next. For one pipe it spends at most a budget, so at most two in one hold.
     */
    default boolean isBudgetSpent() {
        return false;
    }

    /**
     * A pipe has come; messages may be put into it. It is not open yet. An {@linkplain #isEager eager} pattern is told
     * next that it is {@link #readable}.
     */
    void attach(Pipe pipe);

    /** The pipe's peer is complete and its routing id known. */
    default void opened(Pipe pipe) {}

    /** The pipe's peer is gone; another one may come. */
    default void closed(Pipe pipe) {}

    /** The pipe is gone for good. What it received before may still be read. */
    void detach(Pipe pipe);

    /**
     * Goes on with what a peer that is gone has left to do, where that is more than a budget's worth. Called after
     * {@link #closed} and {@link #detach}.
     *
     * @return false if something is left: it is to be called again when others have had the lock
     */
    default boolean tidyUp() {
        return true;
    }

    /**
     * The pipe's readable bell was rung.
     *
     * @return false if the pattern {@linkplain #isEager reads at once} and has left something in the pipe, since its
     *     budget was spent: it is to be called again when others have had the lock
     */
    boolean readable(Pipe pipe);

    /** The pipe's writable bell was rung. */
    void writable(Pipe pipe);

    /** Sends a message, or drops it where the RFC says so, or says why not. */
    SendResult send(Frames message);

    /**
     * Whether {@link #send} may take one message and not another. Then callers that wait to send are different: each
     * piece of news is for all of them. Such a pattern never disarms a bell by itself: room that is found by one caller
     * may be what another waits for, who must hear the bell.
     */
    default boolean sendsSelectively() {
        return false;
    }

    /**
     * Tells a caller of its mistake, where {@link #send} found that a message is {@linkplain SendResult#undeliverable
     * undeliverable}. Who passes on what a peer has made drops it instead.
     */
    default LingException refusal(Frames message, SendResult why) {
        throw new AssertionError("this pattern can deliver any message, but says " + why);
    }

    /**
     * Where a message would have to wait: two messages with equal lanes keep their order, others need not wait for each
     * other. From the message alone and without the lock; it need not be one that can be sent.
     */
    default Object lane(Message message) {
        return "all";
    }

    /**
     * Whether {@link #send}, {@link #canSend}, {@link #readable} and {@link #writable} neither put a reader to rest nor
     * ring a peer who takes its lock to answer the bell. Only then others may wait for their end: else two might wait
     * for each other. Publishers say no: with many subscribers they hold the lock for long, and a reader that goes to
     * rest would have to wait until it is over.
     */
    default boolean onlySends() {
        return false;
    }

    /**
     * The next message, or null if the budget was spent in vain, or there is none. After that no bell need ring when
     * there is one: who is not going to look again asks {@link #readiness} too.
     */
    @Nullable
    Message receive();

    /**
     * Receives the next message into a buffer, in place of what that holds; false if there is none. A pattern that does
     * more than pass messages on may receive an ordinary one and copy it.
     */
    default boolean receive(MessageBuffer into) {
        var message = receive();
        if (message == null) {
            return false;
        }
        into.clear().addAll(message);
        return true;
    }

    /** Whether {@link #send} would not have to wait. */
    boolean canSend();

    /**
     * Whether {@link #receive} would find a message. If it is not ready, a bell will ring when that may have changed.
     * If it asks to look again, more is there than the budget allows to look at, or somebody of this process is just
     * sending: who gives up the lock and comes again learns more.
     */
    Readiness readiness();

    /** The pipe that the last received message came from, if that matters to {@link #handBack}. */
    default @Nullable Pipe source() {
        return null;
    }

    /**
     * Takes back a message that was received and not used: the next {@link #receive} gives it out again, as if it had
     * never been received. Several are taken back in the reverse order. Where the socket has gone on meanwhile, and the
     * message is of no use any more, it is counted as dropped.
     *
     * @param from what {@link #source} was after it was received
     */
    void handBack(Message message, @Nullable Pipe from);

    /** New option values. */
    default void settings(Settings settings) {}

    /** Whether the pattern must see what peers send as soon as it comes, also while nobody receives. */
    default boolean isEager() {
        return false;
    }

    /** Whether a message sent may make another one receivable, and the other way round. */
    default boolean alternates() {
        return false;
    }

    /** Whether a request was sent and its reply has not been received. */
    default boolean awaitsReply() {
        return false;
    }

    /** How many peers hold at least one subscription, of a pattern that publishes. */
    default int subscriberCount() {
        return 0;
    }

    /** How many distinct topic prefixes the pattern holds. */
    default int topicCount() {
        return 0;
    }
}
