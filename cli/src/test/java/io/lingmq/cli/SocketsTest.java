package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.ScriptedPeer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of commands that talk to each other over real sockets. */
class SocketsTest {
    private static final String FREE = "tcp://127.0.0.1:*";

    @TempDir
    private Path folder;

    @Test
    void requestIsAnsweredFromTemplate() {
        var rep = Ling.start("rep", "--bind", FREE, "--reply", "From Server1:{}", "--count", "2");
        var req = Ling.start("req", "--connect", rep.bound(), "--message", "Hello", "--count", "2");
        assertThat(req.succeeds().lines()).containsExactly("From Server1:Hello", "From Server1:Hello");
        assertThat(rep.succeeds().lines()).containsExactly("Hello", "Hello");
    }

    @Test
    void requestsComeFromStdinALineEach() {
        var rep = Ling.start("rep", "--bind", FREE, "--count", "3");
        var req = Ling.startWithInput("one\n\ntwo\tframes\r\n", "req", "--connect", rep.bound());
        assertThat(req.succeeds().lines()).containsExactly("one", "", "two\tframes");
        assertThat(rep.succeeds().out()).isEqualTo("one\n\ntwo\tframes\n");
    }

    @Test
    void requestIsAnsweredByShellCommand() {
        var rep = Ling.start("rep", "--bind", FREE, "--exec", "tr a-z A-Z; echo", "--count", "1");
        var req = Ling.start("req", "--connect", rep.bound(), "--message", "hello");
        assertThat(req.succeeds().lines()).containsExactly("HELLO");
        rep.succeeds();
    }

    @Test
    void failingShellCommandIsToldAndAnsweredAllTheSame() {
        var rep = Ling.start("rep", "--bind", FREE, "--exec", "echo no; exit 3", "--count", "1");
        var req = Ling.start("req", "--connect", rep.bound(), "--message", "hello");
        assertThat(req.succeeds().lines()).containsExactly("no");
        assertThat(rep.succeeds().err()).contains("ended with 3");
    }

    @Test
    void oneReplierListensOnTcpAndIpc() {
        var ipc = "ipc://" + folder.resolve("req.ipc");
        var rep = Ling.start("rep", "--bind", FREE, "--bind", ipc, "--echo", "--count", "2");
        assertThat(rep.bound(1)).isEqualTo(ipc);
        assertThat(Ling.start("req", "--connect", rep.bound(), "--message", "tcp")
                        .succeeds()
                        .lines())
                .containsExactly("tcp");
        assertThat(Ling.start("req", "--connect", ipc, "--message", "ipc")
                        .succeeds()
                        .lines())
                .containsExactly("ipc");
        assertThat(rep.succeeds().lines()).containsExactly("tcp", "ipc");
    }

    @Test
    void requestWithoutServerFailsInTime() {
        var req = Ling.start(
                "req", "--connect", "ipc://" + folder.resolve("none.ipc"), "--message", "x", "--timeout", "100ms");
        assertThat(req.exitCode()).isEqualTo(1);
        assertThat(req.err())
                .contains("no reply came within 100ms: ipc://" + folder.resolve("none.ipc") + ": cannot connect: ");
    }

    @Test
    void workIsPulledInOrder() {
        var pull = Ling.start("pull", "--bind", FREE, "--count", "5");
        Ling.start("push", "--connect", pull.bound(), "--message", "a", "--message", "b", "--count", "5")
                .succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("a", "b", "a", "b", "a");
    }

    @Test
    void workWaitsForAllWorkersAndIsSharedEvenly() {
        var push = Ling.startWithInput("1\n2\n3\n4\n", "push", "--bind", FREE, "--peers", "2");
        var pull1 = Ling.start("pull", "--connect", push.bound(), "--count", "2");
        var pull2 = Ling.start("pull", "--connect", push.bound(), "--count", "2");
        push.succeeds();
        assertThat(pull1.succeeds().lines()).hasSize(2);
        assertThat(pull2.succeeds().lines()).hasSize(2).doesNotContainAnyElementsOf(pull1.lines());
    }

    @Test
    void pushWithoutAnyPullFailsInTime() {
        var push = Ling.start("push", "--bind", FREE, "--message", "x", "--timeout", "100ms");
        assertThat(push.exitCode()).isEqualTo(1);
        assertThat(push.err()).contains("no peer took the message within 100ms");
    }

    @Test
    void pushThatConnectsToNobodyFailsInTime() {
        var push = Ling.start(
                "push", "--connect", "ipc://" + folder.resolve("none.ipc"), "--message", "x", "--timeout", "100ms");
        assertThat(push.exitCode()).isEqualTo(1);
        assertThat(push.err()).contains("no peer came to take the messages within 100ms");
    }

