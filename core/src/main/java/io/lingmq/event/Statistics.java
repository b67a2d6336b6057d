package io.lingmq.event;

import java.util.Map;

/**
 * What a socket has done so far, and how it stands now.
 *
 * @param sent messages accepted for sending
 * @param received messages handed to the application
 * @param dropped messages not delivered, by reason; reasons with none are left out
 * @param peers peers whose handshake is complete
 * @param subscriptions distinct topic prefixes that subscribers of this publisher hold, or that this subscriber holds
 * @param unsent messages waiting to be sent, roughly
 */
public record Statistics(
        long sent, long received, Map<DropReason, Long> dropped, int peers, int subscriptions, long unsent) {}
