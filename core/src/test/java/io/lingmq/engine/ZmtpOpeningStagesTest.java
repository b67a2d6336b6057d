package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.mechanism.NullMechanism;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.AskingMechanism;
import io.lingmq.support.Contexts;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks every stage of an opening with every kind of input. */
class ZmtpOpeningStagesTest {
    /** What the peer sends to bring an opening to its stage. */
    private static final Map<ZmtpOpening.Stage, byte[]> WAYS = Map.of(
            ZmtpOpening.Stage.SIGNATURE, new byte[0],
            ZmtpOpening.Stage.VERSION, Arrays.copyOf(Zmtp.greeting(), 10),
            ZmtpOpening.Stage.GREETING, Arrays.copyOf(Zmtp.greeting(), 11),
            ZmtpOpening.Stage.HANDSHAKE, Zmtp.greeting(),
            ZmtpOpening.Stage.PENDING, Zmtp.greeting(),
            ZmtpOpening.Stage.SOCKET_TYPE, Arrays.copyOf(Zmtp.greeting(1, 0, ""), 11),
            ZmtpOpening.Stage.ROUTING_ID, Arrays.copyOf(Zmtp.greeting(1, 7, ""), 12),
            ZmtpOpening.Stage.OPEN, Hex.join(Zmtp.greeting(), Zmtp.ready("PULL")));

    private static final Map<String, byte[]> INPUTS = inputs();
    private static final Set<String> WALKED = new HashSet<>();

    private static Map<String, byte[]> inputs() {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("nothing", new byte[0]);
        all.put("octet FF", Hex.bytes("FF"));
        all.put("octet 00", Hex.bytes("00"));
        all.put("octet 01", Hex.bytes("01"));
        all.put("octet 03", Hex.bytes("03"));
        all.put("rest of greeting", new byte[0]); // depends on the stage
        all.put("rest of greeting for PLAIN", new byte[0]);
        all.put("READY", Zmtp.ready("PULL"));
        all.put("ERROR", Zmtp.error("no"));
        all.put("PING", Zmtp.ping(0, ""));
        all.put("empty command", Hex.bytes("04 00"));
        all.put("message", Zmtp.message("hello"));
        return all;
    }

    private static byte[] input(String name, ZmtpOpening.Stage stage) {
        var from = Math.min(WAYS.get(stage).length, Zmtp.GREETING_SIZE);
        return switch (name) {
            case "rest of greeting" -> Arrays.copyOfRange(Zmtp.greeting(), from, Zmtp.GREETING_SIZE);
            case "rest of greeting for PLAIN" ->
                Arrays.copyOfRange(Zmtp.greeting(3, 1, "PLAIN"), from, Zmtp.GREETING_SIZE);
            default -> INPUTS.get(name);
        };
    }

    private static ZmtpOpening at(ZmtpOpening.Stage stage) throws ProtocolException {
        var mechanism = stage == ZmtpOpening.Stage.PENDING ? new AskingMechanism(false) : new NullMechanism();
        var opening = new ZmtpOpening(mechanism, Contexts.of(SocketType.PUSH, Settings.defaults(), request -> {}));
        opening.receive(ByteBuffer.wrap(WAYS.get(stage)));
        assertThat(opening.stage()).isEqualTo(stage);
        return opening;
    }

