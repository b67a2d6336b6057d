package io.lingmq.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What others depend on does not change unseen: the list of it stands among the documents. */
class ApiPageTest {
    private static final Path PAGE = Path.of("../docs/api.txt");
    private static final String HEAD = """
            All that a user of the published modules can name. Made by ApiPageTest from the classes: a change of the API
            shows in this file. To write it anew:
            ./test -pl artifacts -am -Dtest=ApiPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true
            """;

    @Test
    void theListInTheDocumentsIsUpToDate() throws IOException, ClassNotFoundException {
        var page = new ApiPage();
        for (var module : Published.values()) {
            page.module(module);
        }
        var fresh = HEAD + page.text();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE).lines().toList())
                .as("docs/api.txt, whose head says how it is written anew")
                .isEqualTo(fresh.lines().toList());
    }

    @Test
    void membersAreSortedAndSayWhatTheyThrow() {
        assertThat(new ApiPage().type(Shown.class).text()).isEqualTo("""

                public abstract static class io.lingmq.artifacts.ApiPageTest.Shown<T extends Number> implements AutoCloseable, java.util.function.Supplier<T>
                    public static final int LIMIT
                    protected Shown(String...)
                    @Deprecated public <E extends Exception> T old(java.util.List<? super T>) throws E
                    protected abstract void run(int[]) throws java.util.concurrent.TimeoutException
                    public void close()
                """);
    }

    /** A class above that nobody can name takes nothing away from the list. */
    abstract static class Hidden implements AutoCloseable {
        @Override
        public void close() {}

        void unseen() {}
    }

    /** One of each kind. */
    public abstract static class Shown<T extends Number> extends Hidden implements Supplier<T> {
        /** A constant. */
        public static final int LIMIT = 1;

        /** For those below. */
        protected Shown(String... words) {
            assert words != null;
        }

        /** Declares what it throws. */
        protected abstract void run(int[] numbers) throws TimeoutException;

        /** Throws what its caller says. */
        @Deprecated
        public <E extends Exception> T old(List<? super T> numbers) throws E {
            throw new UnsupportedOperationException(numbers.toString());
        }
    }
}
