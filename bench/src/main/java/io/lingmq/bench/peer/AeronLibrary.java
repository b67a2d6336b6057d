package io.lingmq.bench.peer;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Aeron, which is no ZeroMQ: one stream of messages from one process to another through shared memory, in the set-up
 * that has the least delay on a machine of few processors. Who receives runs the driver, in one thread through which no
 * message goes, and never sleeps. A process has one socket.
 */
final class AeronLibrary implements Library {
    static final String NAME = "aeron";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Override
    public Port open(Kind kind) {
        return switch (kind) {
            case PUSH, PULL -> new AeronPort(this);
            default -> throw new UnsupportedOperationException("Aeron has no " + kind + " here, only PUSH and PULL");
        };
    }

    @Override
    public Watch watch(List<Port> ports) {
        throw new UnsupportedOperationException("Aeron waits for one port alone here");
    }

    @Override
    public void relay(Port from, Port to) {
        throw new UnsupportedOperationException("Aeron has no proxy here");
    }

    /** A client of the driver that this process runs from now on, until it ends. */
    Aeron drive(String endpoint) {
        var driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder(endpoint))
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        Runtime.getRuntime().addShutdownHook(new Thread(driver::close, "aeron-driver-end"));
        return client(endpoint);
    }

    /** A client of the driver that the other process runs. */
    Aeron client(String endpoint) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(folder(endpoint)));
    }

    /** Both sides know the endpoint, and so where the driver has its files. */
    private static String folder(String endpoint) {
        var base = Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        return base.resolve("lingmq-bench-aeron-" + stream(endpoint)).toString();
    }

    /** The port's number. */
    static int stream(String endpoint) {
        return URI.create(endpoint).getPort();
    }
}
