package io.lingmq.option;

import io.lingmq.time.NanoTime;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of option values: what was set, and the defaults for all others.
 *
 * <p>Threading: immutable. Each bind and connect keeps the settings it began with.
 */
public final class Settings {
    private static final Settings DEFAULTS = new Settings(new Object[0]);

    private final @Nullable Object[] values;
    private final long spinNs;

    private Settings(@Nullable Object[] values) {
        this.values = values;
        spinNs = nanos(Options.SPIN_TIME);
    }

    /** All defaults. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /** The value of an option. */
    @SuppressWarnings("unchecked") // with() only stores a T under an Option<T>
    public <T> T get(Option<T> option) {
        var value = option.index() < values.length ? values[option.index()] : null;
        if (value == null) {
            return option.defaultValue();
        }
        return Option.copyOf((T) value);
    }

    /** The value of a duration in nanoseconds, {@code Long.MAX_VALUE} where it is for ever or beyond counting. */
    public long nanos(Option<Duration> option) {
        return nanos(get(option));
    }

    /** {@link Options#SPIN_TIME}, at hand for each wait. */
    public long spinNs() {
        return spinNs;
    }

    /**
     * The duration in nanoseconds, {@code Long.MAX_VALUE} where it is for ever or beyond counting: {@link NanoTime#of}.
     */
    public static long nanos(Duration duration) {
        return NanoTime.of(duration);
    }

    /**
     * These settings with one more value.
     *
     * @throws io.lingmq.error.OptionException if the value is out of the option's range
     */
    public <T> Settings with(Option<T> option, T value) {
        var settled = option.checked(value);
        var changed = Arrays.copyOf(values, Math.max(values.length, option.index() + 1));
        changed[option.index()] = Option.copyOf(settled);
        return new Settings(changed);
    }
}
