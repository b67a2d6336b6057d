package io.lingmq.transport.ipc;

import io.lingmq.transport.Scope;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The right to bind a path, held from before the bind until after the close: of all processes that use this library one
 * has it. So nobody else looks at a stale file, removes or replaces it meanwhile. It is a lock on a file beside the
 * path, which the operating system gives back should the process die.
 *
 * <p>The last owner removes that file. Who had opened it before then locks a file that is no longer there; so whoever
 * has a lock first makes sure that it is on the file that others find.
 *
 * <p>Threading: any thread.
 */
final class PathLock implements Closeable {
    static final String SUFFIX = ".lingmq-lock";

    /** Never through a link: whoever may write to the directory could have made it, and the file is emptied. */
    private static final Set<OpenOption> HOW_TO_OPEN =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final int MOST_TRIES = 1000;
    private static final int MOST_OCTETS = 1 << 16;

    /**
     * The lock files of this process. To close one file gives back the locks that the process has on it through others
     * too, so nobody may open one that is held here.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private PathLock(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        identity = SocketFile.identity(file);
    }

    /**
     * Takes the right to bind a path.
     *
     * @throws BindException if somebody else has it
     */
    static PathLock take(Path path) throws IOException {
        var whole = path.toAbsolutePath();
        var directory = whole.getParent();
        if (directory == null) {
            throw new BindException(path + " is no file");
        }
        // The directory may be known under several names, which all mean this one.
        var file = directory.toRealPath().resolve(whole.getFileName() + SUFFIX);
        if (!HELD.add(file)) {
            throw new BindException(path + " is bound by this process");
        }
        try (var scope = new Scope()) {
            var taken = new PathLock(file, scope.add(lock(file)));
            scope.release();
            return taken;
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        for (var i = 0; i < MOST_TRIES; i++) {
            try (var scope = new Scope()) {
                var channel = scope.add(FileChannel.open(file, HOW_TO_OPEN));
                if (!isLocked(channel)) {
                    break;
                }
                if (isFoundUnder(file, channel)) {
                    scope.release();
                    return channel;
                }
                // Its owner has removed it since it was opened.
            }
        }
        throw new BindException(file + " is locked by another process");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // another copy of this class has it
            return false;
        }
    }

    /**
     * Whether the locked channel's file is the one of that name: gives it a size by chance, which nobody else can do,
     * and looks at the size of the other. (To read a mark from it would mean to open and close it.)
     */
    private static boolean isFoundUnder(Path file, FileChannel channel) throws IOException {
        var size = 1 + ThreadLocalRandom.current().nextInt(MOST_OCTETS);
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), size - 1);
        try {
            return Files.size(file) == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Gives the right back; first removes the file, while nobody else can have it. Not the file of another, who has
     * made one since somebody removed this one.
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Objects.equals(identity, SocketFile.identity(file))) {
                Files.deleteIfExists(file);
            }
        } finally {
            HELD.remove(file);
        }
    }

    @Override
    public String toString() {
        return "lock file " + file;
    }
}
