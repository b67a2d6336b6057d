package io.lingmq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.guard.LogTrap;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handlers of sockets, a turn at a time. */
class LoopSocketsTest extends Looping {
    private final SocketCore otherPush = socket(SocketType.PUSH);
    private final SocketCore otherPull = socket(SocketType.PULL);

    LoopSocketsTest() {
        otherPull.bind("inproc://other");
        otherPush.connect("inproc://other");
    }

    private static void send(SocketCore socket, int count) {
        for (var i = 1; i <= count; i++) {
            assertThat(socket.trySend(Message.of("" + i))).isTrue();
        }
    }

    @Test
    void handlerTakesEachMessage() throws InterruptedException {
        var registration = loop.onReceive("pull", pull, message -> calls.add(message.text()));
        turn();
        send(push, 3);
        turn();
        assertThat(takeCalls()).containsExactly("1", "2", "3");
        assertThat(registration).hasToString("reading handler of pull");
        turn();
        assertThat(takeCalls()).isEmpty();
    }

    @Test
    void actionIsCalledOnceATurnWhileTheSocketIsReady() throws InterruptedException {
        loop.onReadable("pull", pull, () -> calls.add("readable"));
        var writable = loop.onWritable("push", push, () -> calls.add("writable"));
        turn();
        assertThat(takeCalls()).containsExactly("writable");
        writable.cancel();
        send(push, 2);
        turns(2);
        assertThat(takeCalls()).containsExactly("readable", "readable");
        pull.tryReceive();
        pull.tryReceive();
        turn();
        assertThat(takeCalls()).isEmpty();
    }

