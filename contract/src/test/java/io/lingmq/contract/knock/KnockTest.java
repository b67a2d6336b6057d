package io.lingmq.contract.knock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.testkit.Bodies;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Context knowing(String secret) {
        return Context.builder().socketDefault(KnockOptions.SECRET, secret).open();
    }

    private static KnockSeal seal() {
        return new KnockSeal(ByteBuffer.wrap("rat-tat".getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] bodyOf(byte[] frame) {
        return Arrays.copyOfRange(frame, 2, frame.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:*", "tin://*"})
    void sealedMessagesPassBothWays(String endpoint) throws InterruptedException {
        try (var here = knowing("rat-tat");
                var there = knowing("rat-tat");
                var server = here.rep();
                var client = there.req()) {
            client.connect(server.bind(endpoint));
            for (var size : new int[] {0, 1, 250, 251, 255, 256, 70_000, 1_000_003}) {
                var message = Message.of(Bodies.of(size, size), Bodies.of(1, 1));
                client.send(message);
                assertThat(server.receive(PATIENCE)).isEqualTo(message);
                server.send(message);
                assertThat(client.receive(PATIENCE)).isEqualTo(message);
            }
        }
    }

    @Test
    void subscriptionsAreSealedToo() throws InterruptedException {
        try (var here = knowing("rat-tat");
                var there = knowing("rat-tat");
                var publisher = here.xpub();
                var subscriber = there.sub()) {
            subscriber.connect(publisher.bind("tin://*"));
            subscriber.subscribe("news");
            assertThat(publisher.receive(PATIENCE)).isNotNull();

            publisher.send("other");
            publisher.send("news of today");
            assertThat(subscriber.receive(PATIENCE)).isEqualTo(Message.of("news of today"));
        }
    }

    @Test
    void peerWithAnotherSecretIsRefused() throws InterruptedException {
        var failures = new LinkedBlockingQueue<SocketEvent.HandshakeFailed>();
        try (var here = knowing("rat-tat");
                var there = knowing("tat-rat");
                var server = here.pull();
                var client = there.push()) {
            server.monitor(event -> {
                if (event instanceof SocketEvent.HandshakeFailed failed) {
                    failures.add(failed);
                }
            });
            client.connect(server.bind("tin://*"));

            assertThat(failures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS).reason())
                    .contains("another secret");
            assertThat(server.statistics().peers()).isZero();
        }
    }

    @Test
    void frameThatWasChangedOrComesTwiceIsRefused() throws ProtocolException {
        var sealed = bodyOf(seal().seal(0, "hello".getBytes(StandardCharsets.US_ASCII)));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hello");
        var opening = seal();
        assertThat(new String(bodyOf(opening.open(sealed, sealed.length)), StandardCharsets.US_ASCII))
                .isEqualTo("hello");
        assertThatThrownBy(() -> opening.open(sealed, sealed.length)).isInstanceOf(ProtocolException.class);

        sealed[7] ^= 1;
        assertThatThrownBy(() -> seal().open(sealed, sealed.length)).isInstanceOf(ProtocolException.class);
    }
}
