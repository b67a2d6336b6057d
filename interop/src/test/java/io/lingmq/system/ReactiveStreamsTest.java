package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.Test;

/**
 * The Reactive Streams project's own tests of a publisher, on {@code publisher()}. They are written for TestNG; each of
 * them is called here as a test of JUnit's, and one that would be skipped fails.
 */
class ReactiveStreamsTest {
    /** What a test may wait for; only one that fails does. */
    private static final long PATIENCE_MS = 20_000;
    /** How long a test looks that nothing comes. */
    private static final long QUIET_MS = 50;

    /** No test wants more. */
    private static final long MOST = Integer.MAX_VALUE;

    /** So many messages wait for the subscriber at a time. */
    private static final long AHEAD = 1000;

    @TestFactory
    Stream<DynamicTest> theRulesAreKept() {
        return Arrays.stream(FlowPublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && isForOneSubscriber(method.getName()))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method)));
    }

    private static void run(Method method) throws Throwable {
        try (var publishers = new Publishers()) {
            publishers.setUp();
            method.invoke(publishers);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Left out: what a publisher for several subscribers at once does, and rules that the project cannot test. */
    private static boolean isForOneSubscriber(String name) {
        return !name.startsWith("untested_") && !name.startsWith("optional_spec111");
    }

    @org.junit.jupiter.api.Test
    void thereAreRules() {
        assertThat(theRulesAreKept()).hasSizeGreaterThan(20);
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
            for (var i = 0; i < Math.min(count, AHEAD); i++) {
                push.trySend(Message.of("early"));
            }
            return subscriber -> pull.publisher().subscribe(new Counted(subscriber, pull, push, count));
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

    /** Sends the next message when one has come, and closes the socket behind the last: then the stream is complete. */
    private static final class Counted implements Flow.Subscriber<Message> {
        private final Flow.Subscriber<? super Message> subscriber;
        private final PullSocket pull;
        private final PushSocket push;
        private final long count;
        private long seen;

        Counted(Flow.Subscriber<? super Message> subscriber, PullSocket pull, PushSocket push, long count) {
            this.subscriber = Objects.requireNonNull(subscriber, "the subscriber is null");
            this.pull = pull;
            this.push = push;
            this.count = count;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
            closeBehindLast();
        }

        @Override
        public void onNext(Message message) {
            seen++;
            if (seen + AHEAD <= count) {
                push.trySend(Message.of("late"));
            }
            subscriber.onNext(message);
            closeBehindLast();
        }

        private void closeBehindLast() {
            if (seen == count) {
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
