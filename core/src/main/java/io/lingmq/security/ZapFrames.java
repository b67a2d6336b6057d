package io.lingmq.security;

import io.lingmq.message.Message;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Question and answer as a ZAP handler sends and receives them.
 *
 * <pre>
 *   request = delimiter  "1.0"  request-id  domain  address  routing-id  mechanism  *credential
 *   reply   = delimiter  "1.0"  request-id  status(3)  text  user-id  metadata
 * </pre>
 *
 * <p>Source: RFC 27/ZAP.
 */
public final class ZapFrames {
    private static final String VERSION = "1.0";
    private static final int REPLY_FRAMES = 7;
    private static final int ID_AT = 2;
    private static final byte[] NOTHING = new byte[0];

    private ZapFrames() {}

    /** A question with its delimiter. */
    public static Message request(String requestId, ZapRequest request) {
        Objects.requireNonNull(requestId, "the request id is null");
        Objects.requireNonNull(request, "the request is null");
        var frames = new ArrayList<byte[]>(List.of(
                NOTHING,
                octets(VERSION),
                octets(requestId),
                octets(request.domain()),
                octets(request.address()),
                request.routingId(),
                octets(request.mechanism())));
        frames.addAll(request.credentials());
        return Message.ofFrames(frames);
    }

    /** Which question a message answers; null if that cannot be told. */
    public static @Nullable String requestId(Message reply) {
        Objects.requireNonNull(reply, "the reply is null");
        return reply.frameCount() > ID_AT ? reply.text(ID_AT) : null;
    }

    /**
     * Reads an answer with its delimiter.
     *
     * @throws ProtocolException if it is malformed in any way
     */
    public static ZapReply reply(Message reply) throws ProtocolException {
        Objects.requireNonNull(reply, "the reply is null");
        if (reply.frameCount() != REPLY_FRAMES || reply.size(0) > 0) {
            throw new ProtocolException(
                    "a ZAP reply of " + reply.frameCount() + " frames; it must have an empty one and 6 more");
        }
        if (!reply.text(1).equals(VERSION)) {
            throw new ProtocolException("a ZAP reply of another version than " + VERSION);
        }
        return new ZapReply(status(reply.text(3)), reply.text(4), reply.text(5), metadata(reply.buffer(6)));
    }

    private static ZapReply.Status status(String text) throws ProtocolException {
        for (var status : ZapReply.Status.values()) {
            if (text.equals(String.valueOf(status.code()))) {
                return status;
            }
        }
        throw new ProtocolException("a ZAP reply has a status other than 200, 300, 400 and 500");
    }

    private static Map<String, byte[]> metadata(ByteBuffer octets) throws ProtocolException {
        return Metadata.parse(octets).asMap();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
