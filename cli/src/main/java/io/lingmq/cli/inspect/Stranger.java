package io.lingmq.cli.inspect;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Guesses what a server speaks that speaks no ZMTP, by what it says to a greeting of ours. */
final class Stranger {
    private static final int SHOWN_OCTETS = 16;
    private static final byte TLS_ALERT = 0x15;
    private static final byte TLS_HANDSHAKE = 0x16;

    private Stranger() {}

    static String guess(byte[] heard, boolean ended) {
        if (heard.length == 0) {
            return ended ? "it closed the connection without a word" : "it said nothing";
        }
        var text = new String(heard, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/") || text.startsWith("<")) {
            return "it looks like HTTP";
        }
        if (heard.length > 1 && (heard[0] == TLS_ALERT || heard[0] == TLS_HANDSHAKE) && heard[1] == 3) {
            return "it looks like TLS";
        }
        if (text.startsWith("SSH-")) {
            return "it looks like SSH";
        }
        if (text.startsWith("220")) {
            return "it looks like SMTP or FTP";
        }
        if (text.startsWith("-ERR")) {
            return "it looks like Redis";
        }
        var shown = Math.min(heard.length, SHOWN_OCTETS);
        return "it said " + HexFormat.ofDelimiter(" ").formatHex(heard, 0, shown) + (heard.length > shown ? " …" : "");
    }
}
