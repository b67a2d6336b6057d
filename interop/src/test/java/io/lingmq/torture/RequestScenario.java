package io.lingmq.torture;

import io.lingmq.Context;
import io.lingmq.Proxy;
import io.lingmq.RepSocket;
import io.lingmq.ReqSocket;
import io.lingmq.Socket;
import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask and lose their patience, some of them shared by several threads, and servers that are slow, behind a
 * queue or not, over connections that are cut or not. Whoever gets an answer gets the one to its own question.
 */
final class RequestScenario implements Scenario {
    private static final List<Message> NONSENSE =
            List.of(Message.of("nonsense"), Message.of("", "x"), Message.of("x".repeat(300), ""));

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(
                Promise.REQUEST_FULL,
                Promise.REQUEST_NO_PEER,
                Promise.REQUEST_RECONNECT,
                Promise.REQUEST_CLOSE,
                Promise.REQUEST_SHARED);
    }

    @Override
    public void run(Turn turn) throws Exception {
        new Play(turn).play();
    }

    private static final class Play {
        private final Turn turn;
        private final Context context;
        private final boolean shared;
        private final List<ReqSocket> clients = new ArrayList<>();
        private final List<RepSocket> servers = new ArrayList<>();
        private final AtomicInteger questions = new AtomicInteger();
        private final AtomicLong answers = new AtomicLong();
        private final AtomicLong givenUp = new AtomicLong();
        private final List<Socket> brokers = new ArrayList<>();
        private boolean strange;
        private @Nullable FaultProxy cuts;

        Play(Turn turn) {
            this.turn = turn;
            shared = turn.chance(30);
            context = turn.keep(Context.builder()
                    .socketDefault(Options.LINGER, Duration.ZERO)
                    .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(2))
                    .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(50))
                    .open());
        }

        void play() throws InterruptedException {
            askNobody();
            var endpoint = turn.chance(50) ? queue() : one(server(), turn.oneOf(Way.values()));
            if (endpoint.startsWith("tcp:") && turn.chance(50)) {
                cuts = turn.keep(FaultProxy.to(endpoint));
                endpoint = cuts.endpoint();
            }
            turn.note("shared " + shared + ", cuts " + (cuts != null) + ", at " + endpoint);
            var asking = new ArrayList<TurnTask>();
            for (var i = turn.between(1, 4); i > 0; i--) {
                asking.addAll(client(endpoint));
            }
            var serving = new ArrayList<TurnTask>();
            servers.forEach(server -> serving.add(turn.start("serving", serving(server))));
            turn.join(List.of(Troubles.interrupts(turn, asking), cutting()));
            turn.stop(asking);
            settle();
            turn.join(serving); // their sockets are closed
        }

        /** A request that finds nobody is given up, and leaves the socket as it was. */
        private void askNobody() throws InterruptedException {
            try (var alone = context.req()) {
                alone.bind(Way.TCP.endpoint());
                if (alone.request(Message.of("anybody?"), Duration.ofMillis(1)) != null
                        || alone.statistics().sent() != 0) {
                    throw new AssertionError("a request without a peer was sent");
                }
            }
            turn.kept(Promise.REQUEST_NO_PEER);
        }

        private RepSocket server() {
            var server = context.rep();
            server.set(Options.SEND_HWM, turn.between(1, 10));
            servers.add(server);
            return server;
        }

        private String one(RepSocket server, Way way) {
            return server.bind(way.endpoint());
        }

        /** A ROUTER and a DEALER between the clients and several servers, and a worker there that talks nonsense. */
        private String queue() {
            var front = context.router();
            var back = context.dealer();
            var endpoint = front.bind(turn.oneOf(Way.values()).endpoint());
            var backEndpoint = back.bind(turn.oneOf(Way.values()).endpoint());
            for (var i = turn.between(1, 3); i > 0; i--) {
                server().connect(backEndpoint);
            }
            turn.keep(Proxy.between(front, back).start());
            brokers.addAll(List.of(front, back));
            if (turn.has(Trouble.STRANGERS) && turn.chance(50)) {
                talkNonsense(backEndpoint);
            }
            return endpoint;
        }

        /** A worker that takes requests, answers none, and says things that nobody can be meant by. */
        private void talkNonsense(String endpoint) {
            var odd = context.dealer();
            odd.connect(endpoint);
            strange = true;
            var random = turn.random();
            turn.start("odd-worker", () -> {
                while (turn.goesOn()) {
                    odd.trySend(NONSENSE.get(random.nextInt(NONSENSE.size())));
                    odd.tryReceive();
                    Pauses.aMoment(random);
                }
                return null;
            });
        }

        private List<TurnTask> client(String endpoint) {
            var client = context.req();
            client.set(Options.REQ_RELAXED, true);
            client.set(Options.REQ_CORRELATE, true);
            client.connect(endpoint);
            clients.add(client);
            var tasks = new ArrayList<TurnTask>();
            for (var i = shared ? 2 : 1; i > 0; i--) {
                var random = turn.random();
                tasks.add(turn.start("asking", () -> ask(client, random)));
            }
            return tasks;
        }

        private Void ask(ReqSocket client, Random random) {
            while (turn.goesOn()) {
                var question = new Parcel(0, questions.getAndIncrement());
                try {
                    var patience = Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 3 : 3000));
                    var answer = client.request(question.pack(random, 0, 500), patience);
                    if (answer == null) {
                        givenUp.incrementAndGet();
                    } else if (Parcel.unpack(answer, 0).equals(question)) {
                        answers.incrementAndGet();
                    } else {
                        throw new AssertionError(question + " got the answer to " + Parcel.unpack(answer, 0));
                    }
                } catch (InterruptedException e) {
                    givenUp.incrementAndGet();
                } catch (LingException e) {
                    if (!shared) { // another thread's request may have taken this one's place, and that is told
                        throw e;
                    }
                    givenUp.incrementAndGet();
                }
            }
            return null;
        }

        private Callable<Void> serving(RepSocket server) {
            var random = turn.random();
            return () -> {
                while (true) {
                    try {
                        var question = server.receive();
                        if (random.nextInt(20) == 0) {
                            Pauses.aMoment(random);
                        }
                        server.send(question);
                    } catch (ClosedException e) {
                        return null;
                    }
                }
            };
        }

        private TurnTask cutting() {
            var random = turn.random();
            var proxy = cuts;
            return turn.start("cutting", () -> {
                while (proxy != null && turn.goesOn()) {
                    Pauses.ms(random.nextInt(100));
                    if (random.nextBoolean()) {
                        proxy.reset();
                    } else {
                        proxy.cutAfter(FaultProxy.Direction.FROM_SERVER, random.nextInt(5000));
                    }
                }
                return null;
            });
        }

        /** Asks once: a worker that answers nobody may have got the question. */
        private static boolean isAnswered(ReqSocket client) {
            try {
                return client.request(Message.of("well?"), Duration.ofMillis(500)) != null;
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted after all interrupts", e);
            }
        }

        /** Without cuts every request that was sent reaches a server, and every answer its client or a count. */
        private void settle() throws InterruptedException {
            turn.note(questions + " questions, " + answers + " answers, " + givenUp + " given up; clients "
                    + Counted.told(clients) + ", servers " + Counted.told(servers));
            Counted.assertEqual("what became of the questions", questions.get(), answers.get() + givenUp.get());
            for (var client : clients) {
                turn.await("an answer for each client, now that nothing is cut", () -> isAnswered(client));
            }
            if (cuts == null && !strange && !shared) {
                turn.await(
                        "all requests reach servers",
                        () -> Counted.sent(clients) == Counted.received(servers) + Counted.dropped(brokers));
            }
            servers.forEach(RepSocket::close);
            clients.forEach(ReqSocket::close);
            turn.kept(Promise.REQUEST_FULL, Promise.REQUEST_CLOSE);
            if (shared) {
                turn.kept(Promise.REQUEST_SHARED);
            }
            if (cuts != null) {
                turn.kept(Promise.REQUEST_RECONNECT);
            }
        }
    }
}
