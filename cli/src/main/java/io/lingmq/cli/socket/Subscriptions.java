package io.lingmq.cli.socket;

import io.lingmq.TopicSubscriber;
import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.AnyText;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a subscriber asks for. */
final class Subscriptions {
    @Option(
            names = {"-s", "--subscribe"},
            paramLabel = "PREFIX",
            preprocessor = AnyText.class,
            description = "Ask for the messages whose first frame begins so; may be repeated."
                    + " A sub without any asks for all messages.")
    private final List<String> prefixes = new ArrayList<>();

    void make(TopicSubscriber socket, SocketType type, Format format) {
        for (var prefix : prefixes) {
            socket.subscribe(Texts.frame(format, prefix));
        }
        if (prefixes.isEmpty() && type == SocketType.SUB) {
            socket.subscribe("");
        }
    }
}
