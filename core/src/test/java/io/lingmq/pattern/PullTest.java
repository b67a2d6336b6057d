package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.NotSupportedException;
import io.lingmq.option.SocketType;
import org.junit.jupiter.api.Test;

class PullTest {
    private final SocketUnderTest pull = new SocketUnderTest(SocketType.PULL);

    @Test
    void takesOneMessageFromEachInTurn() {
        pull.peer().saysEach("a1", "a2", "a3");
        pull.peer().saysEach("b1");
        pull.peer().saysEach("c1", "c2");

        assertThat(pull.receiveAll()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
    }

    @Test
    void messagesStayWhole() {
        pull.peer().says("1", "", "3");
        pull.peer().says("other");

        assertThat(pull.receive()).containsExactly("1", "", "3");
    }

    @Test
    void seesWhatComesLater() {
        var a = pull.peer();
        assertThat(pull.canReceive()).isFalse();
        assertThat(pull.receive()).isNull();

        a.says("m");

        assertThat(pull.canReceive()).isTrue();
        assertThat(pull.receive()).containsExactly("m");
        assertThat(pull.receive()).isNull();
    }

    @Test
    void readsWhatAPeerSaidBeforeItLeft() {
        pull.peer().saysEach("1", "2").leaves();

        assertThat(pull.receiveAll()).containsExactly("1", "2");
    }

    @Test
    void readsWhatAPeerSaidJustBeforeItLeft() {
        var a = pull.peer();
        assertThat(pull.receive()).isNull();
        a.says("last words").leaves();

        assertThat(pull.receive()).containsExactly("last words");
    }

    @Test
    void doesNotSend() {
        pull.peer();

        assertThat(pull.canSend()).isFalse();
        assertThatThrownBy(() -> pull.send("m"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PULL socket only receives; send on the peer's socket type instead");
    }
}
