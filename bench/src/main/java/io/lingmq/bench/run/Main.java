package io.lingmq.bench.run;

import picocli.CommandLine;

/** Starts {@code bench/run}. */
public final class Main {
    private Main() {}

    /** Exit code 0: all went well; 1: something failed; 2: the arguments are wrong. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RunCommand()).execute(args));
    }
}
