package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Proxy;
import io.lingmq.Replier;
import io.lingmq.Requester;
import io.lingmq.message.ErrorReply;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requesters and repliers, with libzmq in three languages at the other end. */
class RequestsTest {
    private static final int MANY = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EMPTY = "hex:";

    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(5))
            .open();
    private final ExecutorService pool = Executors.newFixedThreadPool(3);
    private final String endpoint = Endpoints.tcp();

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
        pool.shutdownNow();
    }

    private Requester requester(RetryPolicy retry) {
        var requester = context.requester(
                RequesterSettings.defaults().withTimeout(PATIENCE).withRetry(retry));
        requester.connect(endpoint);
        return requester;
    }

    private static void askManyAtOnce(Requester requester, int first) {
        var replies = new ArrayList<CompletableFuture<Message>>();
        for (var i = 0; i < MANY; i++) {
            replies.add(requester.requestAsync(Message.of("question " + (first + i))));
        }
        for (var i = 0; i < MANY; i++) {
            assertThat(replies.get(i).join()).isEqualTo(Message.of("question " + (first + i)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON", "PHP"})
    void theirRepAndTheirRouterAnswerManyAtOnce(PeerLanguage language) {
        for (var type : new SocketType[] {SocketType.REP, SocketType.ROUTER}) {
            try (var peer = PeerProcess.start(language);
                    var requester = requester(RetryPolicy.none())) {
                var server = peer.open(type);
                server.bind(endpoint);
                peer.start("echo " + server.id() + " " + MANY + " 10000");
                askManyAtOnce(requester, 0);
                peer.answer("echo");
                var statistics = requester.statistics();
                assertThat(statistics.answered()).isEqualTo(MANY);
                assertThat(statistics.unknown() + statistics.late()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON", "PHP"})
    void theirServerMayDieAndComeBack(PeerLanguage language) {
        var soon = Duration.ofMillis(200);
        try (var requester = requester(RetryPolicy.times(100).after(soon).backoff(1, soon))) {
            for (var life = 0; life < 3; life++) {
                try (var peer = PeerProcess.start(language)) {
                    var server = peer.open(SocketType.REP);
                    server.bind(endpoint);
                    peer.start("echo " + server.id() + " 100000 10000");
                    askManyAtOnce(requester, life * MANY);
                    peer.kill();
                }
            }
            assertThat(requester.statistics().answered()).isEqualTo(3 * MANY);
        }
    }

    private Replier replier() {
        var replier = context.replier(
                request -> {
                    if (request.text().equals("fail")) {
                        throw new IllegalStateException("not for strangers");
                    }
                    return Message.of("re: " + request.text(), "");
                },
                pool);
        replier.bind(endpoint);
        return replier;
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON", "PHP"})
    void theirReqIsAnsweredAlsoWhenItCorrelates(PeerLanguage language) {
        var peer = PeerProcess.shared(language);
        try (var replier = replier()) {
            for (var correlate = 0; correlate <= 1; correlate++) {
                var req = peer.open(SocketType.REQ);
                req.set(Options.REQ_CORRELATE, correlate);
                req.connect(endpoint);
                req.send(PeerSocket.text("hello"));
                req.expect(PeerSocket.text("re: hello") + "," + EMPTY);
                req.send(PeerSocket.text("fail"));
                req.expect(
                        PeerSocket.text(ErrorReply.MARK) + "," + PeerSocket.text("the server failed at this request"));
                req.send(PeerSocket.text("once more"));
                req.expect(PeerSocket.text("re: once more") + "," + EMPTY);
                req.close();
            }
            assertThat(replier.statistics().failed()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON", "PHP"})
    void theirDealerGetsItsEnvelopeBack(PeerLanguage language) {
        var peer = PeerProcess.shared(language);
        try (var replier = replier()) {
            var dealer = peer.open(SocketType.DEALER);
            dealer.connect(endpoint);
            dealer.send(PeerSocket.text("no request"));
            dealer.send(PeerSocket.text("hop") + ",hex:01," + EMPTY + "," + PeerSocket.text("hello"));
            dealer.expect(
                    PeerSocket.text("hop") + ",hex:01," + EMPTY + "," + PeerSocket.text("re: hello") + "," + EMPTY);
            assertThat(replier.statistics().malformed()).isEqualTo(1);
            dealer.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"C", "PYTHON", "PHP"})
    void theirRepAnswersThroughOurBroker(PeerLanguage language) {
        try (var front = context.router();
                var back = context.dealer();
                var proxy = Proxy.between(front, back);
                var peer = PeerProcess.start(language);
                var requester = requester(RetryPolicy.none())) {
            front.bind(endpoint);
            var backend = back.bind("tcp://127.0.0.1:*");
            proxy.start();
            var rep = peer.open(SocketType.REP);
            rep.connect(backend);
            peer.start("echo " + rep.id() + " " + MANY + " 10000");
            askManyAtOnce(requester, 0);
            peer.answer("echo");
        }
    }
}
