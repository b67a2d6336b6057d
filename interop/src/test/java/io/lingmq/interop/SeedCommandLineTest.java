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

import io.lingmq.testkit.Endpoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk-through with PHP at one end and the {@code ling} command at the other, on its own ports. */
@Tag("one-jdk")
class SeedCommandLineTest {
    @BeforeEach
    void awaitPorts() {
        SeedPorts.awaitFree(FRONTEND, BACKEND, BOTH, PIPELINE, PUBLISHER, ABSENT_PUBLISHER);
    }

    private static void assertSucceeded(Program program) {
        assertThat(program.exitCode()).as("exit code%s", program.errors()).isZero();
    }

    @Test
    void repAnswersTheirClient() {
        try (var client = php("request", local(FRONTEND), 2);
                var server =
                        LingProcess.start("rep", "--bind", all(FRONTEND), "--reply", "From Server1", "--count", 2)) {
            assertThat(client.line()).isEqualTo("string(12) \"From Server1\"");
            assertThat(client.line()).isEqualTo("string(12) \"From Server1\"");
            assertSucceeded(client);
            assertThat(server.line()).startsWith("Hello From Client:");
            assertSucceeded(server);
        }
    }

    @Test
    void repOnTcpAndIpcEchoes() {
        var ipc = Endpoints.ipc();
        try (var server = LingProcess.start("rep", "--bind", all(BOTH), "--bind", ipc, "--echo", "--count", 2);
                var near = php("request", ipc);
                var far = php("request", local(BOTH))) {
            assertThat(near.line()).contains("\"Hello From Client:");
            assertThat(far.line()).contains("\"Hello From Client:");
            assertSucceeded(server);
        }
        assertThat(Endpoints.path(ipc)).doesNotExist();
    }

    @Test
    void reqAsksTheirServer() {
        try (var server = phpServer("reply");
                var client =
                        LingProcess.start("req", "--connect", local(FRONTEND), "--message", "Hello", "--count", 2)) {
            assertThat(client.line()).isEqualTo("From Server1:Hello");
            assertThat(client.line()).isEqualTo("From Server1:Hello");
            assertSucceeded(client);
            assertThat(server.line()).isEqualTo("Hello");
        }
    }

    @Test
    void reqReadsItsRequestsFromStandardInput() {
        try (var client = LingProcess.start("req", "--connect", local(FRONTEND));
                var server = phpServer("reply")) {
            client.write("one");
            assertThat(client.line()).isEqualTo("From Server1:one");
            client.write("two");
            client.endInput();
            assertThat(client.line()).isEqualTo("From Server1:two");
            assertSucceeded(client);
            assertThat(server.line()).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "device"})
    void reqAndRepTalkThroughTheirBroker(String broker) {
        try (var between = phpServer(broker);
                var worker = LingProcess.start("rep", "--connect", local(BACKEND), "--echo", "--count", 1);
                var client = LingProcess.start("req", "--connect", local(FRONTEND), "--message", "through")) {
            assertThat(client.line()).isEqualTo("through");
            assertSucceeded(client);
            assertSucceeded(worker);
            assertThat(between.isAlive()).isTrue();
        }
    }

    @Test
    void proxyStandsBetweenTheirClientAndTheirWorker() {
        assertBrokerServes(LingProcess.start(
                "proxy", "--frontend", "router:bind:" + all(FRONTEND), "--backend", "dealer:bind:" + all(BACKEND)));
    }

    @Test
    void queueStandsBetweenTheirClientAndTheirWorker() {
        assertBrokerServes(LingProcess.start("queue", "--frontend", all(FRONTEND), "--backend", all(BACKEND)));
    }

    private static void assertBrokerServes(Program broker) {
        try (broker;
                var worker = phpServer("worker");
                var client = php("request", local(FRONTEND), 3)) {
            for (var i = 0; i < 3; i++) {
                assertThat(client.line()).contains("\"From Server1:Hello From Client:");
            }
            assertSucceeded(client);
            assertThat(worker.line()).startsWith("Hello From Client:");
            broker.terminate();
            assertThat(broker.exitCode())
                    .as("exit code after SIGTERM%s", broker.errors())
                    .isIn(0, 128 + 15);
        }
    }

    @Test
    void pubReachesTheirSubscriber() {
        try (var subscriber = php("subscriber", 2);
                var publisher = LingProcess.start(
                        "pub",
                        "--bind",
                        all(PUBLISHER),
                        "--peers",
                        1,
                        "--count",
                        2,
                        "--frame",
                        "B",
                        "--frame",
                        "1:We would like to see this")) {
            assertThat(subscriber.line()).isEqualTo("[B] 1:We would like to see this");
            assertThat(subscriber.line()).isEqualTo("[B] 1:We would like to see this");
            assertSucceeded(subscriber);
            assertSucceeded(publisher);
        }
    }

    @Test
    void subReadsTheirPublisherBesideAnAbsentOne() {
        try (var publisher = phpServer("publisher");
                var subscriber = LingProcess.start(
                        "sub",
                        "--connect",
                        local(PUBLISHER),
                        "--connect",
                        local(ABSENT_PUBLISHER),
                        "--subscribe",
                        "B",
                        "--count",
                        2)) {
            assertThat(subscriber.line()).isEqualTo("B\t1:We would like to see this");
            assertThat(subscriber.line()).isEqualTo("B\t1:We would like to see this");
            assertSucceeded(subscriber);
            assertThat(publisher.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"bind, connect", "connect, bind"})
    void pushFeedsTheirPull(String weDo, String theyDo) {
        try (var pull = phpServer("pull", theyDo, 2, endpoint(theyDo));
                var push = LingProcess.start("push", "--" + weDo, endpoint(weDo), "--message", "work", "--count", 2)) {
            assertThat(pull.line()).isEqualTo("work");
            assertThat(pull.line()).isEqualTo("work");
            assertSucceeded(pull);
            assertSucceeded(push);
        }
    }

    @ParameterizedTest
    @CsvSource({"bind, connect", "connect, bind"})
    void pullTakesFromTheirPush(String weDo, String theyDo) {
        try (var pull = LingProcess.start("pull", "--" + weDo, endpoint(weDo), "--count", 2);
                var push = php("push", theyDo, 2, endpoint(theyDo))) {
            assertThat(pull.line()).isEqualTo("Hello Client 1");
            assertThat(pull.line()).isEqualTo("Hello Client 2");
            assertSucceeded(pull);
            assertSucceeded(push);
        }
    }

    private static String endpoint(String verb) {
        return verb.equals("bind") ? all(PIPELINE) : local(PIPELINE);
    }
}
