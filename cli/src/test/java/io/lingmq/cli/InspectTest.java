package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ling inspect} tells of sockets, of other servers, and of liars. */
class InspectTest {
    private static final String FREE = "tcp://127.0.0.1:*";
    private static final String GREETING = "ff000000000000000" + "17f03014e554c4c" + "00".repeat(48);

    @TempDir
    private Path folder;

    @Test
    void socketTellsTypeAndRoutingId() {
        var ipc = "ipc://" + folder.resolve("x.ipc");
        try (var router = Ling.start("router", "-b", ipc, "--routing-id", "broker")) {
            var inspect = Ling.start("inspect", router.bound(), "--json").succeeds();
            assertThat(inspect.out())
                    .startsWith("{\"endpoint\":\"" + ipc + "\",\"connect_ms\":")
                    .contains("\"protocol\":\"ZMTP 3.1\",\"mechanism\":\"NULL\",\"as_server\":false,")
                    .contains("\"socket_type\":\"ROUTER\",\"routing_id\":\"broker\"")
                    .endsWith("\"remark\":null}\n");
        }
    }

    @Test
    void inspectionIsNoPeer() {
        var push = Ling.start("push", "-b", FREE, "-p", "1", "-m", "x");
        assertThat(Ling.start("inspect", push.bound()).succeeds().out()).contains("socket type   PUSH");
        assertThat(Ling.start("pull", "-c", push.bound(), "-n", "1").succeeds().lines())
                .containsExactly("x");
        push.succeeds();
    }

    @Test
    void securedSocketTellsItsMechanism() throws IOException {
        var users = Files.writeString(folder.resolve("users"), "ann:secret\n");
        try (var pull = Ling.start("pull", "-b", FREE, "--plain-server", "--users", users.toString())) {
            assertThat(Ling.start("inspect", pull.bound()).succeeds().out())
                    .contains("mechanism     PLAIN")
                    .contains("only to who passes its security");
        }
    }

    @Test
    void nobodyIsAFailure() {
        var inspect = Ling.start("inspect", "ipc://" + folder.resolve("none"));
        assertThat(inspect.exitCode()).isEqualTo(1);
        assertThat(inspect.err()).contains("cannot connect to ipc://");
    }

    @ParameterizedTest
    @CsvSource({"inproc://x", "tcp://*:5559", "tcp://localhost", "tcp://h:99999", "ipc://", "x"})
    void whatCannotBeInspectedIsRefused(String endpoint) {
        var inspect = Ling.start("inspect", endpoint);
        assertThat(inspect.exitCode()).isEqualTo(2);
        assertThat(inspect.err()).contains("cannot inspect '" + endpoint + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 400 Bad Request | it looks like HTTP",
                "SSH-2.0-OpenSSH_9.6 | it looks like SSH",
                "220 mail ESMTP | it looks like SMTP or FTP",
                "hello | it said 68 65 6c 6c 6f",
            })
    void otherServersAreGuessed(String says, String remark) throws IOException {
        assertThat(inspectOf(says.getBytes(StandardCharsets.ISO_8859_1), 1)).contains(remark);
    }

    @Test
    void serverWithoutAWordIsTold() throws IOException {
        assertThat(inspectOf(new byte[0], 1)).contains("it closed the connection without a word");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0100 | ZMTP 1.0",
                "ff00000000000000017f0107 | PULL",
                "GREETING 06ffffffffffffffff | it announces a command of",
                "GREETING 067fffffffffffffff | it announces a command of",
                "GREETING 0000 | it sent a message before its handshake",
                "GREETING 04070552454144591b | claims",
                "GREETING 04051b52454144 | a command",
                "ff00000000000000017f03 | its greeting is cut off",
            })
    void oldPeersAndLiarsAreTold(String hex, String told) throws IOException {
        var octets = HexFormat.of().parseHex(hex.replace("GREETING ", GREETING));
        assertThat(inspectOf(octets, 0)).contains(told);
    }

    @Test
    void controlCharactersOfPeersAreEscaped() throws IOException {
        var ready = "0405" + "52454144590b" + "536f636b65742d54797065" + "00000004" + "1b5b324a";
        var size = String.format("%02x", ready.length() / 2 - 1);
        var octets = HexFormat.of().parseHex(GREETING + "04" + size + ready.substring(2));
        assertThat(inspectOf(octets, 0)).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    /** What is told of a server that says these octets and closes. */
    private static String inspectOf(byte[] says, int exitCode) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var inspect = Ling.start("inspect", "tcp://127.0.0.1:" + server.getLocalPort(), "-t", "10s");
            try (var peer = server.accept()) {
                peer.getInputStream().readNBytes(11);
                peer.getOutputStream().write(says);
                peer.shutdownOutput();
                assertThat(inspect.exitCode()).isEqualTo(exitCode);
            }
            return inspect.out();
        }
    }

    @Test
    void silentServerEndsInTime() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var inspect = Ling.start("inspect", "tcp://127.0.0.1:" + server.getLocalPort(), "-t", "200ms");
            assertThat(inspect.exitCode()).isEqualTo(1);
            assertThat(inspect.out()).contains("it said nothing");
        }
    }
}
