package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How sockets and their like look in a log: which one it is, and how it stands. */
class TextsForLogsTest {
    /** Nobody listens there, and nobody will: a port of the system's own. */
    private static final String NOBODY = "tcp://127.0.0.1:1";

    private final Context context = Context.open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    @Test
    void socketTellsWhichItIsAndHowItStands() {
        var push = context.push(Settings.of(Options.LINGER, Duration.ofSeconds(60)));
        assertThat(push).hasToString("PUSH#1 (open, 0 peers)");

        var endpoint = push.bind("tcp://127.0.0.1:*");
        push.connect(NOBODY);
        assertThat(push).hasToString("PUSH#1 (open, bound to " + endpoint + ", connected to " + NOBODY + ", 0 peers)");

        var pull = context.pull();
        pull.connect(endpoint);
        Await.until("the peer is there", () -> push.toString().endsWith("1 peer)"));
        Await.until("the peer is there", () -> pull.statistics().peers() == 1);
        assertThat(pull).hasToString("PULL#2 (open, connected to " + endpoint + ", 1 peer)");

        pull.close();
        Await.until("the peer has gone", () -> push.toString().endsWith("0 peers)"));
        Await.until("all is over", () -> pull.toString().equals("PULL#2 (closed, 0 peers)"));
        assertThat(push.isClosed()).isFalse();
        assertThat(pull.isClosed()).isTrue();
    }

    @Test
    void socketThatIsClosingTellsForWhatItWaits() throws InterruptedException {
        var push = context.push(Settings.of(Options.LINGER, Duration.ofSeconds(60)));
        push.connect(NOBODY);
        push.send("unsent");
        push.close();

        assertThat(push).hasToString("PUSH#1 (closing, leaving " + NOBODY + ", 0 peers)");
        assertThat(push.isClosed()).isTrue();
        context.close(Duration.ZERO);
        assertThat(push).hasToString("PUSH#1 (closed, 0 peers)");
    }

    @Test
    void ofManyEndpointsThreeAreNamed() {
        var sub = context.sub();
        for (var i = 1; i <= 6; i++) {
            sub.connect("inproc://" + i);
        }
        assertThat(sub)
                .hasToString("SUB#1 (open, connected to inproc://1 and inproc://2 and inproc://3 and 3 more, 0 peers)");
    }

    @Test
    void peersOverInprocAreCountedOnBothSides() {
        var pub = context.pub();
        var sub = context.sub();
        pub.bind("inproc://news");
        sub.connect("inproc://news");
        Await.until(
                "both know",
                () -> pub.statistics().peers() == 1 && sub.statistics().peers() == 1);
        assertThat(pub).hasToString("PUB#1 (open, bound to inproc://news, 1 peer)");
        assertThat(sub).hasToString("SUB#2 (open, connected to inproc://news, 1 peer)");

        pub.unbind("inproc://news");
        Await.until(
                "both know",
                () -> pub.statistics().peers() == 0 && sub.statistics().peers() == 0);
        assertThat(pub).hasToString("PUB#1 (open, 0 peers)");
    }

    @Test
    void contextTellsWhatItHas() {
        assertThat(context).hasToString("Context lingmq (open, 0 sockets, 0 I/O threads)");
        context.pull().bind("tcp://127.0.0.1:*");
        assertThat(context).hasToString("Context lingmq (open, 1 socket, 1 I/O thread)");
        assertThat(context.isClosed()).isFalse();
        context.close();
        assertThat(context).hasToString("Context lingmq (closed, 0 sockets, 1 I/O thread)");
        assertThat(context.isClosed()).isTrue();
    }

    @Test
    void proxyTellsItsSocketsAndWhetherItRuns() {
        var router = context.router();
        var dealer = context.dealer();
        var between = " between ROUTER#1 (open, 0 peers) and DEALER#2 (open, 0 peers)";
        var proxy = Proxy.between(router, dealer);
        assertThat(proxy).hasToString("Proxy (not running)" + between);
        proxy.start();
        Await.until("it runs", () -> proxy.toString().equals("Proxy (running)" + between));
        proxy.pause();
        assertThat(proxy).hasToString("Proxy (paused)" + between);
        assertThat(proxy.isClosed()).isFalse();
        proxy.close();
        assertThat(proxy).hasToString("Proxy (closed)" + between);
        assertThat(proxy.isClosed()).isTrue();
    }

    @Test
    void proxyIsClosedWhenOneOfItsSocketsIs() {
        var router = context.router();
        try (var proxy = Proxy.between(router, context.dealer()).start()) {
            router.close();
            Await.until("it has ended", proxy::isClosed);
        }
    }

    @Test
    void monitorTellsItsSocket() {
        var pull = context.pull();
        var monitor = pull.monitor((SocketEvent event) -> {});
        assertThat(monitor).hasToString("Monitor (open) of PULL#1 (open, 0 peers)");
        assertThat(monitor.isClosed()).isFalse();
        monitor.close();
        assertThat(monitor).hasToString("Monitor (closed) of PULL#1 (open, 0 peers)");
        assertThat(monitor.isClosed()).isTrue();
    }
}
