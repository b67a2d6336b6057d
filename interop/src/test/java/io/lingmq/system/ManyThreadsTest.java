package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.PullSocket;
import io.lingmq.testkit.Await;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Hundreds of threads that block: virtual ones where the JDK has them, which must not hold their carriers. */
@ParameterizedClass
@EnumSource(Transport.class)
class ManyThreadsTest {
    private static final int THREADS = 300;

    @AutoClose
    private final SocketFixture fixture;

    ManyThreadsTest(Transport transport) {
        fixture = new SocketFixture(transport);
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Boolean> start(Task task) {
        var done = new CompletableFuture<Boolean>();
        Runnable guarded = () -> {
            try {
                task.run();
                done.complete(true);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        };
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, guarded);
        } catch (NoSuchMethodException e) {
            var thread = new Thread(guarded);
            thread.setDaemon(true);
            thread.start();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("startVirtualThread", e);
        }
        return done;
    }

    @Test
    void blockedThreadsLeaveRoomForOthers() throws InterruptedException {
        var pulls = new ArrayList<PullSocket>();
        var waiting = new ArrayList<CompletableFuture<Boolean>>();
        var started = new AtomicInteger();
        var push = fixture.context().push();
        for (var i = 0; i < THREADS; i++) {
            var pull = fixture.context().pull();
            fixture.bound(pull);
            pulls.add(pull);
            waiting.add(start(() -> {
                started.incrementAndGet();
                assertThat(pull.receive().text()).isEqualTo("at last");
            }));
        }
        Await.until("all of them run", () -> started.get() == THREADS);
        var other = start(() -> Thread.currentThread().getName());
        Await.until("another one has its turn", other::isDone);
        for (var pull : pulls) {
            push.connect(fixture.bound(pull));
        }
        SocketFixture.awaitPeers(push, THREADS);
        for (var i = 0; i < THREADS; i++) {
            push.send("at last");
        }
        Await.until("each has its message", () -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void eachAsksAndIsAnswered() {
        var rep = fixture.context().rep();
        fixture.bound(rep);
        var answering = start(() -> {
            for (var i = 0; i < THREADS; i++) {
                rep.send(take(rep));
            }
        });
        var asking = new ArrayList<CompletableFuture<Boolean>>();
        for (var i = 0; i < THREADS; i++) {
            var question = "question " + i;
            asking.add(start(() -> {
                try (var req = fixture.context().req()) {
                    req.connect(fixture.bound(rep));
                    assertThat(req.request(question).text()).isEqualTo(question);
                }
            }));
        }
        Await.until("each has its answer", () -> asking.stream().allMatch(CompletableFuture::isDone));
        assertThat(asking).noneMatch(CompletableFuture::isCompletedExceptionally);
        Await.until("all is answered", answering::isDone);
    }
}
