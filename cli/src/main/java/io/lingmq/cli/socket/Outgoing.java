package io.lingmq.cli.socket;

import io.lingmq.cli.format.Format;
import io.lingmq.cli.shell.AnyText;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Span;
import io.lingmq.cli.shell.WholeNumber;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to send, how fast, and to how many. */
final class Outgoing {
    static final Set<SocketType> ADDRESSED = EnumSet.of(SocketType.ROUTER, SocketType.STREAM);

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            preprocessor = AnyText.class,
            description = "A message to send; may be repeated. Without any, each line of stdin is one.")
    private final List<String> messages = new ArrayList<>();

    @Option(
            names = {"-F", "--frame"},
            paramLabel = "TEXT",
            preprocessor = AnyText.class,
            description = "A frame; all of them together make one multipart message.")
    private final List<String> frames = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "A whole file as one message, - is stdin; may be repeated. --frame puts frames in front.")
    private final List<String> files = new ArrayList<>();

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "DURATION",
            converter = Span.class,
            description = "Time from one message to the next; the first is sent at once.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = {"-p", "--peers"},
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "Send only once N peers are there; subscribed, for a publisher.")
    private long peers;

    /** One message, or several: together they would leave open which frames belong to which. */
    void check() {
        if (!messages.isEmpty() && !files.isEmpty()) {
            throw CommandFailure.usage("choose one of --message and --file: each of them is a message of its own");
        }
        if (!messages.isEmpty() && !frames.isEmpty()) {
            throw CommandFailure.usage(
                    "choose one of --message and --frame: each --message is a message of its own, all"
                            + " --frame together are one");
        }
    }

    long peers() {
        return peers;
    }

    Pace pace() {
        return new Pace(interval);
    }

    /** Whether the messages stand on the command line. */
    boolean given() {
        return !messages.isEmpty() || !frames.isEmpty() || !files.isEmpty();
    }

    /** The messages to send: those given, over and over if there is a count, else the lines of stdin. */
    MessageSource source(Console console, Presentation presentation, SocketType type, @Nullable Long count) {
        var format = presentation.format();
        if (!given()) {
            return new StdinLines(console.in(), format, presentation.readEnd(), count == null ? Long.MAX_VALUE : count);
        }
        var all = messages(console, format);
        if (ADDRESSED.contains(type) && all.stream().anyMatch(message -> message.frameCount() < 2)) {
            throw CommandFailure.usage("a " + type + " sends to the peer that the first frame names: write --frame NAME"
                    + " --frame TEXT, or in --message the name, a tab and the text");
        }
        return new GivenMessages(all, count == null ? all.size() : count);
    }

    private List<Message> messages(Console console, Format format) {
        if (!messages.isEmpty()) {
            return messages.stream().map(text -> Texts.message(format, text)).toList();
        }
        var front = frames.stream().map(text -> Texts.frame(format, text)).toList();
        return files.isEmpty()
                ? List.of(Message.wrapFrames(front))
                : files.stream()
                        .map(path -> behind(front, WholeFile.read(path, console.in())))
                        .toList();
    }

    private static Message behind(List<byte[]> front, byte[] body) {
        var all = new ArrayList<>(front);
        all.add(body);
        return Message.wrapFrames(all);
    }
}
