package io.lingmq.engine;

import io.lingmq.option.Options;
import io.lingmq.option.SocketType;

/** The protocols that socket types speak where the transport has none of its own. */
public final class Protocols {
    private static final Protocol ZMTP = ZmtpOpening::new;
    private static final Protocol RAW =
            (mechanism, context) -> new RawOpening(context.settings().get(Options.STREAM_NOTIFY));

    private Protocols() {}

    /** The protocol of sockets of that type on a plain byte stream. */
    public static Protocol of(SocketType type) {
        return type.isRaw() ? RAW : ZMTP;
    }
}
