package io.lingmq.contract.knock;

import io.lingmq.option.Option;
import io.lingmq.option.OptionBuilder;
import io.lingmq.option.OptionFamily;
import java.util.List;

/** The options of a mechanism, as another module brings them. */
public final class KnockOptions implements OptionFamily {
    /** What both sides know; empty where this mechanism is not wanted. */
    public static final Option<String> SECRET =
            OptionBuilder.secret("knock-secret").does("What both sides know, for the mechanism KNOCK.");

    /** As the service loader wants it. */
    public KnockOptions() {}

    @Override
    public String name() {
        return "knock";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(SECRET);
    }
}
