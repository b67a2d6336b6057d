package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import io.lingmq.cli.toy.FoamCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** Commands of other modules: the tests bring {@code ling foam} as a module would. */
class CommandsTest {
    private record Named(String name) implements LingCommand {
        @Override
        public HelpPage page() {
            return HelpPage.of("Does nothing.");
        }

        @Override
        public CommandSpec spec(Console console) {
            return CommandSpec.create();
        }
    }

    @Test
    void commandOfAModuleRuns() {
        assertThat(Ling.start("foam", "--height", "3").succeeds().lines()).containsExactly("ooo");
    }

    @Test
    void commandOfAModuleFailsAsOthersDo() {
        var ling = Ling.start("foam", "--height", "8");
        assertThat(ling.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ling.err()).isEqualTo("ling foam: a foam of 8 runs over" + System.lineSeparator());

        assertThat(Ling.start("foam", "--nonsense").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void commandsOfModulesAreListedApart() {
        var lines = Ling.start("--help").succeeds().lines();
        var own = lines.indexOf("Commands:");
        var others = lines.indexOf("Commands of other modules:");

        assertThat(own).isPositive();
        assertThat(lines.subList(own, others))
                .anyMatch(line -> line.startsWith("  push "))
                .anyMatch(line -> line.startsWith("  help "))
                .noneMatch(line -> line.contains("foam"));
        assertThat(lines.subList(others, lines.size()))
                .anyMatch(line -> line.matches("  foam +Foam a little\\."))
                .anyMatch(line -> line.equals("Examples:"));
        assertThat(Ling.start("help").succeeds().lines()).isEqualTo(lines);
    }

    @Test
    void helpOfACommandOfAModuleIsItsOwn() {
        var shown = Ling.start("help", "foam").succeeds().out();
        assertThat(shown)
                .contains("Usage: ling foam", "--height", "ling foam --height 2")
                .isEqualTo(Ling.start("foam", "--help").succeeds().out());
    }

    @Test
    void nobodyLooksForOthersWhereOneOfLingsOwnIsWanted() {
        var own = Commands.own();
        assertThat(Commands.mayBeOfAnother(own, "push", "--bind", "x")).isFalse();
        assertThat(Commands.mayBeOfAnother(own, "help", "push")).isFalse();
        assertThat(Commands.mayBeOfAnother(own, "--version")).isFalse();
        assertThat(Commands.mayBeOfAnother(own)).isTrue();
        assertThat(Commands.mayBeOfAnother(own, "help")).isTrue();
        assertThat(Commands.mayBeOfAnother(own, "--help")).isTrue();
        assertThat(Commands.mayBeOfAnother(own, "foam", "push")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "help", "demo"})
    void nameOfLingsOwnIsRefused(String name) {
        assertThatThrownBy(() -> Commands.checked(Commands.own(), List.of(new Named(name))))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("two commands are called '" + name + "': one of ling itself and one of "
                        + Named.class.getName());
    }

    @Test
    void nameOfAnotherModulesIsRefused() {
        assertThatThrownBy(() -> Commands.checked(Commands.own(), List.of(new FoamCommand(), new Named("foam"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("two commands are called 'foam': one of io.lingmq.cli.toy.FoamCommand and one of "
                        + Named.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--foam", "two words", "Foam"})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> Commands.checked(Commands.own(), List.of(new Named(name))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("a command cannot be called '" + name + "', as one of ");
    }
}
