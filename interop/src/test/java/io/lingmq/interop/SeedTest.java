package io.lingmq.interop;

import static io.lingmq.interop.SeedPorts.ABSENT_PUBLISHER;
import static io.lingmq.interop.SeedPorts.BACKEND;
import static io.lingmq.interop.SeedPorts.BOTH;
import static io.lingmq.interop.SeedPorts.FRONTEND;
import static io.lingmq.interop.SeedPorts.PIPELINE;
import static io.lingmq.interop.SeedPorts.PUBLISHER;
import static io.lingmq.interop.SeedPorts.all;
import static io.lingmq.interop.SeedPorts.local;
import static io.lingmq.interop.SeedPrograms.php;
import static io.lingmq.interop.SeedPrograms.phpServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Proxy;
import io.lingmq.RepSocket;
import io.lingmq.Socket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk-through with PHP at one end and our classes at the other, on its own ports. */
class SeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AutoClose
    private final Context context =
            Context.builder().socketDefault(Options.RECEIVE_TIMEOUT, PATIENCE).open();

    @BeforeEach
    void awaitPorts() {
        SeedPorts.awaitFree(FRONTEND, BACKEND, BOTH, PIPELINE, PUBLISHER, ABSENT_PUBLISHER);
    }

    /** Answers as the walk-through's server does, and collects what was asked. */
    private static Background<ArrayList<String>> serve(RepSocket server, int count) {
        return Background.call("server", () -> {
            var requests = new ArrayList<String>();
            for (var i = 0; i < count; i++) {
                var request = server.receive().text();
                requests.add(request);
                server.send("From Server1:" + request);
            }
            return requests;
        });
    }

    private static void assertAnswered(Program client, int count) {
        for (var i = 0; i < count; i++) {
            assertThat(client.line()).startsWith("string(").contains("\"From Server1:Hello From Client:");
        }
        assertThat(client.exitCode()).isZero();
    }

    @Test
    void ourServerAnswersTheirClients() {
        try (var server = context.rep()) {
            server.bind(all(FRONTEND));
            var requests = serve(server, 4);
            try (var one = php("request", local(FRONTEND), 2);
                    var other = php("request", local(FRONTEND), 2)) {
                assertAnswered(one, 2);
                assertAnswered(other, 2);
            }
            assertThat(requests.result()).hasSize(4).allMatch(text -> text.startsWith("Hello From Client:"));
        }
    }

    @Test
    void theirClientMayStartBeforeOurServer() {
        try (var client = php("request");
                var server = context.rep()) {
            server.bind(all(FRONTEND));
            serve(server, 1).result(PATIENCE.multipliedBy(2));
            assertAnswered(client, 1);
        }
    }

    @Test
    void ourClientAsksTheirServer() throws InterruptedException {
        try (var client = context.req();
                var server = phpServer("reply")) {
            client.connect(local(FRONTEND));
            assertThat(client.request("Hello").text()).isEqualTo("From Server1:Hello");
            assertThat(client.request("零").text()).isEqualTo("From Server1:零");
            assertThat(server.line()).isEqualTo("Hello");
            assertThat(server.line()).isEqualTo("零");
        }
    }

    @Test
    void ourClientMayStartBeforeTheirServer() throws InterruptedException {
        try (var client = context.req()) {
            client.connect(local(FRONTEND));
            client.send("early");
            try (var server = phpServer("reply")) {
                assertThat(client.receive().text()).isEqualTo("From Server1:early");
                assertThat(server.line()).isEqualTo("early");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "device"})
    void theirBrokerServesOurClientAndOurWorker(String broker) throws InterruptedException {
        try (var between = phpServer(broker);
                var client = context.req();
                var worker = context.rep()) {
            worker.connect(local(BACKEND));
            client.connect(local(FRONTEND));
            var requests = serve(worker, 3);
            for (var text : new String[] {"a", "b", "c"}) {
                assertThat(client.request(text).text()).isEqualTo("From Server1:" + text);
            }
            assertThat(requests.result()).containsExactly("a", "b", "c");
            assertThat(between.isAlive()).isTrue();
        }
    }

    @Test
    void ourBrokerServesTheirClientsAndTheirWorkers() {
        try (var frontend = context.router();
                var backend = context.dealer()) {
            frontend.bind(all(FRONTEND));
            backend.bind(all(BACKEND));
            try (var proxy = Proxy.between(frontend, backend).start();
                    var one = phpServer("worker");
                    var other = phpServer("worker")) {
                awaitPeers(backend, 2);
                try (var client = php("request", local(FRONTEND), 10)) {
                    assertAnswered(client, 10);
                }
                assertThat(proxy.statistics().frontend().received().messages()).isEqualTo(10);
                for (var n = 0; n < 5; n++) {
                    assertThat(one.line()).as("request %s of one worker", n).isNotEmpty();
                    assertThat(other.line()).as("request %s of the other", n).isNotEmpty();
                }
            }
        }
    }

    private static void awaitPeers(Socket socket, int count) {
        Await.until(count + " peers", () -> socket.statistics().peers() == count);
    }

    @Test
    void ourSubscriberReadsTheirPublisherBesideAnAbsentOne() throws InterruptedException {
        try (var subscriber = context.sub();
                var publisher = phpServer("publisher")) {
            subscriber.connect(local(PUBLISHER));
            subscriber.connect(local(ABSENT_PUBLISHER));
            subscriber.subscribe("B");
            for (var i = 0; i < 3; i++) {
                assertThat(subscriber.receive().texts()).containsExactly("B", "1:We would like to see this");
            }
            assertThat(publisher.isAlive()).isTrue();
        }
    }

    @Test
    void theirSubscriberReadsOurPublisherBesideAnAbsentOne() throws InterruptedException {
        try (var publisher = context.pub();
                var subscriber = php("subscriber", 3)) {
            publisher.bind(all(PUBLISHER));
            Await.until("the subscription", () -> publisher.statistics().subscriptions() == 1);
            for (var i = 0; i < 3; i++) {
                publisher.send("A", "1:We don't want to see this");
                publisher.send("B", "1:We would like to see this");
            }
            for (var i = 0; i < 3; i++) {
                assertThat(subscriber.line()).isEqualTo("[B] 1:We would like to see this");
            }
            assertThat(subscriber.exitCode()).isZero();
        }
    }

    @Test
    void ourPushBindsAndTheirPullTakes() throws InterruptedException {
        try (var push = context.push()) {
            push.bind(all(PIPELINE));
            try (var pull = phpServer("pull", "connect", 2, local(PIPELINE), local(FRONTEND))) {
                push.send("Hello Client 1");
                push.send("Hello Client 2");
                assertThat(pull.line()).isEqualTo("Hello Client 1");
                assertThat(pull.line()).isEqualTo("Hello Client 2");
            }
        }
    }

    @Test
    void ourPushConnectsToTwoOfTheirPulls() throws InterruptedException {
        try (var one = phpServer("pull", "bind", 1, all(PIPELINE));
                var other = phpServer("pull", "bind", 1, all(FRONTEND));
                var push = context.push()) {
            push.connect(local(PIPELINE));
            push.connect(local(FRONTEND));
            awaitPeers(push, 2);
            push.send("Hello Client 1");
            push.send("Hello Client 2");
            assertThat(one.line() + one.exitCode()).startsWith("Hello Client ").endsWith("0");
            assertThat(other.line() + other.exitCode())
                    .startsWith("Hello Client ")
                    .endsWith("0");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ourPullTakesFromTheirPush(boolean weBind) throws InterruptedException {
        try (var pull = context.pull();
                var push = php("push", weBind ? "connect" : "bind", 2, weBind ? local(PIPELINE) : all(PIPELINE))) {
            if (weBind) {
                pull.bind(all(PIPELINE));
            } else {
                pull.connect(local(PIPELINE));
                pull.connect(local(FRONTEND));
            }
            assertThat(pull.receive()).isEqualTo(Message.of("Hello Client 1"));
            assertThat(pull.receive()).isEqualTo(Message.of("Hello Client 2"));
            assertThat(push.exitCode()).isZero();
        }
    }

    @Test
    void ourServerAnswersOverTcpAndIpcAtOnce() {
        var ipc = Endpoints.ipc();
        try (var server = context.rep()) {
            server.bind(all(BOTH));
            server.bind(ipc);
            var requests = serve(server, 2);
            try (var near = php("request", ipc);
                    var far = php("request", local(BOTH))) {
                assertAnswered(near, 1);
                assertAnswered(far, 1);
            }
            assertThat(requests.result()).hasSize(2);
        }
        assertThat(Endpoints.path(ipc)).doesNotExist();
    }

    @Test
    void theirServerAnswersOverTcpAndIpcAtOnce() throws InterruptedException {
        var ipc = Endpoints.ipc();
        try (var server = phpServer("reply", all(BOTH), ipc);
                var near = context.req();
                var far = context.req()) {
            near.connect(ipc);
            far.connect(local(BOTH));
            assertThat(near.request("near").text()).isEqualTo("From Server1:near");
            assertThat(far.request("far").text()).isEqualTo("From Server1:far");
            assertThat(server.line()).isEqualTo("near");
        } finally {
            Endpoints.removeFile(ipc);
        }
    }
}
