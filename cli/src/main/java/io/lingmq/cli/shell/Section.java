package io.lingmq.cli.shell;

import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A part of a help page: options under a heading of their own. */
public final class Section {
    private final ArgGroupSpec.Builder group;

    /** A section with the given heading and no options yet. */
    public Section(String heading) {
        group = ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
    }

    /** Adds the options that the object's fields and methods declare, in the order of their declaration. */
    public Section add(Object annotated) {
        for (var option : CommandSpec.forAnnotatedObject(annotated).options()) {
            group.addArg(OptionSpec.builder(option).build());
        }
        return this;
    }

    /** Adds one option. */
    public Section add(OptionSpec option) {
        group.addArg(option);
        return this;
    }

    /** Puts the section at the end of a command's help page. */
    public void on(CommandSpec command) {
        if (!group.args().isEmpty()) {
            command.addArgGroup(group.build());
        }
    }
}
