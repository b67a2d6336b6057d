package io.lingmq.cli.shell;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Counts as the command line writes them: whole numbers from 0. */
public final class WholeNumber implements ITypeConverter<Long> {
    /** Creates the converter; done by picocli. */
    public WholeNumber() {}

    @Override
    public Long convert(String text) {
        try {
            var number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same sentence.
        }
        throw new TypeConversionException("write a whole number from 0");
    }
}
