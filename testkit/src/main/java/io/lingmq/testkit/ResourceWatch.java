package io.lingmq.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Notes which threads and descriptors there are, and says later whether all that came since has gone.
 *
 * <p>Classes and files that the JVM opens once count as leaks: do the work once before {@link #begin}. Where there is
 * no {@code /proc}, descriptors count as 0.
 */
public final class ResourceWatch {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int COLLECTIONS = 3;

    private final String threadPrefix;
    private final List<String> threads;
    private final List<String> descriptors;

    private ResourceWatch(String threadPrefix) {
        this.threadPrefix = threadPrefix;
        threads = threads(threadPrefix);
        descriptors = descriptors();
    }

    /** Notes what there is now; of the threads only those whose names begin with the prefix. */
    public static ResourceWatch begin(String threadPrefix) {
        return new ResourceWatch(threadPrefix);
    }

    /**
     * Waits until there are no more threads and descriptors than at the beginning.
     *
     * @throws AssertionError naming those that stay
     */
    public void assertReturned() {
        assertReturned(PATIENCE);
    }

    /** As {@link #assertReturned()}, with another limit on the wait. */
    public void assertReturned(Duration patience) {
        try {
            Await.until(
                    "resources return",
                    patience,
                    () -> extraThreads().isEmpty() && descriptors().size() <= descriptors.size());
        } catch (AssertionError e) {
            throw new AssertionError(
                    "left behind: threads " + extraThreads() + "; descriptors " + extraDescriptors(), e);
        }
    }

    private List<String> extraThreads() {
        return without(threads(threadPrefix), threads);
    }

    private List<String> extraDescriptors() {
        return without(descriptors(), descriptors);
    }

    private static List<String> without(List<String> all, List<String> known) {
        var rest = new ArrayList<>(all);
        known.forEach(rest::remove);
        return rest;
    }

    /** The names of the live threads that begin with the prefix. */
    public static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** What the open descriptors stand for, without those that only this look needs. */
    public static List<String> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            var numbers = new TreeSet<>(all.toList());
            return numbers.stream()
                    .map(ResourceWatch::target)
                    .filter(t -> !t.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("cannot list " + DESCRIPTORS, e);
        }
    }

    private static String target(Path descriptor) {
        try {
            var target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/proc/") ? "" : target;
        } catch (IOException e) {
            return "";
        }
    }

    /** Octets of the heap that are in use after garbage collections. */
    public static long usedHeap() {
        var runtime = Runtime.getRuntime();
        var least = Long.MAX_VALUE;
        for (var i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
