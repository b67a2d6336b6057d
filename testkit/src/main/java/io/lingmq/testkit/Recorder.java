package io.lingmq.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a listener is told, and waits for what it should be told.
 *
 * <p>Threading: any thread.
 *
 * @param <T> what the listener is told
 */
public final class Recorder<T> implements Consumer<T> {
    private final List<T> all = new CopyOnWriteArrayList<>();

    /** A recorder that was told nothing yet. */
    public Recorder() {}

    @Override
    public void accept(T told) {
        all.add(told);
    }

    /** All so far, in order. */
    public List<T> all() {
        return List.copyOf(all);
    }

    /** How many there are so far of one kind. */
    public long count(Class<? extends T> kind) {
        return all.stream().filter(kind::isInstance).count();
    }

    /** The first of a kind, as soon as there is one. */
    public <K extends T> K await(Class<K> kind) {
        return await(kind, it -> true);
    }

    /** The first of a kind that the test accepts, as soon as there is one. */
    public <K extends T> K await(Class<K> kind, Predicate<? super K> test) {
        return await(kind, Await.PATIENCE, test);
    }

    /** The first of a kind that the test accepts, if it comes within the given time. */
    public <K extends T> K await(Class<K> kind, Duration patience, Predicate<? super K> test) {
        try {
            return Await.<K>value(kind.getSimpleName(), patience, () -> first(kind, test));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; there were only " + all, e);
        }
    }

    private <K extends T> @Nullable K first(Class<K> kind, Predicate<? super K> test) {
        for (var told : all) {
            if (kind.isInstance(told) && test.test(kind.cast(told))) {
                return kind.cast(told);
            }
        }
        return null;
    }
}
