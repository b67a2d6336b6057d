package io.lingmq.option;

import io.lingmq.error.OptionException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How a requester works: how long a request may take, whether it is sent again, how many there may be.
 *
 * <pre>{@code
 * RequesterSettings.defaults().withTimeout(Duration.ofSeconds(2)).withRetry(RetryPolicy.times(2))
 * }</pre>
 *
 * <p>Threading: immutable.
 */
public final class RequesterSettings {
    private static final RequesterSettings DEFAULTS =
            new RequesterSettings(Duration.ofSeconds(30), RetryPolicy.none(), 1000, UnaryOperator.identity());

    private final Duration timeout;
    private final RetryPolicy retry;
    private final int maxInFlight;
    private final UnaryOperator<Settings> socket;

    private RequesterSettings(Duration timeout, RetryPolicy retry, int maxInFlight, UnaryOperator<Settings> socket) {
        this.timeout = timeout;
        this.retry = retry;
        this.maxInFlight = maxInFlight;
        this.socket = socket;
    }

    /** 30 s for each request, no retry, and 1000 requests in flight at most. */
    public static RequesterSettings defaults() {
        return DEFAULTS;
    }

    /** How long a request takes at most, all its attempts together, where the call does not say. */
    public RequesterSettings withTimeout(Duration most) {
        Objects.requireNonNull(most, "the timeout is null");
        return new RequesterSettings(most, retry, maxInFlight, socket);
    }

    /** When a request without a reply is sent again: only for what may be done twice, see {@link RetryPolicy}. */
    public RequesterSettings withRetry(RetryPolicy policy) {
        Objects.requireNonNull(policy, "the retry policy is null");
        return new RequesterSettings(timeout, policy, maxInFlight, socket);
    }

    /**
     * How many requests may be without their reply, at least 1; at this limit a caller waits, and a future fails.
     *
     * @throws OptionException if it is less than 1
     */
    public RequesterSettings withMaxInFlight(int most) {
        if (most < 1) {
            throw new OptionException("a requester has at least 1 request in flight, not " + most);
        }
        return new RequesterSettings(timeout, retry, most, socket);
    }

    /**
     * An option of the DEALER sockets below. {@link Options#IMMEDIATE} is always on, whatever is said here.
     *
     * @throws OptionException if the value is out of range, or the option has no meaning on a DEALER
     */
    public <T> RequesterSettings withSocket(Option<T> option, T value) {
        return new RequesterSettings(
                timeout, retry, maxInFlight, SocketSettings.with(socket, SocketType.DEALER, option, value));
    }

    /** How long a request takes at most. */
    public Duration timeout() {
        return timeout;
    }

    /** When a request is sent again. */
    public RetryPolicy retry() {
        return retry;
    }

    /** How many requests may be without their reply. */
    public int maxInFlight() {
        return maxInFlight;
    }

    /** The settings of its sockets, over the defaults of its context. */
    public Settings socket(Settings defaults) {
        return socket.apply(Objects.requireNonNull(defaults, "the settings are null"))
                .with(Options.IMMEDIATE, true);
    }
}
