package io.lingmq.testkit;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Octets as people write them: pairs of hex digits, with white space wherever it helps the reader. */
public final class Hex {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

    private Hex() {}

    /**
     * Reads octets.
     *
     * @param hex for example {@code "04 1A 05 52"}
     */
    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** Writes octets, with a space between each two. */
    public static String text(byte[] octets) {
        return SPACED.formatHex(octets);
    }

    /** All the given octets in one array. */
    public static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
