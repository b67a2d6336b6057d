package io.lingmq.option;

import io.lingmq.time.NanoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of option values: what was set, and the defaults for all others. A socket can be made with some:
 *
 * <pre>{@code
 * context.push(Settings.of(Options.SEND_HWM, 10).with(Options.LINGER, Duration.ZERO))
 * }</pre>
 *
 * <p>Threading: immutable. Each bind and connect keeps the settings it began with.
 */
public final class Settings {
    private static final Settings DEFAULTS = new Settings(new Object[0], List.of());

    private final @Nullable Object[] values;
    private final List<Option<?>> set;
    private final long spinNs;

    private Settings(@Nullable Object[] values, List<Option<?>> set) {
        this.values = values;
        this.set = set;
        spinNs = nanos(Options.SPIN_TIME);
    }

    /** All defaults. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /**
     * One value, and defaults for all other options.
     *
     * @throws io.lingmq.error.OptionException if the value is out of the option's range
     */
    public static <T> Settings of(Option<T> option, T value) {
        return DEFAULTS.with(option, value);
    }

    /** The options that were set, be it to their default, in the order in which they were set first. */
    public List<Option<?>> options() {
        return set;
    }

    /** The value of an option. */
    @SuppressWarnings("unchecked") // with() only stores a T under an Option<T>
    public <T> T get(Option<T> option) {
        Objects.requireNonNull(option, "the option is null");
        var value = option.index() < values.length ? values[option.index()] : null;
        if (value == null) {
            return option.defaultValue();
        }
        return Option.copyOf((T) value);
    }

    /** Whether a value was set, be it the default's. */
    public boolean isSet(Option<?> option) {
        Objects.requireNonNull(option, "the option is null");
        return option.index() < values.length && values[option.index()] != null;
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
        return NanoTime.of(Objects.requireNonNull(duration, "the duration is null"));
    }

    /**
     * These settings with one more value.
     *
     * @throws io.lingmq.error.OptionException if the value is out of the option's range
     */
    public <T> Settings with(Option<T> option, T value) {
        Objects.requireNonNull(option, "the option is null");
        Objects.requireNonNull(value, () -> "the value of " + option + " is null");
        var settled = option.checked(value);
        var changed = Arrays.copyOf(values, Math.max(values.length, option.index() + 1));
        changed[option.index()] = Option.copyOf(settled);
        return new Settings(changed, withOption(option));
    }

    private List<Option<?>> withOption(Option<?> option) {
        if (set.contains(option)) {
            return set;
        }
        var more = new ArrayList<>(set);
        more.add(option);
        return List.copyOf(more);
    }

    /** These settings with all that was set in others, which win. */
    public Settings with(Settings others) {
        Objects.requireNonNull(others, "the settings are null");
        var merged = this;
        for (var option : others.set) {
            merged = merged.withValueOf(option, others);
        }
        return merged;
    }

    private <T> Settings withValueOf(Option<T> option, Settings other) {
        return with(option, other.get(option));
    }

    /**
     * These settings, if a socket of that type can have all of them.
     *
     * @throws io.lingmq.error.OptionException if an option that was set has no meaning on it
     */
    public Settings checkedFor(SocketType type) {
        Objects.requireNonNull(type, "the type is null");
        set.forEach(option -> option.ensureAppliesTo(type));
        return this;
    }

    /** What was set, as {@code send-hwm=10, linger=1s}, without the values of secrets. */
    @Override
    public String toString() {
        return set.stream().map(this::text).collect(Collectors.joining(", "));
    }

    private <T> String text(Option<T> option) {
        return option + "=" + (option.isSecret() ? "…" : option.format(get(option)));
    }
}
