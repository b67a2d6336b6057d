package io.lingmq.option;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Collects what {@link Options} says of one option and enters it into the registry. */
final class OptionBuilder<T> {
    private final List<Option<?>> registry;
    final String name;
    final ValueKind<T> kind;
    T defaultValue;
    String libzmqName = "";
    int libzmqNumber;
    ValueRange<T> range = ValueRange.any();
    Set<SocketType> appliesTo = Set.of(SocketType.values());
    boolean live;
    UnaryOperator<T> settling = UnaryOperator.identity();

    OptionBuilder(List<Option<?>> registry, String name, ValueKind<T> kind, T defaultValue) {
        this.registry = registry;
        this.name = name;
        this.kind = kind;
        this.defaultValue = defaultValue;
    }

    OptionBuilder<T> libzmq(String constant, int number) {
        libzmqName = constant;
        libzmqNumber = number;
        return this;
    }

    OptionBuilder<T> range(ValueRange<T> legal) {
        range = legal;
        return this;
    }

    OptionBuilder<T> on(SocketType first, SocketType... others) {
        appliesTo = Set.copyOf(EnumSet.of(first, others));
        return this;
    }

    /** Legal values that cannot be had exactly become ones that can. */
    OptionBuilder<T> settlesOn(UnaryOperator<T> settle) {
        settling = settle;
        return this;
    }

    OptionBuilder<T> live() {
        live = true;
        return this;
    }

    Option<T> does(String summary) {
        var option = new Option<>(registry.size(), this, summary);
        registry.add(option);
        return option;
    }
}
