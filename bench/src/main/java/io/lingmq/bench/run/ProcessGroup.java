package io.lingmq.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The processes of one run, each in its role. Whatever happens, none of them outlives it. */
final class ProcessGroup implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Duration limit;
    private final List<RunningProcess> cast = new ArrayList<>();

    private ProcessGroup(Duration limit) {
        this.limit = limit;
    }

    /** Runs the processes of one run, each begun with the given command; returns the figures they printed. */
    static Map<String, Double> play(List<String> command, List<Role> roles, Duration limit)
            throws FailedRunException, InterruptedException {
        try (var group = new ProcessGroup(limit)) {
            for (var role : roles) {
                group.enter(command, role);
            }
            return group.finish();
        }
    }

    private void enter(List<String> command, Role role) throws FailedRunException, InterruptedException {
        var words = new ArrayList<>(command);
        words.addAll(role.words());
        var process = RunningProcess.start(words, role);
        cast.add(process);
        if (role.announces()) {
            await(CompletableFuture.anyOf(process.ready(), firstFailure()));
        }
    }

    private Map<String, Double> finish() throws FailedRunException, InterruptedException {
        var ended = CompletableFuture.allOf(successes(process -> !process.role().stays()));
        await(CompletableFuture.anyOf(ended, firstFailure()));
        cast.forEach(RunningProcess::release); // all at once: senders measure until then
        var lines = new ArrayList<String>();
        for (var process : cast) {
            process.awaitEnd(FAREWELL);
            lines.addAll(process.lines());
        }
        return Figures.of(lines);
    }

    private CompletableFuture<?>[] successes(Predicate<RunningProcess> which) {
        return cast.stream().filter(which).map(RunningProcess::success).toArray(CompletableFuture<?>[]::new);
    }

    /** Never completes unless a process fails. */
    private CompletableFuture<Object> firstFailure() {
        var failure = new CompletableFuture<Object>();
        for (var success : successes(process -> true)) {
            success.exceptionally(reason -> {
                failure.completeExceptionally(reason);
                return null;
            });
        }
        return failure;
    }

    private void await(CompletableFuture<?> event) throws FailedRunException, InterruptedException {
        try {
            event.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new FailedRunException("no end within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new FailedRunException(reason(e));
        }
    }

    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        cast.forEach(RunningProcess::kill);
    }
}
