package io.lingmq.cli.shell;

import java.util.Collection;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes the next word as a text, also where it begins with a hyphen as {@code -5} and {@code --- a} do. Only what is an
 * option of the command itself must be written behind {@code =}, for it is more likely that a text was forgotten.
 */
public final class AnyText implements IParameterPreprocessor {
    private static final String SEPARATOR = "separator";

    /** Creates it; done by picocli. */
    public AnyText() {}

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (words.isEmpty()
                || (" ".equals(info.get(SEPARATOR)) && command.optionsMap().containsKey(words.peek()))) {
            return false; // picocli says what is missing
        }
        var text = words.pop();
        Collection<String> texts = option.isMultiValue() ? option.getValue() : null;
        if (texts == null) {
            option.setValue(text);
        } else {
            texts.add(text);
        }
        return true;
    }
}
