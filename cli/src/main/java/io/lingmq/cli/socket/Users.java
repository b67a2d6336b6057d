package io.lingmq.cli.socket;

import io.lingmq.Context;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.security.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may connect to a PLAIN server: a file with a user and a password in each line. */
final class Users {
    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "With --plain-server: let in who tells a user name and password that stand in FILE,"
                    + " a line USER:PASSWORD for each; lines that begin with # are passed over.")
    private @Nullable Path file;

    /** A context in which these are let in; if no file was given, in which a handler decides. */
    Context.ContextBuilder context() {
        var builder = Context.builder();
        return file == null ? builder : builder.authenticator(Passwords.of(read(file)));
    }

    private static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw CommandFailure.usage("--users: cannot read " + file + ": " + e.getMessage());
        }
        var users = new HashMap<String, String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var colon = line.indexOf(':');
            if (colon < 0) {
                throw CommandFailure.usage(
                        "--users: line " + (i + 1) + " of " + file + " has no colon; it must be" + " USER:PASSWORD");
            }
            users.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return users;
    }
}
