package io.lingmq.interop;

import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A process with libzmq, or JeroMQ, in it whose sockets a test uses as if they were at hand. */
public final class PeerProcess implements AutoCloseable {
    private static final Map<PeerLanguage, PeerProcess> SHARED = new EnumMap<>(PeerLanguage.class);

    private final PeerLanguage language;
    private final Program program;
    private int sockets;

    private PeerProcess(PeerLanguage language) {
        this.language = language;
        program = Program.start(language, "peer");
        if (!program.line().startsWith("ok " + language.library())) {
            throw language.missing("it does not speak");
        }
    }

    /** A process of the test's own. */
    public static PeerProcess start(PeerLanguage language) {
        return new PeerProcess(language);
    }

    /** A process that many tests use, one after the other; it ends with the tests. */
    public static synchronized PeerProcess shared(PeerLanguage language) {
        var peer = SHARED.get(language);
        if (peer == null || !peer.program.isAlive()) {
            peer = new PeerProcess(language);
            SHARED.put(language, peer);
        }
        return peer;
    }

    /** Opens a socket in the process. */
    public PeerSocket open(SocketType type) {
        var id = "s" + ++sockets;
        tell("open " + id + " " + type);
        return new PeerSocket(this, id);
    }

    /** Gives a command and returns its answer. */
    public String tell(String command) {
        program.write(command);
        return answer(command);
    }

    /** Gives a command that takes its time; {@link #answer} has what comes of it. */
    public void start(String command) {
        program.write(command);
    }

    public String answer(String command) {
        return checked(program.line(), command);
    }

    /** The next line, if it comes in time: a number that was received, or an answer. */
    public String line(Duration patience) {
        return program.line(patience);
    }

    public Program program() {
        return program;
    }

    private String checked(String line, String command) {
        if (!line.startsWith("ok")) {
            throw new AssertionError(language + " peer, told to " + command + ": " + line);
        }
        return line.substring(Math.min(3, line.length())).strip();
    }

    /** Ends the process as a crash would. */
    public void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
