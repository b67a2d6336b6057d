package io.lingmq.mechanism;

import io.lingmq.security.ZapReply;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What mechanisms make of a verdict. */
public final class Verdicts {
    /** The property that tells under which name an authenticator knows the peer. */
    public static final String USER_ID = "User-Id";

    private static final int LONGEST_TEXT = 255;

    private Verdicts() {}

    /**
     * Goes on if the peer may connect.
     *
     * @throws ProtocolException if not; unless it may try again the peer is to hear of it, by an ERROR command with the
     *     three digits and nothing more
     */
    public static void check(ZapReply verdict) throws ProtocolException {
        if (verdict.status() == ZapReply.Status.ACCEPTED) {
            return;
        }
        var code = verdict.status().code();
        var hears = verdict.status() != ZapReply.Status.TEMPORARY_FAILURE;
        throw new ProtocolException(
                "the peer was refused: " + code + " " + printable(verdict.text()),
                code,
                hears ? Command.errorFrame(String.valueOf(code)) : null);
    }

    /**
     * The end of a handshake that the peer has refused.
     *
     * @param error an ERROR command
     * @throws ProtocolException if the command is malformed
     */
    public static ProtocolException refusal(Command error) throws ProtocolException {
        var reason = Command.errorReason(error);
        var isStatus = reason.length() == 3 && reason.chars().allMatch(c -> c >= '0' && c <= '9');
        return new ProtocolException(
                "the peer refused the handshake: " + reason, isStatus ? Integer.parseInt(reason) : 0, null);
    }

    /**
     * All that is known of a peer: what it told, and what the verdict adds. What the verdict says stands. A peer cannot
     * tell its own {@value #USER_ID}.
     *
     * @param verdict null if nobody was asked
     */
    public static Metadata known(Metadata told, @Nullable ZapReply verdict) {
        if (verdict == null) {
            return told.value(USER_ID) == null ? told : told.without(USER_ID);
        }
        var all = told;
        for (var property : verdict.metadata().entrySet()) {
            all = all.with(property.getKey(), property.getValue());
        }
        return all.with(USER_ID, verdict.userId().getBytes(StandardCharsets.UTF_8));
    }

    private static String printable(String text) {
        var shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
