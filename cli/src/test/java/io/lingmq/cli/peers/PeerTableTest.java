package io.lingmq.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.option.SocketType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PeerTableTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    private static PeerRow row(long id, String address, long sent) {
        return new PeerRow(
                new Peer(
                        id,
                        "tcp://*:5559",
                        Peer.State.OPEN,
                        Instant.parse("2026-12-01T09:10:11Z"),
                        new byte[] {'m', 'e'},
                        new Peer.Introduction(address, SocketType.SUB, "ZMTP 3.1", Map.of()),
                        new Peer.Counts(sent, 1, 70, 2, 5, 0),
                        Map.of(DropReason.SUBSCRIBER_FULL, 3L)),
                false);
    }

    private String written() {
        out.flush();
        var text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    @Test
    void hasARowForEachPeerWithNumbersToTheRight() {
        try (var table = new PeerTable(out, 20, ZoneOffset.UTC)) {
            table.show(List.of(row(1, "127.0.0.1:40000", 7), row(2, "10.0.0.1:9", 12345)), List.of());
            var lines = written().lines().toList();
            assertThat(lines.get(0)).contains("STATE", "SINCE", "TYPE", "ADDRESS", "ROUTING ID", "DROPPED");
            assertThat(lines.get(1))
                    .startsWith("open   09:10:11  SUB   127.0.0.1:40000  me              7")
                    .endsWith("SUBSCRIBER_FULL=3");
            assertThat(lines.get(2)).startsWith("open   09:10:11  SUB   10.0.0.1:9       me          12345");
        }
    }

    @Test
    void isDrawnOverWhatStoodThere() {
        try (var table = new PeerTable(out, 20, ZoneOffset.UTC)) {
            table.show(List.of(), List.of());
            assertThat(written()).doesNotContain("\u001b[J");
            table.show(List.of(row(1, "a", 1)), List.of());
            assertThat(written()).startsWith("\u001b[1A\r\u001b[J");
            table.show(List.of(), List.of());
            assertThat(written()).startsWith("\u001b[2A\r\u001b[J");
        }
        assertThat(written()).as("lines wrap again").isEqualTo("\u001b[?7h");
    }

    @Test
    void veryManyPeersAreCutToWhatFits() {
        try (var table = new PeerTable(out, 3, ZoneOffset.UTC)) {
            var rows = LongStream.range(0, 10).mapToObj(id -> row(id, "a", id)).toList();
            table.show(rows, List.of());
            assertThat(written().lines()).hasSize(5).last().isEqualTo("… and 7 more");
        }
    }

    @Test
    void aLongOrHostileAddressIsCutAndEscaped() {
        try (var table = new PeerTable(out, 3, ZoneOffset.UTC)) {
            table.show(List.of(row(1, "\u001b[2J" + "x".repeat(1000), 1)), List.of());
            assertThat(written().lines().skip(1))
                    .singleElement()
                    .asString()
                    .contains("\\u001b[2Jxxx", "x…")
                    .doesNotContain("\u001b")
                    .hasSizeLessThan(200);
        }
    }
}
