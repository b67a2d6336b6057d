package io.lingmq.transport.ipc;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket: made by the bind, removed at the close.
 *
 * <p>Close it before its channel. While the channel is open the operating system keeps the file's number, even if
 * somebody has removed the file; later it may give the number to the file of another, which would be taken for ours.
 *
 * <p>Threading: one thread at a time.
 */
final class SocketFile implements Closeable {
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final Path path;
    private boolean bound;
    private @Nullable Object identity;

    SocketFile(Path path) {
        this.path = path;
    }

    /** Binds the channel to the path, in place of a file that nobody listens on any more. */
    void bind(ServerSocketChannel channel, int backlog) throws IOException {
        var address = UnixDomainSocketAddress.of(path);
        try {
            channel.bind(address, backlog);
        } catch (BindException e) {
            if (!isStale(path)) {
                throw e;
            }
            Files.deleteIfExists(path);
            channel.bind(address, backlog);
        }
        bound = true;
        identity = identity(path);
    }

    /** Whether the file is a socket that nobody listens on. One that does not accept now, being full, is alive. */
    static boolean isStale(Path path) throws IOException {
        if (!isSocket(path)) {
            return false;
        }
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean isSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            var mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & TYPE) == SOCKET;
        }
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    /** What tells a file from another that has its name later, as long as it is open. */
    static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Removes the file if it was bound, unless somebody has put another one in its place. */
    @Override
    public void close() throws IOException {
        if (!bound || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (identity == null || identity.equals(identity(path))) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public String toString() {
        return "socket file " + path;
    }
}
