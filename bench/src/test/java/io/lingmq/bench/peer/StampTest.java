package io.lingmq.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StampTest {
    /** The program in C writes and reads the same. */
    @Test
    void standsAtTheEndLowestOctetFirst() {
        var body = new byte[10];
        Stamp.write(body, 0x0102);
        assertThat(body).containsExactly(0, 0, 2, 1, 0, 0, 0, 0, 0, 0);
        assertThat(Stamp.read(body, 10)).isEqualTo(0x0102);
    }

    @Test
    void aMessageOfAnotherSizeIsNotOurs() {
        assertThatThrownBy(() -> Stamp.read(new byte[10], 64)).hasMessageContaining("10 bytes");
    }
}
