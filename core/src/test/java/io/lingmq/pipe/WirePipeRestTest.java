package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.chain.ChainReader;
import io.lingmq.message.Message;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Subscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a wire pipe holds when nothing passes. */
class WirePipeRestTest {
    private static final Message MESSAGE = Message.of("m");

    private final BellRecorder owner = new BellRecorder();
    private final ConnectionRecorder connection = new ConnectionRecorder();
    private final WirePipe pipe = new WirePipe(owner, 0, 0, false);

    @BeforeEach
    void connect() {
        pipe.connectionIs(connection);
    }

    /** All is written. */
    private static void goes(ChainReader octets) {
        octets.take(Math.toIntExact(octets.refresh()));
    }

    private void comes(byte[] frame) {
        pipe.input().put(frame, 0, frame.length);
        pipe.input().mark();
        pipe.arrived(1);
    }

    @Test
    void bothDirectionsDropTheirArrays() {
        assertThat(pipe.holdsMuch()).isFalse();
        pipe.send(Message.wrap(Bodies.of(1, 5000)));
        comes(Frame.of(0, Bodies.of(2, 5000)));
        var before = pipe.traffic();
        goes(pipe.output());
        pipe.receive();
        assertThat(pipe.holdsMuch()).isTrue();

        assertThat(pipe.dropArrays()).isTrue();

        assertThat(pipe.holdsMuch()).isFalse();
        assertThat(pipe.traffic()).isEqualTo(before).isGreaterThan(10_000);
        comes(Zmtp.message("m"));
        assertThat(pipe.receive()).isEqualTo(MESSAGE);
    }

    @Test
    void connectionHearsOfGrowthOnly() {
        pipe.send(MESSAGE);
        pipe.taken(1);
        comes(Zmtp.message("m"));
        assertThat(connection.heardOfGrowth()).isFalse();

        comes(Frame.of(0, Bodies.of(2, 5000)));
        assertThat(connection.heardOfGrowth()).isTrue();
    }

    @Test
    void connectionHearsOfWhatWasSent() {
        pipe.send(Message.wrap(Bodies.of(1, 5000)));
        pipe.taken(1);
        assertThat(connection.heardOfGrowth()).isTrue();
    }

    @Test
    void manySubscriptionsAreNotKeptEither() {
        pipe.opened(new byte[0]);
        for (var i = 0; i < 1000; i++) {
            pipe.sendSubscription(new Subscription(true, Zmtp.ascii("topic " + i)));
        }
        assertThat(pipe.holdsMuch()).isTrue();
        goes(pipe.control());

        assertThat(pipe.dropArrays()).isTrue();

        assertThat(pipe.holdsMuch()).isFalse();
    }

    @Test
    void callOfTheSocketIsNotDisturbed() {
        pipe.send(Message.wrap(Bodies.of(1, 5000)));
        goes(pipe.output());
        owner.busy(true);
        assertThat(pipe.dropArrays()).isFalse();
        assertThat(pipe.holdsMuch()).isTrue();
    }
}
