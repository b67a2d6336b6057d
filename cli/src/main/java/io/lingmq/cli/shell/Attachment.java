package io.lingmq.cli.shell;

import io.lingmq.Socket;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An endpoint as the command line gives it.
 *
 * @param bound whether to bind it; else it is connected to
 * @param endpoint the endpoint itself
 */
public record Attachment(boolean bound, String endpoint) {
    private static final Pattern NEXT = Pattern.compile("[\\s,]+(?=[a-z][a-z0-9+.-]*://)");
    /** Every interface, as what is connected to; in front of it may stand where to connect from. */
    private static final Pattern EVERYWHERE = Pattern.compile("(.*://(?:.*;)?)\\*(:.*)");

    /**
     * Checks what no transport would: people write such things by mistake, and would wait for ever.
     *
     * @param apart how several endpoints are written, for the error text
     * @throws CommandFailure if it is more than one endpoint, or connects to every interface
     */
    public static Attachment of(boolean bound, String endpoint, Function<List<String>, String> apart) {
        var several = List.of(NEXT.split(endpoint));
        if (several.size() > 1) {
            throw CommandFailure.usage("'" + endpoint + "' is more than one endpoint: write " + apart.apply(several));
        }
        var everywhere = EVERYWHERE.matcher(endpoint);
        if (!bound && everywhere.matches()) {
            throw CommandFailure.usage(
                    "cannot connect to '" + endpoint + "': * is every interface of this machine, which"
                            + " only a bind can mean; name a host, for example "
                            + everywhere.group(1) + "localhost" + everywhere.group(2));
        }
        return new Attachment(bound, endpoint);
    }

    /** Binds or connects the socket; the real endpoint of a bind is told, so that scripts learn the port. */
    public void attach(Socket socket, Console console, Connections connections) {
        if (bound) {
            console.note("bound " + socket.bind(endpoint));
        } else {
            connections.expect(endpoint);
            socket.connect(endpoint);
        }
    }
}
