package io.lingmq.option;

import static io.lingmq.option.SocketType.DEALER;
import static io.lingmq.option.SocketType.PUB;
import static io.lingmq.option.SocketType.PULL;
import static io.lingmq.option.SocketType.PUSH;
import static io.lingmq.option.SocketType.REQ;
import static io.lingmq.option.SocketType.ROUTER;
import static io.lingmq.option.SocketType.STREAM;
import static io.lingmq.option.SocketType.SUB;
import static io.lingmq.option.SocketType.XPUB;
import static io.lingmq.option.SocketType.XSUB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.OptionException;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Hex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void everyOptionIsFoundByItsName() {
        for (var option : Options.all()) {
            assertThat(Options.named(option.name())).containsSame(option);
            assertThat(option.name()).matches("[a-z0-9]+(-[a-z0-9]+)*").isEqualTo(option.toString());
        }
        assertThat(Options.named("no-such-option")).isEmpty();
    }

    @Test
    void everyOptionIsDescribed() {
        for (var option : Options.all()) {
            assertThat(option.summary()).as(option.name()).endsWith(".");
            assertThat(option.valueHint()).as(option.name()).isNotBlank();
            assertThat(option.rangeText()).as(option.name()).isNotBlank();
            assertThat(option.appliesTo()).as(option.name()).isNotEmpty();
        }
    }

    @Test
    void listCannotBeChanged() {
        assertThatThrownBy(() -> Options.all().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<Arguments> optionsOfSomeTypes() {
        return Stream.of(
                Arguments.of(Options.ROUTING_ID, Set.of(REQ, DEALER, ROUTER)),
                Arguments.of(Options.CONFLATE, Set.of(DEALER, PULL, PUSH, PUB, SUB)),
                Arguments.of(Options.ROUTER_MANDATORY, Set.of(ROUTER)),
                Arguments.of(Options.ROUTER_HANDOVER, Set.of(ROUTER)),
                Arguments.of(Options.CONNECT_ROUTING_ID, Set.of(ROUTER, STREAM)),
                Arguments.of(Options.STREAM_NOTIFY, Set.of(STREAM)),
                Arguments.of(Options.PROBE_ROUTER, Set.of(REQ, DEALER, ROUTER)),
                Arguments.of(Options.REQ_CORRELATE, Set.of(REQ)),
                Arguments.of(Options.REQ_RELAXED, Set.of(REQ)),
                Arguments.of(Options.XPUB_VERBOSE, Set.of(XPUB)),
                Arguments.of(Options.XPUB_VERBOSER, Set.of(XPUB)),
                Arguments.of(Options.XPUB_MANUAL, Set.of(XPUB)),
                Arguments.of(Options.XPUB_NO_DROP, Set.of(PUB, XPUB)),
                Arguments.of(Options.XPUB_WELCOME_MESSAGE, Set.of(PUB, XPUB)),
                Arguments.of(Options.INVERT_MATCHING, Set.of(PUB, XPUB, SUB)),
                Arguments.of(Options.ONLY_FIRST_SUBSCRIBE, Set.of(XPUB, XSUB)));
    }

    @ParameterizedTest
    @MethodSource("optionsOfSomeTypes")
    void someOptionsAreForSomeTypesOnly(Option<?> option, Set<SocketType> types) {
        assertThat(option.appliesTo()).isEqualTo(types);
        for (var type : SocketType.values()) {
            assertThat(option.appliesTo(type)).as(type.name()).isEqualTo(types.contains(type));
        }
    }

    @Test
    void allOtherOptionsAreForAllTypes() {
        var special = optionsOfSomeTypes().map(row -> row.get()[0]).toList();
        assertThat(Options.FAMILIES)
                .<Option<?>>flatExtracting(DeclaredFamily::options)
                .filteredOn(option -> !special.contains(option))
                .allSatisfy(option -> assertThat(option.appliesTo()).containsExactlyInAnyOrder(SocketType.values()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send-hwm               | -1         | -1          | a whole number from 0",
                "receive-hwm            | -1         | -1          | a whole number from 0",
                "backlog                | -1         | -1          | a whole number from 0",
                "send-buffer            | -2         | -2          | a whole number from -1",
                "receive-buffer         | -2         | -2          | a whole number from -1",
                "tcp-keep-alive         | 2          | 2           | a whole number from -1 to 1",
                "tcp-keep-alive         | -2         | -2          | a whole number from -1 to 1",
                "type-of-service        | 256        | 256         | a whole number from 0 to 255",
                "type-of-service        | -1         | -1          | a whole number from 0 to 255",
                "max-message-size       | -2         | -2          | a whole number from -1",
                "heartbeat-ttl          | 6553600ms  | 6553600ms   | a duration from 0 to 6553599ms",
                "heartbeat-ttl          | forever    | forever     | a duration from 0 to 6553599ms",
                "routing-id             | 0x0041     | 0x0041      | at most 255 bytes that do not begin with a zero"
                        + " (those names are generated)",
            })
    void rangeErrorNamesOptionValueAndRule(String name, String text, String shown, String rule) {
        var option = Options.named(name).orElseThrow();

        assertThatThrownBy(() -> option.parse(text))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option " + name + " cannot be " + shown + ": it must be " + rule)
                .satisfies(e -> assertThat(((OptionException) e).code()).isEqualTo(ErrorCode.INVALID));
        assertThat(option.rangeText()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "send-hwm, 0",
        "send-hwm, 2147483647",
        "backlog, 0",
        "send-buffer, -1",
        "tcp-keep-alive, -1",
        "tcp-keep-alive, 1",
        "type-of-service, 255",
        "max-message-size, -1",
        "max-message-size, 9223372036854775807",
        "heartbeat-ttl, 6553599ms",
        "linger, 0",
        "linger, forever",
        "routing-id, ''",
        "connect-routing-id, 0x00",
    })
    void limitsThemselvesAreLegal(String name, String text) {
        assertThatCode(() -> Options.named(name).orElseThrow().parse(text)).doesNotThrowAnyException();
    }

    /** A PING tells it in tenths of a second, of which there are 65535 at most. */
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "50us, 100ms",
        "1ms, 100ms",
        "99ms, 100ms",
        "100ms, 100ms",
        "101ms, 200ms",
        "6553500ms, 6553500ms",
        "6553501ms, 6553500ms",
        "6553599ms, 6553500ms"
    })
    void timeToLiveIsReadBackAsItIsTold(String set, String told) {
        var option = Options.HEARTBEAT_TTL;
        var settings = Settings.defaults().with(option, option.parse(set));

        assertThat(option.format(settings.get(option))).isEqualTo(told);
    }

    @Test
    void routingIdHasAtMost255Bytes() {
        var legal = "x".repeat(255).getBytes(StandardCharsets.US_ASCII);
        var tooLong = "x".repeat(256).getBytes(StandardCharsets.US_ASCII);

        assertThat(Options.ROUTING_ID.checked(legal)).isSameAs(legal);
        assertThat(Options.CONNECT_ROUTING_ID.checked(legal)).isSameAs(legal);
        assertThatThrownBy(() -> Options.ROUTING_ID.checked(tooLong)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> Options.CONNECT_ROUTING_ID.checked(tooLong))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("it must be at most 255 bytes");
    }

    @Test
    void noDurationMayBeNegative() {
        for (var option : Options.all()) {
            if (option.defaultValue() instanceof Duration) {
                @SuppressWarnings("unchecked") // its default is a duration
                var duration = (Option<Duration>) option;
                assertThatThrownBy(() -> duration.checked(Duration.ofMillis(-5)))
                        .as(option.name())
                        .isInstanceOf(OptionException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "send-hwm         ; many ; option send-hwm cannot be 'many': write a whole number, 2147483647 at most",
                "max-message-size ; 1k   ; option max-message-size cannot be '1k': write a whole number,"
                        + " 9223372036854775807 at most",
                "immediate        ; maybe; option immediate cannot be 'maybe': write true or false",
                "linger           ; soon ; option linger cannot be 'soon': write a number and a unit, for example"
                        + " 50us, 250ms, 1.5s, 2m or 1h",
                "routing-id       ; 0xzz ; option routing-id cannot be '0xzz': behind 0x write two hex digits for each"
                        + " byte",
            })
    void textErrorNamesOptionTextAndForm(String name, String text, String message) {
        assertThatThrownBy(() -> Options.named(name).orElseThrow().parse(text))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-5ms", "1,5s", "1.s", ".5s", "5 days", "s", "99999999999999999999s", "9223372036854775807h"
            })
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> Options.LINGER.parse(text))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("option linger");
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "250ms, PT0.25S",
        "250, PT0.25S",
        "5s, PT5S",
        "5 s, PT5S",
        "1.5s, PT1.5S",
        "0.25ms, PT0.00025S",
        "1.5m, PT1M30S",
        "1.2345678s, PT1.234567S",
        "2m, PT2M",
        "1h, PT1H",
        "' 7ms ', PT0.007S",
    })
    void readsDurations(String text, Duration expected) {
        assertThat(Options.LINGER.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "-1"})
    void readsForever(String text) {
        assertThat(Options.LINGER.parse(text)).isEqualTo(Options.FOREVER);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "on, true", "YES, true", "1, true", "false, false", "Off, false", "no, false", "0, false"
    })
    void readsFlags(String text, boolean expected) {
        assertThat(Options.IMMEDIATE.parse(text)).isEqualTo(expected);
    }

    @Test
    void readsBytesAsTextOrHex() {
        assertThat(Options.ROUTING_ID.parse("héllo")).isEqualTo("héllo".getBytes(StandardCharsets.UTF_8));
        assertThat(Options.ROUTING_ID.parse("0x01fF")).isEqualTo(Hex.bytes("01 FF"));
        assertThatThrownBy(() -> Options.ROUTING_ID.parse("0x123")).isInstanceOf(OptionException.class);
    }

    @Test
    void everyDefaultReadsAsItIsWritten() {
        Options.all().forEach(OptionsTest::assertDefaultReadsAsWritten);
    }

    @Test
    void everyValueReadsAsItIsWritten() {
        var random = Seed.random("OptionsTest.everyValueReadsAsItIsWritten");
        for (var i = 0; i < 2000; i++) {
            assertReadsAsWritten(Options.SEND_HWM, random.nextInt(Integer.MAX_VALUE));
            assertReadsAsWritten(Options.MAX_MESSAGE_SIZE, random.nextLong() >>> 1);
            assertReadsAsWritten(Options.IPV6, random.nextBoolean());
            assertReadsAsWritten(Options.LINGER, Duration.ofMillis(random.nextLong() >>> random.nextInt(1, 64)));
            assertReadsAsWritten(Options.CONNECT_ROUTING_ID, Seed.bytes(random, random.nextInt(256)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x41", "0x", "0xyz", " a", "a ", " "})
    void textThatLooksLikeHexOrHasSpacesReadsAsItIsWritten(String text) {
        assertReadsAsWritten(Options.CONNECT_ROUTING_ID, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void oddDurationsReadAsTheyAreWritten() {
        assertReadsAsWritten(Options.LINGER, Options.FOREVER);
        assertReadsAsWritten(Options.LINGER, Duration.ofMillis(1500));
        assertReadsAsWritten(Options.SPIN_TIME, Duration.ofNanos(1_000_050_000L));
        assertReadsAsWritten(Options.LINGER, Duration.ofSeconds(Long.MAX_VALUE));
    }

    private static <T> void assertDefaultReadsAsWritten(Option<T> option) {
        assertReadsAsWritten(option, option.defaultValue());
    }

    private static <T> void assertReadsAsWritten(Option<T> option, T value) {
        var text = option.format(value);
        assertThat((Object) option.parse(text))
                .as("%s written as '%s'", option, text)
                .isEqualTo(value);
    }
}
