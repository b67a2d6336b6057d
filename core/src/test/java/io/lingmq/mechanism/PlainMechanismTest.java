package io.lingmq.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.support.Contexts;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides of PLAIN: every command in every state, and the octets of the RFC. */
class PlainMechanismTest {
    private static final String HELLO = "05 61 64 6D 69 6E 06 73 65 63 72 65 74";

    private final List<byte[]> sent = new ArrayList<>();
    private final List<ZapRequest> asked = new ArrayList<>();
    private final Settings serving = Settings.defaults()
            .with(Options.PLAIN_SERVER, true)
            .with(Options.ZAP_DOMAIN, "home")
            .with(Options.ROUTING_ID, Zmtp.ascii("me"));

    private Handshake server() throws ProtocolException {
        var mechanism = Mechanisms.found().configure(serving);
        assertThat(mechanism.asServer()).isTrue();
        var handshake = mechanism.begin(Contexts.of(SocketType.ROUTER, serving, asked::add));
        assertThat(handshake.start(sent::add)).isEqualTo(Step.MORE);
        assertThat(sent).as("the client speaks first").isEmpty();
        return handshake;
    }

    private Handshake client() throws ProtocolException {
        var settings = Settings.defaults().with(Options.PLAIN_USERNAME, "admin").with(Options.PLAIN_PASSWORD, "secret");
        var mechanism = Mechanisms.found().configure(settings);
        assertThat(mechanism.asServer()).isFalse();
        assertThat(mechanism.name()).isEqualTo("PLAIN");
        var handshake = mechanism.begin(Contexts.of(SocketType.PUSH, settings));
        assertThat(handshake.start(sent::add)).isEqualTo(Step.MORE);
        return handshake;
    }

    private Step receive(Handshake handshake, String name, byte[] data) throws ProtocolException {
        return handshake.receive(new Command(name, ByteBuffer.wrap(data)), sent::add);
    }

    private String takeSent() {
        var octets = Hex.text(Hex.join(sent.toArray(byte[][]::new)));
        sent.clear();
        return octets;
    }

    // ---- the octets

    @Test
    void clientSpeaksAsTheRfcSays() throws ProtocolException {
        var client = client();
        assertThat(takeSent()).isEqualTo("04 13 05 48 45 4C 4C 4F 05 61 64 6D 69 6E 06 73 65 63 72 65 74");

        assertThat(receive(client, "WELCOME", new byte[0])).isEqualTo(Step.MORE);
        assertThat(takeSent()).isEqualTo(Hex.text(Zmtp.command("INITIATE", Zmtp.property("Socket-Type", "PUSH"))));

        assertThat(receive(client, "READY", Zmtp.property("Socket-Type", "PULL")))
                .isEqualTo(Step.DONE);
        assertThat(takeSent()).isEmpty();
        assertThat(client.peer().text("socket-type")).isEqualTo("PULL");
    }

    @Test
    void serverSpeaksAsTheRfcSays() throws ProtocolException {
        var server = server();
        assertThat(receive(server, "HELLO", Hex.bytes(HELLO))).isEqualTo(Step.PENDING);
        assertThat(takeSent()).isEmpty();

        assertThat(server.resume(ZapReply.accepted("admin"), sent::add)).isEqualTo(Step.MORE);
        assertThat(takeSent()).isEqualTo("04 08 07 57 45 4C 43 4F 4D 45");

        assertThat(receive(server, "INITIATE", Zmtp.property("Socket-Type", "DEALER")))
                .isEqualTo(Step.DONE);
        assertThat(takeSent()).isEqualTo(Hex.text(Zmtp.ready("ROUTER", "me")));
    }

    @Test
    void serverAsksWhatLibzmqAsks() throws ProtocolException {
        receive(server(), "HELLO", Hex.bytes(HELLO));

        var request = asked.get(0);
        assertThat(request.domain()).isEqualTo("home");
        assertThat(request.address()).isEqualTo("192.0.2.1");
        assertThat(request.routingId()).isEqualTo(Zmtp.ascii("me"));
        assertThat(request.mechanism()).isEqualTo("PLAIN");
        assertThat(request.credentials()).containsExactly(Zmtp.ascii("admin"), Zmtp.ascii("secret"));
        assertThat(request.toString()).doesNotContain("admin").doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TEMPORARY_FAILURE", "DENIED", "FAILED"},
            value = ZapReply.Status.class)
    void refusedClientHearsTheThreeDigitsUnlessItMayTryAgain(ZapReply.Status status) throws ProtocolException {
        var server = server();
        receive(server, "HELLO", Hex.bytes(HELLO));

        assertThatThrownBy(() -> server.resume(new ZapReply(status, "why\n", "", Map.of()), sent::add))
                .hasMessage("the peer was refused: " + status.code() + " why?")
                .asInstanceOf(InstanceOfAssertFactories.type(ProtocolException.class))
                .satisfies(
                        e -> assertThat(e.status()).isEqualTo(status.code()),
                        e -> assertThat(e.lastWords())
                                .isEqualTo(
                                        status == ZapReply.Status.TEMPORARY_FAILURE
                                                ? null
                                                : Zmtp.error(String.valueOf(status.code()))));
        assertThat(sent).isEmpty();
    }

