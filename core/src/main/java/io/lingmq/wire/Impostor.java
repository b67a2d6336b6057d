package io.lingmq.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Guesses from the first octets what a peer speaks that does not speak ZMTP, so that the event can say it. */
final class Impostor {
    private static final int SHOWN_OCTETS = 10;
    private static final String[] HTTP_VERBS = {"GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "HTTP", "PRI ", "CONN"};

    private Impostor() {}

    static String guess(byte[] octets, int count) {
        var text = new String(octets, 0, count, StandardCharsets.ISO_8859_1);
        for (var verb : HTTP_VERBS) {
            if (verb.startsWith(text.substring(0, Math.min(text.length(), verb.length())))
                    && Character.isLetter(text.charAt(0))) {
                return "looks like HTTP";
            }
        }
        if (octets[0] == 0x16 || octets[0] == (byte) 0x80) {
            return "looks like TLS";
        }
        if (text.toUpperCase(Locale.ROOT).startsWith("SSH")) {
            return "looks like SSH";
        }
        return "it sent " + HexFormat.ofDelimiter(" ").formatHex(octets, 0, Math.min(count, SHOWN_OCTETS));
    }
}
