package io.lingmq.event;

/** Why a message was not delivered. Every drop is counted under one of these. */
public enum DropReason {
    /** A subscriber had reached its high-water mark. */
    SUBSCRIBER_FULL,
    /** A ROUTER was told to send to a routing id that no peer has. */
    NO_ROUTE,
    /** The addressed peer had reached its high-water mark. */
    PEER_FULL,
    /** The requester was gone when the reply was sent. */
    REQUESTER_GONE,
    /** A reply came late, from another peer, or to a request that was given up. */
    STALE_REPLY,
    /** A request was given back by who had received it, but was answered already. */
    STALE_REQUEST,
    /** A request or reply had no empty frame between envelope and body. */
    NO_DELIMITER,
    /** A message came that matches no subscription. */
    NOT_SUBSCRIBED,
    /** A subscriber sent something that is no subscription. */
    NOT_A_SUBSCRIPTION,
    /**
     * A message was taken for an asynchronous receive, and all stages that depend on it were ended in just that moment,
     * by a time-out for instance. Unless the program still holds the receive's own future, nobody has the message. A
     * stage that was ended while its function had the message is counted too, since the two cannot be told apart.
     */
    ABANDONED,
    /** An XPUB's application had left too many subscriptions and messages of its peers unread. */
    REPORT_UNREAD,
    /** A message that a proxy passed on to a ROUTER did not begin with a routing id of 1 to 255 bytes and a body. */
    NOT_ADDRESSED,
    /**
     * A message had come and was not received when the application disconnected from its peer, or when its peer went
     * and others had left too much unread before.
     */
    UNREAD,
    /** A message had not been sent when its connection or its socket ended. */
    UNSENT,
    /** A message was larger than a datagram of its transport. */
    TOO_LARGE,
    /** A datagram came that was no message, or one that is larger than {@code MAX_MESSAGE_SIZE} allows. */
    MALFORMED
}
