package io.lingmq.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.pipe.Pipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private final RoutingTable table = new RoutingTable(new SplittableRandom(1));

    private static Pipe pipe() {
        return new LocalPeer(new BellRecorder(), 0).pipe();
    }

    @Test
    void findsAPipeByItsName() {
        var a = pipe();
        var b = pipe();
        table.name(a, Zmtp.ascii("a"));
        table.name(b, Zmtp.ascii("b"));

        assertThat(table.find(Zmtp.ascii("a"))).isSameAs(a);
        assertThat(table.find(Zmtp.ascii("b"))).isSameAs(b);
        assertThat(table.find(Zmtp.ascii("c"))).isNull();
        assertThat(table.find(new byte[0])).isNull();
        assertThat(a.routingId()).isEqualTo(Zmtp.ascii("a"));
    }

    @Test
    void newNameReplacesTheOldOne() {
        var a = pipe();
        table.name(a, Zmtp.ascii("old"));
        table.name(a, Zmtp.ascii("new"));

        assertThat(table.find(Zmtp.ascii("old"))).isNull();
        assertThat(table.find(Zmtp.ascii("new"))).isSameAs(a);
        assertThat(table.pipes()).containsExactly(a);
    }

    @Test
    void freshNamesAreAZeroAndFourOctetsAndAllDifferent() {
        var names = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var pipe = pipe();
            table.nameFreshly(pipe);
            assertThat(pipe.routingId()).hasSize(5).startsWith(0);
            assertThat(table.find(pipe.routingId())).isSameAs(pipe);
            names.add(Hex.text(pipe.routingId()));
        }
        assertThat(names).hasSize(1000);
    }

    @Test
    void freshNameIsNeverOneThatIsTaken() {
        var first = pipe();
        table.nameFreshly(first);
        var number = ByteBuffer.wrap(first.routingId()).getInt(1);
        var holder = pipe();
        table.name(holder, numbered(number + 1));
        var second = pipe();
        table.nameFreshly(second);

        assertThat(table.find(numbered(number + 1))).isSameAs(holder);
        assertThat(second.routingId()).isEqualTo(numbered(number + 2));
        assertThat(table.find(numbered(number + 2))).isSameAs(second);
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(5).put((byte) 0).putInt(number).array();
    }

    @Test
    void freshNamesBeginSomewhereElseEachTime() {
        var names = new HashSet<String>();
        for (var i = 0; i < 10; i++) {
            var pipe = pipe();
            new RoutingTable(new SplittableRandom(i)).nameFreshly(pipe);
            names.add(Hex.text(pipe.routingId()));
        }
        assertThat(names).hasSizeGreaterThan(5);
    }

    @Test
    void forgottenNameIsFree() {
        var a = pipe();
        table.name(a, Zmtp.ascii("a"));
        table.forget(a);

        assertThat(table.find(Zmtp.ascii("a"))).isNull();
        assertThat(table.pipes()).isEmpty();
    }

    @Test
    void onlyTheHolderOfANameCanLoseIt() {
        var holder = pipe();
        var other = pipe();
        table.name(holder, Zmtp.ascii("a"));
        other.nameAs(Zmtp.ascii("a"));

        table.forget(other);

        assertThat(table.find(Zmtp.ascii("a"))).isSameAs(holder);
    }

    @Test
    void nameOfOneOctetAndOf255AreLegal() {
        var longest = pipe();
        table.name(longest, new byte[255]);
        var shortest = pipe();
        table.name(shortest, new byte[1]);

        assertThat(table.find(new byte[255])).isSameAs(longest);
        assertThat(table.find(new byte[1])).isSameAs(shortest);
    }
}
