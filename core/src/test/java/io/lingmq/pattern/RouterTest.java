package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final SocketUnderTest router = new SocketUnderTest(SocketType.ROUTER);

    private byte[] idOf(PipePeer peer) {
        peer.says("who am I");
        return router.receiveMessage().bytes(0);
    }

    @Nested
    class Receiving {
        @Test
        void putsTheSendersNameInFront() {
            router.peer("a").says("1", "", "x");
            router.peer("b").says("2");

            assertThat(router.receive()).containsExactly("a", "1", "", "x");
            assertThat(router.receive()).containsExactly("b", "2");
            assertThat(router.receive()).isNull();
        }

        @Test
        void takesOneMessageFromEachInTurn() {
            router.peer("a").saysEach("1", "2", "3");
            router.peer("b").saysEach("1");

            assertThat(router.receiveAll()).containsExactly("a", "b", "a", "a");
        }

        @Test
        void seesWhatComesLater() {
            var peer = router.peer("a");
            assertThat(router.canReceive()).isFalse();
            peer.says("m");

            assertThat(router.canReceive()).isTrue();
            assertThat(router.receive()).containsExactly("a", "m");
        }

        @Test
        void readsWhatAPeerSaidBeforeItLeft() {
            router.peer("a").saysEach("1", "2").leaves();

            assertThat(router.receive()).containsExactly("a", "1");
            assertThat(router.receive()).containsExactly("a", "2");
        }

        @Test
        void readsNothingOfAPeerThatHasNoNameYet() {
            var peer = router.absentPeer(0);
            peer.says("early");

            assertThat(router.receive()).isNull();

            peer.opens("a");
            assertThat(router.receive()).containsExactly("a", "early");
        }
    }

    @Nested
    class Naming {
        @Test
        void peerWithoutANameGetsOneOfFiveBytes() {
            var a = idOf(router.peer());
            var b = idOf(router.peer());

            assertThat(a).hasSize(5).startsWith(0);
            assertThat(b).hasSize(5).startsWith(0).isNotEqualTo(a);
        }

        @Test
        void nameThatBeginsWithAZeroIsNotTakenFromAPeer() {
            var id = idOf(router.peer("\0fake"));

            assertThat(id).hasSize(5).startsWith(0).isNotEqualTo(Zmtp.ascii("\0fake"));
        }

        @Test
        void messageGoesToThePeerThatItsFirstFrameNames() {
            var a = router.peer("a");
            var b = router.peer("b");

            assertThat(router.send("b", "x", "")).isTrue();

            assertThat(b.hears()).as("without the name").containsExactly("x", "");
            assertThat(a.hears()).isNull();
        }

        @Test
        void generatedNameLeadsBack() {
            var peer = router.peer();
            router.peer();

            router.send(Message.of("answer").withFirst(idOf(peer)));

            assertThat(peer.hears()).containsExactly("answer");
        }

        @Test
        void peerThatComesBackKeepsItsName() {
            var peer = router.peer("a").closes();
            assertThat(router.send("a", "meanwhile")).isTrue();
            peer.opens("a");

            assertThat(peer.hears()).containsExactly("meanwhile");
            assertThat(idOf(peer)).isEqualTo(Zmtp.ascii("a"));
        }

        @Test
        void peerThatComesBackWithoutANameKeepsTheGeneratedOne() {
            var peer = router.peer();
            var id = idOf(peer);
            peer.closes().opens("");

            assertThat(idOf(peer)).isEqualTo(id);
        }

        @Test
        void peerThatComesBackWithANameGetsIt() {
            var peer = router.peer().closes().opens("now I know");

            assertThat(idOf(peer)).isEqualTo(Zmtp.ascii("now I know"));
        }

        @Test
        void anotherPeerThatComesHasItsOwnName() {
            var peer = router.absentPeer(0).opens("a").closes().opens("b");

            assertThat(idOf(peer)).isEqualTo(Zmtp.ascii("b"));
            router.send("b", "to b");
            router.send("a", "to a");
            assertThat(peer.hears()).containsExactly("to b");
            assertThat(peer.hears()).isNull();
            assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
        }

        @Test
        void anotherPeerWithoutANameIsNotTakenForTheOneBefore() {
            var peer = router.absentPeer(0).opens("a").closes().opens("");

            assertThat(idOf(peer)).hasSize(5).startsWith(0);
            router.send("a", "to a");
            assertThat(peer.hears()).isNull();
        }

        @Test
        void anotherPeerGetsNothingThatWasMeantForTheOneBefore() {
            var peer = router.absentPeer(2).opens("a");
            router.send("a", "1");
            peer.closes();
            router.send("a", "2");
            peer.opens("b");

            assertThat(peer.hears()).isNull();
            assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 2L));
            router.send("b", "1");
            router.send("b", "there is room again");
            assertThat(peer.hearsAll()).containsExactly("1", "there is room again");
        }

        @Test
        void unreadWordsStayThoseOfThePeerThatSaidThem() {
            var peer = router.absentPeer(0).opens("a").saysEach("a1", "a2").closes();
            assertThat(router.receive()).containsExactly("a", "a1");
            peer.opens("b").says("b1");

            assertThat(router.canReceive()).isTrue();
            assertThat(router.receive()).containsExactly("a", "a2");
            assertThat(router.receive()).containsExactly("b", "b1");
            assertThat(router.canReceive()).isFalse();
        }

        /** However much that is: the name is noted, and all stays where it is. */
        @Test
        void unreadWordsStayInTheirLaneWhenAnotherPeerComes() {
            var peer =
                    router.absentPeer(0).opens("a").saysEach("a1", "a2", "a3").closes();
            var octets = peer.pipe().unreadOctets();
            peer.opens("b");

            assertThat(peer.pipe().unreadOctets()).isEqualTo(octets);
            peer.says("b1").leaves();
            assertThat(router.receiveAll()).containsExactly("a", "a", "a", "b");
        }

        @Test
        void unreadWordsOfOnePeerAfterAnotherEachHaveTheNameOfTheirs() {
            var peer = router.absentPeer(0).opens("a").saysEach("a1", "a2").closes();
            peer.opens("b").closes().opens("c").says("c1").closes().opens("d").says("d1");
            router.peer("x").says("x1");

            assertThat(router.receiveAll()).containsExactly("a", "x", "a", "c", "d");
            peer.says("d2");
            assertThat(router.receive()).containsExactly("d", "d2");
        }

        @Test
        void anotherPeerWhoseNameIsInUseIsRefusedAndIsNotTakenForTheOneBefore() {
            var peer = router.absentPeer(0).opens("a").closes();
            var holder = router.peer("b");
            peer.opens("b");

            assertThat(peer.refusals()).hasSize(1);
            router.send("a", "to a");
            router.send("b", "to b");
            assertThat(peer.hears()).isNull();
            assertThat(holder.hears()).containsExactly("to b");
        }

        @Test
        void nameIsFreeAgainWhenItsPeerHasLeft() {
            router.peer("a").leaves();
            var next = router.peer("a");

            assertThat(next.refusals()).isEmpty();
            router.send("a", "m");
            assertThat(next.hears()).containsExactly("m");
        }

        @Test
        void nameChosenByTheConnectingSideCountsFromTheBeginning() {
            var peer = router.absentPeer(0, "chosen");
            assertThat(router.send("chosen", "early")).isTrue();
            peer.opens("its own");

            assertThat(peer.hears()).containsExactly("early");
            assertThat(idOf(peer)).isEqualTo(Zmtp.ascii("chosen"));
            assertThat(router.drops()).isEmpty();
        }

        @Test
        void nameChosenByTheConnectingSideStaysWhoeverComes() {
            var peer = router.absentPeer(0, "chosen").opens("a").closes();
            router.send("chosen", "meanwhile");
            peer.opens("b");

            assertThat(peer.hears()).containsExactly("meanwhile");
            assertThat(idOf(peer)).isEqualTo(Zmtp.ascii("chosen"));
        }

        @Test
        void nameChosenByTheConnectingSideGoesWithItsLane() {
            router.absentPeer(0, "chosen").opens("").leaves();
            router.send("chosen", "late");

            assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
        }

        @Test
        void chosenNameThatIsInUseIsNotTakenOver() {
            var holder = router.peer("chosen");
            var peer = router.absentPeer(0, "chosen").opens("");
            router.send("chosen", "m");

            assertThat(holder.hears()).containsExactly("m");
            assertThat(peer.hears()).isNull();
            assertThat(idOf(peer)).as("it gets a name of its own").hasSize(5).startsWith(0);
        }

        @Test
        void everyLaneHasOneTurnOnly() {
            router.peer("chosen");
            router.absentPeer(0, "chosen").opens("").saysEach("b1", "b2");
            router.peer("c").saysEach("c1", "c2");

            var order = List.of(second(), second(), second(), second());

            assertThat(order).containsExactly("b1", "c1", "b2", "c2");
        }

        private String second() {
            return router.receive().get(1);
        }
    }

    @Nested
    class Duplicates {
        private final PipePeer first = router.peer("a");

        @Test
        void secondPeerWithANameIsRefused() {
            var second = router.peer("a").says("I am a");

            assertThat(second.refusals())
                    .containsExactly("routing id 'a' is in use by another peer; ROUTER_HANDOVER lets a new peer take it"
                            + " over");
            assertThat(first.refusals()).isEmpty();
            assertThat(router.receive()).as("it is never heard").isNull();
            router.send("a", "m");
            assertThat(first.hears()).containsExactly("m");
            assertThat(second.hears()).isNull();
        }

        @Test
        void refusedPeerThatLeavesDoesNotTakeTheNameWithIt() {
            router.peer("a").leaves();
            router.send("a", "m");

            assertThat(first.hears()).containsExactly("m");
        }

        @Test
        void unprintableNameIsShownInHex() {
            router.peer("\u00ff\n");

            assertThat(router.peer("\u00ff\n").refusals()).first().asString().startsWith("routing id 0xff0a is in use");
        }

        @Test
        void withHandoverTheNewPeerTakesTheName() {
            router.with(Options.ROUTER_HANDOVER, true);
            var second = router.peer("a");

            assertThat(first.refusals()).containsExactly("another peer took over routing id 'a'");
            assertThat(second.refusals()).isEmpty();
            router.send("a", "m");
            assertThat(second.hears()).containsExactly("m");
            assertThat(first.hears()).isNull();
        }

        @Test
        void withHandoverTheOldPeersWordsHaveAnotherName() {
            router.with(Options.ROUTER_HANDOVER, true);
            first.says("from the old one");
            router.peer("a").says("from the new one");

            var old = router.receiveMessage();
            assertThat(old.bytes(0)).hasSize(5).startsWith(0);
            assertThat(old.text(1)).isEqualTo("from the old one");
            assertThat(router.receive()).containsExactly("a", "from the new one");
        }

        @Test
        void withHandoverTheOldPeerLeavesWithoutTheName() {
            router.with(Options.ROUTER_HANDOVER, true);
            var second = router.peer("a");
            first.leaves();
            router.send("a", "m");

            assertThat(second.hears()).containsExactly("m");
        }
    }

    @Nested
    class Sending {
        @Test
        void messageToNobodyIsDroppedAndCounted() {
            assertThat(router.canSend()).isTrue();
            assertThat(router.send("nobody", "m")).isTrue();

            assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
        }

        @Test
        void messageToAPeerThatLeftIsDropped() {
            router.peer("a").leaves();
            router.send("a", "m");

            assertThat(router.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
        }

        @Test
        void messageToAFullPeerIsDroppedAndCounted() {
            var peer = router.absentPeer(1).opens("a");
            router.send("a", "1");
            assertThat(router.send("a", "2")).isTrue();

            assertThat(router.drops()).isEqualTo(Map.of(DropReason.PEER_FULL, 1L));
            assertThat(peer.hearsAll()).containsExactly("1");
        }

        @Test
        void messageOfOneFrameIsTheCallersMistake() {
            assertThatThrownBy(() -> router.send("a"))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith(
                            "a ROUTER sends messages of at least two frames, the peer's routing id and a body;"
                                    + " this one has a single frame")
                    .satisfies(e -> assertThat(((LingException) e).code()).isEqualTo(ErrorCode.INVALID));
        }

        @Test
        void nameThatNoPeerCanHaveIsTheCallersMistake() {
            assertThatThrownBy(() -> router.send("", "m"))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith("a routing id has 1 to 255 bytes; the first frame of this message has 0");
            assertThatThrownBy(() -> router.send("x".repeat(256), "m"))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith("a routing id has 1 to 255 bytes; the first frame of this message has 256");
        }
    }

    @Nested
    class Mandatory {
        Mandatory() {
            router.with(Options.ROUTER_MANDATORY, true);
        }

        @Test
        void messageToNobodyIsAnError() {
            assertThatThrownBy(() -> router.send("nobody", "m"))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageStartingWith("no peer has the routing id 'nobody'; it never connected, or it is gone");
            assertThatThrownBy(() -> router.send(Message.of("m").withFirst(Hex.bytes("00 01"))))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageStartingWith("no peer has the routing id 0x0001;");
            assertThat(router.drops()).isEmpty();
        }

        @Test
        void messageToAPeerThatLeftIsAnError() {
            router.peer("a").leaves();

            assertThatThrownBy(() -> router.send("a", "m")).isInstanceOf(UnroutableException.class);
        }

        @Test
        void messageToAFullPeerWaits() {
            var peer = router.absentPeer(1).opens("a");
            router.peer("b");
            router.send("a", "1");

            assertThat(router.send("a", "2")).isFalse();
            assertThat(router.drops()).isEmpty();
            assertThat(router.send("b", "others do not wait")).isTrue();

            peer.hears();
            assertThat(router.bells().take()).containsExactly(peer.pipe().writable());
            assertThat(router.send("a", "2")).isTrue();
            assertThat(peer.hears()).containsExactly("2");
        }

        @Test
        void canSendWhenOnePeerHasRoom() {
            assertThat(router.canSend()).isFalse();
            router.absentPeer(1).opens("a");
            assertThat(router.canSend()).isTrue();
            router.send("a", "1");
            assertThat(router.canSend()).isFalse();
            router.peer("b");
            assertThat(router.canSend()).isTrue();
        }

        /** Whoever was told that nobody has room wants to hear when somebody has. */
        @Test
        void peersThatWereFoundFullAreAskedToRing() {
            var peer = router.absentPeer(1).opens("a");
            router.send("a", "1");
            assertThat(router.canSend()).isFalse();

            peer.hears();

            assertThat(router.bells().take()).containsExactly(peer.pipe().writable());
            assertThat(router.canSend()).isTrue();
        }
    }

    @Test
    void greetsNewPeersIfItIsToldTo() {
        assertThat(router.peer("a").hears()).isNull();
        router.with(Options.PROBE_ROUTER, true);

        assertThat(router.peer("b").hears()).containsExactly("");
    }

    @Test
    void greetsThePeerThatComesAfterALossToo() {
        router.with(Options.PROBE_ROUTER, true);
        var peer = router.peer("a");
        peer.hears();
        peer.closes().opens("a");

        assertThat(peer.hears()).containsExactly("");
    }

    @Test
    void hearsAGreetingAsAnEmptyMessage() {
        router.peer("a").says("");

        assertThat(router.receive()).containsExactly("a", "");
    }
}
