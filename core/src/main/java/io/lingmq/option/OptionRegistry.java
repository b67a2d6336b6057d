package io.lingmq.option;

import io.lingmq.error.OptionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * All families, and their options by name and by libzmq's number. Neither is ever declared twice: then there is no
 * registry, and the text says which two families clash.
 *
 * <p>Threading: immutable.
 */
final class OptionRegistry {
    private static @Nullable OptionRegistry found;

    private final Map<String, OptionFamily> families = new LinkedHashMap<>();
    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Map<Integer, Entry> byNumber = new HashMap<>();

    private record Entry(Option<?> option, OptionFamily family) {
        @Override
        public String toString() {
            return "option " + option + " of the family " + family.name();
        }
    }

    private OptionRegistry() {}

    /** The library's own families and those that services bring; they are looked for once. */
    static synchronized OptionRegistry found() {
        var known = found;
        if (known == null) {
            known = load(Options.FAMILIES, OptionFamily.class.getClassLoader());
            found = known;
        }
        return known;
    }

    /**
     * The given families and those that the class loader finds.
     *
     * @throws OptionException if a family cannot be loaded or clashes with another one
     */
    static OptionRegistry load(List<? extends OptionFamily> own, @Nullable ClassLoader loader) {
        var families = new ArrayList<OptionFamily>(own);
        try {
            ServiceLoader.load(OptionFamily.class, loader).forEach(families::add);
        } catch (ServiceConfigurationError e) {
            throw new OptionException("an option family cannot be loaded: " + e.getMessage(), e);
        }
        return of(families);
    }

    /**
     * The given families.
     *
     * @throws OptionException if two of them clash
     */
    static OptionRegistry of(List<? extends OptionFamily> families) {
        var registry = new OptionRegistry();
        families.forEach(registry::enter);
        return registry;
    }

    private void enter(OptionFamily family) {
        var other = families.putIfAbsent(family.name(), family);
        if (other != null) {
            throw new OptionException("two option families are called " + family.name() + ": " + classOf(other)
                    + " and " + classOf(family));
        }
        for (var option : family.options()) {
            enter(new Entry(option, family));
        }
    }

    private static String classOf(OptionFamily family) {
        return family.getClass().getName();
    }

    private void enter(Entry entry) {
        var namesake = byName.putIfAbsent(entry.option.name(), entry);
        if (namesake != null) {
            throw new OptionException("two options are called " + entry.option + ": one of the family "
                    + namesake.family.name() + " and one of the family " + entry.family.name());
        }
        var number = entry.option.libzmqNumber();
        var twin = number == 0 ? null : byNumber.putIfAbsent(number, entry);
        if (twin != null) {
            throw new OptionException("two options have libzmq's number " + number + ": " + twin + " and " + entry);
        }
    }

    List<OptionFamily> families() {
        return List.copyOf(families.values());
    }

    List<Option<?>> all() {
        var all = new ArrayList<Option<?>>();
        byName.values().forEach(entry -> all.add(entry.option));
        return Collections.unmodifiableList(all);
    }

    @Nullable
    Option<?> named(String name) {
        return optionOf(byName.get(name));
    }

    @Nullable
    Option<?> numbered(int libzmqNumber) {
        return optionOf(byNumber.get(libzmqNumber));
    }

    private static @Nullable Option<?> optionOf(@Nullable Entry entry) {
        return entry == null ? null : entry.option;
    }
}
