package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PullSocket;
import io.lingmq.message.Message;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Bodies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A message is whole, whatever its frames and whoever else is sending. */
@ParameterizedClass
@EnumSource(Transport.class)
class MultipartTest {
    private static final int SENDERS = 6;
    private static final int MESSAGES = 500;

    @AutoClose
    private final SocketFixture fixture;

    private final PullSocket pull;

    MultipartTest(Transport transport) {
        fixture = new SocketFixture(transport);
        pull = fixture.context().pull();
    }

    @Test
    void framesOfDifferentSendersNeverMix() throws InterruptedException {
        fixture.bound(pull);
        var senders = new ArrayList<Background<Boolean>>();
        for (var s = 0; s < SENDERS; s++) {
            var name = String.valueOf(s);
            senders.add(Background.run("sender " + s, () -> sendNumbered(name)));
        }
        var next = new HashMap<String, Integer>();
        for (var n = 0; n < SENDERS * MESSAGES; n++) {
            var message = take(pull);
            var number = next.merge(message.text(0), 1, Integer::sum) - 1;
            assertThat(message.texts())
                    .isEqualTo(numbered(message.text(0), number).texts());
        }
        senders.forEach(Background::result);
    }

    private void sendNumbered(String name) throws InterruptedException {
        try (var push = fixture.context().push()) {
            push.connect(fixture.bound(pull));
            for (var n = 0; n < MESSAGES; n++) {
                push.send(numbered(name, n));
            }
        }
    }

    /** One to ten frames, of sizes on both sides of the short form's limit. */
    private static Message numbered(String name, int number) {
        var frames = new ArrayList<>(List.of(name));
        for (var f = 0; f < number % 10; f++) {
            frames.add((name + number).repeat(f * 20));
        }
        return Message.of(frames.get(0), frames.subList(1, frames.size()).toArray(new String[0]));
    }

    @Test
    void carriesManyFrames() throws InterruptedException {
        var push = fixture.context().push();
        fixture.join(pull, push);
        var message = Message.wrapFrames(Collections.nCopies(10_000, new byte[] {1, 2, 3}));
        push.send(message);
        assertThat(take(pull)).isEqualTo(message);
    }

    @Test
    void carriesEachSizeAroundTheLimitsOfItsBuffers() throws InterruptedException {
        var push = fixture.context().push();
        fixture.join(pull, push);
        for (var limit : new int[] {0, 255, 512, 2048, 4096, 8192, 65_536, 262_144, 1_048_576}) {
            for (var size = Math.max(0, limit - 12); size <= limit + 3; size++) {
                var message = Message.wrapFrames(List.of(Bodies.of(1, size), new byte[0], Bodies.of(2, size)));
                push.send(message);
                var received = take(pull);
                assertThat(received.frameCount()).isEqualTo(3);
                assertThat(Bodies.difference(message.sharedArray(0), received.sharedArray(0)))
                        .as("size %d", size)
                        .isEmpty();
                assertThat(received.size(1)).isZero();
                assertThat(Bodies.difference(message.sharedArray(2), received.sharedArray(2)))
                        .as("size %d", size)
                        .isEmpty();
            }
        }
    }

    @Test
    void whatWasSentDoesNotChangeAfterwards() throws InterruptedException {
        var push = fixture.context().push();
        fixture.join(pull, push);
        for (var size : new int[] {10, 100_000}) {
            var body = new byte[size];
            push.send(body);
            body[0] = 1;
            assertThat(take(pull).sharedArray(0)[0]).isZero();
        }
    }
}
