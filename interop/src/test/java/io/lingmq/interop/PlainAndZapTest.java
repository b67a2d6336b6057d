package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.security.Passwords;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Recorder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PLAIN and ZAP in both roles, with libzmq at the other end and as the handler. */
class PlainAndZapTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ANYWHERE = "tcp://127.0.0.1:*";
    private static final String HANDLER = "inproc://zeromq.zap.01";

    private final Recorder<SocketEvent> events = new Recorder<>();
    private Context context = Context.open();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private void letIn(String user, String password) {
        context.close();
        context = Context.builder()
                .authenticator(Passwords.of(Map.of(user, password)))
                .open();
    }

    private PullSocket server() {
        var pull = context.pull();
        pull.set(Options.PLAIN_SERVER, true);
        pull.set(Options.ZAP_DOMAIN, "global");
        pull.monitor(events);
        return pull;
    }

    private PushSocket client(String password) {
        var push = context.push();
        push.set(Options.PLAIN_USERNAME, "admin");
        push.set(Options.PLAIN_PASSWORD, password);
        push.set(Options.LINGER, Duration.ZERO);
        push.monitor(events);
        return push;
    }

    private static PeerSocket theirClient(PeerProcess peer, String password) {
        var push = peer.open(SocketType.PUSH);
        push.set(Options.LINGER, 0);
        push.nameText(Options.PLAIN_USERNAME, "admin");
        push.nameText(Options.PLAIN_PASSWORD, password);
        return push;
    }

    private static PeerSocket theirServer(PeerProcess peer) {
        var pull = peer.open(SocketType.PULL);
        pull.set(Options.PLAIN_SERVER, 1);
        pull.nameText(Options.ZAP_DOMAIN, "global");
        return pull;
    }

    /** A handler in their process. */
    private static PeerSocket theirHandler(PeerProcess peer) {
        var handler = peer.open(SocketType.REP);
        handler.bind(HANDLER);
        return handler;
    }

    /** Answers the next question there, and returns it. */
    private static List<String> answers(PeerSocket handler, String status) {
        var question = Stream.of(handler.take().split(",", -1))
                .map(hex -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
                .toList();
        var frames = List.of("1.0", question.get(1), status, "text", "someone", "");
        handler.send(String.join(",", frames.stream().map(PeerSocket::text).toList()));
        return question;
    }

    // ---- their client, our server

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JEROMQ")
    void theirClientComesInWithTheRightPasswordOnly(PeerLanguage language) throws InterruptedException {
        letIn("admin", "secret");
        var peer = PeerProcess.shared(language);
        var server = server();
        var endpoint = server.bind(ANYWHERE);
        try (var wrong = theirClient(peer, "guessed");
                var right = theirClient(peer, "secret")) {
            wrong.connect(endpoint);
            assertThat(events.await(AuthenticationFailed.class).status()).isEqualTo(400);
            right.connect(endpoint);
            right.send(PeerSocket.text("in"));
            assertThat(server.receive(PATIENCE)).isEqualTo(Message.of("in"));
        }
        assertThat(events.all().toString()).doesNotContain("guessed").doesNotContain("secret");
    }

    @Test
    void theirClientIsTold() {
        letIn("admin", "secret");
        var endpoint = server().bind(ANYWHERE);
        try (var right = Program.start(PeerLanguage.PYTHON, "auth", "client", endpoint, "admin", "secret");
                var wrong = Program.start(PeerLanguage.PYTHON, "auth", "client", endpoint, "admin", "guessed")) {
            assertThat(right.line()).startsWith("succeeded");
            // It expects the ERROR that it spells wrongly itself, and so takes ours for a broken rule.
            assertThat(wrong.line()).matches("(refused|broken|failed) .*");
        }
        assertThat(events.await(AuthenticationFailed.class).reason()).contains("400 wrong user name or password");
    }

    // ---- our client, their server

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JEROMQ")
    void ourClientComesInIfTheirHandlerSaysSo(PeerLanguage language) throws InterruptedException {
        var peer = PeerProcess.shared(language);
        try (var handler = theirHandler(peer);
                var server = theirServer(peer)) {
            var endpoint = server.bind(ANYWHERE);
            client("secret").connect(endpoint);
            assertThat(answers(handler, "400"))
                    .containsExactly("1.0", "1", "global", "127.0.0.1", "", "PLAIN", "admin", "secret");
            var refused = events.await(AuthenticationFailed.class);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.reason()).isEqualTo("the peer refused the handshake: 400");

            context.close(Duration.ZERO);
            context = Context.open();
            var push = client("secret");
            push.connect(endpoint);
            answers(handler, "200");
            push.send("in");
            server.expect(PeerSocket.text("in"));
        }
    }

    @Test
    void pyzmqsAuthenticatorDecidesOnOurClient() throws InterruptedException {
        try (var python = Program.start(PeerLanguage.PYTHON, "auth", "server", "admin", "secret")) {
            var endpoint = python.line();
            client("guessed").connect(endpoint);
            assertThat(events.await(AuthenticationFailed.class).status()).isEqualTo(400);

            var push = client("secret");
            push.connect(endpoint);
            push.send("in");
            assertThat(python.line()).isEqualTo("in");
        }
    }

    // ---- NULL with a domain

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JEROMQ")
    void nullWithADomainIsAskedAboutThere(PeerLanguage language) throws InterruptedException {
        var peer = PeerProcess.shared(language);
        try (var handler = theirHandler(peer);
                var server = peer.open(SocketType.PULL)) {
            server.nameText(Options.ZAP_DOMAIN, "dom");
            var endpoint = server.bind(ANYWHERE);
            var refused = context.push();
            refused.monitor(events);
            refused.connect(endpoint);
            assertThat(answers(handler, "400")).containsExactly("1.0", "1", "dom", "127.0.0.1", "", "NULL");
            assertThat(events.await(AuthenticationFailed.class).status()).isEqualTo(400);
            refused.close();

            var push = context.push();
            push.connect(endpoint);
            answers(handler, "200");
            push.send("in");
            server.expect(PeerSocket.text("in"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JEROMQ")
    void nullWithADomainIsAskedAboutHere(PeerLanguage language) throws InterruptedException {
        var asked = new Recorder<ZapRequest>();
        context.close();
        context = Context.builder()
                .authenticator(request -> {
                    asked.accept(request);
                    return CompletableFuture.completedFuture(
                            request.domain().equals("good") ? ZapReply.accepted("") : ZapReply.denied("not there"));
                })
                .open();
        var bad = context.pull();
        bad.set(Options.ZAP_DOMAIN, "bad");
        bad.monitor(events);
        var good = context.pull();
        good.set(Options.ZAP_DOMAIN, "good");
        var peer = PeerProcess.shared(language);
        try (var refused = peer.open(SocketType.PUSH);
                var push = peer.open(SocketType.PUSH)) {
            refused.connect(bad.bind(ANYWHERE));
            assertThat(events.await(AuthenticationFailed.class).status()).isEqualTo(400);
            push.connect(good.bind(ANYWHERE));
            push.send(PeerSocket.text("in"));
            assertThat(good.receive(PATIENCE)).isEqualTo(Message.of("in"));
        }
        assertThat(asked.await(ZapRequest.class).mechanism()).isEqualTo("NULL");
    }

    // ---- a handler of ours that was written for libzmq

    @Test
    void ourRepDecidesOnTheirClient() throws InterruptedException {
        var handler = context.rep();
        handler.bind(HANDLER);
        var server = server();
        try (var client = theirClient(PeerProcess.shared(PeerLanguage.C), "secret")) {
            client.connect(server.bind(ANYWHERE));
            var question = Await.value("a question", handler::tryReceive);
            assertThat(question.texts())
                    .containsExactly("1.0", question.text(1), "global", "127.0.0.1", "", "PLAIN", "admin", "secret");
            handler.send(Message.of("1.0", question.text(1), "200", "OK", "admin", ""));
            client.send(PeerSocket.text("in"));
            assertThat(server.receive(PATIENCE)).isEqualTo(Message.of("in"));
        }
    }

    // ---- from the shell

    @Test
    void shellTalksToPyzmq() throws Exception {
        var password = Files.writeString(folder.resolve("password"), "secret\n");
        try (var python = Program.start(PeerLanguage.PYTHON, "auth", "server", "admin", "secret");
                var ling = LingProcess.start(
                        "push",
                        "--connect",
                        python.line(),
                        "--plain-username",
                        "admin",
                        "--plain-password",
                        "file:" + password,
                        "--message",
                        "in")) {
            assertThat(python.line()).isEqualTo("in");
            assertThat(ling.exitCode()).isZero();
        }
    }

    @Test
    void shellServesLibzmq() throws Exception {
        var users = Files.writeString(folder.resolve("users"), "admin:secret\n");
        try (var ling =
                LingProcess.start("pull", "--bind", ANYWHERE, "--plain-server", "--users", users, "--count", "1")) {
            var bound = Await.value("its endpoint", Duration.ofSeconds(60), () -> endpointIn(ling.errors()));
            try (var client = theirClient(PeerProcess.shared(PeerLanguage.C), "secret")) {
                client.connect(bound);
                client.send(PeerSocket.text("in"));
                assertThat(ling.line()).isEqualTo("in");
            }
        }
    }

    private static @org.jspecify.annotations.Nullable String endpointIn(String text) {
        var at = text.indexOf("bound tcp://");
        return at < 0 ? null : text.substring(at + "bound ".length()).split("\\s", 2)[0];
    }
}
