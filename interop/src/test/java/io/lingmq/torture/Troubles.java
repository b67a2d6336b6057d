package io.lingmq.torture;

import io.lingmq.Socket;
import io.lingmq.error.ClosedException;
import io.lingmq.option.Options;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/** What disturbs the traffic of any scenario: interrupts, changing marks, listeners that throw. */
final class Troubles {
    private Troubles() {}

    /** Interrupts one of the tasks about once a millisecond as long as the traffic goes on. */
    static TurnTask interrupts(Turn turn, List<TurnTask> tasks) {
        var random = turn.random();
        return turn.start("interrupting", () -> {
            while (turn.has(Trouble.INTERRUPTS) && turn.goesOn()) {
                Pauses.aMoment(random);
                tasks.get(random.nextInt(tasks.size())).interrupt();
            }
            return null;
        });
    }

    /** Gives one of the sockets another high-water mark about once a millisecond, most often a tiny one. */
    static TurnTask changingMarks(Turn turn, List<? extends Socket> sockets) {
        var random = turn.random();
        return turn.start("changing-marks", () -> {
            while (turn.has(Trouble.MARKS) && turn.goesOn()) {
                Pauses.aMoment(random);
                var socket = sockets.get(random.nextInt(sockets.size()));
                var mark = random.nextInt(10) == 0 ? 1000 : 1 + random.nextInt(8);
                var option = random.nextBoolean() ? Options.SEND_HWM : Options.RECEIVE_HWM;
                try {
                    if (option.appliesTo(socket.type())) {
                        socket.set(option, mark);
                    }
                } catch (ClosedException e) {
                    turn.note("a mark came too late for " + socket);
                }
            }
            return null;
        });
    }

    /** Listeners and executors of the worst kind. */
    static void badMonitors(Turn turn, Collection<? extends Socket> sockets) {
        Executor bad = task -> {
            throw new StackOverflowError("an executor of the torture test");
        };
        for (var socket : sockets) {
            if (!turn.has(Trouble.LISTENERS)) {
                return;
            }
            if (turn.chance(50)) {
                turn.keep(socket.monitor(event -> {
                    throw new AssertionError("a listener of the torture test");
                }));
            } else {
                turn.keep(socket.monitor(event -> {}, bad));
            }
        }
    }
}
