package io.lingmq.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds faults: copies of the library in which one guard is missing are caught. */
@Tag("one-jdk")
@Timeout(600)
class MutantsTest {
    private static final int MOST_SEEDS = 400;
    private static final int SEEDS_WITHOUT = 40;

    @TempDir
    private Path compiled;

    /**
     * A copy of a class with something else in it.
     *
     * @param promise what it breaks
     * @param file the class's source
     * @param guard what stands there once
     * @param instead what stands there in the copy
     */
    record Mutant(String promise, String file, String guard, String instead) {
        @Override
        public String toString() {
            return promise;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "a message is delivered whole or not at all",
                        "engine/Outflow.java",
                        "if (messages.betweenMessages()) {",
                        "if (messages.messages() >= 0) {"),
                new Mutant(
                        "nothing goes out inside a message",
                        "engine/Outflow.java",
                        "if ((urgentSize() > 0 || commands.size() > 0) && !messages.betweenMessages()) {",
                        "if (messages.messages() < 0) {"),
                new Mutant(
                        "a message is delivered at most once",
                        "engine/Outflow.java",
                        "messages.walk(pipe.output(), bodies);",
                        "messages.walk(pipe.output(), Math.max(0, bodies - 40));"),
                new Mutant(
                        "a message that a lost connection takes along is counted",
                        "session/AcceptedPeer.java",
                        "socket.unsent(unsent);",
                        ""),
                new Mutant(
                        "a lost connection is replaced",
                        "session/Connector.java",
                        "        retryIn(closeReason.kind()",
                        "        Long.signum(closeReason.kind()"),
                new Mutant(
                        "a reader that was paused reads on when there is room",
                        "session/Input.java",
                        "void wanted() {",
                        "void wanted() { if (state != null) return;"),
                new Mutant(
                        "a REQ gets the answer to its last request",
                        "pattern/Req.java",
                        "if (correlates && !isCurrentId(message.sharedArray(0))) {",
                        "if (correlates && message.frameCount() == 0) {"),
                new Mutant(
                        "a REQ sends and receives in turn",
                        "pattern/Req.java",
                        "if (state == State.AWAITING_REPLY && !relaxed) {",
                        "if (state == null) {"),
                new Mutant(
                        "a subscriber gets what it wants after a reconnect",
                        "pattern/XSub.java",
                        "for (var topic : subscriptions.topics()) {",
                        "for (var topic : java.util.List.<byte[]>of()) {"),
                new Mutant("a subscriber gets nothing else", "pattern/Sub.java", "return wanted;", "return true;"),
                new Mutant("messages keep their order", "pattern/Pull.java", "return peers.receive();", """
                        var first = peers.receive();
                        var second = first == null ? null : peers.receive();
                        if (second == null) {
                            return first;
                        }
                        peers.handBack(first, peers.source());
                        return second;"""),
                new Mutant(
                        "a socket closes within its linger",
                        "session/Listener.java",
                        "if (peers.remove(peer)) {",
                        "if (peers.contains(peer) && peer == null) {"),
                new Mutant(
                        "what is over is closed",
                        "session/Connection.java",
                        "Guard.run(\"closing a link\", this::close);",
                        ""),
                new Mutant(
                        "a receiver that does not read holds no more than its mark",
                        "session/Input.java",
                        "return state == InputState.DISCARDING || pipe.hasRoom();",
                        "return state != null;"),
                new Mutant(
                        "a sender holds no more than its mark",
                        "pipe/WirePipe.java",
                        "if (!sendCredit.isOpen() && !hasRoomForOutput() && !makeRoom()) {",
                        "if (owner() == null) {"),
                new Mutant(
                        "nobody comes in with a wrong password",
                        "mechanism/PlainServer.java",
                        "Verdicts.check(reply);",
                        ""),
                new Mutant(
                        "a STREAM hears that a peer has gone",
                        "engine/RawInbound.java",
                        "if (begun) {",
                        "if (begun && messages < 0) {"),
                new Mutant(
                        "a STREAM hears nothing of a peer that it has hung up",
                        "pattern/Stream.java",
                        "drops.count(DropReason.UNREAD, pipe, pipe.discardUnread());",
                        ""),
                new Mutant(
                        "an old peer hears the routing id first, and then messages",
                        "engine/ZmtpOpening.java",
                        "output.writeBytes(RoutingIdFrame.encode(ownRoutingId, dialect));",
                        ""),
                new Mutant(
                        "a proxy holds what the other side cannot take",
                        "socket/Exchange.java",
                        "return result == SendResult.TRY_AGAIN;",
                        "batch.dropFirst();"),
                new Mutant(
                        "where there is nothing to do nothing is done",
                        "session/Output.java",
                        "gate.run(writingInIoThread) == Result.MORE_LEFT",
                        "gate.run(writingInIoThread) != null"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void copyWithoutAGuardIsCaught(Mutant mutant) throws Exception {
        compile(mutant);
        var violation = firstViolation(MOST_SEEDS);
        assertThat(violation).as("what %d seeds find", MOST_SEEDS).isNotNull();
        System.out.println("mutant '" + mutant + "' is caught by " + violation);
    }

    /** Else each mutant would be caught, whatever it does. */
    @Test
    void sameWorldsWithoutAMutantKeepThePromises() throws Exception {
        assertThat(firstViolation(SEEDS_WITHOUT)).isNull();
    }

    /** What the first of so many worlds finds that finds anything, or null. */
    private String firstViolation(int seeds) throws Exception {
        try (var loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            var run = loader.loadClass(Simulation.class.getName()).getMethod("run", long.class);
            for (var seed = 1L; seed <= seeds; seed++) {
                var outcome = run.invoke(null, seed);
                var violations =
                        (List<?>) outcome.getClass().getMethod("violations").invoke(outcome);
                if (!violations.isEmpty()) {
                    return "seed " + seed + ": " + violations.get(0);
                }
            }
        }
        return null;
    }

    private URL[] classPath() throws URISyntaxException, MalformedURLException {
        return new URL[] {
            compiled.toUri().toURL(), main().toUri().toURL(), tests().toUri().toURL()
        };
    }

    private static Path tests() throws URISyntaxException {
        return Path.of(MutantsTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static Path main() throws URISyntaxException {
        return tests().resolveSibling("classes");
    }

    private void compile(Mutant mutant) throws IOException, URISyntaxException {
        var original =
                tests().resolve("../../src/main/java/io/lingmq").normalize().resolve(mutant.file);
        var source = Files.readString(original);
        assertThat(source.split(Pattern.quote(mutant.guard), -1))
                .as("the guard stands in %s once; if it has moved, so must this mutant", mutant.file)
                .hasSize(2);
        var copy = Files.createDirectories(compiled.resolve("source")).resolve(original.getFileName());
        Files.writeString(copy, source.replace(mutant.guard, mutant.instead));
        var result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-proc:none",
                        "-nowarn",
                        "-implicit:none",
                        "-d",
                        compiled.toString(),
                        "-cp",
                        main() + File.pathSeparator + System.getProperty("java.class.path"),
                        copy.toString());
        assertThat(result).as("the copy compiles").isZero();
    }
}
