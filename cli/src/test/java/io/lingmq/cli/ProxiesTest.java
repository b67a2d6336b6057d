package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The nodes in between, with commands on both sides of them. */
class ProxiesTest {
    private static final String FREE = "tcp://127.0.0.1:*";

    @Test
    void queueJoinsClientsAndWorkers() {
        try (var queue = Ling.start("queue", "--frontend", FREE, "--backend", FREE)) {
            requestPasses(queue);
            assertThat(queue.interrupt().exitCode()).isZero();
            assertThat(queue.err()).contains("frontend: 1 message (", "backend: 1 message (");
        }
    }

    @Test
    void proxyOfNamedTypesDoesTheSame() {
        try (var proxy = Ling.start("proxy", "--frontend", "router:bind:" + FREE, "--backend", "DEALER:bind:" + FREE)) {
            requestPasses(proxy);
        }
    }

    private static void requestPasses(Ling broker) {
        var rep = Ling.start("rep", "--connect", broker.bound(1), "--reply", "From Server1:{}", "--count", "1");
        var req = Ling.start("req", "--connect", broker.bound(0), "--message", "Hello");
        assertThat(req.succeeds().lines()).containsExactly("From Server1:Hello");
        assertThat(rep.succeeds().lines()).containsExactly("Hello");
    }

    @Test
    void forwarderCarriesSubscriptionsUpAndMessagesDown() {
        try (var forwarder = Ling.start("forwarder", "--frontend", FREE, "--backend", FREE)) {
            var sub = Ling.start("sub", "--connect", forwarder.bound(1), "--subscribe", "B", "--count", "1");
            var pub = Ling.start(
                    "pub", "--connect", forwarder.bound(0), "--peers", "1", "--message", "A", "--message", "B");
            assertThat(sub.succeeds().lines()).containsExactly("B");
            pub.succeeds();
        }
    }

    @Test
    void streamerCarriesWorkAndCaptureCopiesIt() {
        var capture = Ling.start("pull", "--bind", FREE, "--count", "2");
        try (var streamer = Ling.start(
                "streamer", "--frontend", FREE, "--backend", FREE, "--capture", "push:connect:" + capture.bound())) {
            var pull = Ling.start("pull", "--connect", streamer.bound(1), "--count", "2");
            Ling.start("push", "--connect", streamer.bound(0), "--message", "1", "--message", "2")
                    .succeeds();
            assertThat(pull.succeeds().lines()).containsExactly("1", "2");
            assertThat(capture.succeeds().lines()).containsExactly("1", "2");
        }
    }

    @Test
    void sideMayHaveSeveralEndpoints() {
        try (var queue = Ling.start("queue", "--frontend", FREE + "," + FREE, "--backend", FREE)) {
            var rep = Ling.start("rep", "--connect", queue.bound(2), "--count", "2");
            for (var i = 0; i < 2; i++) {
                Ling.start("req", "--connect", queue.bound(i), "--message", "x").succeeds();
            }
            rep.succeeds();
        }
    }
}
