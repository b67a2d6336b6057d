package io.lingmq.loop;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.socket.ContextCore;
import io.lingmq.socket.SocketCore;
import io.lingmq.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A loop in virtual time whose turns the test takes, and a pair of sockets. */
abstract class Looping {
    final ContextCore context = new ContextCore(1, "loop-test");
    final FakeClock clock = new FakeClock();
    final LoopCore loop = new LoopCore(context.poller(), clock::nowNs, "loop-test-loop");
    final SocketCore push = socket(SocketType.PUSH);
    final SocketCore pull = socket(SocketType.PULL);
    final List<String> calls = new ArrayList<>();

    Looping() {
        pull.bind("inproc://here");
        push.connect("inproc://here");
    }

    @AfterEach
    final void close() {
        loop.close();
        context.close(Duration.ofSeconds(5));
    }

    final SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    final void turn() throws InterruptedException {
        loop.takeTurn(false);
    }

    final void turns(int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            turn();
        }
    }

    /** What was called since this was asked last. */
    final List<String> takeCalls() {
        var taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }
}
