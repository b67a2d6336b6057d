package io.lingmq.support;

import io.lingmq.mechanism.Admission;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;

/** What handshakes under test know of their connection. */
public final class Contexts {
    /** Where nobody may be asked. */
    private static final Admission NOBODY = request -> {
        throw new AssertionError("nobody is to be asked: " + request);
    };

    private Contexts() {}

    /** A socket of the given type, with default settings; nothing is to be asked. */
    public static HandshakeContext of(SocketType type) {
        return of(type, Settings.defaults());
    }

    /** A socket of the given type and settings; nothing is to be asked. */
    public static HandshakeContext of(SocketType type, Settings settings) {
        return of(type, settings, NOBODY);
    }

    /** A socket of the given type and settings, that may ask. */
    public static HandshakeContext of(SocketType type, Settings settings, Admission admission) {
        return new HandshakeContext(type, settings, "192.0.2.1", admission);
    }
}
