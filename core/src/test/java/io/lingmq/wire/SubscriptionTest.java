package io.lingmq.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {
    @Test
    void firstOctetTellsWhichItIs() {
        assertThat(Hex.text(new Subscription(true, Zmtp.ascii("A")).encode())).isEqualTo("01 41");
        assertThat(Hex.text(new Subscription(false, Zmtp.ascii("A")).encode())).isEqualTo("00 41");
        assertThat(Hex.text(new Subscription(true, new byte[0]).encode())).isEqualTo("01");
    }

    @Test
    void messageIsTheSameOctets() {
        var message = new Subscription(true, Zmtp.ascii("news")).toMessage();

        assertThat(message.frameCount()).isEqualTo(1);
        assertThat(message.text()).isEqualTo("\1news");
    }

    /** libzmq forgets the LONG flag for a topic of 255 octets. */
    @ParameterizedTest
    @CsvSource({"254, 00 FF", "255, 02 00 00 00 00 00 00 01 00", "256, 02 00 00 00 00 00 00 01 01"})
    void longTopicsAreFramedCorrectly(int topicLength, String header) {
        var subscription = new Subscription(true, new byte[topicLength]);

        assertThat(Hex.text(Frame.of(0, subscription.encode()))).startsWith(header + " 01 00");
    }

    @Test
    void readsWhatItWrites() {
        for (var subscribe : new boolean[] {true, false}) {
            var read = Subscription.parse(new Subscription(subscribe, Zmtp.ascii("topic")).encode());

            assertThat(read).isNotNull();
            assertThat(read.subscribe()).isEqualTo(subscribe);
            assertThat(read.topic()).isEqualTo(Zmtp.ascii("topic"));
        }
    }

    @Test
    void everyOtherBodyIsNoSubscription() {
        assertThat(Subscription.parse(new byte[0])).isNull();
        for (var first = 2; first < 256; first++) {
            assertThat(Subscription.parse(new byte[] {(byte) first, 'A'}))
                    .as("first octet %d", first)
                    .isNull();
        }
    }
}
