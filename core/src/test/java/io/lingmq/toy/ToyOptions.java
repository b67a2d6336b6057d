package io.lingmq.toy;

import io.lingmq.option.Option;
import io.lingmq.option.OptionBuilder;
import io.lingmq.option.OptionFamily;
import io.lingmq.option.SocketType;
import io.lingmq.option.ValueRange;
import java.time.Duration;
import java.util.List;

/** An option family as another module would bring it: it uses what is public, and no class of the library names it. */
public final class ToyOptions implements OptionFamily {
    /** Live, and for all types. */
    public static final Option<Duration> DELAY = OptionBuilder.duration("toy-delay", Duration.ofMillis(250))
            .range(ValueRange.notNegative())
            .live()
            .does("How late the toy is.");

    /** For two types, with a number as libzmq might give it. */
    public static final Option<String> LABEL = OptionBuilder.text("toy-label", "none")
            .libzmq("ZMQ_TOY_LABEL", 9001)
            .on(SocketType.REQ, SocketType.REP)
            .does("What the toy says.");

    /** A default that is an array. */
    public static final Option<byte[]> OCTETS = OptionBuilder.bytes("toy-octets", new byte[1])
            .range(ValueRange.bytesUpTo(3))
            .does("What the toy is made of.");

    /** As the service loader wants it. */
    public ToyOptions() {}

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(DELAY, LABEL, OCTETS);
    }
}
