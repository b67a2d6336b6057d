package io.lingmq.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of those pages that lead from other libraries to this one name what exists here. */
class ComingFromTest {
    private static final Path FOLDER = Path.of("..", "docs", "from");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final String OURS = "LingMQ";

    private static ApiNames names;

    @BeforeAll
    static void lookAtTheLibrary() throws IOException {
        names = ApiNames.ofLibrary();
    }

    static List<Path> pages() throws IOException {
        try (var all = Files.list(FOLDER)) {
            return all.filter(page -> !page.endsWith("index.md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesOfOursInTheTablesExist(Path page) throws IOException {
        var code = ours(Files.readAllLines(page));

        assertThat(code).as("code in columns headed " + OURS).hasSizeGreaterThan(10);
        assertThat(code)
                .allSatisfy(
                        piece -> assertThat(names.unknownIn(piece)).as(piece).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.receive(Duration)",
                "context.socket(SocketType)",
                "sub.subscribe(\"no.such()\")",
                "Options.SEND_HWM",
                "SocketEvent.HandshakeFailed",
                "Context.builder().ioThreads(2).open()",
                "new MessageBuffer()",
                "Message::of",
                "CompletableFuture",
                "WOULD_BLOCK",
            })
    void whatExistsIsKnown(String code) {
        assertThat(names.unknownIn(code)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.recv(Duration)",
                "sub.send(Message)",
                "Options.SNDHWM",
                "SocketEvents.HandshakeFailed",
                "Context.builder().threads(2)",
                "new ZMsg()",
                "Message::from",
                "Futures",
                "EAGAIN",
            })
    void whatDoesNotExistIsUnknown(String code) {
        assertThat(names.unknownIn(code)).hasSize(1);
    }

    @Test
    void onlyTheColumnOfOursIsLookedAt() {
        assertThat(ours(List.of(
                        "`no` | `table`",
                        "",
                        "| Theirs | LingMQ | What differs |",
                        "| --- | --- | --- |",
                        "| `a` | `b`, `c \\| d` | `e` |",
                        "",
                        "| Theirs | Meaning |",
                        "| --- | --- |",
                        "| `f` | `g` |")))
                .containsExactly("b", "c \\| d");
    }

    /** The pieces of code in all columns that are headed as ours. */
    private static List<String> ours(List<String> lines) {
        var found = new ArrayList<String>();
        var column = -1;
        for (var i = 0; i < lines.size(); i++) {
            var cells = lines.get(i).startsWith("|") ? List.of(CELLS.split(lines.get(i))) : List.<String>of();
            if (i == 0 || !lines.get(i - 1).startsWith("|")) {
                column = cells.stream().map(String::strip).toList().indexOf(OURS);
            } else if (column >= 0 && column < cells.size()) {
                CODE.matcher(cells.get(column)).results().forEach(code -> found.add(code.group(1)));
            }
        }
        return found;
    }
}
