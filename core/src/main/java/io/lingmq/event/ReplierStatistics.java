package io.lingmq.event;

/**
 * What a replier has done so far, and how it stands now. Once nobody is at work, {@code received = inHand + answered +
 * failed + rejected + unanswered}.
 *
 * @param received requests received
 * @param answered those that got the reply of the handler
 * @param failed those that got an error reply, since the handler failed
 * @param rejected those that got an error reply, since the executor did not take them
 * @param unanswered those that got no reply, since the replier or its context was closed before
 * @param malformed messages that are no requests, since they have no empty frame before a body; they get no reply
 * @param inHand requests that the executor or the handler has at the moment
 */
public record ReplierStatistics(
        long received, long answered, long failed, long rejected, long unanswered, long malformed, int inHand) {}
