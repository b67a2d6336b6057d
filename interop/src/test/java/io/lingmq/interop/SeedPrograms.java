package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Starts the walk-through's programs in PHP. */
final class SeedPrograms {
    private SeedPrograms() {}

    /** Starts a program with arguments. */
    static Program php(String program, Object... arguments) {
        var texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return Program.start(PeerLanguage.PHP, "seed/" + program, texts);
    }

    /** Starts a program that says when it is ready, and waits for that. */
    static Program phpServer(String program, Object... arguments) {
        var server = php(program, arguments);
        assertThat(server.line()).isEqualTo("ready");
        return server;
    }
}
