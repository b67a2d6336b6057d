package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void countsGapsWithoutOffence() {
        ledger.note(0);
        ledger.note(3);
        ledger.assertOrderedAndUnique();
        assertThat(ledger.missing()).isEqualTo(2);
        assertThat(ledger.count()).isEqualTo(2);
    }

    @Test
    void findsWhatCameTwice() {
        ledger.note(4);
        ledger.note(4);
        assertThatThrownBy(ledger::assertOrderedAndUnique).hasMessageContaining("4 came twice");
    }

    @Test
    void findsWhatOvertook() {
        ledger.note(4);
        ledger.note(2);
        ledger.assertUnique();
        assertThatThrownBy(ledger::assertOrderedAndUnique).hasMessageContaining("2 came after 4");
    }
}
