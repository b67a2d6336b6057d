package io.lingmq.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.OptionException;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.support.AskingMechanism;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mechanism the options ask for. */
class MechanismsTest {
    private static final Settings NONE = Settings.defaults();

    private static Mechanism configured(Settings settings) {
        return Mechanisms.found().configure(settings);
    }

    @Test
    void optionsChooseTheMechanismAndTheRole() {
        assertThat(configured(NONE).name()).isEqualTo("NULL");
        assertThat(configured(NONE.with(Options.PLAIN_SERVER, true)))
                .extracting(Mechanism::name, Mechanism::asServer)
                .containsExactly("PLAIN", true);
        for (var option : List.of(Options.PLAIN_USERNAME, Options.PLAIN_PASSWORD)) {
            assertThat(configured(NONE.with(option, "x")))
                    .extracting(Mechanism::name, Mechanism::asServer)
                    .containsExactly("PLAIN", false);
        }
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(
                        () -> configured(NONE.with(Options.PLAIN_SERVER, true).with(Options.PLAIN_PASSWORD, "secret")))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("plain-server excludes plain-username and plain-password")
                .hasMessageNotContaining("secret");
        var enforcing = NONE.with(Options.PLAIN_SERVER, true).with(Options.ZAP_ENFORCE_DOMAIN, true);
        assertThatThrownBy(() -> configured(enforcing))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("zap-enforce-domain wants a zap-domain");
        assertThat(configured(enforcing.with(Options.ZAP_DOMAIN, "home")).name())
                .isEqualTo("PLAIN");
    }

    private record Always(String name) implements MechanismProvider {
        @Override
        public @Nullable Mechanism configure(Settings settings) {
            return new AskingMechanism(false);
        }
    }

    @Test
    void twoThatAreAskedForAreOneTooMany() {
        var both = Mechanisms.of(List.of(new Always("A"), new Always("B")));

        assertThatThrownBy(() -> both.configure(NONE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("a socket has one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "A B", "ABCDEFGHIJKLMNOPQRSTU", "Ä"})
    void namesAreThoseOfTheGreeting(String name) {
        var mechanisms = Mechanisms.of(List.of(new Named(name)));

        assertThatThrownBy(() -> mechanisms.configure(NONE))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("can be called '" + name + "'");
    }

    private record Named(String name) implements MechanismProvider, Mechanism {
        @Override
        public Mechanism configure(Settings settings) {
            return this;
        }

        @Override
        public boolean asServer() {
            return false;
        }

        @Override
        public Handshake begin(HandshakeContext context) {
            throw new AssertionError("nothing begins");
        }
    }

    @Test
    void namesAreUsedOnce() {
        assertThatThrownBy(() -> Mechanisms.of(List.of(new PlainProvider(), new Always("PLAIN"))))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("two security mechanisms are called PLAIN")
                .hasMessageContaining("Always");
    }
}
