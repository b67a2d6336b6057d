package io.lingmq.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import org.junit.jupiter.api.Test;

/** Replies with the request laid in. */
class TemplateTest {
    @Test
    void laysTheRequestIn() {
        assertThat(new Template(Message.of("<{}|{}>")).fill(Message.of("a"))).isEqualTo(Message.of("<a|a>"));
    }

    @Test
    void keepsTextWithoutAPlace() {
        assertThat(new Template(Message.of("{ }{", "}")).fill(Message.of("a"))).isEqualTo(Message.of("{ }{", "}"));
    }

    @Test
    void spreadsAMultipartRequestOverFrames() {
        assertThat(new Template(Message.of("first", "<{}>")).fill(Message.of("a", "b", "c")))
                .isEqualTo(Message.of("first", "<a", "b", "c>"));
    }
}
