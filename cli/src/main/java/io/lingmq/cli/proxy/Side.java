package io.lingmq.cli.proxy;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.cli.shell.Attachment;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.OptionFlags;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One socket of a proxy as the command line writes it: {@code router:bind:tcp://*:5559,connect:ipc:///tmp/x.ipc}.
 *
 * @param type the socket's type
 * @param attachments what it is bound and connected to, in this order
 */
record Side(SocketType type, List<Attachment> attachments) {
    private static final Pattern NEXT = Pattern.compile(",(?=(?:bind:|connect:)?[a-z]+://)");
    private static final Pattern TYPED = Pattern.compile("([a-z]+):(?!//)(.*)", Pattern.CASE_INSENSITIVE);
    private static final String BIND = "bind:";
    private static final String CONNECT = "connect:";

    /** Reads a socket with its type in front. */
    static Side typed(String text) {
        var parts = TYPED.matcher(text);
        var type = parts.matches() ? SocketType.named(parts.group(1)) : Optional.<SocketType>empty();
        if (type.isEmpty()) {
            throw CommandFailure.usage("'" + text + "' does not begin with a socket type; write for example"
                    + " router:bind:tcp://*:5559");
        }
        return of(type.get(), parts.group(2));
    }

    /** Reads the endpoints of a socket; each is bound unless it or the one before it says {@code connect:}. */
    static Side of(SocketType type, String text) {
        var attachments = new ArrayList<Attachment>();
        var bound = true;
        for (var part : NEXT.split(text, -1)) {
            bound = part.startsWith(BIND) || (bound && !part.startsWith(CONNECT));
            attachments.add(Attachment.of(bound, endpoint(part), several -> String.join(",", several)));
        }
        return new Side(type, List.copyOf(attachments));
    }

    private static String endpoint(String part) {
        if (part.startsWith(BIND)) {
            return part.substring(BIND.length());
        }
        return part.startsWith(CONNECT) ? part.substring(CONNECT.length()) : part;
    }

    /** Opens the socket, which is nowhere yet. */
    AnySocket open(Context context, OptionFlags options) {
        var socket = context.socket(type);
        options.apply(socket);
        return socket;
    }

    /** Binds and connects the socket, and tells the real endpoints that it is bound to. */
    void attach(AnySocket socket, Console console, Connections connections) {
        connections.follow(socket);
        attachments.forEach(attachment -> attachment.attach(socket, console, connections));
    }
}
