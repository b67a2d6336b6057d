package io.lingmq.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The path of a Unix socket has one owner also among processes. */
class IpcProcessesTest {
    private static final int PROCESSES = 3;

    @TempDir
    private Path folder;

    private void assertFolderIsEmpty() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void processesThatBindOnePathInTurnAreNeverTwoAtOnce() throws IOException {
        var path = folder.resolve("s");
        var children = new ArrayList<Program>();
        try {
            for (var i = 0; i < PROCESSES; i++) {
                children.add(new ChildJvm(Owner.class).start(path.toString(), "100"));
            }
            for (var child : children) {
                assertThat(child.line()).isEqualTo("owned it 100 times alone");
            }
        } finally {
            children.forEach(Program::close);
        }
        assertFolderIsEmpty();
    }

    @Test
    void pathOfAProcessThatWasKilledIsFree() throws IOException {
        var endpoint = "ipc://" + folder.resolve("s");
        try (var context = Context.open();
                var pull = context.pull()) {
            try (var child = new ChildJvm(Owner.class).start(folder.resolve("s").toString())) {
                assertThat(child.line()).isEqualTo("bound");
                assertThat(codeOfBind(pull, endpoint)).isEqualTo(ErrorCode.ADDRESS_IN_USE);
                child.kill();
            }
            assertThat(folder.resolve("s")).exists();
            pull.bind(endpoint);
        }
        assertFolderIsEmpty();
    }

    private static ErrorCode codeOfBind(PullSocket socket, String endpoint) {
        try {
            socket.bind(endpoint);
            return null;
        } catch (EndpointException e) {
            return e.code();
        }
    }

    @Test
    void fileThatLibzmqLeavesIsReplaced() throws IOException {
        var endpoint = "ipc://" + folder.resolve("s");
        var script = "import zmq, os, sys; s = zmq.Context().socket(zmq.PULL); s.bind(sys.argv[1]);"
                + " print('bound', flush=True); sys.stdin.readline(); os._exit(0)";
        try (var context = Context.open();
                var pull = context.pull()) {
            try (var python = Program.start("libzmq", List.of("/usr/bin/python3", "-c", script, endpoint))) {
                assertThat(python.line()).isEqualTo("bound");
                assertThat(codeOfBind(pull, endpoint)).isEqualTo(ErrorCode.ADDRESS_IN_USE);
                python.write("end");
                assertThat(python.exitCode()).isZero();
            }
            assertThat(folder.resolve("s")).exists();
            pull.bind(endpoint);
        }
        assertFolderIsEmpty();
    }

    /** Binds a path again and again, and looks each time whether somebody else has it too. */
    static final class Owner {
        private Owner() {}

        public static void main(String... arguments) throws IOException {
            var path = Path.of(arguments[0]);
            try (var context = Context.open()) {
                if (arguments.length == 1) {
                    context.pull().bind("ipc://" + path);
                    System.out.println("bound");
                    while (System.in.read() >= 0) {
                        Thread.onSpinWait();
                    }
                    return;
                }
                var times = Integer.parseInt(arguments[1]);
                for (var owned = 0; owned < times; ) {
                    owned += ownOnce(context, path) ? 1 : 0;
                }
                System.out.println("owned it " + times + " times alone");
            } catch (FileAlreadyExistsException e) {
                System.out.println("two have it at once");
            }
        }

        private static boolean ownOnce(Context context, Path path) throws IOException {
            var mark = path.resolveSibling("owned");
            try (var pull = context.pull()) {
                pull.bind("ipc://" + path);
                Files.createFile(mark);
                Files.delete(mark);
                return true;
            } catch (EndpointException e) {
                return false;
            }
        }
    }
}
