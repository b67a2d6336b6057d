package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connect step by step: what meets it between two steps, and what it does later. */
class InprocConnectTest {
    private static final String NAME = "here";
    private static final long SECOND_NS = 1_000_000_000;

    private final ContextCore context = new ContextCore(1, "inproc-connect-test");
    private final ManualScheduler scheduler = new ManualScheduler();
    private final AtomicBoolean contextIsClosed = new AtomicBoolean();
    private final Inproc inproc = new Inproc(new SystemRuntime(), scheduler, contextIsClosed::get);

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private InprocConnect connect(SocketCore socket) {
        var connect = new InprocConnect(inproc, socket, NAME, socket.settings());
        connect.start();
        return connect;
    }

    private InprocBind bind(SocketCore socket) {
        var bind = new InprocBind(inproc, socket, NAME);
        bind.start();
        return bind;
    }

    private static void send(SocketCore socket, String... texts) {
        for (var text : texts) {
            assertThat(socket.trySend(Message.of(text))).as(text).isTrue();
        }
    }

    private static List<String> receiveAll(SocketCore socket) {
        var all = new ArrayList<String>();
        for (var message = socket.tryReceive(); message != null; message = socket.tryReceive()) {
            all.add(message.text());
        }
        return all;
    }

    /** Two PAIR connects of which the second was refused. */
    private InprocConnect refused(SocketCore first, SocketCore second) {
        bind(socket(SocketType.PAIR));
        connect(first);
        var connect = connect(second);
        scheduler.runDue();
        assertThat(connect.state()).isEqualTo(InprocState.REFUSED);
        return connect;
    }

    // ---- failures of others

    @Test
    void binderThatGoesTellsAllThoughOneOfThemFails() {
        var binder = bind(socket(SocketType.PULL));
        var failing = socket(SocketType.PUSH);
        connect(failing);
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        Observer noMemory = () -> {
            throw new StackOverflowError("on purpose");
        };
        failing.pipes().observe(noMemory);

        binder.close(0);

        failing.pipes().ignore(noMemory);
        assertThat(binder.finished()).isDone();
        assertThat(connect.state()).isEqualTo(InprocState.WAITING);
    }

    @Test
    void binderThatComesMeetsAllThoughOneOfThemFails() {
        var failing = socket(SocketType.PUSH);
        connect(failing);
        var connect = connect(socket(SocketType.PUSH));
        Observer noMemory = () -> {
            throw new StackOverflowError("on purpose");
        };
        failing.pipes().observe(noMemory);

        bind(socket(SocketType.PULL));

        failing.pipes().ignore(noMemory);
        assertThat(connect.state()).isEqualTo(InprocState.JOINED);
    }

    @Test
    void connectorThatFailedToMeetABinderTriesAgain() {
        var failing = socket(SocketType.PUSH);
        connect(failing);
        Observer noMemory = () -> {
            throw new StackOverflowError("on purpose");
        };
        failing.pipes().observe(noMemory);
        var pull = socket(SocketType.PULL);
        bind(pull);
        failing.pipes().ignore(noMemory);

        send(failing, "hello");
        scheduler.runAll();
        scheduler.runAll();
        assertThat(receiveAll(pull)).containsExactly("hello");
    }

    /** A system without a thread for what is to be done later. */
    private static final class NoThread implements Scheduler {
        @Override
        public Future<?> schedule(long delayNs, Runnable task) {
            throw new InternalError("unable to create native thread, on purpose");
        }

        @Override
        public void stop(long timeoutNs) {}
    }

    @Test
    void whatAContextThatClosesCannotLeaveToAThreadIsDoneAtOnce() {
        var bind = new InprocBind(
                new Inproc(new SystemRuntime(), new NoThread(), () -> true), socket(SocketType.PULL), NAME);
        bind.start();

        bind.close(0);

        assertThat(bind.finished()).isDone();
    }

    // ---- races

    @Test
    void waitsForTheNextBinderWhenTheOneItFoundHasJustGone() {
        var gone = bind(socket(SocketType.PULL));
        gone.close(0);
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1");

        connect.offered(gone);

        assertThat(connect.state()).isEqualTo(InprocState.WAITING);
        assertThat(push.statistics().peers()).isZero();
        var pull = socket(SocketType.PULL);
        bind(pull);
        assertThat(receiveAll(pull)).containsExactly("1");
    }

    @Test
    void findsTheNextBinderThatHasComeWhileItMetTheWrongOne() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1");
        var wrong = new InprocBind(inproc, socket(SocketType.PUB), NAME);
        assertThat(inproc.directory().bind(NAME, wrong)).containsExactly(connect);
        wrong.close(0);
        var pull = socket(SocketType.PULL);
        bind(pull);

        connect.offered(wrong);

