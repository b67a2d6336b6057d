package io.lingmq.cli.shell;

/** What the process ends with. */
public final class ExitCode {
    /** The command did its work, or was told to end. */
    public static final int OK = 0;
    /** The command could not do its work. */
    public static final int FAILED = 1;
    /** The command was not understood. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
