package io.lingmq.torture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ledger sees everything that can go wrong with a message. */
class TrafficLedgerTest {
    private final TrafficLedger ledger = new TrafficLedger("tried");
    private final TrafficLedger.Stream stream = ledger.stream("stream");
    private final TrafficLedger.Reader reader = ledger.reader(true);
    private final Random random = new Random(1);

    private Message taken() {
        var parcel = stream.next();
        stream.taken(parcel);
        return parcel.pack(random, 10, 300);
    }

    @Test
    void closesWhereAllArrivedOrWasCounted() {
        for (var i = 0; i < 100; i++) {
            reader.note(taken(), 0);
        }
        taken();
        assertThatCode(() -> ledger.settle(1, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ledger.settle(0, 0)).hasMessageContaining("unknown may be 0 to 0, and is 1");
        assertThatThrownBy(() -> ledger.settle(2, 5)).hasMessageContaining("and is -1");
        assertThatCode(() -> ledger.settle(0, 1)).doesNotThrowAnyException();
    }

    @Test
    void seesWhatComesTwice() {
        var message = taken();
        reader.note(message, 0);
        reader.note(message, 0);
        assertThatThrownBy(() -> ledger.settle(0, 0)).hasMessageContaining("came twice");
    }

    @Test
    void seesWhatOvertakes() {
        var first = taken();
        reader.note(taken(), 0);
        reader.note(first, 0);
        assertThatThrownBy(() -> ledger.settle(0, 0)).hasMessageContaining("0 came after 1");
    }

    @Test
    void seesWhatArrivesThoughItWasRefused() {
        var parcel = stream.next();
        stream.refused(parcel);
        reader.note(parcel.pack(random, 10, 300), 0);
        assertThatThrownBy(() -> ledger.settle(0, 0)).hasMessageContaining("though the library said");
    }

    @Test
    void seesDamageInAnyOctetAndAMissingFrame() {
        var message = stream.next().pack(random, 50, 50);
        for (var at = 0; at < message.size(0); at++) {
            var body = message.bytes(0);
            body[at] ^= 1;
            var damaged = new java.util.ArrayList<>(message.frames());
            damaged.set(0, body);
            var bad = Message.wrapFrames(damaged);
            assertThatThrownBy(() -> Parcel.unpack(bad, 0)).hasMessageContaining("damaged");
        }
        assertThatThrownBy(() -> Parcel.unpack(message.followedBy(Message.of("more")), 0))
                .hasMessageContaining("damaged");
    }
}
