package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Zmtp;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class XPubTest {
    private final SocketUnderTest xpub = new SocketUnderTest(SocketType.XPUB);

    @Nested
    class Reporting {
        @Test
        void firstSubscriptionAndLastCancellationOfATopic() {
            var a = xpub.peer().subscribes("x").subscribes("x");
            var b = xpub.peer().subscribes("x");
            assertThat(xpub.receiveAll()).containsExactly("\1x");

            a.cancels("x");
            assertThat(xpub.receiveAll()).isEmpty();
            b.cancels("x");
            assertThat(xpub.receiveAll()).containsExactly("\0x");
        }

        @Test
        void emptyTopicToo() {
            xpub.peer().subscribes("").cancels("");

            assertThat(xpub.receiveAll()).containsExactly("\1", "\0");
        }

        @Test
        void cancellationOfWhatWasNeverSubscribed() {
            xpub.peer().cancels("never");

            assertThat(xpub.receiveAll()).containsExactly("\0never");
        }

        @Test
        void topicsThatAPeerTookWithIt() {
            var a = xpub.peer().subscribes("own").subscribes("shared");
            xpub.peer().subscribes("shared");
            xpub.receiveAll();
            a.leaves();

            assertThat(xpub.receiveAll()).containsExactly("\0own");
        }

        @Test
        void topicsOfALostConnection() {
            var a = xpub.peer().subscribes("x");
            xpub.receiveAll();
            a.closes();
            assertThat(xpub.receiveAll()).containsExactly("\0x");

            a.opens("").subscribes("x");
            assertThat(xpub.receiveAll()).containsExactly("\1x");
        }

        @Test
        void nothingThatALostPeerHadSaidForTheNextOne() {
            var peer = xpub.peer();
            peer.says("\1old").says("hello").closes();
            peer.opens("").subscribes("new");

            assertThat(xpub.receiveAll()).containsExactly("hello", "\1new");
            xpub.send("old");
            xpub.send("new");
            assertThat(peer.hearsAll()).containsExactly("new");
        }

        @Test
        void otherMessagesAsTheyAre() {
            xpub.peer().says("hello", "x").says("", "y");

            assertThat(xpub.canReceive()).isTrue();
            assertThat(xpub.receive()).containsExactly("hello", "x");
            assertThat(xpub.receive()).containsExactly("", "y");
            assertThat(xpub.canReceive()).isFalse();
            assertThat(xpub.receive()).isNull();
        }

        @Test
        void everyFrameOfAMessageCanSubscribe() {
            xpub.peer().says("\1a", "\1b", "\0a");

            assertThat(xpub.receiveAll()).containsExactly("\1a", "\1b", "\0a");
        }

        @Test
        void onlyTheFirstFrameIfItIsTold() {
            xpub.with(Options.ONLY_FIRST_SUBSCRIBE, true);
            xpub.peer().says("x", "\1a");

            assertThat(xpub.receive()).containsExactly("x", "\1a");
            assertThat(xpub.pattern().topicCount()).isZero();
        }

        @Test
        void isDoneWhileNobodyReceives() {
            assertThat(xpub.pattern().isEager()).isTrue();
        }
    }

    @Nested
    class Verbose {
        @Test
        void reportsEachSubscriptionAndTheLastCancellation() {
            xpub.with(Options.XPUB_VERBOSE, true);
            var a = xpub.peer().subscribes("x").subscribes("x");
            var b = xpub.peer().subscribes("x");
            assertThat(xpub.receiveAll()).containsExactly("\1x", "\1x", "\1x");

            a.cancels("x");
            assertThat(xpub.receiveAll()).isEmpty();
            b.cancels("x");
            assertThat(xpub.receiveAll()).containsExactly("\0x");
        }

        @Test
        void verboserReportsEachSubscriptionAndEachCancellation() {
            xpub.with(Options.XPUB_VERBOSER, true);
            var a = xpub.peer().subscribes("x");
            var b = xpub.peer().subscribes("x");
            assertThat(xpub.receiveAll()).containsExactly("\1x", "\1x");

            a.cancels("x");
            b.cancels("x");
            assertThat(xpub.receiveAll()).containsExactly("\0x", "\0x");
        }

        @Test
        void verboserReportsAllTopicsThatAPeerTookWithIt() {
            xpub.with(Options.XPUB_VERBOSER, true);
            var a = xpub.peer().subscribes("shared").subscribes("own");
            xpub.peer().subscribes("shared");
            xpub.receiveAll();
            a.leaves();

            assertThat(xpub.receiveAll()).containsExactlyInAnyOrder("\0shared", "\0own");
        }
    }

    @Nested
    class Manual {
        Manual() {
            xpub.with(Options.XPUB_MANUAL, true);
        }

        @Test
        void subscriptionsAreOnlyReported() {
            var peer = xpub.peer().subscribes("a").subscribes("a");

            assertThat(xpub.receiveAll()).containsExactly("\1a", "\1a");
            xpub.send("a");
            assertThat(peer.hears()).isNull();
        }

        @Test
        void applicationSubscribesForThePeerWhoseWordsItReceivedLast() {
            var a = xpub.peer().subscribes("a");
            var b = xpub.peer().subscribes("b");
            xpub.receive();
            xpub.subscribe("instead of a");
            xpub.receive();
            xpub.subscribe("instead of b");
            xpub.send("instead of a");
            xpub.send("instead of b");

            assertThat(a.hearsAll()).containsExactly("instead of a");
            assertThat(b.hearsAll()).containsExactly("instead of b");
        }

        @Test
        void applicationCancelsForThem() {
            var peer = xpub.peer().subscribes("a");
            xpub.receive();
            xpub.subscribe("a");
            peer.cancels("a");
            assertThat(xpub.receiveAll()).containsExactly("\0a");
            xpub.send("a");
            assertThat(peer.hears()).as("a cancellation is only reported too").containsExactly("a");

            xpub.unsubscribe("a");
            xpub.send("a");
            assertThat(peer.hears()).isNull();
        }

        @Test
        void peerThatLeftIsNoLongerSubscribedFor() {
            var peer = xpub.peer().subscribes("a");
            xpub.receive();
            peer.leaves();
            xpub.subscribe("a");

            assertThat(xpub.pattern().topicCount()).isZero();
        }

        @Test
        void nobodyIsSubscribedForBeforeAnythingWasReceived() {
            xpub.peer().subscribes("a");
            xpub.subscribe("a");

            assertThat(xpub.pattern().topicCount()).isZero();
        }

        /** In libzmq what the peer had asked for is reported as cancelled, and not what was applied for it. */
        @Test
        void topicsThatAPeerHadAskedForAreReportedWhenItLeaves() {
            var peer = xpub.peer().subscribes("asked for");
            xpub.receive();
            xpub.subscribe("applied");
            peer.leaves();

            assertThat(xpub.receiveAll()).containsExactly("\0asked for");
            assertThat(xpub.pattern().topicCount()).isZero();
        }
    }

    @Nested
    class Limits {
        private static final String LARGE = "x".repeat(1 << 20);

        @Test
        void muchIsReadInSeveralHolds() {
            var peer = xpub.absentPeer(0);
            for (var i = 0; i < 5000; i++) {
                peer.says("up");
            }
            peer.opens("");
            xpub.workOffBells();

            assertThat(xpub.holds()).isGreaterThanOrEqualTo(4);
            assertThat(xpub.receiveAll()).hasSize(5000);
        }

        @Test
        void peerWhoseWordsNobodyReadsIsRefused() {
            var quiet = xpub.peer().says("quiet");
            var peer = xpub.peer();
            for (var i = 0; i <= Reports.MOST_OF_PEER + 10; i++) {
                peer.says("up");
                xpub.workOffBells();
            }

            assertThat(peer.refusals())
                    .containsExactly("the application has left 100001 subscriptions and messages of this peer unread,"
                            + " 200002 bytes; the limit is 100000, or 67108864 bytes");
            assertThat(quiet.refusals()).isEmpty();
            assertThat(xpub.receiveAll()).hasSize(1 + Reports.MOST_OF_PEER);
            assertThat(xpub.drops()).isEqualTo(Map.of(DropReason.REPORT_UNREAD, 1L));
        }

        @Test
        void peerThatComesBackAfterItWasRefusedIsHeardAgain() {
            var peer = xpub.peer();
            for (var i = 0; i <= Reports.MOST_OF_PEER; i++) {
                peer.says("up");
                xpub.workOffBells();
            }
            xpub.receiveAll();
            peer.closes().opens("").says("again");

            assertThat(xpub.receiveAll()).containsExactly("again");
        }

        @Test
        void peerThatHoldsTooManyBytesOfTopicsIsRefused() {
            var peer = xpub.peer();
            for (var i = 0; i < 64; i++) {
                peer.subscribes(LARGE.substring(1) + (char) i);
                xpub.receiveAll();
            }
            peer.subscribes(LARGE.substring(1) + (char) 7);
            xpub.workOffBells();
            assertThat(peer.refusals()).as("it holds that one already").isEmpty();

            peer.subscribes("y").subscribes("z");
            xpub.workOffBells();
            assertThat(peer.refusals())
                    .containsExactly("the peer holds 64 subscriptions of 67108864 bytes and wants one of 1 more; the"
                            + " limit is 1000000, or 67108864 bytes");
            assertThat(xpub.pattern().topicCount()).isEqualTo(64);
        }

        @Test
        void inManualModeWhatAPeerAsksForHasTheSameLimit() {
            xpub.with(Options.XPUB_MANUAL, true);
            var peer = xpub.peer();
            for (var i = 0; i <= 64; i++) {
                peer.subscribes(LARGE.substring(1) + (char) i);
                xpub.receiveAll();
            }
            assertThat(peer.refusals()).hasSize(1);
        }

        @Test
        void cancelledTopicsMakeRoom() {
            var peer = xpub.peer();
            for (var i = 0; i < 200; i++) {
                peer.subscribes(LARGE.substring(1) + (char) (i % 100));
                peer.cancels(LARGE.substring(1) + (char) (i % 100));
                xpub.receiveAll();
            }
            assertThat(peer.refusals()).isEmpty();
            assertThat(xpub.pattern().topicCount()).isZero();
        }
    }

    @Test
    void subscribesForPeersOnlyInManualMode() {
        assertThatThrownBy(() -> xpub.subscribe("a"))
                .isInstanceOf(SocketStateException.class)
                .hasMessageStartingWith("an XPUB socket subscribes on a peer's behalf only with XPUB_MANUAL set");
        assertThatThrownBy(() -> xpub.unsubscribe("a")).isInstanceOf(SocketStateException.class);
    }

    @Nested
    class Sending {
        @Test
        void goesToSubscribersWhoseTopicMatches() {
            var news = xpub.peer().subscribes("news");
            var sport = xpub.peer().subscribes("sport");
            xpub.send("newspaper", "x");

            assertThat(news.hears()).containsExactly("newspaper", "x");
            assertThat(sport.hears()).isNull();
        }

        @Test
        void neverWaits() {
            var slow = xpub.peerWithMark(1).subscribes("");
            assertThat(xpub.send("1")).isTrue();
            assertThat(xpub.canSend()).isTrue();
            assertThat(xpub.send("2")).isTrue();

            assertThat(slow.hearsAll()).containsExactly("1");
            assertThat(xpub.drops()).isEqualTo(Map.of(DropReason.SUBSCRIBER_FULL, 1L));
        }

        @Test
        void waitsForAllIfNothingMayBeDropped() {
            xpub.with(Options.XPUB_NO_DROP, true);
            var slow = xpub.peerWithMark(1).subscribes("");
            var fast = xpub.peer().subscribes("");
            xpub.send("1");
            assertThat(xpub.send("2")).isFalse();
            assertThat(xpub.canSend()).isFalse();
            assertThat(fast.hearsAll()).as("all or nobody").containsExactly("1");

            slow.hears();

            assertThat(xpub.canSend()).isTrue();
            assertThat(xpub.send("2")).isTrue();
            assertThat(fast.hearsAll()).containsExactly("2");
        }

        @Test
        void whatDoesNotMatchIfInverted() {
            xpub.with(Options.INVERT_MATCHING, true);
            var peer = xpub.peer().subscribes("a");
            xpub.send("a");
            xpub.send("b");

            assertThat(peer.hearsAll()).containsExactly("b");
        }

        @Test
        void newPeersAreWelcomedBeforeAllElse() {
            xpub.with(Options.XPUB_WELCOME_MESSAGE, Zmtp.ascii("welcome"));
            var peer = xpub.peer().subscribes("");
            xpub.send("m");
            assertThat(peer.hearsAll()).containsExactly("welcome", "m");

            xpub.with(Options.XPUB_WELCOME_MESSAGE, new byte[0]);
            assertThat(xpub.peer().hears()).isNull();
        }

        @Test
        void peersThatComeAfterALossAreWelcomedToo() {
            xpub.with(Options.XPUB_WELCOME_MESSAGE, Zmtp.ascii("welcome"));
            var peer = xpub.peer();
            assertThat(peer.hearsAll()).containsExactly("welcome");
            peer.closes().opens("");

            assertThat(peer.hearsAll()).containsExactly("welcome");
        }
    }
}