    @Test
    void userNameAndPasswordMayBeEmptyOrAsLongAs255Octets() throws ProtocolException {
        assertThat(receive(server(), "HELLO", Hex.bytes("00 00"))).isEqualTo(Step.PENDING);
        var longest = "x".repeat(255);
        var hello = Hex.join(Hex.bytes("FF"), Zmtp.ascii(longest), Hex.bytes("FF"), Zmtp.ascii(longest));
        assertThat(receive(server(), "HELLO", hello)).isEqualTo(Step.PENDING);
        assertThat(asked.get(1).credentials()).containsExactly(Zmtp.ascii(longest), Zmtp.ascii(longest));
    }

    // ---- what is known of a peer

    @Test
    void verdictAddsToWhatThePeerToldAndPrevails() throws ProtocolException {
        var server = server();
        receive(server, "HELLO", Hex.bytes(HELLO));
        var verdict = new ZapReply(
                ZapReply.Status.ACCEPTED,
                "",
                "alice",
                Map.of("Level", Zmtp.ascii("1"), "Socket-Type", Zmtp.ascii("REQ")));
        server.resume(verdict, sent::add);
        receive(
                server,
                "INITIATE",
                Hex.join(
                        Zmtp.property("Socket-Type", "DEALER"),
                        Zmtp.property("user-id", "root"),
                        Zmtp.property("level", "9"),
                        Zmtp.property("X-other", "x")));

        var known = server.peer();
        assertThat(List.of("Socket-Type", "User-Id", "Level", "X-other"))
                .map(known::text)
                .containsExactly("REQ", "alice", "1", "x");
    }

    @Test
    void peerCannotTellItsOwnUserId() throws ProtocolException {
        var client = client();
        receive(client, "WELCOME", new byte[0]);
        receive(client, "READY", Hex.join(Zmtp.property("Socket-Type", "PULL"), Zmtp.property("User-Id", "root")));

        assertThat(client.peer().text("User-Id")).isNull();
    }

    // ---- peers that lie

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "         | a HELLO ends before the length of its user name",
                "05 61 64 | a HELLO claims a user name of 5 octets where 2 are left",
                "01 61    | a HELLO ends before the length of its password",
                "01 61 02 62 | a HELLO claims a password of 2 octets where 1 are left",
                "01 61 01 62 00 | a HELLO goes on behind the password, where it must end",
            })
    void refusesAMalformedHello(String data, String reason) throws ProtocolException {
        var server = server();
        assertThatThrownBy(() -> receive(server, "HELLO", data == null ? new byte[0] : Hex.bytes(data)))
                .hasMessage(reason);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WELCOME", "READY", "INITIATE", "PING", "SUBSCRIBE", "hello", "HELLOX"})
    void serverWantsHelloFirst(String name) throws ProtocolException {
        var server = server();
        assertThatThrownBy(() -> receive(server, name, Hex.bytes(HELLO)))
                .hasMessage("the peer sent a command other than HELLO to a PLAIN server");
    }

    @ParameterizedTest
    @CsvSource({"HELLO", "READY", "WELCOME", "PING"})
    void serverWantsInitiateBehindWelcome(String name) throws ProtocolException {
        var server = server();
        receive(server, "HELLO", Hex.bytes(HELLO));
        server.resume(ZapReply.accepted(""), sent::add);
        assertThatThrownBy(() -> receive(server, name, Hex.bytes(HELLO)))
                .hasMessage("the peer sent a command other than INITIATE to a PLAIN server");
    }

    @Test
    void serverRefusesMalformedMetadata() throws ProtocolException {
        var server = server();
        receive(server, "HELLO", Hex.bytes(HELLO));
        server.resume(ZapReply.accepted(""), sent::add);
        assertThatThrownBy(() -> receive(server, "INITIATE", Hex.bytes("05 61 62")))
                .hasMessageStartingWith("metadata name claims");
    }

    @ParameterizedTest
    @CsvSource({"READY", "INITIATE", "PING", "welcome"})
    void clientWantsWelcomeFirst(String name) throws ProtocolException {
        var client = client();
        assertThatThrownBy(() -> receive(client, name, new byte[0]))
                .hasMessage("the peer sent a command other than WELCOME to a PLAIN client");
    }

    @Test
    void clientTellsAnotherClient() throws ProtocolException {
        var client = client();
        assertThatThrownBy(() -> receive(client, "HELLO", Hex.bytes(HELLO)))
                .hasMessage("both sides are clients of PLAIN; one side must be the server");
    }

    @Test
    void clientWantsAnEmptyWelcomeOnceAndThenReady() throws ProtocolException {
        var client = client();
        assertThatThrownBy(() -> receive(client, "WELCOME", new byte[1]))
                .hasMessage("a WELCOME carries data, where it must be empty");
        receive(client, "WELCOME", new byte[0]);
        assertThatThrownBy(() -> receive(client, "WELCOME", new byte[0]))
                .hasMessage("the peer sent a command other than READY to a PLAIN client");
    }

    @ParameterizedTest
    @CsvSource({"03 34 30 30, 400, 400", "02 6E 6F, no, 0", "03 61 1B 62, a?b, 0", "00, '', 0"})
    void clientQuotesARefusal(String data, String reason, int status) throws ProtocolException {
        for (var welcomed : new boolean[] {false, true}) {
            var client = client();
            if (welcomed) {
                receive(client, "WELCOME", new byte[0]);
            }
            assertThatThrownBy(() -> receive(client, "ERROR", Hex.bytes(data)))
                    .hasMessage("the peer refused the handshake: " + reason)
                    .asInstanceOf(InstanceOfAssertFactories.type(ProtocolException.class))
                    .satisfies(
                            e -> assertThat(e.status()).isEqualTo(status),
                            e -> assertThat(e.lastWords()).isNull());
        }
    }
}
