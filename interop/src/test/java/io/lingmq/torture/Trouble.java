package io.lingmq.torture;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The kinds of disturbance that a run can leave out, to find out which of them a finding needs. */
enum Trouble {
    INTERRUPTS,
    CANCELS,
    MARKS,
    LISTENERS,
    CLOSES,
    STRANGERS;

    /** All but those that are named, parted by commas. */
    static Set<Trouble> allWithout(String names) {
        var all = EnumSet.allOf(Trouble.class);
        for (var name : names.split(",", -1)) {
            try {
                all.remove(valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "no such trouble: " + name + "; there are "
                                + EnumSet.allOf(Trouble.class).toString().toLowerCase(Locale.ROOT),
                        e);
            }
        }
        return all;
    }
}
