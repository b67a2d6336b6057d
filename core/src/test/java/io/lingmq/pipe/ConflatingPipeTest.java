package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.chain.ChainReader;
import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell.Kind;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Zmtp;
import org.junit.jupiter.api.Test;

/** A wire pipe that keeps only the newest message in each direction. */
class ConflatingPipeTest {
    private final BellRecorder owner = new BellRecorder();
    private final ConnectionRecorder connection = new ConnectionRecorder();
    private final WirePipe pipe = new WirePipe(owner, 1, 1, true);

    ConflatingPipeTest() {
        pipe.connectionIs(connection);
    }

    private static byte[] unread(ChainReader reader) {
        return reader.take(Math.toIntExact(reader.refresh()));
    }

    /** As a connection does it when messages of a peer have come. */
    private void comes(String... texts) {
        for (var text : texts) {
            var frame = Zmtp.message(text);
            pipe.input().put(frame, 0, frame.length);
        }
        pipe.input().mark();
        pipe.arrived(texts.length);
    }

    /** Who reads the connection takes what comes out of the input, without the socket's lock. */
    @Test
    void whatIsBeingReadIsNotDiscarded() {
        comes("before");
        var octets = Zmtp.message("being read");
        pipe.input().put(octets, 0, octets.length);
        pipe.input().publishAll();

        assertThat(pipe.discardUnread()).isEqualTo(1);
        assertThat(pipe.canReceive()).isFalse();
        pipe.arrived(1);
        assertThat(pipe.receive()).isEqualTo(Message.of("being read"));
    }

    @Test
    void sendsOnlyTheNewest() {
        for (var i = 0; i < 100; i++) {
            assertThat(pipe.canSend()).isTrue();
            assertThat(pipe.send(Message.of("" + i))).isTrue();
        }
        assertThat(pipe.unsent()).isEqualTo(1);
        assertThat(pipe.hasOutput()).isTrue();
        assertThat(unread(pipe.output())).isEqualTo(Zmtp.message("99"));
        pipe.taken(1);
        assertThat(pipe.hasOutput()).isFalse();
        assertThat(pipe.unsent()).isZero();
    }

    /** Who reads the connection looks into its input, without the socket's lock. */
    @Test
    void theInputIsNotTheSenders() {
        assertThat(pipe.restOutput()).isTrue();
        var octets = Zmtp.message("in");
        pipe.input().put(octets, 0, octets.length);
        pipe.input().publishAll();

        pipe.send(Message.of("out"));
        assertThat(connection.takeCalls()).containsExactly("output");
    }

    @Test
    void encodedMessageIsNotReplaced() {
        pipe.send(Message.of("encoded"));
        pipe.output();
        pipe.send(Message.of("old"));
        pipe.send(Message.of("new"));

        assertThat(unread(pipe.output())).isEqualTo(Zmtp.message("encoded"));
        assertThat(unread(pipe.output())).isEqualTo(Zmtp.message("new"));
    }

    @Test
    void receivesOnlyTheNewest() {
        pipe.readable().arm();
        comes("1", "2", "3");

        assertThat(owner.takeKinds()).containsExactly(Kind.READABLE);
        assertThat(pipe.canReceive()).isTrue();
        assertThat(pipe.receive().text()).isEqualTo("3");
        assertThat(pipe.canReceive()).isFalse();
        assertThat(pipe.receive()).isNull();
    }

    @Test
    void alwaysHasRoom() {
        for (var i = 0; i < 100; i++) {
            comes("m");
        }
        assertThat(pipe.hasRoom()).isTrue();

        pipe.changeMarks(Marks.inMessages(1, 1));
        for (var i = 0; i < 100; i++) {
            comes("m");
        }
        assertThat(pipe.hasRoom()).isTrue();
    }

    @Test
    void theNextPeersMessagesAreItsOwn() {
        comes("a1", "a2");
        assertThat(pipe.receive()).isNotNull();
        pipe.keepUnreadApart();
        comes("b1");
        assertThat(pipe.receive()).isNotNull();
        assertThat(pipe.isFromFormerPeer())
                .as("all of the former one was received")
                .isFalse();
        comes("b2");
        pipe.keepUnreadApart();
        assertThat(pipe.receive()).isNotNull();
        assertThat(pipe.isFromFormerPeer()).as("b2 was left").isTrue();
        comes("c1");
        pipe.keepUnreadApart();
        comes("d1");
        assertThat(pipe.receive()).isNotNull();
        assertThat(pipe.isFromFormerPeer()).as("d1 drove out c1").isFalse();
    }
}
