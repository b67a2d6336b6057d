package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Proxy;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.RepSocket;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class ProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AutoClose
    private final SocketFixture fixture;

    ProxyTest(Transport transport) {
        fixture = new SocketFixture(transport);
    }

    private Background<Boolean> worker(RepSocket worker, int count) {
        return Background.run("worker", () -> {
            for (var i = 0; i < count; i++) {
                worker.send("re " + worker.receive().text());
            }
        });
    }

    @Test
    void queuePassesRequestsAndReplies() throws InterruptedException {
        var frontend = fixture.context().router();
        var backend = fixture.context().dealer();
        var client = fixture.context().req();
        var one = fixture.context().rep();
        var other = fixture.context().rep();
        try (var proxy = Proxy.between(frontend, backend).start()) {
            fixture.join(backend, one, other);
            fixture.join(frontend, client);
            var working = worker(one, 10);
            var workingToo = worker(other, 10);
            for (var i = 0; i < 20; i++) {
                assertThat(client.request(Message.of("q" + i), PATIENCE)).isEqualTo(Message.of("re q" + i));
            }
            working.result();
            workingToo.result();
            Await.until(
                    "the last reply is counted",
                    () -> proxy.statistics().frontend().sent().messages() == 20);
            var passed = proxy.statistics();
            assertThat(passed.frontend().received().messages()).isEqualTo(20);
            assertThat(passed.backend().sent().messages()).isEqualTo(20);
            assertThat(passed.backend().received().messages()).isEqualTo(20);
            assertThat(passed.frontend().received().bytes()).isGreaterThan(20 * 2);
            assertThat(passed.captureDropped()).isZero();
        }
    }

    @Test
    void forwarderPassesSubscriptionsUpAndMessagesDown() throws InterruptedException {
        var frontend = fixture.context().xsub();
        var backend = fixture.context().xpub();
        var publisher = fixture.context().pub();
        var subscriber = fixture.context().sub();
        try (var proxy = Proxy.between(frontend, backend).start()) {
            fixture.join(frontend, publisher);
            fixture.join(backend, subscriber);
            subscriber.subscribe("B");
            awaitTopics(publisher, 1);
            publisher.send("A", "no");
            publisher.send("B", "yes");
            assertThat(take(subscriber).texts()).containsExactly("B", "yes");
            Await.until(
                    "it is counted",
                    () -> proxy.statistics().frontend().received().messages() > 0);
            assertThat(proxy.statistics().frontend().received().messages())
                    .as("filtered at the source")
                    .isEqualTo(1);
            subscriber.unsubscribe("B");
            awaitTopics(publisher, 0);
        }
    }

    /** A running proxy that passes work from the one to the other. */
    private Proxy streamer(PushSocket source, PullSocket sink) {
        var frontend = fixture.context().pull();
        var backend = fixture.context().push();
        var proxy = Proxy.between(frontend, backend).start();
        fixture.join(frontend, source);
        fixture.join(backend, sink);
        return proxy;
    }

    @Test
    void streamerPassesWorkAlong() throws InterruptedException {
        var source = fixture.context().push();
        var sink = fixture.context().pull();
        try (var proxy = streamer(source, sink)) {
            var sending = Background.run("sending", () -> {
                for (var n = 0; n < 20_000; n++) {
                    source.send(String.valueOf(n), "second");
                }
            });
            for (var n = 0; n < 20_000; n++) {
                assertThat(take(sink).texts()).containsExactly(String.valueOf(n), "second");
            }
            sending.result();
            Await.until(
                    "the last one is counted",
                    () -> proxy.statistics().backend().sent().messages() == 20_000);
        }
    }

    @Test
    void pauseHoldsAndResumeGoesOn() throws InterruptedException {
        var source = fixture.context().push();
        var sink = fixture.context().pull();
        try (var proxy = streamer(source, sink)) {
            source.send("before");
            assertThat(take(sink).text()).isEqualTo("before");
            proxy.pause();
            source.send("meanwhile 1");
            source.send("meanwhile 2");
            assertQuiet(sink);
            proxy.resume();
            assertThat(take(sink).text()).isEqualTo("meanwhile 1");
            assertThat(take(sink).text()).isEqualTo("meanwhile 2");
        }
    }

    @Test
    void captureSeesBothDirections() throws InterruptedException {
        var frontend = fixture.context().router();
        var backend = fixture.context().dealer();
        var client = fixture.context().req();
        var worker = fixture.context().rep();
        var capture = fixture.context().push();
        var witness = fixture.context().pull();
        fixture.join(capture, witness);
        try (var proxy = Proxy.between(frontend, backend).capture(capture).start()) {
            fixture.join(backend, worker);
            fixture.join(frontend, client);
            client.send("question");
            assertThat(take(worker).text()).isEqualTo("question");
            worker.send("answer");
            assertThat(take(client).text()).isEqualTo("answer");
            var request = take(witness);
            var reply = take(witness);
            assertThat(request.texts()).hasSize(3).endsWith("question");
            assertThat(reply.texts()).hasSize(3).endsWith("answer");
            assertThat(proxy.statistics().captureDropped()).isZero();
        }
    }

    @Test
    void aSlowCaptureHoldsNothingUpAndItsLossIsCounted() throws InterruptedException {
        var frontend = fixture.context().pull();
        var backend = fixture.context().push();
        var source = fixture.context().push();
        var sink = fixture.context().pull();
        var capture = fixture.context().push();
        capture.set(Options.SEND_HWM, 1);
        fixture.bound(capture);
        try (var proxy = Proxy.between(frontend, backend).capture(capture).start()) {
            fixture.join(frontend, source);
            fixture.join(backend, sink);
            for (var n = 0; n < 100; n++) {
                source.send("x");
                assertThat(take(sink).text()).isEqualTo("x");
            }
            Await.until("the loss is counted", () -> proxy.statistics().captureDropped() == 100);
        }
    }

    @Test
    void readsOnlyWhatItCanPassOn() throws InterruptedException {
        var frontend = fixture.context().pull();
        var backend = fixture.context().push();
        var source = fixture.context().push();
        source.set(Options.SEND_HWM, 2);
        frontend.set(Options.RECEIVE_HWM, 2);
        fixture.bound(backend);
        try (var proxy = Proxy.between(frontend, backend).start()) {
            fixture.join(frontend, source);
            var accepted = 0;
            while (source.send(Message.of(new byte[100_000]), Duration.ofMillis(100))) {
                accepted++;
            }
            assertThat(proxy.statistics().frontend().received().messages()).isZero();
            var sink = fixture.context().pull();
            fixture.join(backend, sink);
            for (var n = 0; n < accepted; n++) {
                assertThat(take(sink).size(0)).isEqualTo(100_000);
            }
        }
    }

    @Test
    void closeLeavesTheSocketsUsable() throws InterruptedException {
        var frontend = fixture.context().router();
        var backend = fixture.context().dealer();
        var proxy = Proxy.between(frontend, backend).start();
        var client = fixture.context().dealer();
        fixture.join(frontend, client);
        proxy.close();
        proxy.close();
        client.send("now it is mine");
        assertThat(take(frontend).text(1)).isEqualTo("now it is mine");
    }

    @Test
    void runEndsWhenASocketCloses() {
        var frontend = fixture.context().router();
        var backend = fixture.context().dealer();
        var running =
                Background.run("proxy", () -> Proxy.between(frontend, backend).run());
        running.awaitInside("run");
        backend.close();
        running.result();
    }

    @Test
    void proxiesCanStandInARow() throws InterruptedException {
        var client = fixture.context().req();
        var worker = fixture.context().rep();
        var outer = fixture.context().router();
        var outerBack = fixture.context().dealer();
        var inner = fixture.context().router();
        var innerBack = fixture.context().dealer();
        try (var first = Proxy.between(outer, outerBack).start();
                var second = Proxy.between(inner, innerBack).start()) {
            fixture.join(inner, outerBack);
            fixture.join(innerBack, worker);
            fixture.join(outer, client);
            awaitPeers(worker, 1);
            var working = worker(worker, 1);
            assertThat(client.request(Message.of("far"), PATIENCE)).isEqualTo(Message.of("re far"));
            working.result();
            Await.until(
                    "both count one",
                    () -> first.statistics().frontend().sent().messages() == 1
                            && second.statistics().frontend().sent().messages() == 1);
        }
    }

    @Test
    void malformedReplyOfAWorkerIsDroppedAndTheQueueGoesOn() throws InterruptedException {
        var frontend = fixture.context().router();
        var backend = fixture.context().dealer();
        var client = fixture.context().req();
        var worker = fixture.context().dealer();
        try (var proxy = Proxy.between(frontend, backend).start()) {
            fixture.join(backend, worker);
            fixture.join(frontend, client);
            worker.send("one frame");
            worker.send(Message.of("", "empty routing id"));
            worker.send(Message.of("x".repeat(300), "routing id too long"));
            for (var i = 0; i < 3; i++) {
                client.send("q" + i);
                var request = worker.receive();
                worker.send(request.reply("re q" + i));
                assertThat(client.receive(PATIENCE)).isEqualTo(Message.of("re q" + i));
            }
            Await.until(
                    "all are counted",
                    () -> proxy.statistics().frontend().sent().messages() == 3);
            var passed = proxy.statistics();
            assertThat(passed.dropped()).isEqualTo(3);
            assertThat(passed.backend().received().messages()).isEqualTo(6);
            assertThat(frontend.statistics().dropped()).isEqualTo(Map.of(DropReason.NOT_ADDRESSED, 3L));
        }
    }

    @Test
    void repAndReqPassOneRequestAtATime() throws InterruptedException {
        var frontend = fixture.context().rep();
        var backend = fixture.context().req();
        var client = fixture.context().req();
        var otherClient = fixture.context().req();
        var one = fixture.context().rep();
        try (var proxy = Proxy.between(frontend, backend).start()) {
            fixture.join(backend, one);
            fixture.join(frontend, client, otherClient);
            var working = worker(one, 20);
            for (var i = 0; i < 10; i++) {
                otherClient.send("other q" + i);
                assertThat(client.request(Message.of("q" + i), PATIENCE)).isEqualTo(Message.of("re q" + i));
                assertThat(otherClient.receive(PATIENCE)).isEqualTo(Message.of("re other q" + i));
            }
            working.result();
            Await.until(
                    "the last reply is counted",
                    () -> proxy.statistics().frontend().sent().messages() == 20);
        }
    }

    @Test
    void oneRepOnBothSidesSendsBackWhatItReceives() throws InterruptedException {
        var echo = fixture.context().rep();
        var client = fixture.context().req();
        try (var proxy = Proxy.between(echo, echo).start()) {
            fixture.join(echo, client);
            for (var i = 0; i < 10; i++) {
                assertThat(client.request(Message.of("q" + i), PATIENCE)).isEqualTo(Message.of("q" + i));
            }
            Await.until(
                    "the last one is counted",
                    () -> proxy.statistics().frontend().received().messages() == 10);
        }
    }

    @Test
    void closeReturnsWhenTheThreadThatRunsItHasLeft() {
        var frontend = fixture.context().pull();
        var backend = fixture.context().push();
        for (var i = 0; i < 20; i++) {
            var proxy = Proxy.between(frontend, backend);
            var running = Background.run("proxy", proxy::run).awaitInside("awaitSignalAfter");
            proxy.close();

            assertThat(isInsideRelay()).isFalse();
            assertThat(running.result()).isTrue();
        }
    }

    private static boolean isInsideRelay() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals("runAlone"));
    }
}
