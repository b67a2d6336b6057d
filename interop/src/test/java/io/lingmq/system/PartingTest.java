package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of messages from a peer that the application parts with, and who hears of it. */
@ParameterizedClass
@EnumSource(Transport.class)
class PartingTest {
    @AutoClose
    private final SocketFixture fixture;

    PartingTest(Transport transport) {
        fixture = new SocketFixture(transport);
    }

    @Test
    void whatIsUnreadWhenTheApplicationDisconnectsIsNotReceivedAnyMore() throws InterruptedException {
        var unwanted = fixture.context().push();
        var other = fixture.context().push();
        var pull = fixture.context().pull();
        fixture.join(unwanted, pull);
        fixture.join(other, pull);
        unwanted.send("read");
        assertThat(take(pull).text()).isEqualTo("read");
        for (var i = 0; i < 100; i++) {
            unwanted.send("unread " + i);
        }
        Await.until("all have left", () -> unwanted.statistics().unsent() == 0);
        pull.disconnect(fixture.bound(unwanted));
        awaitPeers(unwanted, 0);
        other.send("still here");
        assertThat(take(pull).text()).isEqualTo("still here");
        assertQuiet(pull);
    }

    @Test
    void executorsOfMonitorsAreCalledOnNoThreadThatServesOthers() throws InterruptedException {
        var threads = ConcurrentHashMap.<String>newKeySet();
        var pull = fixture.context().pull();
        var push = fixture.context().push();
        pull.monitor(event -> {}, task -> {
            threads.add(Thread.currentThread().getName());
            task.run();
        });
        fixture.join(pull, push);
        push.close();
        awaitPeers(pull, 0);
        pull.close();
        if (fixture.transport().hasWire()) {
            Await.until("events were heard", () -> !threads.isEmpty());
        }
        assertThat(threads).noneMatch(name -> name.contains("-io-") || name.contains("-inproc"));
    }
}
