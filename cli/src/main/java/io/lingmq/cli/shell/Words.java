package io.lingmq.cli.shell;

/** Numbers in sentences. */
public final class Words {
    private Words() {}

    /** {@code 1 message}, {@code 2 messages}. */
    public static String messages(long count) {
        return count == 1 ? "1 message" : count + " messages";
    }
}
