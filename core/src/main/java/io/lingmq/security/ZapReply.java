package io.lingmq.security;

import java.util.Map;
import java.util.Objects;

/**
 * The answer whether a peer may connect.
 *
 * <p>Source: RFC 27/ZAP, "The reply".
 *
 * @param status whether it may
 * @param text why, for logs and events; the peer does not learn it
 * @param userId the name under which the peer is known from now on, perhaps empty
 * @param metadata more properties of the peer, perhaps none
 */
public record ZapReply(Status status, String text, String userId, Map<String, byte[]> metadata) {
    /** The kinds of answer. */
    public enum Status {
        /** The peer may connect. */
        ACCEPTED(200),
        /** Not now; the peer may try again. */
        TEMPORARY_FAILURE(300),
        /** The peer may not connect. */
        DENIED(400),
        /** The question could not be decided. */
        FAILED(500);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        /** The number that travels. */
        public int code() {
            return code;
        }
    }

    /** An answer; the map is copied, the arrays are not. */
    public ZapReply {
        Objects.requireNonNull(status, "the status is null");
        Objects.requireNonNull(text, "the text is null");
        Objects.requireNonNull(userId, "the user id is null");
        metadata = Map.copyOf(Objects.requireNonNull(metadata, "the metadata is null"));
    }

    /** The peer may connect, and is known under the given name. */
    public static ZapReply accepted(String userId) {
        return new ZapReply(Status.ACCEPTED, "", userId, Map.of());
    }

    /** The peer may not connect now, but may try again. */
    public static ZapReply temporaryFailure(String text) {
        return new ZapReply(Status.TEMPORARY_FAILURE, text, "", Map.of());
    }

    /** The peer may not connect. */
    public static ZapReply denied(String text) {
        return new ZapReply(Status.DENIED, text, "", Map.of());
    }

    /** The question could not be decided: the peer may not connect. */
    public static ZapReply failed(String text) {
        return new ZapReply(Status.FAILED, text, "", Map.of());
    }
}
