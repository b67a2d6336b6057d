package io.lingmq.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.error.OptionException;
import io.lingmq.toy.ToyOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options in families: the library's own, and one that the tests bring as a module would. */
class OptionFamilyTest {
    private record Family(String name, List<Option<?>> options) implements OptionFamily {
        Family(String name, Option<?>... options) {
            this(name, List.of(options));
        }
    }

    @Test
    void eachConstantIsInOneFamily() {
        var constants = Arrays.stream(Options.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class)
                .<Option<?>>map(OptionFamilyTest::valueOf)
                .toList();
        assertThat(constants).hasSizeGreaterThan(35);
        assertThat(Options.FAMILIES)
                .<Option<?>>flatExtracting(DeclaredFamily::options)
                .containsExactlyInAnyOrderElementsOf(constants);
    }

    private static Option<?> valueOf(Field field) {
        try {
            return (Option<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void familyOfAModuleComesAfterTheLibrarysOwn() {
        assertThat(Options.families())
                .extracting(OptionFamily::name)
                .containsSubsequence("common", "addressing", "publish-subscribe", "transport", "toy");
        assertThat(Options.all()).containsSubsequence(Options.SEND_HWM, Options.TYPE_OF_SERVICE, ToyOptions.DELAY);
    }

    @Test
    void optionOfAModuleIsFoundByNameAndNumber() {
        assertThat(Options.named("toy-delay")).containsSame(ToyOptions.DELAY);
        assertThat(Options.numbered(9001)).containsSame(ToyOptions.LABEL);
    }

    @Test
    void optionsAreFoundByLibzmqsNumber() {
        for (var option : Options.all()) {
            if (option.libzmqNumber() != 0) {
                assertThat(Options.numbered(option.libzmqNumber())).containsSame(option);
            }
        }
        assertThat(Options.numbered(23)).containsSame(Options.SEND_HWM);
        assertThat(Options.numbered(0)).as("what libzmq does not have").isEmpty();
        assertThat(Options.numbered(-1)).isEmpty();
    }

    @Test
    void socketKeepsTheValueOfAModulesOption() {
        try (var context =
                Context.builder().socketDefault(ToyOptions.LABEL, "all toys").open()) {
            var req = context.req();
            req.set(ToyOptions.DELAY, Duration.ofSeconds(2));

            assertThat(req.get(ToyOptions.DELAY)).isEqualTo(Duration.ofSeconds(2));
            assertThat(req.get(ToyOptions.LABEL)).isEqualTo("all toys");
            assertThat(context.rep().get(ToyOptions.DELAY)).isEqualTo(Duration.ofMillis(250));
            assertThatThrownBy(() -> req.set(ToyOptions.OCTETS, new byte[4]))
                    .isInstanceOf(OptionException.class)
                    .hasMessageStartingWith("option toy-octets cannot be 0x00000000: it must be at most 3 bytes");
            assertThatThrownBy(() -> context.pub().set(ToyOptions.LABEL, "x"))
                    .isInstanceOf(OptionException.class)
                    .hasMessageContaining("toy-label has no meaning on a PUB socket");
        }
    }

    @Test
    void settingsHoldValuesOfOptionsThatWereMadeLater() {
        var early = Settings.defaults().with(Options.SEND_HWM, 7);
        var late = OptionBuilder.number("late", 1).does("Comes late.");

        assertThat(early.get(late)).isEqualTo(1);
        assertThat(early.with(late, 2).get(late)).isEqualTo(2);
        assertThat(early.with(late, 2).get(Options.SEND_HWM)).isEqualTo(7);
    }

    @Test
    void arrayThatIsADefaultCannotBeChanged() {
        ToyOptions.OCTETS.defaultValue()[0] = 1;
        Settings.defaults().get(ToyOptions.OCTETS)[0] = 1;
        assertThat(ToyOptions.OCTETS.defaultValue()).containsExactly(0);

        var given = new byte[] {1};
        var option = OptionBuilder.bytes("octets", given).does("Octets.");
        given[0] = 2;
        assertThat(option.defaultValue()).containsExactly(1);
    }

    @Test
    void nameThatIsTakenIsRefused() {
        var mine = new Family("mine", OptionBuilder.number("linger", 1).does("Not that one."));

        assertThatThrownBy(() -> OptionRegistry.of(with(mine)))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(
                        "two options are called linger: one of the family common and one of the family mine");
    }

    @Test
    void numberThatIsTakenIsRefused() {
        var mine = new Family(
                "mine",
                OptionBuilder.number("my-mark", 1).libzmq("ZMQ_MINE", 23).does("Not that one."));

        assertThatThrownBy(() -> OptionRegistry.of(with(mine)))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("two options have libzmq's number 23: option send-hwm of the family common and"
                        + " option my-mark of the family mine");
    }

    @Test
    void familyNameThatIsTakenIsRefused() {
        assertThatThrownBy(() -> OptionRegistry.of(with(new Family("common"))))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("two option families are called common: io.lingmq.option.DeclaredFamily and "
                        + Family.class.getName());
    }

    private static List<OptionFamily> with(OptionFamily another) {
        var families = new ArrayList<OptionFamily>(Options.FAMILIES);
        families.add(another);
        return families;
    }

    @Test
    void familyThatCannotBeLoadedIsNamed(@TempDir Path folder) throws IOException {
        var services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(OptionFamily.class.getName()), "io.lingmq.toy.NoSuchOptions\n");

        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, OptionFamily.class.getClassLoader())) {
            assertThatThrownBy(() -> OptionRegistry.load(Options.FAMILIES, loader))
                    .isInstanceOf(OptionException.class)
                    .hasMessageStartingWith("an option family cannot be loaded: ")
                    .hasMessageContaining("io.lingmq.toy.NoSuchOptions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Linger", "two words", "-x", "x-", "a--b", "a_b"})
    void nameHasLowerCaseAndHyphens(String name) {
        assertThatThrownBy(() -> OptionBuilder.number(name, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void defaultIsInRange() {
        assertThatThrownBy(() -> OptionBuilder.number("x", -1)
                        .range(ValueRange.atLeast(0))
                        .does("Is wrong."))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option x cannot be -1: it must be a whole number from 0");
    }

    @Test
    void numbersOfLibzmqBeginWithOne() {
        assertThatThrownBy(() -> OptionBuilder.number("x", 1).libzmq("ZMQ_X", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option x");
    }
}
