package io.lingmq.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What the help of a command says beside its options.
 *
 * @param summary one sentence, shown in the list of commands too
 * @param details further paragraphs
 * @param examples command lines with what they do, in turn
 */
public record HelpPage(String summary, List<String> details, List<String> examples) {
    private static final int LONGEST_OPTION = 36;

    /** A page without further paragraphs. */
    public static HelpPage of(String summary, String... examples) {
        return new HelpPage(summary, List.of(), List.of(examples));
    }

    /** The same page with further paragraphs. */
    public HelpPage withDetails(String... paragraphs) {
        return new HelpPage(summary, List.of(paragraphs), examples);
    }

    /** Enters the page into a command, with the option that shows it. */
    public CommandSpec on(CommandSpec command) {
        var usage = command.usageMessage();
        usage.sortOptions(false).sortSynopsis(false).abbreviateSynopsis(true);
        usage.width(TerminalWidth.STANDARD).longOptionsMaxWidth(LONGEST_OPTION);
        usage.description(paragraphs()).descriptionHeading("%n").optionListHeading("%nOptions:%n");
        usage.footerHeading(examples.isEmpty() ? "" : "%nExamples:%n").footer(exampleLines());
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> unbroken());
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this page and end.")
                .build());
        return command;
    }

    private String[] paragraphs() {
        var lines = new ArrayList<String>();
        lines.add(literal(summary));
        for (var paragraph : details) {
            lines.add("");
            lines.add(literal(paragraph));
        }
        return lines.toArray(String[]::new);
    }

    /** Fits the help of a command and of all below it to so many columns. */
    public static void fit(CommandLine line, int columns) {
        line.setUsageHelpWidth(columns);
        line.setUsageHelpLongOptionsMaxWidth(Math.min(LONGEST_OPTION, columns * 2 / 5));
    }

    /** A command line that is broken into two can no longer be copied. */
    private String unbroken() {
        return examples.stream()
                .map(example -> "  " + example + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private String[] exampleLines() {
        return examples.stream().map(example -> "  " + literal(example)).toArray(String[]::new);
    }

    /** The text as it is, for picocli would read it as a format. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }
}
