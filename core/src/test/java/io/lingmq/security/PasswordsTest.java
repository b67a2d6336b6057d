package io.lingmq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    private final Passwords passwords = Passwords.of(Map.of("alice", "s3cret", "bob", "", "zoë", "pässwörd"));

    private ZapReply ask(String mechanism, String... credentials) {
        var octets = Stream.of(credentials)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return passwords
                .decide(new ZapRequest("", "127.0.0.1", new byte[0], mechanism, octets))
                .toCompletableFuture()
                .join();
    }

    @ParameterizedTest
    @CsvSource({"alice, s3cret", "bob, ''", "zoë, pässwörd"})
    void acceptsAUserWithItsPassword(String user, String password) {
        var reply = ask("PLAIN", user, password);

        assertThat(reply.status()).isEqualTo(ZapReply.Status.ACCEPTED);
        assertThat(reply.userId()).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({"alice, s3cre", "alice, s3crets", "alice, ''", "bob, s3cret", "carol, s3cret", "'', ''", "Alice, s3cret"
    })
    void deniesAllOthersAlike(String user, String password) {
        assertThat(ask("PLAIN", user, password)).isEqualTo(ZapReply.denied("wrong user name or password"));
    }

    @Test
    void deniesPeersThatTellNoPassword() {
        for (var reply : List.of(
                ask("NULL"),
                ask("NULL", "alice", "s3cret"),
                ask("CURVE", "key"),
                ask("PLAIN", "alice"),
                ask("PLAIN", "alice", "s3cret", "more"))) {
            assertThat(reply.status()).isEqualTo(ZapReply.Status.DENIED);
        }
    }

    @Test
    void showsNothing() {
        assertThat(passwords).hasToString("Passwords of 3 users");
        assertThatThrownBy(() -> Passwords.of(null)).isInstanceOf(NullPointerException.class);
    }
}
