package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.option.SocketType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as people read them. */
class EventTextTest {
    static Class<?>[] kinds() {
        return SocketEvent.class.getPermittedSubclasses();
    }

    /** Whoever adds a kind of event finds it here. */
    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindIsASentenceWithAllThatItTells(Class<?> kind) throws ReflectiveOperationException {
        var parts = kind.getRecordComponents();
        var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = kind.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        var event = (SocketEvent) constructor.newInstance(
                Arrays.stream(parts).map(EventTextTest::value).toArray());

        assertThat(EventText.of(event)).startsWith("tcp://h:1: ").doesNotContain("[", "=", kind.getSimpleName());
        for (var part : parts) {
            var shown = part.getType() == Duration.class ? "7s" : String.valueOf(value(part));
            assertThat(EventText.of(event)).as(part.getName()).contains(shown);
        }
    }

    private static Object value(RecordComponent part) {
        if (part.getName().equals("endpoint")) {
            return "tcp://h:1";
        }
        if (part.getType() == Duration.class) {
            return Duration.ofSeconds(7);
        }
        if (part.getType() == SocketType.class) {
            return SocketType.REP;
        }
        if (part.getType() == int.class) {
            return 400;
        }
        return part.getType() == long.class ? (Object) 12L : "some " + part.getName();
    }

    @Test
    void whatAStrangerSaysDoesNothingToATerminal() {
        assertThat(EventText.of(new SocketEvent.ConnectFailed("tcp://h:1", "\u001b[2J")))
                .isEqualTo("tcp://h:1: cannot connect: \\u001b[2J");
    }
}
