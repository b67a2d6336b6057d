package io.lingmq.testkit;

import java.nio.charset.StandardCharsets;

/**
 * One ZMTP frame that a {@link ScriptedPeer} heard.
 *
 * @param flags the flags octet as it came
 * @param body the octets of the body
 */
public record HeardFrame(int flags, byte[] body) {
    /** Whether another frame of the same message follows. */
    public boolean hasMore() {
        return (flags & Zmtp.MORE) != 0;
    }

    /** Whether this is a command. */
    public boolean isCommand() {
        return (flags & Zmtp.COMMAND) != 0;
    }

    /** Whether this is a command of that name. */
    public boolean isCommand(String name) {
        return isCommand() && text().startsWith((char) name.length() + name);
    }

    /** The body as text, one character for each octet. */
    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "frame " + Hex.text(new byte[] {(byte) flags}) + " of " + body.length + ": " + text();
    }
}
