package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.OptionException;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.message.Message;
import io.lingmq.option.Option;
import io.lingmq.option.Options;
import io.lingmq.security.Authenticator;
import io.lingmq.security.Passwords;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import io.lingmq.toy.ToyOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may connect: PLAIN, security domains and authenticators, from the first option to the events. */
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @AutoClose
    private final GuardedSite site = new GuardedSite();

    // ---- an authenticator

    @Test
    void rightPasswordOpensTheConnection() throws InterruptedException {
        var server = site.server(site.context(Passwords.of(Map.of("alice", "pwd"))));
        var client = site.client(site.context(), server.bind("tcp://127.0.0.1:*"), "pwd");

        client.send("hello");

        assertThat(server.receive(LONG)).isEqualTo(Message.of("hello"));
    }

    @Test
    void wrongPasswordIsSeenOnBothSidesAndShownOnNeither() {
        var server = site.server(site.context(Passwords.of(Map.of("alice", "pwd"))));
        site.client(site.context(), server.bind("tcp://127.0.0.1:*"), "wr0ng");

        assertThat(site.refused().status()).isEqualTo(400);
        assertThat(site.refused().reason()).isEqualTo("the peer was refused: 400 wrong user name or password");
        var seen = site.clientEvents.await(AuthenticationFailed.class);
        assertThat(seen.status()).isEqualTo(400);
        assertThat(seen.reason()).isEqualTo("the peer refused the handshake: 400");
        assertThat(site.events.all().toString() + site.clientEvents.all()).doesNotContain("wr0ng");
        assertThat(site.events.count(HandshakeSucceeded.class)).isZero();
    }

    @Test
    void authenticatorThatHarmsItselfHarmsNobodyElse() throws InterruptedException {
        var answers = List.<Authenticator>of(
                request -> {
                    throw new IllegalStateException("on purpose");
                },
                request -> {
                    throw new StackOverflowError("on purpose");
                },
                request -> null,
                request -> CompletableFuture.completedFuture(null),
                request -> CompletableFuture.failedFuture(new RuntimeException("pwd")));
        var turn = new AtomicInteger();
        var context = site.context(request -> {
            var number = turn.getAndIncrement();
            return number < answers.size()
                    ? answers.get(number).decide(request)
                    : CompletableFuture.completedFuture(ZapReply.accepted("alice"));
        });
        var endpoint = site.server(context).bind("tcp://127.0.0.1:*");
        for (var i = 0; i < answers.size(); i++) {
            try (var peer = ScriptedPeer.connect(endpoint)) {
                GuardedSite.plainHello(peer).expect(Zmtp.error("500")).expectClosed();
            }
        }
        try (var peer = ScriptedPeer.connect(endpoint)) {
            GuardedSite.plainHello(peer).expect(Zmtp.command("WELCOME", new byte[0]));
        }
        assertThat(site.events.all().toString()).doesNotContain("pwd").contains("java.lang.IllegalStateException");
    }

    @Test
    void waitingAuthenticatorHoldsUpNothingElse() throws InterruptedException {
        var goesOn = new CountDownLatch(1);
        var context = site.context(request -> {
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                return CompletableFuture.failedFuture(e);
            }
            return CompletableFuture.completedFuture(ZapReply.accepted("late"));
        });
        var server = site.server(context);
        var endpoint = server.bind("tcp://127.0.0.1:*");
        var open = context.pull();
        var openEndpoint = open.bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint);
                var other = ScriptedPeer.connect(openEndpoint)) {
            GuardedSite.plainHello(peer);
            other.open("PUSH").send(Zmtp.message("passes"));
            assertThat(open.receive(LONG)).isEqualTo(Message.of("passes"));

            goesOn.countDown();
            peer.expect(Zmtp.command("WELCOME", new byte[0]))
                    .send(Zmtp.command("INITIATE", Zmtp.property("Socket-Type", "PUSH")))
                    .expect(Zmtp.ready("PULL"))
                    .send(Zmtp.message("too"));
            assertThat(server.receive(LONG)).isEqualTo(Message.of("too"));
        }
    }

    @Test
    void contextThatClosesWaitsForNoVerdict() {
        var never = new CompletableFuture<ZapReply>();
        var asked = new CountDownLatch(1);
        var context = site.context(request -> {
            asked.countDown();
            return never;
        });
        var endpoint = site.server(context).bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint)) {
            GuardedSite.plainHello(peer);
            Await.until("it is asked", () -> asked.getCount() == 0);
            var beginNs = System.nanoTime();
            context.close(LONG);
            assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(LONG);
            assertThat(peer.expectClosed()).isEmpty();
            never.complete(ZapReply.accepted("too late"));
        }
    }

    @ParameterizedTest
    @CsvSource({"300, ''", "400, 400", "500, 500"})
    void peerHearsTheStatusUnlessItMayTryAgain(int status, String told) {
        var reply = switch (status) {
            case 300 -> ZapReply.temporaryFailure("full");
            case 400 -> ZapReply.denied("no");
            default -> ZapReply.failed("broken");
        };
        var endpoint = site.server(site.context(request -> CompletableFuture.completedFuture(reply)))
                .bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint)) {
            GuardedSite.plainHello(peer);
            assertThat(peer.expectClosed()).isEqualTo(told.isEmpty() ? new byte[0] : Zmtp.error(told));
        }
        assertThat(site.refused().status()).isEqualTo(status);
    }

    // ---- NULL with a domain

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void nullWithADomainAsksOnBothSides(boolean binds) throws InterruptedException {
        var asked = new Recorder<ZapRequest>();
        var guarded = site.context(request -> {
            asked.accept(request);
            return CompletableFuture.completedFuture(ZapReply.accepted(""));
        });
        var pull = guarded.pull();
        pull.set(Options.ZAP_DOMAIN, "home");
        var push = site.context().push();
        if (binds) {
            push.connect(pull.bind("tcp://127.0.0.1:*"));
        } else {
            pull.connect(push.bind("tcp://127.0.0.1:*"));
        }
        push.send("in");

        assertThat(pull.receive(LONG)).isEqualTo(Message.of("in"));
        var request = asked.await(ZapRequest.class);
        assertThat(request.domain()).isEqualTo("home");
        assertThat(request.address()).isEqualTo("127.0.0.1");
        assertThat(request.mechanism()).isEqualTo("NULL");
        assertThat(request.credentials()).isEmpty();
    }

    @Test
    void nullWithADomainSaysErrorInsteadOfReady() {
        var pull = site.context(request -> CompletableFuture.completedFuture(ZapReply.denied("not from there")))
                .pull();
        pull.set(Options.ZAP_DOMAIN, "home");
        pull.monitor(site.events);
        try (var peer = ScriptedPeer.connect(pull.bind("tcp://127.0.0.1:*"))) {
            peer.greet().send(Zmtp.ready("PUSH")).expect(Zmtp.error("400")).expectClosed();
        }
        assertThat(site.refused().reason()).isEqualTo("the peer was refused: 400 not from there");
    }

    @Test
    void nullWithoutADomainAsksNobody() throws InterruptedException {
        var pull = site.context(request -> {
                    throw new AssertionError("asked");
                })
                .pull();
        var push = site.context().push();
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        push.send("in");

        assertThat(pull.receive(LONG)).isEqualTo(Message.of("in"));
    }

    // ---- peers that lie

    @ParameterizedTest
    @CsvSource({"INITIATE", "READY", "WELCOME"})
    void peerThatDoesNotBeginWithHelloIsLeft(String command) {
        var server = site.server(site.context(Passwords.of(Map.of())));
        try (var peer = ScriptedPeer.connect(server.bind("tcp://127.0.0.1:*"))) {
            peer.send(Zmtp.greeting(3, 1, "PLAIN"));
            peer.read(Zmtp.GREETING_SIZE);
            peer.send(Zmtp.command(command, Zmtp.property("Socket-Type", "PUSH")));
            assertThat(peer.expectClosed()).isEmpty();
        }
        site.events.await(HandshakeFailed.class, event -> event.reason().contains("other than HELLO"));
    }

    @Test
    void peerThatSaysHelloTwiceIsLeft() {
        var server = site.server(site.context(Passwords.of(Map.of("alice", "pwd"))));
        try (var peer = ScriptedPeer.connect(server.bind("tcp://127.0.0.1:*"))) {
            GuardedSite.plainHello(peer).sendUnlessClosed(GuardedSite.hello());
            peer.expectClosed();
        }
        site.events.await(HandshakeFailed.class, event -> event.reason().contains("other than INITIATE"));
    }

    @Test
    void clientTakesTheErrorOfOldLibzmqAsARefusal() {
        try (var listener = ScriptedListener.open()) {
            site.client(site.context(), listener.endpoint(), "pwd");
            try (var peer = listener.accept()) {
                peer.send(Zmtp.greeting(3, 1, "PLAIN"));
                peer.read(Zmtp.GREETING_SIZE);
                peer.expect(GuardedSite.hello())
                        .sendHex("04 09 5E 52 52 4F 52 03 34 30 30")
                        .expectClosed();
            }
            assertThat(site.clientEvents.await(AuthenticationFailed.class).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void peerOfAnotherMechanismIsRefused() {
        var server = site.server(site.context(Passwords.of(Map.of())));
        try (var peer = ScriptedPeer.connect(server.bind("tcp://127.0.0.1:*"))) {
            peer.send(Zmtp.greeting()).expectClosed();
        }
        site.events.await(HandshakeFailed.class, event -> event.reason().contains("wants security mechanism NULL"));
    }

    // ---- two that play one role

    @Test
    void twoServersLearnAtOnceThatNobodyBegins() {
        var first = site.server(site.context(Passwords.of(Map.of("alice", "pwd"))));
        var second = site.context().push();
        second.set(Options.PLAIN_SERVER, true);
        second.monitor(site.clientEvents);
        second.connect(first.bind("tcp://127.0.0.1:*"));

        for (var events : List.of(site.events, site.clientEvents)) {
            assertThat(events.await(HandshakeFailed.class).reason())
                    .startsWith("both sides are servers of PLAIN, and each would wait for the other");
        }
    }

    @Test
    void twoClientsLearnThatOneMustBeTheServer() {
        var first = site.context().pull();
        first.set(Options.PLAIN_USERNAME, "bob");
        first.monitor(site.events);
        site.client(site.context(), first.bind("tcp://127.0.0.1:*"), "pwd");

        for (var events : List.of(site.events, site.clientEvents)) {
            assertThat(events.await(HandshakeFailed.class).reason()).startsWith("both sides are clients of PLAIN");
        }
    }

    /** RFC 37: "the as-server field SHALL have no significance". */
    @Test
    void roleMeansNothingWhereTheMechanismHasNone() {
        var pull = site.context().pull();
        var greeting = Zmtp.greeting();
        greeting[32] = 1;
        try (var peer = ScriptedPeer.connect(pull.bind("tcp://127.0.0.1:*"))) {
            peer.send(greeting);
            peer.read(Zmtp.GREETING_SIZE);
            peer.send(Zmtp.ready("PUSH")).expect(Zmtp.ready("PULL"));
        }
    }

    // ---- options

    @Test
    void contradictionIsRefusedWhereTheEndpointIsOpened() {
        var pull = site.context().pull();
        pull.set(Options.PLAIN_SERVER, true);
        pull.set(Options.PLAIN_PASSWORD, "pwd");
        for (var open : List.<ThrowingCallable>of(
                () -> pull.bind("tcp://127.0.0.1:*"), () -> pull.connect("tcp://127.0.0.1:1"))) {
            assertThatThrownBy(open)
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("plain-server excludes")
                    .hasMessageNotContaining("pwd");
        }
    }

    @Test
    void passwordIsInNoErrorText() {
        Option<String> password = Options.PLAIN_PASSWORD;
        var tooLong = "pwd".repeat(100);
        assertThatThrownBy(() -> site.context().push().set(password, tooLong))
                .isInstanceOf(OptionException.class)
                .hasMessageNotContaining("pwd")
                .hasMessageContaining("255 bytes");
        assertThat(password.format("pwd")).isEqualTo("(not shown)");
    }

    // ---- a mechanism of another module

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void mechanismOfAnotherModuleIsFound(boolean same) throws InterruptedException {
        var pull = site.context().pull();
        pull.set(ToyOptions.OCTETS, new byte[] {1, 2, 3});
        pull.monitor(site.events);
        var push = site.context().push();
        push.set(ToyOptions.OCTETS, new byte[] {1, 2, (byte) (same ? 3 : 4)});
        push.set(Options.LINGER, Duration.ZERO);
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        assertThat(push.sendAsync(Message.of("knock"))).isNotCancelled();

        if (same) {
            assertThat(pull.receive(LONG)).isEqualTo(Message.of("knock"));
        } else {
            site.events.await(HandshakeFailed.class, event -> event.reason().equals("the peer knows other octets"));
        }
    }
}
