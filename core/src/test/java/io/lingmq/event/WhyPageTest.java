package io.lingmq.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page for those whose message does not arrive explains whatever the library may tell them. */
class WhyPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String EVENTS = "## 3. Listen to what happens";
    private static final String DROPS = "## 4. Look at what was dropped";

    private static List<String> page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readAllLines(DOCS.resolve("why.md"));
    }

    static List<String> events() {
        return Arrays.stream(SocketEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DropReason.class)
    void pageHasASectionForEachDropReason(DropReason reason) {
        assertThat(page.subList(page.indexOf(DROPS), page.size())).contains("### " + reason);
    }

    @ParameterizedTest
    @MethodSource("events")
    void pageHasASectionForEachEvent(String event) {
        assertThat(page.subList(page.indexOf(EVENTS), page.indexOf(DROPS))).contains("### " + event);
    }

    @Test
    void pageExplainsNothingThatIsNotThere() {
        var drops = Arrays.stream(DropReason.values()).map(Enum::name).toList();

        assertThat(page.subList(page.indexOf(EVENTS), page.size()))
                .filteredOn(line -> line.startsWith("### "))
                .hasSize(events().size() + drops.size())
                .doesNotHaveDuplicates();
    }

    @Test
    void pageOfErrorsLeadsToTheEvents() throws IOException {
        assertThat(Files.readString(DOCS.resolve("errors.md"))).contains("why.md#_3-listen-to-what-happens");
    }
}
