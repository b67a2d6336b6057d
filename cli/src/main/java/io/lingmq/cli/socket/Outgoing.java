package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Span;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to send, how fast, and to how many. */
final class Outgoing {
    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "A message to send; may be repeated. Without any, each line of stdin is one.")
    private final List<String> messages = new ArrayList<>();

    @Option(
            names = "--frame",
            paramLabel = "TEXT",
            description = "A frame; all of them together make one multipart message.")
    private final List<String> frames = new ArrayList<>();

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            converter = Span.class,
            description = "Time from one message to the next; the first is sent at once.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "Send only once N peers are there; subscribed, for a publisher.")
    private int peers;

    int peers() {
        return peers;
    }

    Pace pace() {
        return new Pace(interval);
    }

    /** Whether the messages stand on the command line. */
    boolean given() {
        return !messages.isEmpty() || !frames.isEmpty();
    }

    /** The messages to send: those given, over and over if there is a count, else the lines of stdin. */
    MessageSource source(Console console, Format format, @Nullable Long count) {
        if (!given()) {
            return new StdinLines(console.in(), format, count == null ? Long.MAX_VALUE : count);
        }
        var all = new ArrayList<Message>();
        messages.forEach(text -> all.add(Texts.message(format, text)));
        if (!frames.isEmpty()) {
            all.add(Message.wrapFrames(
                    frames.stream().map(text -> Texts.frame(format, text)).toList()));
        }
        return new GivenMessages(all, count == null ? all.size() : count);
    }
}