    /** Stage, input, then the next stage or the refusal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SIGNATURE | nothing                    | SIGNATURE",
                "SIGNATURE | octet FF                   | SIGNATURE",
                "SIGNATURE | octet 00                   | ROUTING_ID",
                "SIGNATURE | octet 01                   | ROUTING_ID",
                "SIGNATURE | octet 03                   | ROUTING_ID",
                "SIGNATURE | rest of greeting           | HANDSHAKE",
                "SIGNATURE | rest of greeting for PLAIN | the peer wants security mechanism PLAIN",
                "SIGNATURE | READY                      | the peer does not speak ZMTP: it sent 04",
                "SIGNATURE | ERROR                      | the peer does not speak ZMTP: it sent 04",
                "SIGNATURE | PING                       | the peer does not speak ZMTP: it sent 04",
                "SIGNATURE | empty command              | ROUTING_ID",
                "SIGNATURE | message                    | the peer does not speak ZMTP: it sent 00",
                "VERSION   | nothing                    | VERSION",
                "VERSION   | octet FF                   | GREETING",
                "VERSION   | octet 00                   | SOCKET_TYPE",
                "VERSION   | octet 01                   | SOCKET_TYPE",
                "VERSION   | octet 03                   | GREETING",
                "VERSION   | rest of greeting           | HANDSHAKE",
                "VERSION   | rest of greeting for PLAIN | the peer wants security mechanism PLAIN",
                "VERSION   | READY                      | GREETING",
                "VERSION   | ERROR                      | GREETING",
                "VERSION   | PING                       | GREETING",
                "VERSION   | empty command              | GREETING",
                "VERSION   | message                    | a PUSH socket cannot talk to a DEALER socket",
                "GREETING  | nothing                    | GREETING",
                "GREETING  | octet FF                   | GREETING",
                "GREETING  | octet 00                   | GREETING",
                "GREETING  | octet 01                   | GREETING",
                "GREETING  | octet 03                   | GREETING",
                "GREETING  | rest of greeting           | HANDSHAKE",
                "GREETING  | rest of greeting for PLAIN | the peer wants security mechanism PLAIN",
                "GREETING  | READY                      | GREETING",
                "GREETING  | ERROR                      | GREETING",
                "GREETING  | PING                       | GREETING",
                "GREETING  | empty command              | GREETING",
                "GREETING  | message                    | GREETING",
                "HANDSHAKE | nothing                    | HANDSHAKE",
                "HANDSHAKE | octet FF                   | HANDSHAKE",
                "HANDSHAKE | octet 00                   | HANDSHAKE",
                "HANDSHAKE | octet 01                   | HANDSHAKE",
                "HANDSHAKE | octet 03                   | HANDSHAKE",
                "HANDSHAKE | rest of greeting           | HANDSHAKE",
                "HANDSHAKE | rest of greeting for PLAIN | HANDSHAKE",
                "HANDSHAKE | READY                      | OPEN",
                "HANDSHAKE | ERROR                      | the peer refused the handshake: no",
                "HANDSHAKE | PING                       | the peer sent a command other than READY or ERROR",
                "HANDSHAKE | empty command              | a command's name must have 1 to 255 octets",
                "HANDSHAKE | message                    | the peer sent a message before the handshake",
                "PENDING   | nothing                    | PENDING",
                "PENDING   | octet FF                   | PENDING",
                "PENDING   | octet 00                   | PENDING",
                "PENDING   | octet 01                   | PENDING",
                "PENDING   | octet 03                   | PENDING",
                "PENDING   | rest of greeting           | PENDING",
                "PENDING   | rest of greeting for PLAIN | PENDING",
                "PENDING   | READY                      | PENDING",
                "PENDING   | ERROR                      | PENDING",
                "PENDING   | PING                       | PENDING",
                "PENDING   | empty command              | PENDING",
                "PENDING   | message                    | PENDING",
                "SOCKET_TYPE | nothing                    | SOCKET_TYPE",
                "SOCKET_TYPE | octet FF                   | the peer has socket type number 255",
                "SOCKET_TYPE | octet 00                   | a PUSH socket cannot talk to a PAIR socket",
                "SOCKET_TYPE | octet 01                   | a PUSH socket cannot talk to a PUB socket",
                "SOCKET_TYPE | octet 03                   | a PUSH socket cannot talk to a REQ socket",
                "SOCKET_TYPE | rest of greeting           | a PUSH socket cannot talk to a PUB socket",
                "SOCKET_TYPE | rest of greeting for PLAIN | a PUSH socket cannot talk to a PUB socket",
                "SOCKET_TYPE | READY                      | a PUSH socket cannot talk to a REP socket",
                "SOCKET_TYPE | ERROR                      | a PUSH socket cannot talk to a REP socket",
                "SOCKET_TYPE | PING                       | a PUSH socket cannot talk to a REP socket",
                "SOCKET_TYPE | empty command              | a PUSH socket cannot talk to a REP socket",
                "SOCKET_TYPE | message                    | a PUSH socket cannot talk to a PAIR socket",
                "ROUTING_ID | nothing                    | ROUTING_ID",
                "ROUTING_ID | octet FF                   | ROUTING_ID",
                "ROUTING_ID | octet 00                   | ROUTING_ID",
                "ROUTING_ID | octet 01                   | ROUTING_ID",
                "ROUTING_ID | octet 03                   | ROUTING_ID",
                "ROUTING_ID | rest of greeting           | the peer's first frame has the flags 78",
                "ROUTING_ID | rest of greeting for PLAIN | the peer's first frame has the flags 80",
                "ROUTING_ID | READY                      | the peer's first frame has the flags 4",
                "ROUTING_ID | ERROR                      | the peer's first frame has the flags 4",
                "ROUTING_ID | PING                       | the peer's first frame has the flags 4",
                "ROUTING_ID | empty command              | the peer's first frame has the flags 4",
                "ROUTING_ID | message                    | OPEN",
                "OPEN      | nothing                    | OPEN",
                "OPEN      | octet FF                   | OPEN",
                "OPEN      | octet 00                   | OPEN",
                "OPEN      | octet 01                   | OPEN",
                "OPEN      | octet 03                   | OPEN",
                "OPEN      | rest of greeting           | OPEN",
                "OPEN      | rest of greeting for PLAIN | OPEN",
                "OPEN      | READY                      | OPEN",
                "OPEN      | ERROR                      | OPEN",
                "OPEN      | PING                       | OPEN",
                "OPEN      | empty command              | OPEN",
                "OPEN      | message                    | OPEN",
            })
    void movesOrRefuses(ZmtpOpening.Stage stage, String name, String expected) throws ProtocolException {
        WALKED.add(stage + " | " + name);
        assertThat(INPUTS).containsKey(name);
        var opening = at(stage);
        var in = ByteBuffer.wrap(input(name, stage));
        try {
            var open = opening.receive(in);

            assertThat(opening.stage()).hasToString(expected);
            assertThat(open).isEqualTo(opening.stage() == ZmtpOpening.Stage.OPEN);
            assertThat(in.remaining())
                    .as("an open connection leaves traffic alone, a pending one all; else what comes is taken")
                    .isEqualTo(
                            stage == ZmtpOpening.Stage.OPEN || stage == ZmtpOpening.Stage.PENDING ? in.capacity() : 0);
        } catch (ProtocolException e) {
            assertThat(e.reason()).startsWith(expected);
        }
    }

    @AfterAll
    static void walkWasComplete() {
        for (var stage : ZmtpOpening.Stage.values()) {
            for (var name : INPUTS.keySet()) {
                assertThat(WALKED).contains(stage + " | " + name);
            }
        }
    }

    @Test
    void stagesAreThoseOfTheTable() {
        assertThat(WAYS).containsOnlyKeys(ZmtpOpening.Stage.values());
    }
}
