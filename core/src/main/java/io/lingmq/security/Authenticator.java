package io.lingmq.security;

import java.util.concurrent.CompletionStage;

/**
 * Decides which peers may connect. A context has one; without it a ZAP handler that is bound to
 * {@code inproc://zeromq.zap.01} is asked.
 *
 * <p>It is asked about each peer of a PLAIN server, and about each peer of a socket of any mechanism that has a
 * {@code zap-domain}. Whatever it throws, an answer that is null, and no answer within ten seconds refuse the peer, and
 * harm nobody else.
 *
 * <p>Threading: called in threads of the context's own, several at a time, which may wait; when all of them wait,
 * others who connect wait too. The stage may be completed by any thread.
 *
 * <p>Source: RFC 27/ZAP, whose question and answer these are without the sockets.
 */
@FunctionalInterface
public interface Authenticator {
    /** Decides, now or later. */
    CompletionStage<ZapReply> decide(ZapRequest request);
}
