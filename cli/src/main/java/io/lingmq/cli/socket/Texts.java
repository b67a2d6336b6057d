package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.message.Message;

/** Messages and frames that were written on the command line, where a mistake is one of usage. */
final class Texts {
    private Texts() {}

    static Message message(Format format, String text) {
        try {
            return format.message(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    static byte[] frame(Format format, String text) {
        try {
            return format.frame(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }
}
