package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.DealerSocket;
import io.lingmq.RouterSocket;
import io.lingmq.error.LingException;
import io.lingmq.error.OptionException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class RouterDealerTest {
    @AutoClose
    private final SocketFixture fixture;

    private final RouterSocket router;
    private final DealerSocket dealer;

    RouterDealerTest(Transport transport) {
        fixture = new SocketFixture(transport);
        router = fixture.context().router();
        dealer = fixture.context().dealer();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private DealerSocket named(String name) {
        var named = fixture.context().dealer();
        named.set(Options.ROUTING_ID, bytes(name));
        return named;
    }

    @Test
    void answersWhoeverSent() throws InterruptedException {
        var one = named("one");
        var two = named("two");
        fixture.join(router, one, two);
        one.send("from one", "more");
        two.send("from two");
        for (var i = 0; i < 2; i++) {
            var message = take(router);
            router.reply(message, message.body());
        }
        assertThat(take(one).texts()).containsExactly("from one", "more");
        assertThat(take(two).texts()).containsExactly("from two");
    }

    @Test
    void makesUpNamesThatBeginWithZeroAndDiffer() throws InterruptedException {
        var dealers = new DealerSocket[] {
            dealer, fixture.context().dealer(), fixture.context().dealer()
        };
        fixture.join(router, dealers);
        var names = new HashSet<String>();
        for (var each : dealers) {
            each.send("x");
            var name = take(router).bytes();
            assertThat(name).hasSize(5).startsWith(0);
            names.add(new String(name, StandardCharsets.ISO_8859_1));
        }
        assertThat(names).hasSize(3);
    }

    @Test
    void mayNameItsPeersFirst() throws InterruptedException {
        fixture.join(router, named("me"));
        var me = named("second");
        fixture.join(router, me);
        router.send("second", "hello");
        assertThat(take(me).text()).isEqualTo("hello");
    }

    @Test
    void dropsWhatIsAddressedToNobody() throws InterruptedException {
        fixture.join(router, dealer);
        router.send("nobody", "hello");
        assertThat(router.statistics().dropped()).containsEntry(DropReason.NO_ROUTE, 1L);
        assertQuiet(dealer);
    }

    @Test
    void mandatoryReportsWhatIsAddressedToNobody() {
        router.set(Options.ROUTER_MANDATORY, true);
        fixture.join(router, dealer);
        assertThatThrownBy(() -> router.send("nobody", "hello"))
                .isInstanceOf(UnroutableException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void mandatoryWaitsForAFullPeer() throws InterruptedException {
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 2);
        var slow = named("slow");
        slow.set(Options.RECEIVE_HWM, 2);
        fixture.join(router, slow);
        var message = Message.of("slow", "x".repeat(100_000));
        var accepted = 0;
        while (router.send(message, Duration.ofMillis(100))) {
            accepted++;
        }
        assertThat(accepted).isGreaterThanOrEqualTo(4);
        for (var i = 0; i < accepted; i++) {
            assertThat(take(slow).size(0)).isEqualTo(100_000);
        }
        assertThat(router.send(message, Duration.ofSeconds(5))).isTrue();
        assertThat(router.statistics().dropped()).isEmpty();
    }

    @Test
    void otherwiseDropsForAFullPeer() throws InterruptedException {
        router.set(Options.SEND_HWM, 2);
        var slow = named("slow");
        slow.set(Options.RECEIVE_HWM, 2);
        fixture.join(router, slow);
        for (var i = 0; i < 500; i++) {
            router.send("slow", "x".repeat(100_000));
        }
        assertThat(router.statistics().dropped().get(DropReason.PEER_FULL)).isPositive();
    }

    @Test
    void refusesASecondPeerOfTheSameName() throws InterruptedException {
        var first = named("same");
        fixture.join(router, first);
        var second = named("same");
        second.connect(fixture.bound(router));
        first.send("still here");
        assertThat(take(router).texts()).containsExactly("same", "still here");
        router.send("same", "to the first");
        assertThat(take(first).text()).isEqualTo("to the first");
        assertQuiet(second);
        awaitPeers(router, 1);
    }

    @Test
    void handoverGivesTheNameToTheNewcomer() throws InterruptedException {
        router.set(Options.ROUTER_HANDOVER, true);
        var first = named("same");
        first.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
        fixture.join(router, first);
        var second = named("same");
        second.connect(fixture.bound(router));
        second.send("it is me now");
        assertThat(take(router).texts()).containsExactly("same", "it is me now");
        router.send("same", "to the second");
        assertThat(take(second).text()).isEqualTo("to the second");
        assertQuiet(first);
    }

    @Test
    void aNameIsFreeAgainWhenItsPeerLeaves() throws InterruptedException {
        var first = named("same");
        fixture.join(router, first);
        first.close();
        awaitPeers(router, 0);
        var second = named("same");
        fixture.join(router, second);
        router.send("same", "welcome");
        assertThat(take(second).text()).isEqualTo("welcome");
    }

    @Test
    void connectingRouterNamesItsPeer() throws InterruptedException {
        router.set(Options.CONNECT_ROUTING_ID, bytes("server"));
        fixture.join(dealer, router);
        router.send("server", "hello");
        assertThat(take(dealer).text()).isEqualTo("hello");
        dealer.send("back");
        assertThat(take(router).texts()).containsExactly("server", "back");
    }

    @Test
    void routersTalkToEachOther() throws InterruptedException {
        var other = fixture.context().router();
        router.set(Options.ROUTING_ID, bytes("left"));
        other.set(Options.ROUTING_ID, bytes("right"));
        fixture.join(router, other);
        router.send("right", "hello");
        assertThat(take(other).texts()).containsExactly("left", "hello");
        other.send("left", "hello yourself");
        assertThat(take(router).texts()).containsExactly("right", "hello yourself");
    }

    @Test
    void probeAnnouncesANewPeer() throws InterruptedException {
        var me = named("me");
        me.set(Options.PROBE_ROUTER, true);
        fixture.join(router, me);
        assertThat(take(router)).isEqualTo(Message.of("me", ""));
        router.send("me", "seen");
        assertThat(take(me).text()).isEqualTo("seen");
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThatThrownBy(() -> dealer.set(Options.ROUTING_ID, new byte[256]))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> dealer.set(Options.ROUTING_ID, new byte[] {0, 1}))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("zero");
        assertThatThrownBy(() -> router.send(Message.of(new byte[256], bytes("hello"))))
                .isInstanceOf(LingException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> router.send("only a name")).isInstanceOf(LingException.class);
    }

    @Test
    void dealersTalkToEachOtherInTurn() throws InterruptedException {
        var one = fixture.context().dealer();
        var two = fixture.context().dealer();
        fixture.join(dealer, one, two);
        for (var i = 0; i < 4; i++) {
            dealer.send(String.valueOf(i));
        }
        assertThat(take(one).text()).isEqualTo("0");
        assertThat(take(two).text()).isEqualTo("1");
        assertThat(take(one).text()).isEqualTo("2");
        assertThat(take(two).text()).isEqualTo("3");
    }
}