        assertThat(connect.state()).isEqualTo(InprocState.JOINED);
        assertThat(receiveAll(pull)).containsExactly("1");
    }

    @Test
    void newsOfAFormerBinderComeTooLate() {
        var first = bind(socket(SocketType.PULL));
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        first.close(0);
        var pull = socket(SocketType.PULL);
        bind(pull);
        send(push, "1");

        connect.binderGone(first);
        connect.offered(first);

        assertThat(connect.state()).isEqualTo(InprocState.JOINED);
        assertThat(receiveAll(pull)).containsExactly("1");
    }

    @Test
    void closedConnectIsOfferedInVain() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        var bind = new InprocBind(inproc, socket(SocketType.PULL), NAME);
        assertThat(inproc.directory().bind(NAME, bind)).containsExactly(connect);
        connect.close(SECOND_NS);

        connect.offered(bind);

        assertThat(connect.state()).isEqualTo(InprocState.CLOSED);
        assertThat(bind.socket().statistics().peers()).isZero();
        bind.close(0);
    }

    @Test
    void binderThatClosesWhileTheRefusalIsOnItsWayIsLeftOnce() {
        var pair = bind(socket(SocketType.PAIR));
        connect(socket(SocketType.PAIR));
        var second = socket(SocketType.PAIR);
        var connect = connect(second); // refused, but the scheduler has not run
        send(second, "1");
        pair.close(0);
        scheduler.runDue();

        assertThat(connect.state()).isEqualTo(InprocState.WAITING);
        assertThat(scheduler.delays()).as("nothing to try again").isEmpty();
        assertThat(second.statistics().unsent()).as("it waits for the next").isEqualTo(1);
    }

    @Test
    void socketWhosePeerWasRefusedAtItsOwnEndSendsNothingInVain() {
        var pair = socket(SocketType.PAIR);
        pair.bind("inproc://elsewhere");
        var other = socket(SocketType.PAIR);
        other.connect("inproc://elsewhere");
        var binder = socket(SocketType.PAIR);
        bind(binder);

        var connect = connect(pair);

        assertThat(binder.trySend(Message.of("x")))
                .as("nobody would receive it")
                .isFalse();
        scheduler.runDue();
        assertThat(connect.state()).isEqualTo(InprocState.REFUSED);
    }

    @Test
    void immediateConnectSendsOnlyWhileThereIsABinder() {
        var push = socket(SocketType.PUSH);
        push.set(Options.IMMEDIATE, true);
        connect(push);
        assertThat(push.trySend(Message.of("1"))).isFalse();
        var first = socket(SocketType.PULL);
        var bind = bind(first);
        send(push, "2");
        first.close();
        bind.close(0);
        assertThat(push.trySend(Message.of("3"))).isFalse();
        var second = socket(SocketType.PULL);
        bind(second);

        assertThat(receiveAll(second)).containsExactly("2");
    }

    // ---- trying again

    @ParameterizedTest
    @CsvSource({
        // first, longest, and then the waits in ms, to which up to a quarter is added
        "100, 0, 100, 100, 100",
        "100, 1000, 100, 200, 400",
        "400, 1000, 400, 800, 1000",
        "0, 0, 5, 5, 5",
        "1, 3, 5, 5, 5",
    })
    void triesAgainAsOtherTransportsDoButNeverSpins(long firstMs, long longestMs, long wait1, long wait2, long wait3) {
        var second = socket(SocketType.PAIR);
        second.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(firstMs));
        second.set(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(longestMs));
        var connect = refused(socket(SocketType.PAIR), second);
        for (var wait : List.of(wait1, wait2, wait3)) {
            var waited = scheduler.runAll();
            assertThat(waited).isBetween(Duration.ofMillis(wait), Duration.ofMillis(wait + wait / 4 + 1));
            scheduler.runDue();
            assertThat(connect.state()).isEqualTo(InprocState.REFUSED);
        }
    }

    @Test
    void whoIsToStayApartForEverDoesNotTryAgain() {
        var second = socket(SocketType.PAIR);
        second.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
        var connect = refused(socket(SocketType.PAIR), second);
        assertThat(scheduler.delays()).isEmpty();
        send(second, "1");

        connect.close(SECOND_NS);

        assertThat(connect.finished()).as("no hope: lost at once").isCompletedWithValue(1L);
    }

    @Test
    void refusalAndRetryAreTold() {
        var second = socket(SocketType.PAIR);
        var events = new Recorder<SocketEvent>();
        second.monitor(events, Runnable::run);
        refused(socket(SocketType.PAIR), second);

        assertThat(events.await(SocketEvent.Disconnected.class).reason()).contains("one peer only");
        events.await(SocketEvent.RetryScheduled.class);
    }

    @Test
    void nothingIsLeftToDoAfterAClose() {
        var connect = refused(socket(SocketType.PAIR), socket(SocketType.PAIR));
        assertThat(scheduler.delays()).hasSize(1);

        connect.close(SECOND_NS);

        assertThat(connect.state()).isEqualTo(InprocState.CLOSED);
        assertThat(connect.finished()).isCompletedWithValue(0L);
        assertThat(scheduler.delays()).isEmpty();
    }

    @Test
    void routerWhoseChosenNameIsInUseTriesAgain() {
        var router = socket(SocketType.ROUTER);
        router.set(Options.CONNECT_ROUTING_ID, Zmtp.ascii("x"));
        var first = connect(router);
        var second = connect(router);
        scheduler.runDue();
        assertThat(second.state()).isEqualTo(InprocState.REFUSED);
        first.close(0);
        assertThat(scheduler.runAll()).isPositive();
        scheduler.runDue();

        assertThat(second.state()).isEqualTo(InprocState.WAITING);
        assertThat(router.trySend(Message.of("x", "1"))).isTrue();
        var dealer = socket(SocketType.DEALER);
        bind(dealer);
        assertThat(receiveAll(dealer)).containsExactly("1");
    }

    @Test
    void probesAreNotKeptForTheNextTry() {
        bind(socket(SocketType.ROUTER));
        for (var i = 0; i < 2; i++) {
            var dealer = socket(SocketType.DEALER);
            dealer.set(Options.ROUTING_ID, Zmtp.ascii("me"));
            dealer.set(Options.PROBE_ROUTER, true);
            var connect = connect(dealer);
            for (var round = 0; round < 3; round++) {
                scheduler.runDue();
                scheduler.runAll();
            }
            scheduler.runDue();
            assertThat(dealer.statistics().unsent())
                    .as("at most the one of the next try")
                    .isLessThan(2);
            if (i == 1) {
                connect.close(SECOND_NS);
                assertThat(connect.finished()).as("they are no messages").isCompletedWithValue(0L);
            }
        }
    }

    // ---- lingering

    @Test
    void lingerCanBeShortenedButNotProlonged() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1");
        connect.close(10 * SECOND_NS);
        assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(10));
        connect.close(20 * SECOND_NS);
        connect.close(Long.MAX_VALUE);
        assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(10));

        connect.close(SECOND_NS);

        assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(1));
        assertThat(connect.finished()).isNotDone();
        scheduler.runAll();
        assertThat(connect.finished()).isCompletedWithValue(1L);
        assertThat(push.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 1L));
    }

    @Test
    void endlessLingerCanBeEnded() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1", "2");
        connect.close(Long.MAX_VALUE);
        assertThat(scheduler.delays()).isEmpty();
        assertThat(connect.state()).isEqualTo(InprocState.LINGERING);

        connect.close(0);

        assertThat(connect.finished()).isCompletedWithValue(2L);
        assertThat(inproc.directory().bind(NAME, new InprocBind(inproc, push, NAME)))
                .isEmpty();
    }

    @Test
    void messagesAreDeliveredOnce() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1", "2");
        connect.close(SECOND_NS);
        var pull = socket(SocketType.PULL);
        bind(pull).close(0);
        var next = socket(SocketType.PULL);
        bind(next);

        assertThat(connect.finished()).isCompletedWithValue(0L);
        assertThat(scheduler.delays()).as("the linger's end is off").isEmpty();
        assertThat(receiveAll(pull)).containsExactly("1", "2");
        assertThat(receiveAll(next)).isEmpty();
    }

    @Test
    void socketThatTookNoneOfThemBeforeItClosedLeavesThemToTheNext() {
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1");
        connect.close(SECOND_NS);
        var closed = socket(SocketType.PULL);
        closed.close();
        bind(closed);

        assertThat(connect.state()).isEqualTo(InprocState.LINGERING);
    }

    @Test
    void nobodyLingersInAContextThatHasEnded() {
        var early = socket(SocketType.PUSH);
        var earlyConnect = connect(early);
        var late = socket(SocketType.PUSH);
        var lateConnect = connect(late);
        send(early, "1");
        send(late, "2", "3");
        earlyConnect.close(Long.MAX_VALUE);

        inproc.end();
        lateConnect.close(Long.MAX_VALUE);

        assertThat(earlyConnect.finished()).isCompletedWithValue(1L);
        assertThat(lateConnect.finished()).isCompletedWithValue(2L);
    }

    @Test
    void whatLiesInSocketsWhenTheContextClosesIsGoneWithThem() {
        var pull = socket(SocketType.PULL);
        var bind = bind(pull);
        var push = socket(SocketType.PUSH);
        var connect = connect(push);
        send(push, "1");
        contextIsClosed.set(true);
        pull.close();
        bind.close(0);
        connect.close(SECOND_NS);
        scheduler.runDue();

        assertThat(connect.finished()).as("whatever the order").isCompletedWithValue(0L);
    }
}
