package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.session.ReadOwnership.ReadOwner;
import org.junit.jupiter.api.Test;

class ReadOwnershipTest {
    private long nowNs = Long.MAX_VALUE - 1; // the clock may overflow meanwhile
    private final ReadOwnership ownership = new ReadOwnership(nowNs);

    private void callerOwns() {
        ownership.looks(nowNs);
        assertThat(ownership.passes()).isTrue();
    }

    @Test
    void isTheSelectorsUntilACallerLooks() {
        assertThat(ownership.isClaimed()).isFalse();
        assertThat(ownership.passes()).isFalse();
        assertThat(ownership.owner()).isEqualTo(ReadOwner.SELECTOR);
    }

    @Test
    void passesToACallerThatLooksOnce() {
        callerOwns();
        assertThat(ownership.owner()).isEqualTo(ReadOwner.CALLER);
        assertThat(ownership.passes()).as("again").isFalse();
    }

    @Test
    void passesToNobodyWhoHasReleasedIt() {
        ownership.looks(nowNs);
        assertThat(ownership.release()).as("has to be taken back").isFalse();
        assertThat(ownership.passes()).isFalse();
    }

    @Test
    void ownerThatReleasesItSaysSoOnce() {
        callerOwns();
        assertThat(ownership.release()).isTrue();
        assertThat(ownership.release()).as("again").isFalse();
        assertThat(ownership.takeBack()).isTrue();
        assertThat(ownership.takeBack()).as("again").isFalse();
        assertThat(ownership.owner()).isEqualTo(ReadOwner.SELECTOR);
    }

    /**
     * The task that takes it back may run late: the claim that came since is not lost, and is seen at the next look.
     */
    @Test
    void claimAfterAReleaseStands() {
        callerOwns();
        ownership.release();
        ownership.looks(nowNs);
        assertThat(ownership.takeBack()).isTrue();
        assertThat(ownership.passes()).isTrue();
    }

    @Test
    void callerTellsTheIoThreadAfterFourReadsThatItHasNotNoticed() {
        ownership.looks(nowNs);
        for (var i = 1; i <= 10; i++) {
            assertThat(ownership.tellsAfterRead()).as("read %d", i).isEqualTo(i == 4);
        }
    }

    @Test
    void readsAreCountedAnewWithEachClaim() {
        ownership.looks(nowNs);
        for (var i = 0; i < 3; i++) {
            ownership.tellsAfterRead();
        }
        ownership.release();
        ownership.looks(nowNs);
        assertThat(ownership.tellsAfterRead()).isFalse();
    }

    @Test
    void ownerHasNothingToTell() {
        callerOwns();
        for (var i = 0; i < 10; i++) {
            assertThat(ownership.tellsAfterRead()).isFalse();
        }
    }

    @Test
    void ownerThatIsAwayForMoreThanAMillisecondLosesIt() {
        callerOwns();
        nowNs += ReadOwnership.LONGEST_ABSENCE_NS;
        assertThat(ownership.endsAbandoned(nowNs)).isFalse();
        ownership.looks(nowNs);
        nowNs += ReadOwnership.LONGEST_ABSENCE_NS;
        assertThat(ownership.endsAbandoned(nowNs)).isFalse();
        nowNs++;
        assertThat(ownership.endsAbandoned(nowNs)).isTrue();
        assertThat(ownership.isClaimed()).isFalse();
        assertThat(ownership.takeBack()).isTrue();
    }

    @Test
    void nobodyLosesWhatHeDoesNotOwn() {
        ownership.looks(nowNs);
        assertThat(ownership.endsAbandoned(nowNs + 2 * ReadOwnership.LONGEST_ABSENCE_NS))
                .isFalse();
        assertThat(ownership.isClaimed()).isTrue();
    }
}
