/** The ling command. */
module io.lingmq.cli {
    requires static org.jspecify;
    requires transitive info.picocli;
    requires java.management;
    requires transitive io.lingmq;

    exports io.lingmq.cli;
    exports io.lingmq.cli.shell;

    uses io.lingmq.cli.shell.LingCommand;

    provides System.LoggerFinder with
            io.lingmq.cli.shell.Diagnostics;

    opens io.lingmq.cli.completion to
            info.picocli;
    opens io.lingmq.cli.demo to
            info.picocli;
    opens io.lingmq.cli.inspect to
            info.picocli;
    opens io.lingmq.cli.peers to
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
