package io.lingmq.transport.ipc;

import io.lingmq.transport.BindFailure;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out why a path could not be bound. */
final class IpcRefusal {
    private IpcRefusal() {}

    /** The reason why the bind of a path, or of one in a new directory, ended with an exception. */
    static BindFailure reason(@Nullable Path path, IOException cause) {
        if (BindFailure.isOutOfDescriptors()) {
            return BindFailure.NO_DESCRIPTOR;
        }
        if (path != null && isOccupied(path)) {
            return BindFailure.OCCUPIED;
        }
        if (cause instanceof BindException || (path != null && isAlive(path))) {
            return BindFailure.IN_USE;
        }
        var directory = path == null ? null : path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            return BindFailure.NO_DIRECTORY;
        }
        if (cause instanceof AccessDeniedException || (directory != null && !Files.isWritable(directory))) {
            return BindFailure.DENIED;
        }
        return BindFailure.OTHER;
    }

    private static boolean isOccupied(Path path) {
        try {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !SocketFile.isSocket(path);
        } catch (IOException e) {
            return false;
        }
    }

    /** Somebody listens, perhaps another user, whose lock this one may not even look at. */
    private static boolean isAlive(Path path) {
        try {
            return Files.exists(path) && SocketFile.isSocket(path) && !SocketFile.isStale(path);
        } catch (IOException e) {
            return false;
        }
    }
}
