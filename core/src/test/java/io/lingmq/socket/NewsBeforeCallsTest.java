package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call first learns of what has happened to the socket's pipes; many turns, since a retry may come before it. */
class NewsBeforeCallsTest {
    private final ContextCore context = new ContextCore(1, "news-before-calls-test");

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    @Test
    void anOptionIsSetForThePeerThatHasJustCome() {
        for (var turn = 0; turn < 20; turn++) {
            var push = socket(SocketType.PUSH);
            var pipe = push.pipes().newPipe(Settings.defaults());
            assertThat(push.pipes().tryHold()).isTrue();
            push.pipes().attach(pipe); // learned of by the next call, since the lock is held
            push.pipes().letGo();
            push.set(Options.SEND_HWM, 1);
            assertThat(push.trySend(Message.of("the only one"))).isTrue();
            assertThat(push.trySend(Message.of("too many"))).isFalse();
            push.closing().begin(0);
        }
    }

    @Test
    void aCallOnAClosedSocketLearnsTheNewsToo() {
        for (var turn = 0; turn < 20; turn++) {
            var push = socket(SocketType.PUSH);
            var pipe = push.pipes().newPipe(Settings.defaults());
            push.pipes().attach(pipe);
            push.closing().begin(0);
            assertThat(push.pipes().tryHold()).isTrue();
            push.pipes().detach(pipe);
            push.pipes().letGo();
            assertThatThrownBy(push::canSend).isInstanceOf(ClosedException.class);
            assertThat(pipe.hasEnded()).isTrue();
        }
    }
}
