package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A null where none is allowed is refused before anything has happened, with a text that says what was null. */
class NullArgumentsTest {
    private final Context context = Context.open();
    private final DealerSocket dealer = context.dealer();
    private final ReqSocket req = context.req();
    private final SubSocket sub = context.sub();

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    @Test
    void nullsAreRefusedAtTheDoor() throws InterruptedException {
        dealer.bind("inproc://here"); // without a peer each send would wait
        var message = Message.of("x");
        var calls = List.<ThrowingCallable>of(
                () -> dealer.trySend(null),
                () -> dealer.send((Message) null),
                () -> dealer.send(null, Duration.ZERO),
                () -> dealer.send(message, null),
                () -> dealer.sendAsync(null),
                () -> dealer.receive((Duration) null),
                () -> dealer.receive((MessageBuffer) null),
                () -> dealer.receive(null, Duration.ZERO),
                () -> dealer.receive(new MessageBuffer(), null),
                () -> dealer.tryReceive(null),
                () -> dealer.publisher().subscribe(null),
                () -> dealer.set(null, 1),
                () -> dealer.set(Options.SEND_HWM, null),
                () -> dealer.get(null),
                () -> dealer.monitor(null),
                () -> dealer.monitor(event -> {}, null),
                () -> dealer.bind(null),
                () -> dealer.connect(null),
                () -> dealer.unbind(null),
                () -> dealer.disconnect(null),
                () -> req.request((Message) null),
                () -> req.request(null, Duration.ZERO),
                () -> req.request(message, null),
                () -> sub.subscribe((byte[]) null));
        for (var call : calls) {
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageMatching("the .* is null");
        }
        assertThat(dealer.statistics().sent()).isZero();
        assertThat(dealer.statistics().received()).isZero();
    }
}
