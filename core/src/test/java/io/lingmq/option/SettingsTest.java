package io.lingmq.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.OptionException;
import io.lingmq.testkit.Hex;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void beginWithTheDefaults() {
        for (var option : Options.all()) {
            assertThat((Object) Settings.defaults().get(option))
                    .as(option.name())
                    .isEqualTo(option.defaultValue());
        }
    }

    @Test
    void changeMakesNewSettings() {
        var changed = Settings.defaults().with(Options.SEND_HWM, 5);
        var again = changed.with(Options.SEND_HWM, 7).with(Options.TYPE_OF_SERVICE, 8);

        assertThat(Settings.defaults().get(Options.SEND_HWM)).isEqualTo(1000);
        assertThat(changed.get(Options.SEND_HWM)).isEqualTo(5);
        assertThat(changed.get(Options.TYPE_OF_SERVICE)).isZero();
        assertThat(again.get(Options.SEND_HWM)).isEqualTo(7);
        assertThat(again.get(Options.TYPE_OF_SERVICE)).isEqualTo(8);
        assertThat(again.get(Options.RECEIVE_HWM)).isEqualTo(1000);
    }

    @Test
    void everyOptionHasAPlaceOfItsOwn() {
        var settings = Settings.defaults();
        var number = 10;
        for (var option : Options.all()) {
            if (option.defaultValue() instanceof Integer && option != Options.TCP_KEEP_ALIVE) {
                settings = settings.with(asInteger(option), number++);
            }
        }
        var expected = 10;
        for (var option : Options.all()) {
            if (option.defaultValue() instanceof Integer && option != Options.TCP_KEEP_ALIVE) {
                assertThat((Object) settings.get(option)).as(option.name()).isEqualTo(expected++);
            }
        }
        assertThat(expected).isGreaterThan(14);
    }

    @SuppressWarnings("unchecked") // its default is one
    private static Option<Integer> asInteger(Option<?> option) {
        return (Option<Integer>) option;
    }

    @Test
    void valueOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Settings.defaults().with(Options.SEND_HWM, -1))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option send-hwm cannot be -1: it must be a whole number from 0");
    }

    @Test
    void arrayThatWasSetDoesNotChangeThem() {
        var id = Hex.bytes("41 42");
        var settings = Settings.defaults().with(Options.ROUTING_ID, id);
        id[0] = 0;

        assertThat(settings.get(Options.ROUTING_ID)).isEqualTo(Hex.bytes("41 42"));
    }

    @Test
    void arrayThatWasGotDoesNotChangeThem() {
        var settings = Settings.defaults().with(Options.ROUTING_ID, Hex.bytes("41 42"));
        settings.get(Options.ROUTING_ID)[0] = 0;

        assertThat(settings.get(Options.ROUTING_ID)).isEqualTo(Hex.bytes("41 42"));
    }

    @Test
    void durationsInNanosecondsNeverOverflow() {
        assertThat(Settings.nanos(Duration.ZERO)).isZero();
        assertThat(Settings.nanos(Duration.ofMillis(3))).isEqualTo(3_000_000);
        assertThat(Settings.nanos(Duration.ofDays(365 * 290L)))
                .isEqualTo(Duration.ofDays(365 * 290L).toNanos());
        assertThat(Settings.nanos(Duration.ofDays(365 * 300L))).isEqualTo(Long.MAX_VALUE);
        assertThat(Settings.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Settings.nanos(Options.FOREVER)).isEqualTo(Long.MAX_VALUE);
        assertThat(Settings.defaults().nanos(Options.SEND_TIMEOUT)).isEqualTo(Long.MAX_VALUE);
        assertThat(Settings.defaults().nanos(Options.LINGER)).isEqualTo(5_000_000_000L);
    }

    @Test
    void othersWinOverWhatWasSet() {
        var base = Settings.of(Options.SEND_HWM, 5).with(Options.LINGER, Duration.ZERO);
        var merged = base.with(Settings.of(Options.SEND_HWM, 1000).with(Options.IMMEDIATE, true));

        assertThat(merged.get(Options.SEND_HWM)).as("set to the default").isEqualTo(1000);
        assertThat(merged.get(Options.LINGER)).isZero();
        assertThat(merged.get(Options.IMMEDIATE)).isTrue();
        assertThat(merged.options()).containsExactly(Options.SEND_HWM, Options.LINGER, Options.IMMEDIATE);
        assertThat(base.get(Options.SEND_HWM)).isEqualTo(5);
    }

    @Test
    void settingsThatTheTypeCannotHaveAreRefused() {
        var settings = Settings.of(Options.SEND_HWM, 5).with(Options.ROUTER_MANDATORY, true);

        assertThat(settings.checkedFor(SocketType.ROUTER)).isSameAs(settings);
        assertThatThrownBy(() -> settings.checkedFor(SocketType.PUSH))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option router-mandatory has no meaning on a PUSH socket; it is for [ROUTER]");
    }

    @Test
    void textTellsWhatWasSetAndNoSecret() {
        assertThat(Settings.of(Options.LINGER, Duration.ofSeconds(1))
                        .with(Options.SEND_HWM, 5)
                        .with(Options.PLAIN_PASSWORD, "s3cret"))
                .hasToString("linger=1s, send-hwm=5, plain-password=…");
        assertThat(Settings.defaults()).hasToString("");
    }
}
