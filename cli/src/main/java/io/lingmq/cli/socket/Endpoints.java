package io.lingmq.cli.socket;

import io.lingmq.Socket;
import io.lingmq.cli.shell.Attachment;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Where the socket is bound and connected to, in the order of the command line. */
public final class Endpoints {
    private final List<Attachment> attachments = new ArrayList<>();

    /** The option that binds. */
    public OptionSpec bind() {
        return option("--bind", true)
                .description("Open an endpoint for peers to connect to; may be repeated. The real endpoint is told on"
                        + " stderr: tcp://127.0.0.1:* takes any free port.")
                .build();
    }

    /** The option that connects. */
    public OptionSpec connect() {
        return option("--connect", false)
                .description("Connect to an endpoint, which need not exist yet; may be repeated.")
                .build();
    }

    private OptionSpec.Builder option(String name, boolean bound) {
        return OptionSpec.builder(name)
                .paramLabel("ENDPOINT")
                .type(String.class)
                .setter(new ISetter() {
                    @Override
                    public <T> @Nullable T set(@Nullable T value) {
                        if (value instanceof String endpoint) {
                            attachments.add(new Attachment(bound, endpoint));
                        }
                        return null;
                    }
                });
    }

    /** A socket without any would wait for ever, so that is a mistake. */
    public void check() {
        if (attachments.isEmpty()) {
            throw CommandFailure.usage(
                    "say where: --bind ENDPOINT or --connect ENDPOINT, for example --bind tcp://*:5559");
        }
    }

    /** Binds and connects the socket; the real endpoint of a bind is told. */
    public void attach(Socket socket, Console console) {
        attachments.forEach(attachment -> attachment.attach(socket, console));
    }
}
