package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Background;
import io.lingmq.transport.Link;
import io.lingmq.transport.Transport.Route;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialingTest {
    private final Reactor reactor = new SelectorReactor("dialing");
    private final Addresses addresses = new Addresses();
    private final List<SocketChannel> opened = new CopyOnWriteArrayList<>();
    private final TcpTransport transport = new TcpTransport() {
        @Override
        public SocketChannel open(Route route, Settings settings) throws IOException {
            var channel = super.open(route, settings);
            opened.add(channel);
            return channel;
        }
    };
    private final CompletableFuture<Link> connected = new CompletableFuture<>();
    private final CompletableFuture<String> failed = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        reactor.stop();
        addresses.close();
        if (connected.isDone()) {
            connected.get().close();
        }
    }

    private Dialing begin(Settings settings, List<Route> routes) {
        var dialing = new Dialing(reactor, transport, settings, routes, connected::complete, failed::complete);
        OnReactor.call(reactor, () -> {
            dialing.begin();
            return true;
        });
        return dialing;
    }

    private Dialing begin(Route... routes) {
        return begin(Settings.defaults(), List.of(routes));
    }

    private static <T> T result(CompletableFuture<T> future) {
        return Background.call("waiting for the outcome", future::get).result();
    }

    private void assertConnectedTo(Route route) throws IOException {
        assertThat(result(connected).peer()).isEqualTo(route.text());
        assertThat(failed).isNotDone();
    }

    @Test
    void silentAddressKeepsTheNextOneWaitingForAStepOnly() throws IOException {
        var live = Addresses.of(addresses.listening());

        begin(addresses.silent(), addresses.silent(), live);

        assertConnectedTo(live);
    }

    @Test
    void refusedAddressIsFollowedByTheNextAtOnce() throws IOException {
        var routes = new ArrayList<Route>();
        for (var i = 0; i < 15; i++) {
            routes.add(addresses.refusing());
        }
        var live = Addresses.of(addresses.listening());
        routes.add(live);
        var beginNs = System.nanoTime();

        begin(Settings.defaults(), routes);

        assertConnectedTo(live);
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs))
                .as("a step for each would take longer")
                .isLessThan(Duration.ofMillis(15 * 250));
    }

    @Test
    void firstAddressThatAnswersIsTheOnlyOneCalled() throws IOException {
        var first = addresses.listening();
        var second = addresses.listening();
        second.configureBlocking(false);

        begin(Addresses.of(first), Addresses.of(second));

        assertConnectedTo(Addresses.of(first));
        assertThat(second.accept()).isNull();
    }

    @Test
    void channelsOfThoseThatLoseAreClosed() throws IOException {
        var live = Addresses.of(addresses.listening());

        begin(addresses.silent(), live);

        assertConnectedTo(live);
        assertThat(opened)
                .hasSize(2)
                .filteredOn(SocketChannel::isOpen)
                .extracting(transport::peer)
                .containsExactly(live.text());
    }

    @Test
    void failureNamesTheReasonOfEachAddress() throws IOException {
        var one = addresses.refusing();
        var two = addresses.refusing();

        begin(one, two);

        assertThat(result(failed)).contains(one.text() + ": ", two.text() + ": ");
        assertThat(connected).isNotDone();
    }

    /** The one that has refused may be a peer that is about to come back. */
    @Test
    void roundEndsThoughOneStaysSilentWhenAnotherHasRefused() throws IOException {
        var silent = addresses.silent();

        begin(silent, addresses.refusing());

        assertThat(result(failed)).endsWith(silent.text() + ": no answer");
    }

    @Test
    void eachAddressHasTheConnectTimeOutForItself() throws IOException {
        var live = Addresses.of(addresses.listening());

        begin(
                Settings.defaults().with(Options.CONNECT_TIMEOUT, Duration.ofMillis(20)),
                List.of(addresses.silent(), addresses.silent(), live));

        assertConnectedTo(live);
    }

    @Test
    void connectTimeOutIsTold() throws IOException {
        begin(Settings.defaults().with(Options.CONNECT_TIMEOUT, Duration.ofMillis(20)), List.of(addresses.silent()));

        assertThat(result(failed)).isEqualTo("no answer within the connect time-out");
    }

    @Test
    void cancelledRoundSaysNothingAndLeavesNothingOpen() throws IOException {
        var silent = addresses.silent();
        var dialing = begin(silent, silent);
        OnReactor.call(reactor, () -> {
            dialing.cancel();
            return true;
        });

        assertThat(opened).isNotEmpty().noneMatch(SocketChannel::isOpen);
        assertThat(connected).isNotDone();
        assertThat(failed).isNotDone();
    }

    @Test
    void nameWithManyAddressesIsTriedPieceByPiece() throws IOException {
        var different = new LinkedHashSet<Route>(); // the system may name the same free port twice
        while (different.size() < 40) {
            different.add(addresses.refusing());
        }
        var all = List.copyOf(different);
        begin(Settings.defaults(), all);
        assertThat(result(failed).split("; ")).hasSize(16);

        var tried = IntStream.range(0, 5)
                .mapToObj(round -> Dialing.order(all, round).subList(0, 16))
                .flatMap(List::stream)
                .distinct();
        assertThat(tried).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void fewAddressesKeepTheirOrderInEachRound() throws IOException {
        var routes = List.of(addresses.refusing(), addresses.refusing());
        assertThat(Dialing.order(routes, 7)).isEqualTo(routes);
    }
}
