package io.lingmq.option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A family that each of its options enters as it is declared, so that none can be left out. */
final class DeclaredFamily implements OptionFamily {
    private static final byte[] NONE = new byte[0];

    private final String name;
    private final List<Option<?>> options = new ArrayList<>();

    DeclaredFamily(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Option<?>> options() {
        return Collections.unmodifiableList(options);
    }

    OptionBuilder<Integer> number(String option, int defaultValue) {
        return OptionBuilder.number(option, defaultValue).enters(options::add);
    }

    OptionBuilder<Long> count(String option, long defaultValue) {
        return OptionBuilder.count(option, defaultValue).enters(options::add);
    }

    OptionBuilder<Boolean> flag(String option) {
        return flag(option, false);
    }

    OptionBuilder<Boolean> flag(String option, boolean defaultValue) {
        return OptionBuilder.flag(option, defaultValue).enters(options::add);
    }

    OptionBuilder<Duration> duration(String option, Duration defaultValue) {
        return OptionBuilder.duration(option, defaultValue).enters(options::add);
    }

    OptionBuilder<byte[]> bytes(String option) {
        return OptionBuilder.bytes(option, NONE).enters(options::add);
    }

    OptionBuilder<String> secret(String option) {
        return OptionBuilder.secret(option).enters(options::add);
    }

    OptionBuilder<String> text(String option, String defaultValue) {
        return OptionBuilder.text(option, defaultValue).enters(options::add);
    }
}
