package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Endpoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code ling} command where the locale knows no more than ASCII, or is not installed. */
class LingLocaleTest {
    /** As bash writes it, so that the locale of these tests is no matter. */
    private static final String GREETINGS = "$'gr\\303\\274\\303\\237e'";

    private static Program ling(String locale, String arguments) throws IOException {
        var command = List.of("bash", "-c", "exec " + LingProcess.path() + " " + arguments);
        return Program.start("ling-locale", new ArrayList<>(command), Map.of("LC_ALL", locale));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8", "C.UTF-8"})
    void wordsAreReadAsTheyAreWritten(String locale) throws IOException {
        var endpoint = Endpoints.ipc();
        try (var rep = ling(locale, "rep --bind " + endpoint + " --count 1 --exec 'cat; echo '" + GREETINGS);
                var req = ling(locale, "req --connect " + endpoint + " --timeout 15s --message " + GREETINGS)) {
            assertThat(req.line()).isEqualTo("gr\u00fc\u00dfegr\u00fc\u00dfe");
            assertThat(req.exitCode()).as(req.errors()).isZero();
            assertThat(rep.line()).isEqualTo("gr\u00fc\u00dfe");
        }
    }

    /** As it is with {@code java -jar}: no script has changed the locale. */
    @Test
    void withoutTheScriptTheyAreReadToo() throws IOException {
        var java = "\"${JAVA_HOME:+$JAVA_HOME/bin/}java\" -cp " + LingProcess.classPath() + " io.lingmq.cli.Main";
        var command =
                List.of("bash", "-c", "exec " + java + " push --connect tcp://h:1 --send-hwm " + GREETINGS + " 2>&1");
        try (var push = Program.start("ling-java", command, Map.of("LC_ALL", "C"))) {
            assertThat(push.line()).startsWith("ling push: option send-hwm cannot be 'gr\u00fc\u00dfe': ");
        }
    }
}
