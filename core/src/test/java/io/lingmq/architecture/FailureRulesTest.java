package io.lingmq.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What may throw anything is called in few places, which know what to do about it; all others let it pass. */
@Tag("one-jdk")
class FailureRulesTest {
    /** Catches an error, and not just undoes something before it throws it on. */
    private static final Pattern CATCHES_ERRORS = Pattern.compile("\\bcatch \\([^)]*\\b(Throwable|\\w*Error)\\b");

    /** Packages that exist for this. */
    private static final List<String> AT_HOME = List.of("io/lingmq/guard/", "io/lingmq/reactor/");

    /** Who else may, and why. */
    private static final Map<String, String> MAY = Map.ofEntries(
            Map.entry("io/lingmq/Proxy.java", "runs a proxy in a thread of its own, which ends with it and says so"),
            Map.entry("io/lingmq/loop/LoopCore.java", "tells of it, and serves the other handlers"),
            Map.entry(
                    "io/lingmq/loop/LoopRuns.java",
                    "runs a loop in a thread of its own, which ends with it and says so"),
            Map.entry("io/lingmq/socket/AsyncCall.java", "completes its future with it, which is how the caller hears"),
            Map.entry(
                    "io/lingmq/socket/MessageStream.java",
                    "ends the stream with it, which is how the subscriber hears"),
            Map.entry(
                    "io/lingmq/socket/CallbackThreads.java",
                    "keeps a task for which there is no thread, and asks for one again"),
            Map.entry(
                    "io/lingmq/socket/TimedPark.java",
                    "waits for another thread, which it can do without sleep: without memory it looks again at once"),
            Map.entry("io/lingmq/socket/GivenExecutor.java", "runs what an executor refused itself, and says so"),
            Map.entry("io/lingmq/socket/EventFeed.java", "keeps the events that an executor refused, and says so"),
            Map.entry(
                    "io/lingmq/socket/Notices.java",
                    "brings news of all peers: where one cannot be worked off now, the others are"),
            Map.entry(
                    "io/lingmq/socket/SocketPipes.java",
                    "works off news of all peers, of whom one may fail without the others"),
            Map.entry(
                    "io/lingmq/session/Input.java",
                    "reads in a receiver's thread, to which another connection's failure is nothing"),
            Map.entry(
                    "io/lingmq/session/Output.java",
                    "writes in a sender's thread, to which another connection's failure is nothing"),
            Map.entry("io/lingmq/session/Dial.java", "is one attempt of several: with it only that one has failed"),
            Map.entry(
                    "io/lingmq/session/AcceptedPeer.java", "tells its listener, which closes the one peer and says so"),
            Map.entry("io/lingmq/session/Connector.java", "counts it as a failed attempt, after which it tries again"));

    @Test
    void onlyTheGuardLogs() throws URISyntaxException {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.lingmq.guard")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(System.Logger.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(System.LoggerFinder.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("a log handler may throw anything, and io.lingmq.guard.Log lets nothing out")
                .check(CoreClasses.read());
    }

    @Test
    void errorsAreCaughtInFewPlaces() throws IOException {
        var places = new ArrayList<String>();
        try (var files = Files.walk(CoreClasses.sources())) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var name = CoreClasses.sources().relativize(file).toString().replace('\\', '/');
                if (!MAY.containsKey(name) && AT_HOME.stream().noneMatch(name::startsWith)) {
                    places.addAll(placesIn(file));
                }
            }
        }
        assertThat(places)
                .as("a user's code is called through Guard.run; what must be undone is undone, and the error thrown on")
                .isEmpty();
    }

    private static List<String> placesIn(Path file) throws IOException {
        var places = new ArrayList<String>();
        var lines = Files.readAllLines(file);
        for (var i = 0; i < lines.size(); i++) {
            if (CATCHES_ERRORS.matcher(lines.get(i)).find() && !throwsOn(lines, i)) {
                places.add(
                        file.getFileName() + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
        }
        return places;
    }

    /** Whether the block that begins in this line throws. The formatter ends a block where it was indented to begin. */
    private static boolean throwsOn(List<String> lines, int first) {
        var indent = lines.get(first).indexOf(lines.get(first).strip());
        for (var i = first + 1; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.strip().startsWith("throw ")) {
                return true;
            }
            if (line.strip().startsWith("}") && line.indexOf('}') == indent) {
                return false;
            }
        }
        return false;
    }
}