    @Test
    void undeliveredMessagesAreAFailureAfterTheLinger() {
        var push = Ling.start(
                "push", "--connect", "ipc://" + folder.resolve("none.ipc"), "--message", "x", "--linger", "50ms");
        assertThat(push.exitCode()).isEqualTo(1);
        assertThat(push.err()).contains("1 message could not be delivered: ipc://", "cannot connect: ", "--linger");
    }

    @Test
    void peerThatReadsNothingIsNotWaitedForLongerThanTheTimeout() {
        var megabyte = "x".repeat(1 << 20);
        try (var push = Ling.start(
                        "push",
                        "--bind",
                        FREE,
                        "--peers",
                        "1",
                        "--message",
                        megabyte,
                        "--count",
                        "30",
                        "--timeout",
                        "300ms");
                var pull = ScriptedPeer.connect(push.bound())) {
            pull.open("PULL");
            assertThat(push.exitCode()).isEqualTo(1);
            assertThat(push.err()).contains("messages could not leave within 300ms");
        }
    }

    @Test
    void peerThatRefusesTheHandshakeIsTheReason() {
        try (var pull = Ling.start("pull", "--bind", FREE)) {
            var req = Ling.start("req", "--connect", pull.bound(), "--message", "x", "--timeout", "500ms");
            assertThat(req.exitCode()).isEqualTo(1);
            assertThat(req.err()).contains("no reply came within 500ms: " + pull.bound() + ": the handshake with ");
        }
    }

    @Test
    void personWhoWaitsIsToldWhy() {
        var nowhere = "ipc://" + folder.resolve("none.ipc");
        try (var req = Ling.startAttended("req", "--connect", nowhere, "--message", "x")) {
            req.awaitErr("waiting: " + nowhere + ": cannot connect: ");
        }
    }

    @Test
    void pullWithoutAnyMessageFailsInTime() {
        var pull = Ling.start("pull", "--bind", FREE, "--timeout", "100ms");
        assertThat(pull.exitCode()).isEqualTo(1);
        assertThat(pull.err()).contains("no message came within 100ms");
    }

    @Test
    void publisherWaitsForItsSubscribersWhoHearTheirTopicOnly() {
        var pub = Ling.start("pub", "--bind", FREE, "--peers", "1", "--message", "A\tno", "--message", "B\tyes");
        var sub = Ling.start("sub", "--connect", pub.bound(), "--subscribe", "B", "--count", "1");
        assertThat(sub.succeeds().lines()).containsExactly("B\tyes");
        pub.succeeds();
    }

    @Test
    void subscriberWithoutTopicHearsAll() {
        var pub = Ling.start("pub", "--bind", FREE, "--peers", "1", "--message", "A", "--message", "B");
        var sub = Ling.start("sub", "--connect", pub.bound(), "--count", "2");
        assertThat(sub.succeeds().lines()).containsExactly("A", "B");
        pub.succeeds();
    }

    @Test
    void publisherWithoutSubscribersSaysSo() {
        assertThat(Ling.start("pub", "--bind", FREE, "--message", "x")
                        .succeeds()
                        .err())
                .contains("--peers 1");
    }

    @Test
    void missingSubscribersAreAFailureInTime() {
        var pub = Ling.start("pub", "--bind", FREE, "--message", "x", "--peers", "2", "--timeout", "100ms");
        assertThat(pub.exitCode()).isEqualTo(1);
        assertThat(pub.err()).contains("only 0 of 2 peers");
    }

    @Test
    void dealerPrintsAsManyRepliesAsItSentRequests() {
        var rep = Ling.start("rep", "--bind", FREE, "--reply", "<{}>", "--count", "3");
        var dealer = Ling.start("dealer", "--connect", rep.bound(), "--frame", "", "--frame", "hi", "--count", "3");
        assertThat(dealer.succeeds().lines()).containsExactly("\t<hi>", "\t<hi>", "\t<hi>");
        rep.succeeds();
    }

    @Test
    void dealerThatExpectsNothingEndsWhenAllIsSent() {
        var router = Ling.start("router", "--bind", FREE, "--count", "1");
        Ling.start("dealer", "--connect", router.bound(), "--routing-id", "me", "--message", "hi", "--expect", "0")
                .succeeds();
        assertThat(router.succeeds().lines()).containsExactly("me\thi");
    }

    @Test
    void routerReachesThePeerThatItNames() {
        var router = Ling.start("router", "--bind", FREE, "--peers", "2", "--frame", "b", "--frame", "for b");
        var a = Ling.startWithOpenInput("dealer", "--connect", router.bound(), "--routing-id", "a");
        var b = Ling.start("dealer", "--connect", router.bound(), "--routing-id", "b", "--count", "1");
        assertThat(b.succeeds().lines()).containsExactly("for b");
        router.succeeds();
        assertThat(a.interrupt().exitCode()).isZero();
        assertThat(a.out()).isEmpty();
    }

