package io.lingmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
    /** The examples of RFC 5952, section 4, and their borders. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, [::]",
        "0:0:0:0:0:0:0:1, [::1]",
        "1:0:0:0:0:0:0:0, [1::]",
        "2001:0db8:0:0:0:0:2:1, [2001:db8::2:1]",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "2001:DB8:AAAA:0:0:0:0:A, [2001:db8:aaaa::a]",
        "0:0:1:2:3:4:0:0, [::1:2:3:4:0:0]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]",
        "127.0.0.1, 127.0.0.1"
    })
    void addressesAreWrittenInTheShortForm(String address, String text) throws UnknownHostException {
        assertThat(AddressText.host(InetAddress.getByName(address))).isEqualTo(text);
        assertThat(AddressText.of(new InetSocketAddress(InetAddress.getByName(address), 5)))
                .isEqualTo(text + ":5");
    }

    @Test
    void onlyAnAddressOfOneLinkHasAScope() throws UnknownHostException {
        assertThat(AddressText.host(scoped("fe80::1", 3))).isEqualTo("[fe80::1%3]");
        assertThat(AddressText.host(scoped("fe80::1", 0))).isEqualTo("[fe80::1]");
        assertThat(AddressText.host(scoped("::1", 1))).isEqualTo("[::1]");
    }

    private static Inet6Address scoped(String address, int scope) throws UnknownHostException {
        return Inet6Address.getByAddress(null, InetAddress.getByName(address).getAddress(), scope);
    }

    @Test
    void whatIsToldCanBeReadAgain() throws UnknownHostException {
        var text = AddressText.of(new InetSocketAddress(scoped("fe80::1", 3), 5));
        assertThat(TcpAddress.parse(text).canonical()).isEqualTo(text);
    }
}
