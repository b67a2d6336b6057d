package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The Reactive Streams project's own tests of a publisher, on {@code publisher()}. They are written for TestNG; each of
 * them is called here as a test of JUnit's.
 */
class ReactiveStreamsTest {
    /** What a test may wait for; only one that fails does. */
    private static final long PATIENCE_MS = 20_000;
    /** How long a test looks that nothing comes. */
    private static final long QUIET_MS = 50;

    /** So many messages a publisher has at most; tests that want more are for others. */
    private static final long MOST = 2000;

    @TestFactory
    Stream<DynamicTest> theRulesAreKept() {
        return Arrays.stream(FlowPublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method)));
    }

    private static void run(Method method) throws Throwable {
        try (var publishers = new Publishers()) {
            publishers.setUp();
            method.invoke(publishers);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped && maySkip(method.getName())) {
                throw new TestAbortedException(skipped.getMessage(), skipped);
            }
            throw e.getCause();
        }
    }

    /** Rules that no test can show, and what a publisher for several subscribers at once does. */
    private static boolean maySkip(String name) {
        return name.startsWith("untested_") || name.startsWith("optional_spec111");
    }

    @org.junit.jupiter.api.Test
    void thereAreRules() {
        assertThat(theRulesAreKept()).hasSizeGreaterThan(30);
    }

    /** Makes publishers: each a socket of its own, with as many messages as the test wants. */
    private static final class Publishers extends FlowPublisherVerification<Message> implements AutoCloseable {
        private final Context context = Context.builder()
                .socketDefault(Options.SEND_HWM, 0)
                .socketDefault(Options.RECEIVE_HWM, 0)
                .open();
        private final List<PullSocket> sockets = new ArrayList<>();

        Publishers() {
            super(new TestEnvironment(PATIENCE_MS, QUIET_MS, QUIET_MS));
        }

        @Override
        public long maxElementsFromPublisher() {
            return MOST;
        }

        @Override
        public Flow.Publisher<Message> createFlowPublisher(long count) {
            var pull = socket();
            var push = context.push();
            push.connect(pull.lastEndpoint());
            for (var i = 0; i < count; i++) {
                push.trySend(Message.of(String.valueOf(i)));
            }
            return subscriber -> pull.publisher().subscribe(new Counted(subscriber, pull, count));
        }

        /** One that has a subscriber already. */
        @Override
        public Flow.Publisher<Message> createFailedFlowPublisher() {
            var publisher = socket().publisher();
            publisher.subscribe(new Idle());
            return publisher;
        }

        private PullSocket socket() {
            var pull = context.pull();
            pull.bind("inproc://publisher-" + sockets.size());
            sockets.add(pull);
            return pull;
        }

        @Override
        public void close() {
            context.close(Duration.ZERO);
        }
    }

    /** Closes the socket behind its last message: then the stream is complete. */
    private record Counted(Flow.Subscriber<? super Message> subscriber, PullSocket pull, long count, AtomicLong seen)
            implements Flow.Subscriber<Message> {
        Counted(Flow.Subscriber<? super Message> subscriber, PullSocket pull, long count) {
            this(subscriber, pull, count, new AtomicLong());
            if (subscriber == null) {
                throw new NullPointerException("the subscriber is null");
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
            closeBehindLast();
        }

        @Override
        public void onNext(Message message) {
            seen.incrementAndGet();
            subscriber.onNext(message);
            closeBehindLast();
        }

        private void closeBehindLast() {
            if (seen.get() == count) {
                pull.close();
            }
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    private static final class Idle implements Flow.Subscriber<Message> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(Message message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
