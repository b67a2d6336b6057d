package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoleTest {
    private final List<String> done = new ArrayList<>();
    private final Role role = new Role(() -> done.add("note"));

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
    void workIsDoneWhereTheRoleIsFree() {
        assertThat(role.run(() -> does("one"))).isTrue();
        assertThat(role.tryRun(() -> does("two"))).isTrue();
        Boolean told = role.tryRun(number -> does("number " + number), 3L);
        assertThat(told).isTrue();
        assertThat(done).containsExactly("one", "two", "number 3");
    }

    @Test
    void whoFindsItTakenLeavesANoteThatIsAnsweredOnceBehindTheWork() {
        role.run(during(() -> {
            assertThat(role.run(() -> does("not now"))).isNull();
            assertThat(role.run(() -> does("nor now"))).isNull();
        }));
        assertThat(done).containsExactly("work", "note");
    }

    @Test
    void whoOnlyTriesLeavesNoNote() {
        role.run(during(() -> assertThat(role.tryRun(() -> does("not now"))).isNull()));
        assertThat(done).containsExactly("work");
    }

    @Test
    void workThatFailsLeavesTheRoleFreeAndItsNoteAnswered() {
        for (var failure : List.of(new IllegalStateException("on purpose"), new OutOfMemoryError("on purpose"))) {
            assertThatThrownBy(() -> role.run(() -> {
                        role.run(() -> does("not now"));
                        return fail(failure);
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> role.tryRun(() -> fail(failure))).isSameAs(failure);
            assertThatThrownBy(() -> role.tryRun(number -> fail(failure), 1L)).isSameAs(failure);
        }
        assertThat(role.tryRun(() -> does("free"))).isTrue();
        assertThat(done).containsExactly("note", "note", "free");
    }

    private static Boolean fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void endOfAFreeRoleComesAtOnceAndOnce() {
        role.end(() -> does("last"));
        role.end(() -> does("again"));
        assertThat(done).containsExactly("last");
        assertThat(role.run(() -> does("too late"))).isNull();
        assertThat(role.tryRun(() -> does("too late"))).isNull();
        assertThat(done).containsExactly("last");
    }

    @Test
    void endOfATakenRoleIsLeftToWhoHasIt() {
        role.run(during(() -> {
            role.run(() -> does("not now"));
            role.end(() -> does("last"));
            assertThat(role.isOver()).isTrue();
            assertThat(role.run(() -> does("too late"))).isNull();
            role.end(() -> does("again"));
        }));
        assertThat(done).as("the end is the last that is asked for").containsExactly("work", "last");
        assertThat(role.tryRun(() -> does("too late"))).isNull();
    }

    @Test
    void endComesAlsoBehindWorkThatFails() {
        assertThatThrownBy(() -> role.run(() -> {
                    role.end(() -> does("last"));
                    throw new OutOfMemoryError("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(done).containsExactly("last");
    }

    @Test
    void whoHasItIsKnown() {
        assertThat(role.isMine()).isFalse();
        assertThat(role.run(role::isMine)).isTrue();
        assertThat(role.isMine()).isFalse();
        role.end(() -> assertThat(role.isMine()).isTrue());
    }
}