    @Test
    void messageMayBeginWithAHyphenAndMayBeOneLetter() {
        var pull = Ling.start("pull", "--bind", FREE, "--count", "3");
        Ling.start("push", "--connect", pull.bound(), "--message=--verbose", "--message", "-help", "--message", "b")
                .succeeds();
        assertThat(pull.succeeds().lines()).containsExactly("--verbose", "-help", "b");
    }

    @Test
    void pairTalksBothWays() {
        var one = Ling.startWithInput("from one\n", "pair", "--bind", FREE, "--expect", "1");
        var two = Ling.start("pair", "--connect", one.bound(), "--message", "from two", "--expect", "1");
        assertThat(one.succeeds().lines()).containsExactly("from two");
        assertThat(two.succeeds().lines()).containsExactly("from one");
    }

    @Test
    void xpubPrintsSubscriptionsAndXsubMakesThem() {
        var xpub = Ling.startWithOpenInput("xpub", "--bind", FREE, "--count", "1", "--format", "hex");
        var xsub = Ling.startWithOpenInput("xsub", "--connect", xpub.bound(), "--subscribe", "0b");
        assertThat(xpub.succeeds().lines()).containsExactly("01" + "3062");
        assertThat(xsub.interrupt().exitCode()).isZero();
    }

    @Test
    void mandatoryMessageToNobodyIsAFailure() {
        var router = Ling.start("router", "--bind", FREE, "--frame", "bob", "--frame", "hi", "--router-mandatory");
        assertThat(router.exitCode()).isEqualTo(1);
        assertThat(router.err()).contains("no peer has the routing id 'bob'", "--peers 1 waits until a peer is there");
    }

    @ParameterizedTest
    @CsvSource({"router, has a single frame", "stream, has a single frame"})
    void lineWithoutAddressIsAFailure(String type, String why) {
        var socket = Ling.startWithInput("one\n", type, "--bind", FREE);
        assertThat(socket.exitCode()).isEqualTo(1);
        assertThat(socket.err()).contains(why);
    }

    @Test
    void routerTellsOfMessagesThatWentToNobody() {
        var router = Ling.start("router", "--bind", FREE, "--frame", "bob", "--frame", "hi");
        assertThat(router.succeeds().err()).contains("1 message dropped: no peer has the routing id");
    }

    @Test
    void publisherThatListensTellsThatNobodySubscribed() {
        var xpub = Ling.start("xpub", "--bind", FREE, "--message", "x");
        assertThat(xpub.succeeds().err()).contains("nobody was subscribed");
    }

    @Test
    void streamTalksToAProgramWithoutZeroMq() {
        var stream = Ling.startWithOpenInput("stream", "--bind", FREE, "--count", "2", "--format", "hex");
        try (var program = ScriptedPeer.connect(stream.bound())) {
            program.send("hi".getBytes(StandardCharsets.US_ASCII));
            var lines = stream.succeeds().lines();
            assertThat(lines.get(0)).matches("00[0-9a-f]{8}\t");
            assertThat(lines.get(1)).isEqualTo(lines.get(0) + "6869");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text | a\\x00\\xff", "hex | 6100ff", "json | [{\"hex\":\"6100ff\"}]"})
    void anyBytesPassInEveryFormat(String format, String line) {
        var pull = Ling.start("pull", "--bind", FREE, "--count", "1", "--format", format);
        Ling.start("push", "--connect", pull.bound(), "--format", format, "--message", line)
                .succeeds();
        assertThat(pull.succeeds().lines()).containsExactly(line);
    }

    @Test
    void lineThatIsNoMessageIsNamedByItsNumber() {
        var pull = Ling.start("pull", "--bind", FREE, "--count", "1", "--format", "hex");
        var push = Ling.startWithInput("00\nxx\n", "push", "--connect", pull.bound(), "--format", "hex");
        assertThat(push.exitCode()).isEqualTo(1);
        assertThat(push.err()).contains("line 2", "hex");
        pull.interrupt().exitCode();
    }

    @Test
    void eventsAreToldWhenAskedFor() {
        var rep = Ling.start("rep", "--bind", FREE, "--count", "1", "--verbose");
        Ling.start("req", "--connect", rep.bound(), "--message", "x").succeeds();
        rep.awaitErr("is complete, a REQ");
        rep.succeeds();
    }

    @Test
    void interruptEndsAWaitingCommand() {
        var sub = Ling.start("sub", "--bind", FREE);
        sub.bound();
        assertThat(sub.interrupt().exitCode()).isZero();
    }
}
