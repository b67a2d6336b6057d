package io.lingmq.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first 64 octets in each direction. An older peer is recognised by its first ones, and is sent twelve at most.
 *
 * <pre>
 *   0      FF            signature
 *   1–8    any           padding; own routing id's length + 1, so that a ZMTP 1.0 peer sees a frame header
 *   9      7F            signature; bit 0 set says "versioned"
 *   10     03            major version
 *   11     01            minor version
 *   12–31  "NULL" 00…    mechanism, padded with zeros
 *   32     00 or 01      as-server
 *   33–63  00            filler
 * </pre>
 *
 * <p>Source: RFC 37/ZMTP, "Greeting".
 *
 * @param dialect what the peer speaks: minor version 0 is ZMTP 3.0, anything else is treated as 3.1
 * @param mechanism the name of the security mechanism
 * @param asServer whether the peer says that it plays the mechanism's server; libzmq never does, server or not
 */
public record Greeting(Dialect dialect, String mechanism, boolean asServer) {
    /** Octets of the signature. */
    public static final int SIGNATURE_SIZE = 10;
    /** Octets of the whole greeting. */
    public static final int SIZE = 64;

    private static final int MAJOR_AT = 10;
    private static final int MINOR_AT = 11;
    private static final int MECHANISM_AT = 12;
    private static final int MECHANISM_SIZE = 20;
    private static final int AS_SERVER_AT = 32;
    private static final int MAJOR = 3;
    private static final int MINOR = 1;

    /** Our whole greeting. */
    public static byte[] encode(int routingIdLength, String mechanism, boolean asServer) {
        var octets = new byte[SIZE];
        octets[0] = (byte) 0xFF;
        octets[8] = (byte) (routingIdLength + 1);
        octets[7] = (byte) ((routingIdLength + 1) >>> 8);
        octets[9] = 0x7F;
        octets[MAJOR_AT] = MAJOR;
        octets[MINOR_AT] = MINOR;
        var name = mechanism.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, octets, MECHANISM_AT, name.length);
        octets[AS_SERVER_AT] = (byte) (asServer ? 1 : 0);
        return octets;
    }

    /**
     * Whether the octets that have come so far, at least one, may be the begin of a greeting with a version; looks at
     * the first ten of them. If not, the peer speaks the unversioned ZMTP 1.0, or no ZMTP at all.
     */
    public static boolean mayHaveVersion(byte[] octets, int count) {
        return octets[0] == (byte) 0xFF && (count < SIGNATURE_SIZE || (octets[SIGNATURE_SIZE - 1] & 1) == 1);
    }

    /** What a peer speaks by its major version, which is octet 10; versions from 3 on differ in the minor one too. */
    public static Dialect dialect(int major, int minor) {
        return switch (major) {
            case 0 -> Dialect.ZMTP_1_0;
            case 1 -> Dialect.ZMTP_2_0;
            case MAJOR -> minor == 0 ? Dialect.ZMTP_3_0 : Dialect.ZMTP_3_1;
            default -> Dialect.ZMTP_3_1;
        };
    }

    /** A peer that speaks no ZMTP: says what it may be by the octets that have come. */
    public static ProtocolException impostor(byte[] octets, int count) {
        return new ProtocolException("the peer does not speak ZMTP: " + Impostor.guess(octets, count)
                + "; a greeting begins with the octet FF, and that of ZMTP 1.0 with a frame of at most 255 octets");
    }

    /** Reads a complete greeting of 64 octets. */
    public static Greeting parse(byte[] octets) {
        var end = MECHANISM_AT + MECHANISM_SIZE;
        while (end > MECHANISM_AT && octets[end - 1] == 0) {
            end--;
        }
        var name = Arrays.copyOfRange(octets, MECHANISM_AT, end);
        return new Greeting(
                dialect(octets[MAJOR_AT] & 0xFF, octets[MINOR_AT] & 0xFF),
                new String(name, StandardCharsets.ISO_8859_1),
                octets[AS_SERVER_AT] == 1);
    }
}
