package io.lingmq.cli.shell;

/** What the process ends with. */
public final class ExitCode {
    /** The command did its work. */
    public static final int OK = 0;
    /** The command could not do its work. */
    public static final int FAILED = 1;
    /** The command was not understood. */
    public static final int USAGE = 2;
    /** The command was interrupted: 128 and the number of SIGINT, as shells have it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
