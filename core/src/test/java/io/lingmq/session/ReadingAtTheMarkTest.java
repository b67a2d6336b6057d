package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.Poller;
import io.lingmq.PullSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small mark makes reading pause again and again: it goes on, whoever reads. */
class ReadingAtTheMarkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MESSAGES = 3000;

    private enum Way {
        /** The receiver looks into the channel itself. */
        LOOKS,
        /** The I/O thread does all. */
        SLEEPS,
        POLLS,
        TRIES
    }

    private static List<Message> randomMessages(Random random) {
        var messages = new ArrayList<Message>();
        for (var i = 0; i < MESSAGES; i++) {
            messages.add(
                    random.nextInt(4) == 0
                            ? Message.of("m" + i, "x".repeat(random.nextInt(600)))
                            : Message.of("m" + i));
        }
        return messages;
    }

    private static byte[] octets(List<Message> messages, Random random) {
        var all = new ByteArrayOutputStream();
        for (var message : messages) {
            var frames = new String[message.frameCount()];
            for (var i = 0; i < frames.length; i++) {
                frames[i] = message.text(i);
            }
            if (random.nextInt(10) == 0) {
                all.writeBytes(Zmtp.ping(0, ""));
            }
            all.writeBytes(longFrames(frames));
        }
        return all.toByteArray();
    }

    private static byte[] longFrames(String[] frames) {
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < frames.length; i++) {
            var more = i < frames.length - 1 ? Zmtp.MORE : 0;
            var body = Zmtp.ascii(frames[i]);
            all.writeBytes(body.length > 255 ? Zmtp.longFrame(more, body.length, body) : Zmtp.frame(more, body));
        }
        return all.toByteArray();
    }

    private static Message next(PullSocket pull, Poller poller, Way way) throws InterruptedException {
        switch (way) {
            case LOOKS, SLEEPS -> {
                return pull.receive(PATIENCE);
            }
            case POLLS -> {
                assertThat(poller.poll(PATIENCE)).hasSize(1);
                return pull.tryReceive();
            }
            default -> {
                Message message;
                while ((message = pull.tryReceive()) == null) {
                    Thread.onSpinWait();
                }
                return message;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, LOOKS",
        "2, LOOKS",
        "7, LOOKS",
        "1000, LOOKS",
        "1, SLEEPS",
        "2, SLEEPS",
        "7, SLEEPS",
        "1000, SLEEPS",
        "1, POLLS",
        "7, POLLS",
        "1000, POLLS",
        "1, TRIES",
        "7, TRIES",
        "1000, TRIES"
    })
    void nothingIsLostOrLate(int mark, Way way) throws InterruptedException {
        var random = Seed.random("ReadingAtTheMarkTest");
        var messages = randomMessages(random);
        try (var context = Context.open();
                var pull = context.pull();
                var poller = context.poller()) {
            pull.set(Options.RECEIVE_HWM, mark);
            pull.set(Options.SPIN_TIME, way == Way.LOOKS ? Duration.ofSeconds(1) : Duration.ZERO);
            poller.add(pull, Interest.READ);
            var endpoint = pull.bind("tcp://127.0.0.1:*");
            try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
                var sending = Background.run("sending", () -> peer.send(octets(messages, random)));
                for (var expected : messages) {
                    assertThat(next(pull, poller, way)).isEqualTo(expected);
                }
                sending.result();
                assertThat(pull.tryReceive()).isNull();
            }
        }
    }

    @Test
    void changeOfTheMarkLetsInWhatWaits() throws InterruptedException {
        try (var context = Context.open();
                var pull = context.pull()) {
            pull.set(Options.RECEIVE_HWM, 1);
            var endpoint = pull.bind("tcp://127.0.0.1:*");
            try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
                peer.send(Zmtp.ping(0, "first")).expect(Zmtp.pong("first"));
                for (var i = 0; i < 100; i++) {
                    peer.send(Zmtp.message("m" + i));
                }
                peer.expect(Zmtp.pong("")); // reading pauses
                pull.set(Options.RECEIVE_HWM, 0);
                for (var i = 0; i < 100; i++) {
                    var message = pull.receive(PATIENCE);
                    assertThat(message).isEqualTo(Message.of("m" + i));
                }
            }
        }
    }
}
