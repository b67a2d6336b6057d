/** The ling command. */
module io.lingmq.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires java.management;
    requires io.lingmq;

    exports io.lingmq.cli;

    provides System.LoggerFinder with
            io.lingmq.cli.shell.Diagnostics;

    opens io.lingmq.cli.demo to
            info.picocli;
    opens io.lingmq.cli.perf to
            info.picocli;
    opens io.lingmq.cli.proxy to
            info.picocli;
    opens io.lingmq.cli.shell to
            info.picocli;
    opens io.lingmq.cli.socket to
            info.picocli;
}
