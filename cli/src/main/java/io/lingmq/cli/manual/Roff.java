package io.lingmq.cli.manual;

import io.lingmq.cli.shell.HelpPage;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a manual page in the language of man(7). */
final class Roff {
    private final StringBuilder page = new StringBuilder();

    Roff title(String title, String section) {
        page.append(".TH ").append(title).append(' ').append(section).append(" \"\" LingMQ\n");
        return this;
    }

    Roff section(String heading) {
        page.append(".SH ").append(escaped(heading)).append('\n');
        return this;
    }

    Roff subsection(String heading) {
        page.append(".SS ").append(escaped(heading)).append('\n');
        return this;
    }

    Roff paragraph(String text) {
        page.append(".PP\n");
        return text(text);
    }

    private Roff text(String text) {
        text.lines().forEach(line -> page.append(escaped(line)).append('\n'));
        return this;
    }

    Roff item(String what, String text) {
        page.append(".TP\n.B ").append(escaped(what)).append('\n');
        return text(text);
    }

    /** Lines that must not be filled. */
    Roff verbatim(List<String> lines) {
        page.append(".PP\n.nf\n.RS 4\n");
        lines.forEach(this::text);
        page.append(".RE\n.fi\n");
        return this;
    }

    Roff command(HelpPage help) {
        paragraph(help.summary());
        for (var paragraph : help.details()) {
            if (paragraph.contains("\n")) {
                verbatim(paragraph.lines().toList());
            } else {
                paragraph(paragraph);
            }
        }
        return help.examples().isEmpty() ? this : verbatim(help.examples());
    }

    Roff option(OptionSpec option) {
        var label = option.arity().min() > 0
                ? " " + option.paramLabel()
                : option.arity().max() > 0 ? "[=" + option.paramLabel() + "]" : "";
        var text = String.join("\n", Arrays.asList(option.description()))
                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
                .replace("%n", "\n")
                .replace("%%", "%");
        return item(String.join(", ", option.names()) + label, text);
    }

    /** A backslash, a hyphen, and what stands at the begin of a line would else mean something. */
    private static String escaped(String text) {
        var plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
