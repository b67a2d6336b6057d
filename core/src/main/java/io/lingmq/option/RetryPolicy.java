package io.lingmq.option;

import io.lingmq.error.OptionException;
import java.time.Duration;
import java.util.Objects;

/**
 * When a request without a reply is sent again, and to whom.
 *
 * <pre>{@code
 * RetryPolicy.times(3).after(Duration.ofMillis(200)).backoff(2, Duration.ofSeconds(2))
 * }</pre>
 *
 * <p>A request that is sent again may be done twice: its first reply may be late or lost, and the server has worked all
 * the same. So retry only what can be done twice without harm, to read a value or to set one, not to add to it; or put
 * an id into the request by which the server knows it again. The first reply that comes is taken, whichever attempt it
 * belongs to; the others are counted as late.
 *
 * <p>Threading: immutable.
 *
 * @param retries how often it is sent again at most, 0 to 1000
 * @param after how long the first attempt waits for its reply before the next one
 * @param backoff what that time is multiplied by for each attempt that follows, 1 to 100
 * @param longest how long any attempt waits for its reply at most; the last one waits until the request's time is over
 * @param target who gets it then
 */
public record RetryPolicy(int retries, Duration after, double backoff, Duration longest, Target target) {
    private static final RetryPolicy NONE =
            new RetryPolicy(0, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), Target.ANOTHER_SERVER);

    /** Who gets a request that is sent again. */
    public enum Target {
        /** Another endpoint if there is one that takes it; else the same again. */
        ANOTHER_SERVER,
        /** The endpoint that it was sent to, for as long as the requester has it: for a server that keeps state. */
        SAME_SERVER
    }

    /**
     * A policy with all its values.
     *
     * @throws OptionException if one is out of range
     */
    public RetryPolicy {
        Objects.requireNonNull(after, "the time to wait is null");
        Objects.requireNonNull(longest, "the longest time to wait is null");
        Objects.requireNonNull(target, "the target is null");
        if (retries < 0 || retries > 1000) {
            throw new OptionException("a request is sent again 0 to 1000 times, not " + retries);
        }
        if (after.isNegative() || after.isZero()) {
            throw new OptionException("an attempt waits for its reply for more than no time, not " + after);
        }
        if (!(backoff >= 1 && backoff <= 100)) {
            throw new OptionException("the back-off is a factor of 1 to 100, not " + backoff);
        }
        if (longest.compareTo(after) < 0) {
            throw new OptionException("the longest wait, " + longest + ", is shorter than the first, " + after);
        }
    }

    /** Each request is sent once. */
    public static RetryPolicy none() {
        return NONE;
    }

    /** To be sent again so often: after 1 s without a reply, then after 2 s, 4 s and so on up to 30 s. */
    public static RetryPolicy times(int retries) {
        return new RetryPolicy(retries, NONE.after, NONE.backoff, NONE.longest, NONE.target);
    }

    /** This policy with another time before the first retry; the longest time grows with it if it must. */
    public RetryPolicy after(Duration first) {
        Objects.requireNonNull(first, "the time to wait is null");
        return new RetryPolicy(retries, first, backoff, first.compareTo(longest) > 0 ? first : longest, target);
    }

    /** This policy with another factor, and another limit to what it leads to; 1 keeps the time as it is. */
    public RetryPolicy backoff(double factor, Duration atMost) {
        return new RetryPolicy(retries, after, factor, atMost, target);
    }

    /** This policy, with each request sent again to the server that had it. */
    public RetryPolicy toSameServer() {
        return new RetryPolicy(retries, after, backoff, longest, Target.SAME_SERVER);
    }

    /** How long an attempt waits for its reply before the next one, in nanoseconds; the first attempt is 1. */
    public long patienceNs(int attempt) {
        var firstNs = (double) Settings.nanos(after);
        return (long) Math.min(firstNs * Math.pow(backoff, attempt - 1.0), (double) Settings.nanos(longest));
    }
}
