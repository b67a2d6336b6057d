package io.lingmq.cli.socket;

import io.lingmq.Socket;
import io.lingmq.cli.shell.Attachment;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** Where the socket is bound and connected to, in the order of the command line. */
public final class Endpoints {
    private final List<Attachment> attachments = new ArrayList<>();

    /** The option that binds. */
    public OptionSpec bind() {
        return option("-b", "--bind", true)
                .description("Open an endpoint for peers to connect to; may be repeated. The real endpoint is told on"
                        + " stderr: tcp://127.0.0.1:* takes any free port.")
                .build();
    }

    /** The option that connects. */
    public OptionSpec connect() {
        return option("-c", "--connect", false)
                .description("Connect to an endpoint, which need not exist yet; may be repeated.")
                .build();
    }

    private OptionSpec.Builder option(String letter, String name, boolean bound) {
        return OptionSpec.builder(letter, name)
                .paramLabel("ENDPOINT")
                .type(Attachment.class)
                .converters(text -> read(name, bound, text))
                .setter(new ISetter() {
                    @Override
                    public <T> @Nullable T set(@Nullable T value) {
                        if (value instanceof Attachment attachment) {
                            attachments.add(attachment);
                        }
                        return null;
                    }
                });
    }

    private static Attachment read(String name, boolean bound, String text) {
        if (text.startsWith("-")) {
            throw CommandFailure.usage(name + " needs an ENDPOINT, such as tcp://localhost:5559, not '" + text + "'");
        }
        return Attachment.of(
                bound,
                text,
                several -> several.stream().map(each -> name + " " + each).collect(Collectors.joining(" ")));
    }

    /** A socket without any would wait for ever, so that is a mistake. */
    public void check() {
        if (attachments.isEmpty()) {
            throw CommandFailure.usage(
                    "say where: --bind ENDPOINT or --connect ENDPOINT, for example --bind tcp://*:5559");
        }
    }

    /** Binds and connects the socket; the real endpoint of a bind is told. */
    public void attach(Socket socket, Console console, Connections connections) {
        attachments.forEach(attachment -> attachment.attach(socket, console, connections));
    }
}
