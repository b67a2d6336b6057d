package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;

/** One of the ways in which a message is one line; what one prints, the same one reads, raw octets excepted. */
@SuppressWarnings("ImmutableEnumChecker") // no kind of Lines has any state
public enum Format {
    /** Text as it is, frames parted by a tab; what would not survive on a line is written {@code \xHH}. */
    TEXT(new TextLines()),
    /** Two hex digits for each byte, frames parted by a tab. */
    HEX(new HexLines()),
    /** An array of strings; a frame that is not UTF-8 is an object with its bytes in hex. */
    JSON(new JsonLines()),
    /** Octets as they are: nothing parts frames, and nothing messages. */
    RAW(new RawOctets());

    private final Lines lines;

    Format(Lines lines) {
        this.lines = lines;
    }

    /** The message as one line, without its end. */
    public String print(Message message) {
        return lines.print(message);
    }

    /** The message as the octets to write, without its end. */
    public byte[] octets(Message message) {
        return lines.octets(message);
    }

    /**
     * Reads a line, given without its end.
     *
     * @throws IllegalArgumentException if it is no message in this format; the text says what is wrong
     */
    public Message message(byte[] line) {
        return lines.message(line);
    }

    /** Reads a line. */
    public Message message(String line) {
        return message(line.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a single frame: a text without the meaning of tabs, hex digits, or a JSON string.
     *
     * @throws IllegalArgumentException if it is no frame in this format; the text says what is wrong
     */
    public byte[] frame(String text) {
        return lines.frame(text);
    }
}
