package io.lingmq.cli.shell;

/** Whoever reads the output has gone, as in {@code ling sub ... | head -1}: there is nothing left to do. */
public final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public OutputClosed() {
        super("the reader of the output has gone");
    }
}
