package io.lingmq.cli.format;

import io.lingmq.cli.shell.Visible;
import io.lingmq.message.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A template for what is printed of each message: text with {@code %} fields and escapes, written as it stands, with no
 * line end of its own. Frames appear as {@link Format#TEXT} writes them, so that a stranger's octets do no harm to a
 * terminal.
 */
final class Fields {
    private static final String RULE = "write fields as %t %s %a %1…%9 %j %x %n %i %S %A %T %e %r %%, and escapes as"
            + " \\n \\r \\t \\0 \\\\; not ";

    /** What one field, or the text between two of them, says of a message. */
    @FunctionalInterface
    private interface Part {
        Object of(Message message, Receipt receipt);
    }

    private final List<Part> parts = new ArrayList<>();

    private Fields() {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it has a field or an escape that there is not; the text names it
     */
    static Fields parse(String template) {
        var fields = new Fields();
        var text = new StringBuilder();
        for (var i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            if (c != '%' && c != '\\') {
                text.append(c);
                continue;
            }
            var next = ++i < template.length() ? template.charAt(i) : ' ';
            var part = c == '%' ? field(next) : null;
            if (part == null) {
                text.append(literal(c, next));
            } else {
                fields.add(text.toString());
                fields.parts.add(part);
                text.setLength(0);
            }
        }
        fields.add(text.toString());
        return fields;
    }

    private void add(String text) {
        if (!text.isEmpty()) {
            parts.add((message, receipt) -> text);
        }
    }

    private static char literal(char mark, char next) {
        if (mark == '%' && next == '%') {
            return '%';
        }
        var at = mark == '%' ? -1 : "nrt0\\".indexOf(next);
        if (at < 0) {
            throw new IllegalArgumentException(RULE + (mark + "" + next).strip());
        }
        return "\n\r\t\0\\".charAt(at);
    }

    private static @Nullable Part field(char letter) {
        return switch (letter) {
            case 't' -> (message, receipt) -> frame(message, 0);
            case 's' -> (message, receipt) -> frame(message, message.frameCount() - 1);
            case 'a' -> (message, receipt) -> Format.TEXT.print(message);
            case 'j' -> (message, receipt) -> Format.JSON.print(message);
            case 'x' -> (message, receipt) -> Format.HEX.print(message);
            case 'n' -> (message, receipt) -> message.frameCount();
            case 'S' -> (message, receipt) -> size(message, message.frameCount() - 1);
            case 'A' ->
                (message, receipt) -> IntStream.range(0, message.frameCount())
                        .mapToLong(i -> size(message, i))
                        .sum();
            case 'i' -> (message, receipt) -> receipt.number();
            case 'T' -> (message, receipt) -> text(receipt.time());
            case 'e' -> (message, receipt) -> receipt.time().toEpochMilli();
            case 'r' -> (message, receipt) -> receipt.addressed() ? Visible.name(message.sharedArray(0)) : "";
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> (message, receipt) -> frame(message, letter - '1');
            default -> null;
        };
    }

    private static String frame(Message message, int index) {
        return index < message.frameCount() ? Format.TEXT.print(Message.wrap(message.sharedArray(index))) : "";
    }

    private static int size(Message message, int index) {
        return message.sharedArray(index).length;
    }

    /** To the millisecond, and always as long, so that lines align and sort. */
    private static String text(Instant time) {
        var whole = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return whole.substring(0, whole.length() - 1)
                + String.format(".%03dZ", Math.floorMod(time.toEpochMilli(), 1000));
    }

    /** The template, filled. */
    String fill(Message message, Receipt receipt) {
        var filled = new StringBuilder();
        for (var part : parts) {
            filled.append(part.of(message, receipt));
        }
        return filled.toString();
    }
}
