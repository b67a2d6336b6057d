package io.lingmq.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {
    /** The application's log, which fails if it is to. */
    private static final class Lines implements System.Logger {
        private final List<String> lines = new ArrayList<>();
        private Throwable toThrow;

        @Override
        public String getName() {
            return "of a test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            lines.add(level + " " + text + " " + thrown);
            if (toThrow != null) {
                throwAny(toThrow);
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            log(level, bundle, format, (Throwable) null);
        }
    }

    private final Lines log = new Lines();

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable any) throws T {
        throw (T) any;
    }

    private static List<Throwable> whatMayBeThrown() {
        return List.of(
                new IllegalStateException("on purpose"),
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new AssertionError("on purpose"),
                new Exception("on purpose, unchecked by a trick"));
    }

    @BeforeEach
    void listen() {
        Log.logger = log;
    }

    @AfterEach
    void listenNoLonger() {
        Log.logger = null; // it will be found again
    }

    @Test
    void codeThatEndsWellLeavesNoTrace() {
        assertThat(Guard.run("some code", () -> {})).isNull();
        assertThat(log.lines).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("whatMayBeThrown")
    void whatCodeThrowsIsLoggedAndReturned(Throwable thrown) {
        assertThat(Guard.run("some code", () -> throwAny(thrown))).isSameAs(thrown);
        assertThat(log.lines).containsExactly("WARNING some code failed " + thrown);
    }

    @ParameterizedTest
    @MethodSource("whatMayBeThrown")
    void logThatThrowsHurtsNobody(Throwable thrown) {
        log.toThrow = thrown;
        var cause = new IllegalArgumentException("of the code");

        assertThat(Guard.run("some code", () -> throwAny(cause))).isSameAs(cause);
        Log.warning("a warning");
        Log.warning("a warning", cause);
        Log.error("an error", cause);
        assertThat(log.lines).hasSize(4);
    }

    @Test
    void classesInAFolderAreLoadedInAdvance() {
        assertThat(ClassFolder.load(Guard.class)).isGreaterThan(100);
    }

    @Test
    void classesFromElsewhereAreLeftAlone() {
        assertThat(ClassFolder.load(String.class)).as("in the image of the JDK").isZero();
        assertThat(ClassFolder.load(Test.class)).as("in an archive").isZero();
    }
}
