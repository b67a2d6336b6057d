package io.lingmq.option;

import io.lingmq.error.OptionException;
import io.lingmq.message.ErrorReply;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a replier works: how many requests it has in hand, what it answers when one fails, how long its end waits.
 *
 * <p>Threading: immutable.
 */
public final class ReplierSettings {
    private static final ReplierSettings DEFAULTS = new ReplierSettings(
            1000, Duration.ofSeconds(10), ReplierSettings::defaultErrorReply, UnaryOperator.identity());

    private final int maxInHand;
    private final Duration drainTime;
    private final Function<? super Throwable, Message> errorReply;
    private final UnaryOperator<Settings> socket;

    private ReplierSettings(
            int maxInHand,
            Duration drainTime,
            Function<? super Throwable, Message> errorReply,
            UnaryOperator<Settings> socket) {
        this.maxInHand = maxInHand;
        this.drainTime = drainTime;
        this.errorReply = errorReply;
        this.socket = socket;
    }

    /** 1000 requests in hand at most, 10 s to answer them at the end, and {@link ErrorReply}s without details. */
    public static ReplierSettings defaults() {
        return DEFAULTS;
    }

    /**
     * How many requests may be in the hands of the executor and the handler, at least 1. At this limit no more are
     * received: they wait in the socket, then with their senders.
     *
     * @throws OptionException if it is less than 1
     */
    public ReplierSettings withMaxInHand(int most) {
        if (most < 1) {
            throw new OptionException("a replier has at least 1 request in hand, not " + most);
        }
        return new ReplierSettings(most, drainTime, errorReply, socket);
    }

    /** How long {@code close()} waits for the requests in hand to be answered. */
    public ReplierSettings withDrainTime(Duration most) {
        Objects.requireNonNull(most, "the drain time is null");
        return new ReplierSettings(maxInHand, most, errorReply, socket);
    }

    /**
     * What is answered to a request that failed. The function is given what the handler threw, or a
     * {@link NullPointerException} if it returned null, or a {@link RejectedExecutionException} if the executor did not
     * take the request. It is called on the thread on which the request failed. If it throws or gives null, the default
     * is answered.
     */
    public ReplierSettings withErrorReply(Function<? super Throwable, Message> answer) {
        Objects.requireNonNull(answer, "the function for error replies is null");
        return new ReplierSettings(maxInHand, drainTime, answer, socket);
    }

    /**
     * An option of the ROUTER socket below. {@link Options#ROUTER_MANDATORY} is always off, whatever is said here: a
     * reply to a peer that has left is dropped and counted.
     *
     * @throws OptionException if the value is out of range, or the option has no meaning on a ROUTER
     */
    public <T> ReplierSettings withSocket(Option<T> option, T value) {
        return new ReplierSettings(
                maxInHand, drainTime, errorReply, SocketSettings.with(socket, SocketType.ROUTER, option, value));
    }

    /**
     * What is answered unless the application says otherwise: that it failed, and no details, for strangers read it.
     */
    public static Message defaultErrorReply(Throwable failure) {
        Objects.requireNonNull(failure, "the failure is null");
        return new ErrorReply(
                        failure instanceof RejectedExecutionException
                                ? "the server takes no more requests at the moment; this one was not begun"
                                : "the server failed at this request")
                .toMessage();
    }

    /** How many requests may be in hand. */
    public int maxInHand() {
        return maxInHand;
    }

    /** How long {@code close()} waits. */
    public Duration drainTime() {
        return drainTime;
    }

    /** What is answered to a request that failed. */
    public Function<? super Throwable, Message> errorReply() {
        return errorReply;
    }

    /** The settings of its socket, over the defaults of its context. */
    public Settings socket(Settings defaults) {
        return socket.apply(Objects.requireNonNull(defaults, "the settings are null"))
                .with(Options.ROUTER_MANDATORY, false);
    }
}
