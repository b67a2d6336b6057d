package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SerialGateTest {
    private final List<String> done = new ArrayList<>();
    private final SerialGate gate = new SerialGate(() -> done.add("note"));

    private boolean does(String work) {
        return done.add(work);
    }

    /** Work during which something else happens. */
    private Supplier<Boolean> during(Runnable event) {
        return () -> {
            event.run();
            return does("work");
        };
    }

    @Test
    void workIsDoneWhereTheGateIsFree() {
        assertThat(gate.run(() -> does("one"))).isTrue();
        assertThat(gate.tryRun(() -> does("two"))).isTrue();
        Boolean told = gate.tryRun(number -> does("number " + number), 3L);
        assertThat(told).isTrue();
        assertThat(done).containsExactly("one", "two", "number 3");
    }

    @Test
    void whoFindsItTakenLeavesANoteThatIsAnsweredOnceBehindTheWork() {
        gate.run(during(() -> {
            assertThat(gate.run(() -> does("not now"))).isNull();
            assertThat(gate.run(() -> does("nor now"))).isNull();
        }));
        assertThat(done).containsExactly("work", "note");
    }

    @Test
    void whoOnlyTriesLeavesNoNote() {
        gate.run(during(() -> assertThat(gate.tryRun(() -> does("not now"))).isNull()));
        assertThat(done).containsExactly("work");
    }

    @Test
    void workThatFailsLeavesTheGateFreeAndItsNoteAnswered() {
        for (var failure : List.of(new IllegalStateException("on purpose"), new OutOfMemoryError("on purpose"))) {
            assertThatThrownBy(() -> gate.run(() -> {
                        gate.run(() -> does("not now"));
                        return fail(failure);
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> gate.tryRun(() -> fail(failure))).isSameAs(failure);
            assertThatThrownBy(() -> gate.tryRun(number -> fail(failure), 1L)).isSameAs(failure);
        }
        assertThat(gate.tryRun(() -> does("free"))).isTrue();
        assertThat(done).containsExactly("note", "note", "free");
    }

    private static Boolean fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void endOfAFreeGateComesAtOnceAndOnce() {
        gate.end(() -> does("last"));
        gate.end(() -> does("again"));
        assertThat(done).containsExactly("last");
        assertThat(gate.run(() -> does("too late"))).isNull();
        assertThat(gate.tryRun(() -> does("too late"))).isNull();
        assertThat(done).containsExactly("last");
    }

    @Test
    void endOfATakenGateIsLeftToWhoHasIt() {
        gate.run(during(() -> {
            gate.run(() -> does("not now"));
            gate.end(() -> does("last"));
            assertThat(gate.isOver()).isTrue();
            assertThat(gate.run(() -> does("too late"))).isNull();
            gate.end(() -> does("again"));
        }));
        assertThat(done).as("the end is the last that is asked for").containsExactly("work", "last");
        assertThat(gate.tryRun(() -> does("too late"))).isNull();
    }

    @Test
    void endComesAlsoBehindWorkThatFails() {
        assertThatThrownBy(() -> gate.run(() -> {
                    gate.end(() -> does("last"));
                    throw new OutOfMemoryError("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(done).containsExactly("last");
    }

    @Test
    void whoHasItIsKnown() {
        assertThat(gate.isMine()).isFalse();
        assertThat(gate.run(gate::isMine)).isTrue();
        assertThat(gate.isMine()).isFalse();
        gate.end(() -> assertThat(gate.isMine()).isTrue());
    }
}
