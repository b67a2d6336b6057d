package io.lingmq.event;

/**
 * What a requester has done so far, and how it stands now. Each request that was taken on is in flight, or ended in one
 * of four ways: {@code taken = inFlight + answered + timedOut + cancelled + closed}, once nobody is at work.
 *
 * @param taken requests that had a place among those in flight
 * @param sent requests sent to a server, each attempt counted
 * @param retried those of them that were sent again
 * @param answered requests that got their reply
 * @param timedOut requests whose time was over
 * @param cancelled requests that were given up: their future was ended from outside, or their thread was interrupted
 * @param closed requests that ended with their requester
 * @param refused futures that failed at once, since too many requests were in flight
 * @param late replies that came to requests that had ended, the second ones after a retry among them
 * @param unknown messages that are no reply to any request: with an id that was never given, or without an envelope
 * @param inFlight requests that wait for their reply, or to be sent
 */
public record RequesterStatistics(
        long taken,
        long sent,
        long retried,
        long answered,
        long timedOut,
        long cancelled,
        long closed,
        long refused,
        long late,
        long unknown,
        int inFlight) {}
