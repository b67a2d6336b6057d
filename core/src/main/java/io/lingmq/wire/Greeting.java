package io.lingmq.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first 64 octets in each direction.
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
 * @param minor the minor version: 0 is ZMTP 3.0, anything else is treated as 3.1
 * @param mechanism the name of the security mechanism
 */
public record Greeting(int minor, String mechanism) {
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

    /** Checks the octets that have come so far, at least one, at most ten of which are looked at. */
    public static void checkSignature(byte[] octets, int count) throws ProtocolException {
        if (octets[0] != (byte) 0xFF) {
            throw new ProtocolException("the peer does not speak ZMTP 3: " + Impostor.guess(octets, count)
                    + "; a greeting begins with the octet FF");
        }
        if (count >= SIGNATURE_SIZE && (octets[SIGNATURE_SIZE - 1] & 1) == 0) {
            throw new ProtocolException("the peer speaks ZMTP 1.0, which is not supported; versions from 3.0 are");
        }
    }

    /** Checks the major version, which is octet 10. */
    public static void checkMajor(int major) throws ProtocolException {
        if (major < MAJOR && major != 2) {
            throw new ProtocolException("the peer speaks ZMTP " + (major == 1 ? "2.0" : "1.0")
                    + ", which is not supported; versions from 3.0 are");
        }
    }

    /** Reads a complete greeting of 64 octets. */
    public static Greeting parse(byte[] octets) {
        var major = octets[MAJOR_AT] & 0xFF;
        var minor = major == MAJOR ? octets[MINOR_AT] & 0xFF : MINOR;
        var end = MECHANISM_AT + MECHANISM_SIZE;
        while (end > MECHANISM_AT && octets[end - 1] == 0) {
            end--;
        }
        var name = Arrays.copyOfRange(octets, MECHANISM_AT, end);
        return new Greeting(minor, new String(name, StandardCharsets.ISO_8859_1));
    }

    /** Whether the peer takes SUBSCRIBE and CANCEL as commands. */
    public boolean hasSubscribeCommand() {
        return minor > 0;
    }
}
