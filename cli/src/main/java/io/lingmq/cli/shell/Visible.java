package io.lingmq.cli.shell;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text of a stranger as it may stand on a terminal: what would move the cursor, change colours or turn the direction of
 * writing is written as an escape, {@code \}{@code u001b} for instance.
 */
public final class Visible {
    private Visible() {}

    /** The text, for a line. */
    public static String text(String text) {
        return escaped(text, false);
    }

    /** The text as a JSON string, with its quotes. */
    public static String json(String text) {
        return '"' + escaped(text, true) + '"';
    }

    /** A routing id: itself if it is printable ASCII without blanks, else its octets in hex. */
    public static String name(byte[] id) {
        return isPlain(id) ? ascii(id) : "0x" + HexFormat.of().formatHex(id);
    }

    /** A routing id as JSON: a string, or an object with its octets in hex. */
    public static String jsonName(byte[] id) {
        return isPlain(id) ? json(ascii(id)) : "{\"hex\":\"" + HexFormat.of().formatHex(id) + "\"}";
    }

    private static boolean isPlain(byte[] id) {
        for (var octet : id) {
            if (octet <= ' ' || octet > '~') {
                return false;
            }
        }
        return true;
    }

    private static String ascii(byte[] id) {
        return new String(id, StandardCharsets.US_ASCII);
    }

    private static String escaped(String text, boolean quoted) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!isVisible(c)) {
                for (var unit : Character.toChars(c)) {
                    line.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            } else if (quoted && (c == '"' || c == '\\')) {
                line.append('\\').appendCodePoint(c);
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
