package io.lingmq.cli.shell;

/** A command cannot do its work; the text is one sentence that says what to do. The process ends with 1, or with 2. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** The command was understood and could not be carried out. */
    public static CommandFailure failed(String sentence) {
        return new CommandFailure(ExitCode.FAILED, sentence);
    }

    /** The command makes no sense as it was written. */
    public static CommandFailure usage(String sentence) {
        return new CommandFailure(ExitCode.USAGE, sentence);
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