    @Test
    void socketMayHaveAHandlerOfEachKind() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var peer = socket(SocketType.DEALER);
        dealer.bind("inproc://dealer");
        peer.connect("inproc://dealer");
        var receiving = loop.onReceive(dealer, dealer, message -> calls.add(message.text()));
        var writing = loop.onWritable(dealer, dealer, () -> calls.add("writable"));
        var closing = loop.onClosed(dealer, dealer, () -> calls.add("closed"));
        peer.trySend(Message.of("x"));
        turn();
        assertThat(takeCalls()).containsExactly("x", "writable");
        writing.cancel();
        peer.trySend(Message.of("y"));
        turn();
        assertThat(takeCalls()).containsExactly("y");
        receiving.cancel();
        peer.trySend(Message.of("z"));
        turn();
        assertThat(takeCalls()).isEmpty();
        assertThat(dealer.tryReceive()).as("it stays in the socket").isEqualTo(Message.of("z"));
        dealer.close();
        turn();
        assertThat(takeCalls()).containsExactly("closed");
        assertThat(closing.isActive()).isFalse();
        assertThat(loop.toString()).contains("channels: 0");
    }

    @Test
    void secondHandlerOfAKindIsRefused() throws InterruptedException {
        var first = loop.onReceive("pull", pull, message -> calls.add(message.text()));
        assertThatThrownBy(() -> loop.onReadable("pull", pull, () -> {}))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith(
                        "the loop has a reading handler of pull already, and takes one; cancel that one first");
        first.cancel();
        loop.onReadable("pull", pull, () -> calls.add("readable"));
        send(push, 1);
        turn();
        assertThat(takeCalls()).containsExactly("readable");
    }

    @Test
    void whatASocketCannotDoIsRefusedAndLeavesNothingBehind() {
        assertThatThrownBy(() -> loop.onReceive("push", push, message -> {})).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> loop.onReadable("push", push, () -> {})).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> loop.onWritable("pull", pull, () -> {})).isInstanceOf(NotSupportedException.class);
        assertThat(loop.toString()).contains("channels: 0");
    }

    // ---- in turn

    @Test
    void replierIsAskedForTheNextRequestWhenItHasReplied() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://rep");
        for (var i = 1; i <= 3; i++) {
            var req = socket(SocketType.REQ);
            req.connect("inproc://rep");
            req.trySend(Message.of("" + i));
        }
        loop.onReceive(rep, rep, request -> {
            calls.add(request.text());
            if (!request.text().equals("2")) {
                rep.trySend(Message.of("reply"));
            }
        });
        turns(3);
        assertThat(takeCalls()).containsExactly("1", "2");
        rep.trySend(Message.of("a late reply"));
        turn();
        assertThat(takeCalls()).containsExactly("3");
    }

    // ---- fairness

    @Test
    void floodOnOneSocketLeavesTurnsForOthers() throws InterruptedException {
        loop.onReceive("pull", pull, message -> {
            calls.add("flood");
            push.trySend(Message.of("again"));
        });
        loop.onReceive("other", otherPull, message -> calls.add("other"));
        loop.every(Duration.ofSeconds(1), () -> calls.add("timer"));
        send(push, 500);
        send(otherPush, 1);
        clock.advance(Duration.ofSeconds(1));
        turn();
        assertThat(calls).contains("other", "timer").hasSize(Share.MOST_CALLS + 2);
        takeCalls();
        turn();
        assertThat(takeCalls()).hasSize(Share.MOST_CALLS).containsOnly("flood");
    }

    @Test
    void socketWhoseHandlerTakesLongHasFewerMessagesATurn() throws InterruptedException {
        loop.onReceive("pull", pull, message -> {
            calls.add("slow");
            clock.advance(Duration.ofMillis(10));
        });
        loop.every(Duration.ofMillis(10), () -> calls.add("timer"));
        send(push, 3);
        turns(3);
        assertThat(takeCalls()).containsExactly("slow", "timer", "slow", "timer", "slow");
    }

    // ---- cancelling

    @Test
    void handlerMayCancelItselfAndKeepsTheOtherMessages() throws InterruptedException {
        var registration = new Entry[1];
        registration[0] = loop.onReceive("pull", pull, message -> {
            calls.add(message.text());
            registration[0].cancel();
        });
        send(push, 3);
        turns(2);
        assertThat(takeCalls()).containsExactly("1");
        assertThat(pull.tryReceive()).isEqualTo(Message.of("2"));
        assertThat(registration[0].isActive()).isFalse();
    }

    @Test
    void handlerOfASocketThatIsReadyInTheSameTurnIsNotCalledWhenItIsCancelled() throws InterruptedException {
        var registrations = new Entry[2];
        registrations[0] = loop.onReceive("pull", pull, message -> {
            calls.add("one of two");
            registrations[1].cancel();
        });
        registrations[1] = loop.onReceive("other", otherPull, message -> {
            calls.add("one of two");
            registrations[0].cancel();
        });
        send(push, 1);
        send(otherPush, 1);
        turns(3);
        assertThat(takeCalls()).containsExactly("one of two");
    }

    @Test
    void socketIsRegisteredAnewInTheSameTurn() throws InterruptedException {
        var registrations = new ArrayList<Entry>();
        registrations.add(loop.onReceive("pull", pull, message -> {
            calls.add("old");
            registrations.get(0).cancel();
            loop.onReceive("pull", pull, next -> calls.add("new " + next.text()));
        }));
        send(push, 3);
        turns(2);
        assertThat(takeCalls()).containsExactly("old", "new 2", "new 3");
    }

    // ---- failures

    private static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("on purpose"),
                new Exception("on purpose"),
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new AssertionError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAHandlerThrowsIsLoggedAndEndsNothing(Throwable failure) throws InterruptedException {
        loop.onReceive("pull", pull, message -> {
            calls.add(message.text());
            throwAny(failure);
        });
        loop.onReceive("other", otherPull, message -> calls.add("other"));
        send(push, 2);
        send(otherPush, 1);
        var lines = new ArrayList<String>();
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            turn();
        }
        assertThat(takeCalls()).containsExactlyInAnyOrder("1", "2", "other");
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("a loop's reading handler of pull failed: "));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable any) throws T {
        throw (T) any;
    }

    @Test
    void errorHandlerHearsInPlaceOfTheLog() throws InterruptedException {
        var lines = new ArrayList<String>();
        loop.onError((where, failure) -> calls.add(where + ": " + failure.getMessage()));
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            turn();
        }
        assertThat(takeCalls()).containsExactly("task: on purpose");
        assertThat(lines).isEmpty();
    }

    @Test
    void errorHandlerThatFailsHidesNothing() throws InterruptedException {
        var lines = new ArrayList<String>();
        loop.onError((where, failure) -> {
            throw new IllegalArgumentException("also on purpose");
        });
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> calls.add("next"));
        try (var trap = new LogTrap(lines::add)) {
            assertThat(trap).isNotNull();
            turn();
        }
        assertThat(takeCalls()).containsExactly("next");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("a loop's error handler failed: ").contains("also on purpose");
        assertThat(lines.get(1)).startsWith("a loop's task failed: ").contains("on purpose");
    }

    // ---- sockets that are closed

    @Test
    void registrationsEndWithTheirSocket() throws InterruptedException {
        var receiving = loop.onReceive("pull", pull, message -> calls.add(message.text()));
        var other = loop.onReceive("other", otherPull, message -> calls.add("other"));
        pull.close();
        turn();
        assertThat(receiving.isActive()).isFalse();
        assertThat(other.isActive()).isTrue();
        send(otherPush, 1);
        turn();
        assertThat(takeCalls()).containsExactly("other");
    }

    @Test
    void closedSocketIsToldThoughOthersAreAlwaysReady() throws InterruptedException {
        loop.onWritable("push", push, () -> calls.add("writable"));
        loop.onClosed("other", otherPull, () -> calls.add("closed"));
        turn();
        otherPull.close();
        turns(2);
        assertThat(takeCalls()).containsExactlyInAnyOrder("writable", "writable", "closed", "writable");
    }

    @Test
    void handlerMayCloseItsOwnSocket() throws InterruptedException {
        loop.onReceive("pull", pull, message -> {
            calls.add(message.text());
            pull.close();
        });
        loop.onClosed("pull", pull, () -> calls.add("closed"));
        send(push, 2);
        turns(3);
        assertThat(takeCalls()).containsExactly("1", "closed");
    }
}
