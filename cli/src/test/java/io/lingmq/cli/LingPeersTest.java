package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.option.Options;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ling peers} as a whole. */
class LingPeersTest {
    @AutoClose
    private final Context context = Context.open();

    private static String[] fields(String line) {
        return line.split("\t", -1);
    }

    @Test
    void tellsWhoComesAndWhoGoes() {
        try (var ling = Ling.start("peers", "router", "--bind", "tcp://127.0.0.1:*")) {
            try (var dealer = context.dealer()) {
                dealer.set(Options.ROUTING_ID, "me".getBytes(StandardCharsets.US_ASCII));
                dealer.connect(ling.bound());
                ling.awaitOut("\topen\tDEALER\t");
            }
            ling.awaitOut("\tgone\tDEALER\t");
            var first = fields(ling.lines().get(0));
            assertThat(first).hasSize(13);
            assertThat(first[3]).startsWith("127.0.0.1:");
            assertThat(first[4]).isEqualTo("me");
            assertThat(first).contains("sent=0", "unread=0", "dropped=-");
            assertThat(first[12]).isEqualTo(ling.bound());
            assertThat(ling.interrupt().succeeds().err()).doesNotContain("\tat ");
        }
    }

    @Test
    void tellsOfMessagesThatPass() throws InterruptedException {
        try (var ling = Ling.start("peers", "pull", "--bind", "tcp://127.0.0.1:*", "--interval", "10ms");
                var push = context.push()) {
            push.connect(ling.bound());
            push.send("12345");
            ling.awaitOut("\treceived=1\toctets-sent=0\toctets-received=7\tunsent=0\tunread=1\t");
        }
    }

    @Test
    void connectIsThereBeforeItsPeerAndTheCountEndsIt() {
        var endpoint = Endpoints.tcp();
        try (var ling = Ling.start("peers", "dealer", "--connect", endpoint, "--count", "2", "--interval", "10ms")) {
            ling.awaitOut("\tconnecting\t-\t-\t-\t");
            try (var router = context.router()) {
                router.bind(endpoint);
                assertThat(ling.succeeds().lines()).hasSize(2).last().asString().contains("\topen\tROUTER\t");
            }
        }
    }

    @Test
    void failsWhenNothingChangesInTime() {
        var ling = Ling.start("peers", "pull", "--bind", "tcp://127.0.0.1:*", "--timeout", "50ms");
        assertThat(ling.exitCode()).isEqualTo(1);
        assertThat(ling.err()).contains("nothing changed within 50ms: tcp://");
    }

    @Test
    void jsonHasWhatThePeerTold() {
        try (var ling = Ling.start("peers", "pull", "--bind", "tcp://127.0.0.1:*", "--format", "json", "--count", "1");
                var push = context.push()) {
            push.connect(ling.bound());
            assertThat(ling.succeeds().lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"id\":")
                    .contains("\"state\":\"open\"", "\"type\":\"PUSH\"", "\"protocol\":\"ZMTP 3.1\"")
                    .contains("\"metadata\":{\"Socket-Type\":\"PUSH\"}", "\"dropped\":{}")
                    .endsWith("}");
        }
    }

    /** What would clear a screen, or ring for ever, is shown and not done. */
    @Test
    void hostileMetadataDoesNothingToATerminal() {
        try (var ling =
                Ling.start("peers", "router", "--bind", "tcp://127.0.0.1:*", "--format", "json", "--count", "1")) {
            var bad = "\u001b[2J\u0007\r\n\"\\".repeat(7_000);
            var ready = Hex.join(
                    Zmtp.property("Socket-Type", "DEALER"),
                    Zmtp.property("Identity", "\u001b[31m"),
                    Zmtp.property("X-\u001b[1m", bad));
            try (var peer = ScriptedPeer.connect(ling.bound())) {
                peer.greet();
                peer.ready(Zmtp.command("READY", ready));
                var line = ling.succeeds().out();
                assertThat(line.lines()).hasSize(1);
                assertThat(line.strip().chars()).allMatch(c -> !Character.isISOControl(c));
                assertThat(line)
                        .contains("\"X-\\u001b[1m\":\"\\u001b[2J\\u0007\\u000d\\u000a\\\"\\\\")
                        .contains("{\"hex\":\"1b5b33316d\"}");
            }
        }
    }
}
