package io.lingmq.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * ZMTP 1.0 and 2.0 spelt out in octets, as {@link Zmtp} has version 3.
 *
 * <p>Independent of the library under test on purpose.
 *
 * <p>Source: RFC 13/ZMTP 1.0, RFC 15/ZMTP 2.0.
 */
public final class OldZmtp {
    private static final int LONGEST_SHORT = 254;

    private OldZmtp() {}

    /** The greeting of twelve octets, with version 0 (ZMTP 1.0) or 1 (2.0) and the number of a socket type. */
    public static byte[] greeting(int version, int socketType) {
        var octets = Arrays.copyOf(Zmtp.greeting(), 12);
        octets[10] = (byte) version;
        octets[11] = (byte) socketType;
        return octets;
    }

    /** A frame of ZMTP 1.0 in the form that its size asks for. */
    public static byte[] frame1(int flags, byte[] body) {
        var length = body.length + 1;
        return length <= LONGEST_SHORT
                ? Hex.join(new byte[] {(byte) length, (byte) flags}, body)
                : longFrame1(flags, length, body);
    }

    /** A frame of ZMTP 1.0 in the long form that claims a length of its own, whatever then follows. */
    public static byte[] longFrame1(int flags, long claimedLength, byte[] body) {
        var length = ByteBuffer.allocate(Long.BYTES).putLong(claimedLength).array();
        return Hex.join(new byte[] {(byte) 0xFF}, length, new byte[] {(byte) flags}, body);
    }

    /** A ZMTP 1.0 message of one frame for each text. */
    public static byte[] message1(String... frames) {
        var all = new byte[0];
        for (var i = 0; i < frames.length; i++) {
            all = Hex.join(all, frame1(i < frames.length - 1 ? Zmtp.MORE : 0, Zmtp.ascii(frames[i])));
        }
        return all;
    }
}
