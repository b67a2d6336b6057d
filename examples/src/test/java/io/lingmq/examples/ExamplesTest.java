package io.lingmq.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.message.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example with the ones that belong to it. */
class ExamplesTest {
    private static final String FROM_SERVER = "From Server1:Hello From Client:";

    @TempDir
    private Path folder;

    private Run run;

    @BeforeEach
    void begin() {
        run = new Run();
    }

    @AfterEach
    void end() {
        run.close();
    }

    @Test
    void clientIsAnsweredAlsoWhenItStartsBeforeTheServer() throws Exception {
        var endpoint = Run.freeEndpoint();
        var client = run.start(RequestClient::main, endpoint);
        run.toEnd(ReplyServer::main, endpoint, "1");
        run.awaitEnd(client);
        assertThat(run.printed().lines()).hasSize(2).anyMatch(line -> line.startsWith(FROM_SERVER));
    }

    @Test
    void manyRequestsAreInFlightAndTheServerEndsInOrder() throws Exception {
        var endpoint = Run.freeEndpoint();
        var server = run.start(AnswerManyAtOnce::main, endpoint, "11");
        run.toEnd(AskManyAtOnce::main, endpoint);
        run.awaitEnd(server);
        assertThat(run.printed().lines())
                .hasSize(12)
                .contains("1", "49", "100", "error: the server failed at this request", "left without a reply: 0");
    }

    @Test
    void brokerThatPollsJoinsClientsAndWorkers() throws Exception {
        clientsReachWorkersThrough(BrokerWithPoll::main);
    }

    @Test
    void brokerByProxyJoinsClientsAndWorkers() throws Exception {
        clientsReachWorkersThrough(BrokerWithProxy::main);
    }

    private void clientsReachWorkersThrough(Run.Program broker) throws Exception {
        var frontend = Run.freeEndpoint();
        var backend = Run.freeEndpoint();
        run.start(ReplyWorker::main, backend);
        run.start(ReplyWorker::main, backend);
        run.start(broker, frontend, backend);
        for (var i = 0; i < 3; i++) {
            run.toEnd(RequestClient::main, frontend);
        }
        assertThat(run.printed().lines().filter(line -> line.startsWith(FROM_SERVER)))
                .hasSize(3);
    }

    @Test
    void subscriberHearsItsTopicOnlyAndMindsNoAbsentPublisher() throws Exception {
        var endpoint = Run.freeEndpoint();
        run.start(Publisher::main, endpoint);
        run.toEnd(SubscriberToTwo::main, endpoint, Run.freeEndpoint(), "1");
        assertThat(run.printed()).isEqualToIgnoringNewLines("[B] 1:We would like to see this");
    }

    @Test
    void publisherEndsAfterItsRoundsWithoutAnySubscriber() throws Exception {
        run.toEnd(Publisher::main, Run.freeEndpoint(), "1");
        assertThat(run.printed()).isEmpty();
    }

    @Test
    void oneTaskGoesToOneOfTwoWorkers() throws Exception {
        var endpoint = Run.freeEndpoint();
        run.start(PullTasks::main, endpoint, Run.freeEndpoint());
        run.start(PullTasks::main, endpoint, Run.freeEndpoint());
        run.toEnd(PushTasks::main, endpoint);
        run.awaitPrinted("Hello Client 1");
        assertThat(run.printed().lines()).hasSize(1);
    }

    @Test
    void tasksGoInTurnToWorkersThatAreBound() throws Exception {
        var one = Run.freeEndpoint();
        var two = Run.freeEndpoint();
        var worker1 = run.start(PullByBinding::main, one, "2");
        var worker2 = run.start(PullByBinding::main, two, "2");
        run.toEnd(PushByConnecting::main, one, two, "4");
        run.awaitEnd(worker1);
        run.awaitEnd(worker2);
        assertThat(run.printed().lines())
                .containsExactlyInAnyOrder("Hello Client 1", "Hello Client 2", "Hello Client 3", "Hello Client 4");
    }

    @Test
    void oneServerAnswersOnTcpAndIpc() throws Exception {
        var tcp = Run.freeEndpoint();
        var ipc = "ipc://" + folder.resolve("req.ipc");
        var server = run.start(ReplyOnTcpAndIpc::main, tcp, ipc, "2");
        run.toEnd(RequestOverIpc::main, ipc);
        run.toEnd(RequestOverIpc::main, tcp);
        run.awaitEnd(server);
        assertThat(run.printed().lines().filter(line -> line.startsWith("Hello from server1:Hello From Client1:")))
                .hasSize(2);
    }

    @Test
    void requestReachesServerWithinTheProcess() throws Exception {
        run.toEnd(InprocRequestReply::main);
        assertThat(run.printed()).startsWith("Hello From Client1:");
    }

    @Test
    void gatewayPublishesWhatAPlainProgramWrites() throws Exception {
        var news = Run.freeEndpoint();
        var plain = Integer.parseInt(Run.freeEndpoint().replaceAll(".*:", ""));
        var control = Run.freeEndpoint();
        var gateway = run.start(arguments -> gateway(arguments), news, String.valueOf(plain), control);
        try (var context = Context.open();
                var subscriber = context.sub();
                var asking = context.req()) {
            subscriber.subscribe("tick");
            subscriber.subscribe("text");
            subscriber.connect(news);
            asking.connect(control);
            assertThat(subscriber.receive().text())
                    .as("a tick shows that it listens")
                    .isEqualTo("tick");
            try (var program = new Socket(InetAddress.getLoopbackAddress(), plain)) {
                program.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                var heard = subscriber.receive();
                while (heard.text().equals("tick")) {
                    heard = subscriber.receive();
                }
                assertThat(heard).isEqualTo(Message.of("text", "hello"));
            }
            assertThat(asking.request("stop").text()).isEqualTo("published: 1");
        }
        run.awaitEnd(gateway);
    }

    private static void gateway(String... arguments) throws InterruptedException {
        try {
            LoopGateway.main(arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
