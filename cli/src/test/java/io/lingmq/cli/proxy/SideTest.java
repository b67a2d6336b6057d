package io.lingmq.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.cli.shell.Attachment;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.option.SocketType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sides of a proxy as the command line writes them. */
class SideTest {
    @Test
    void hasATypeAndAnEndpoint() {
        var side = Side.typed("router:bind:tcp://*:5559");
        assertThat(side.type()).isEqualTo(SocketType.ROUTER);
        assertThat(side.attachments()).containsExactly(new Attachment(true, "tcp://*:5559"));
    }

    @Test
    void mayHaveSeveralEndpointsThatAreBoundOrConnectedAsTheOneBefore() {
        assertThat(Side.of(SocketType.XSUB, "connect:tcp://a:1,tcp://b:1,bind:ipc:///tmp/a,b,ipc://c")
                        .attachments())
                .containsExactly(
                        new Attachment(false, "tcp://a:1"),
                        new Attachment(false, "tcp://b:1"),
                        new Attachment(true, "ipc:///tmp/a,b"),
                        new Attachment(true, "ipc://c"));
    }

    @Test
    void isBoundUnlessItSaysOtherwise() {
        assertThat(Side.of(SocketType.PULL, "tcp://*:1").attachments())
                .containsExactly(new Attachment(true, "tcp://*:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://*:1", "bind:tcp://*:1", "rooter:bind:tcp://*:1", ""})
    void withoutTypeIsAMistake(String text) {
        assertThatThrownBy(() -> Side.typed(text))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("router:bind:");
    }
}
