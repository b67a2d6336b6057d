package io.lingmq.option;

import io.lingmq.error.OptionException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Option values that are laid over the defaults of a context once that is known, checked when they are given. */
final class SocketSettings {
    private SocketSettings() {}

    /**
     * What was to be changed before, and one value more.
     *
     * @throws OptionException if the value is out of range, or the option has no meaning on the type
     */
    static <T> UnaryOperator<Settings> with(
            UnaryOperator<Settings> before, SocketType type, Option<T> option, T value) {
        Objects.requireNonNull(option, "the option is null");
        Objects.requireNonNull(value, () -> "the value of " + option + " is null");
        if (!option.appliesTo(type)) {
            throw new OptionException(
                    "option " + option + " has no meaning on a " + type + " socket; it is for " + option.appliesTo());
        }
        var settled = Option.copyOf(option.checked(value));
        return defaults -> before.apply(defaults).with(option, settled);
    }
}
