package io.lingmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.transport.Transport.Route;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final Resolver MACHINE = new Resolver(Names.OF_THIS_MACHINE);

    /** What is known where a name server was asked. */
    private static Resolver knowing(Map<String, List<String>> hosts, Map<String, List<String>> interfaces) {
        return new Resolver(new Names() {
            @Override
            public List<InetAddress> lookUp(String host) throws UnknownHostException {
                if (!hosts.containsKey(host)) {
                    throw new UnknownHostException(host);
                }
                return addresses(hosts.get(host));
            }

            @Override
            public List<InetAddress> ofInterface(String name) {
                return interfaces.containsKey(name) ? addresses(interfaces.get(name)) : null;
            }
        });
    }

    private static List<InetAddress> addresses(List<String> texts) {
        return texts.stream().map(ResolverTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return Literal.of(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> routes(Resolver resolver, String text, boolean ipv6) throws UnknownHostException {
        return resolver.routes(TcpAddress.parse(text), ipv6).stream()
                .map(ResolverTest::text)
                .toList();
    }

    private static String text(Route route) {
        var source = (InetSocketAddress) route.source();
        return (source == null ? "" : AddressText.of(source) + ";") + route.text();
    }

    // ---- to bind

    @Test
    void anyAddressIsBoundInTheWantedFamilies() throws UnknownHostException {
        var any = TcpAddress.parse("*:5555");
        assertThat(MACHINE.local(any, true).getAddress().isAnyLocalAddress()).isTrue();
        assertThat(MACHINE.local(any, false).getAddress())
                .isInstanceOf(Inet4Address.class)
                .matches(InetAddress::isAnyLocalAddress);
        assertThat(MACHINE.local(any, false).getPort()).isEqualTo(5555);
    }

    @Test
    void interfaceIsBoundAtItsAddress() throws Exception {
        var loopback = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .filter(ResolverTest::isLoopback)
                .findFirst()
                .orElseThrow();

        var local = MACHINE.local(TcpAddress.parse(loopback.getName() + ":5555"), false);

        assertThat(local.getAddress()).isInstanceOf(Inet4Address.class).matches(InetAddress::isLoopbackAddress);
        assertThat(local.getPort()).isEqualTo(5555);
    }

    private static boolean isLoopback(NetworkInterface card) {
        return Collections.list(card.getInetAddresses()).stream()
                .anyMatch(address -> address instanceof Inet4Address && address.isLoopbackAddress());
    }

    @Test
    void interfaceGivesItsIpv4AddressFirst() throws UnknownHostException {
        var resolver = knowing(Map.of(), Map.of("eth7", List.of("fd00::7", "10.0.0.7")));
        assertThat(resolver.local(TcpAddress.parse("eth7:1"), true))
                .isEqualTo(new InetSocketAddress(address("10.0.0.7"), 1));
    }

    // ---- to connect

    @Test
    void allAddressesStandForThisMachine() throws UnknownHostException {
        assertThat(routes(MACHINE, "*:5555", true)).hasSize(1);
        assertThat(routes(MACHINE, "0.0.0.0:5555", true)).containsExactly("127.0.0.1:5555");
        assertThat(routes(MACHINE, "[::]:5555", true)).containsExactly("[::1]:5555");
    }

    @Test
    void ipv6AddressIsRefusedWhenIpv6IsOff() throws UnknownHostException {
        assertThat(routes(MACHINE, "[::1]:5555", true)).containsExactly("[::1]:5555");
        assertThatThrownBy(() -> routes(MACHINE, "[::1]:5555", false))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("::1 has only IPv6 addresses and IPv6 is off");
    }

    /** One family may not work at all here: it must not keep the other waiting for long. */
    @Test
    void familiesTakeTurns() throws UnknownHostException {
        var resolver = knowing(Map.of("h", List.of("fd00::1", "fd00::2", "fd00::3", "10.0.0.1", "10.0.0.2")), Map.of());
        assertThat(routes(resolver, "h:1", true))
                .containsExactly("[fd00::1]:1", "10.0.0.1:1", "[fd00::2]:1", "10.0.0.2:1", "[fd00::3]:1");
        assertThat(routes(resolver, "h:1", false)).containsExactly("10.0.0.1:1", "10.0.0.2:1");
    }

    @Test
    void sourceIsOfTheFamilyOfTheOtherEnd() throws UnknownHostException {
        var resolver = knowing(
                Map.of("h", List.of("fd00::1", "10.0.0.1"), "own", List.of("10.0.0.9", "fd00::9")),
                Map.of("eth7", List.of("fd00::7")));
        assertThat(routes(resolver, "own:5;h:1", true))
                .containsExactly("[fd00::9]:5;[fd00::1]:1", "10.0.0.9:5;10.0.0.1:1");
        assertThat(routes(resolver, "eth7:*;h:1", true)).containsExactly("[fd00::7]:0;[fd00::1]:1");
        assertThat(routes(resolver, "*:5;h:1", true)).containsExactly("[::]:5;[fd00::1]:1", "0.0.0.0:5;10.0.0.1:1");
        assertThatThrownBy(() -> routes(resolver, "10.0.0.9:5;[fd00::1]:1", true))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("the source and fd00::1 have no address family in common");
    }

    @Test
    void unknownSourceFailsLikeAnUnknownHost() {
        assertThatThrownBy(() -> routes(knowing(Map.of(), Map.of()), "nobody:0;127.0.0.1:1", true))
                .isInstanceOf(UnknownHostException.class);
    }
}
