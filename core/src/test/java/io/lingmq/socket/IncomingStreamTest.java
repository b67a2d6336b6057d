package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncomingStreamTest {
    private static final long FALTER_NS = 3_000_000;

    private final IncomingStream stream = new IncomingStream();
    private long nowNs = Long.MAX_VALUE - 1; // the clock may overflow meanwhile

    private void finds(int times) {
        for (var i = 0; i < times; i++) {
            stream.spun(true, nowNs);
        }
    }

    private boolean spinsInVain() {
        stream.spun(false, nowNs);
        return stream.falters(nowNs);
    }

    private boolean faltersAfter(long ns) {
        nowNs += ns;
        return stream.falters(nowNs);
    }

    @Test
    void eightFindsInARowMakeAStream() {
        finds(7);
        assertThat(spinsInVain()).isFalse();
        finds(7);
        assertThat(spinsInVain()).isFalse();
        finds(8);
        assertThat(spinsInVain()).isTrue();
    }

    @Test
    void steadyStreamDoesNotFalter() {
        finds(1000);
        assertThat(stream.falters(nowNs)).isFalse();
    }

    @Test
    void falteringIsOverAfterThreeMilliseconds() {
        finds(8);
        assertThat(spinsInVain()).isTrue();
        assertThat(faltersAfter(FALTER_NS - 1)).isTrue();
        assertThat(faltersAfter(1)).isFalse();
        assertThat(faltersAfter(-1)).as("for good").isFalse();
    }

    @Test
    void spinsInVainDoNotProlongIt() {
        finds(8);
        assertThat(spinsInVain()).isTrue();
        nowNs += FALTER_NS / 2;
        assertThat(spinsInVain()).isTrue();
        assertThat(faltersAfter(FALTER_NS / 2)).isFalse();
    }

    /** One message a millisecond, found between parks, would be waited for in that way for ever. */
    @Test
    void streamHasToProveItselfAnewAfterIt() {
        finds(8);
        spinsInVain();
        assertThat(faltersAfter(FALTER_NS)).isFalse();
        assertThat(spinsInVain()).isFalse();
    }

    @Test
    void whatShortSpinsFindMeanwhileCounts() {
        finds(8);
        spinsInVain();
        finds(7);
        assertThat(faltersAfter(FALTER_NS)).isFalse();
        finds(1);
        assertThat(spinsInVain()).isTrue();
    }

    @Test
    void onlyASteadyStreamFaltersForALostProcessor() {
        assertThat(stream.displaced(nowNs)).isFalse();
        assertThat(stream.falters(nowNs)).isFalse();
        finds(8);
        assertThat(stream.displaced(nowNs)).isTrue();
        assertThat(stream.falters(nowNs)).isTrue();
        assertThat(stream.displaced(nowNs)).as("it does so already").isFalse();
    }
}
