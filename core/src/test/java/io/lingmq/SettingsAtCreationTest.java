package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.OptionException;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Options that a socket is made with. */
class SettingsAtCreationTest {
    private final Context context = Context.builder()
            .socketDefaults(Settings.of(Options.SEND_HWM, 7).with(Options.ROUTER_MANDATORY, true))
            .socketDefault(Options.RECEIVE_HWM, 8)
            .open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    @Test
    void socketBeginsWithItsSettingsOverTheContexts() {
        var push = context.push(Settings.of(Options.SEND_HWM, 1).with(Options.LINGER, Duration.ZERO));

        assertThat(push.get(Options.SEND_HWM)).isEqualTo(1);
        assertThat(push.get(Options.LINGER)).isZero();
        assertThat(push.get(Options.RECEIVE_HWM)).isEqualTo(8);
        assertThat(context.push().get(Options.SEND_HWM)).as("another socket").isEqualTo(7);
    }

    @Test
    void settingsAreThereBeforeTheFirstBindOrConnect() throws InterruptedException {
        var router = context.router(Settings.of(Options.RECEIVE_TIMEOUT, Duration.ofSeconds(20)));
        var dealer = context.dealer(Settings.of(Options.ROUTING_ID, new byte[] {'a'}));
        dealer.connect(router.bind("inproc://named"));
        dealer.send("x");

        assertThat(router.receive().texts()).containsExactly("a", "x");
    }

    @Test
    void optionWithoutMeaningOnTheTypeMakesNoSocket() {
        assertThatThrownBy(() -> context.socket(SocketType.PULL, Settings.of(Options.ROUTER_HANDOVER, true)))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option router-handover has no meaning on a PULL socket; it is for [ROUTER]");
    }

    @Test
    void everyMakerTakesSettings() throws ReflectiveOperationException {
        var makers = Arrays.stream(Context.class.getMethods())
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Settings.class}))
                .filter(method -> Socket.class.isAssignableFrom(method.getReturnType()))
                .toList();
        assertThat(makers).hasSize(SocketType.values().length);
        for (var maker : makers) {
            try (var socket = (Socket) maker.invoke(context, Settings.of(Options.SEND_HWM, 3))) {
                assertThat(socket.get(Options.SEND_HWM)).isEqualTo(3);
                assertThat(socket.type().name()).isEqualToIgnoringCase(maker.getName());
                assertThat(maker.getReturnType())
                        .isEqualTo(Context.class.getMethod(maker.getName()).getReturnType());
            }
            assertThatThrownBy(() -> maker.invoke(context, (Settings) null))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseMessage("the settings are null");
        }
    }
}
