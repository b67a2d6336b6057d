package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 4095, 4096, 4097, 8193, 65536, 4096 * 4097})
    void isWhatTheFormulaSays(int size) {
        var body = Bodies.of(77, size);
        var block = Bodies.of(77, 4096);
        assertThat(body).hasSize(size);
        for (var i = 1; i < size; i++) {
            if (body[i] != block[(i % 4096 + i / 4096) % 4096] && (i % 4096 + i / 4096) % 4096 != 0) {
                throw new AssertionError("octet " + i);
            }
        }
    }

    @Test
    void seedsDiffer() {
        assertThat(Bodies.of(1, 100)).isNotEqualTo(Bodies.of(2, 100));
    }

    @Test
    void beginsWithTheTopBit() {
        assertThat(Bodies.of(5, 1)[0]).isNegative();
    }

    @Test
    void saysWhereBodiesDiffer() {
        var one = Bodies.of(1, 100);
        var other = one.clone();
        other[42]++;
        assertThat(Bodies.difference(one, other)).contains("42");
        assertThat(Bodies.difference(one, one.clone())).isEmpty();
    }
}
