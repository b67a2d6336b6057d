package io.lingmq.transport;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.function.Supplier;

/**
 * An endpoint text in its two parts.
 *
 * @param scheme what stands before {@code ://}
 * @param address what stands behind it
 */
public record Endpoint(String scheme, String address) {
    private static final String SEPARATOR = "://";

    /** Reads an endpoint; the schemes are only named in the error text. */
    public static Endpoint parse(String text, Supplier<? extends Iterable<String>> knownSchemes) {
        var at = text.indexOf(SEPARATOR);
        if (at <= 0) {
            throw new EndpointException(
                    ErrorCode.INVALID,
                    "endpoint '" + text + "' has no transport: write transport://address with one of "
                            + String.join(", ", knownSchemes.get()));
        }
        if (at + SEPARATOR.length() == text.length()) {
            throw new EndpointException(ErrorCode.INVALID, "endpoint '" + text + "' has no address behind ://");
        }
        return new Endpoint(text.substring(0, at), text.substring(at + SEPARATOR.length()));
    }

    @Override
    public String toString() {
        return scheme + SEPARATOR + address;
    }
}
