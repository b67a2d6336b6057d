package io.lingmq.cli.toy;

import io.lingmq.option.Option;
import io.lingmq.option.OptionBuilder;
import io.lingmq.option.OptionFamily;
import io.lingmq.option.SocketType;
import io.lingmq.option.ValueRange;
import java.util.List;

/** An option family of another module, which the command line finds. */
public final class FoamOptions implements OptionFamily {
    private static final Option<Integer> HEIGHT = OptionBuilder.number("foam-height", 3)
            .range(ValueRange.between(0, 7))
            .on(SocketType.PUSH, SocketType.PULL)
            .does("How high the foam stands, 100% at most.");

    /** As the service loader wants it. */
    public FoamOptions() {}

    @Override
    public String name() {
        return "foam";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(HEIGHT);
    }
}
