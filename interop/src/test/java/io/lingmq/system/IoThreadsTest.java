package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers of one bound endpoint are served by all I/O threads of the context. */
class IoThreadsTest {
    private static final int THREADS = 4;
    private static final int PEERS = 64;

    private static Context withFourThreads() {
        return Context.builder().ioThreads(THREADS).open();
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "INPROC")
    void eachOfManyPeersIsHeard(Transport transport) throws InterruptedException {
        try (var context = withFourThreads();
                var clients = Context.open();
                var pull = context.pull()) {
            var endpoint = pull.bind(transport.endpoint());
            var pushes = connected(clients, endpoint);
            awaitPeers(pull, PEERS);
            assertEachIsHeard(pushes, pull);
        }
    }

    private static List<PushSocket> connected(Context clients, String endpoint) {
        var all = new ArrayList<PushSocket>();
        for (var i = 0; i < PEERS; i++) {
            var push = clients.push();
            push.connect(endpoint);
            all.add(push);
        }
        return all;
    }

    private static void assertEachIsHeard(List<PushSocket> pushes, PullSocket pull) throws InterruptedException {
        var heard = new HashSet<String>();
        for (var i = 0; i < pushes.size(); i++) {
            pushes.get(i).send(String.valueOf(i));
        }
        for (var i = 0; i < pushes.size(); i++) {
            heard.add(SocketFixture.take(pull).text());
        }
        assertThat(heard).hasSize(pushes.size());
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "INPROC")
    void unbindEndsThePeersOfAllThreads(Transport transport) throws InterruptedException {
        try (var context = withFourThreads();
                var clients = Context.open();
                var pull = context.pull()) {
            var endpoint = pull.bind(transport.endpoint());
            for (var i = 0; i < 8; i++) {
                var push = clients.push();
                push.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(10));
                push.connect(endpoint);
            }
            awaitPeers(pull, 8);
            pull.unbind(endpoint);
            awaitPeers(pull, 0);
            pull.bind(endpoint);
            awaitPeers(pull, 8);
        }
    }

    /** What is on its way to each of them leaves before the end, and all that does not is told. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "INPROC")
    void closeLetsMessagesOfAllThreadsLeave(Transport transport) throws InterruptedException {
        try (var clients = Context.open()) {
            var pulls = new ArrayList<PullSocket>();
            var context = withFourThreads();
            var push = context.push();
            var endpoint = push.bind(transport.endpoint());
            for (var i = 0; i < 8; i++) {
                var pull = clients.pull();
                pull.connect(endpoint);
                pulls.add(pull);
            }
            awaitPeers(push, 8);
            for (var i = 0; i < 800; i++) {
                push.send(String.valueOf(i));
            }
            assertThat(context.close(Duration.ofSeconds(20)).lost()).isZero();
            for (var pull : pulls) {
                for (var i = 0; i < 100; i++) {
                    SocketFixture.take(pull);
                }
            }
        }
    }
}
