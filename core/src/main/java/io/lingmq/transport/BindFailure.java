package io.lingmq.transport;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.io.IOException;
import java.util.Locale;

/** Turns the operating system's refusal of a bind into an error that says what to do. */
public final class BindFailure {
    private BindFailure() {}

    /** The exception for a failed bind of the given endpoint. */
    public static EndpointException of(String endpoint, IOException cause) {
        var answer = String.valueOf(cause.getMessage());
        var text = answer.toLowerCase(Locale.ROOT);
        if (text.contains("in use")) {
            return failure(
                    ErrorCode.ADDRESS_IN_USE,
                    endpoint,
                    "another socket is bound to it; close that one or choose another",
                    cause);
        }
        if (text.contains("assign requested")) {
            return failure(
                    ErrorCode.ADDRESS_NOT_AVAILABLE, endpoint, "the address does not belong to this machine", cause);
        }
        if (text.contains("permission denied")) {
            return failure(
                    ErrorCode.ACCESS_DENIED,
                    endpoint,
                    "the operating system denies it; ports below 1024 and" + " foreign directories need permission",
                    cause);
        }
        if (text.contains("too many open files")) {
            return failure(ErrorCode.TOO_MANY_OPEN, endpoint, "the process has no descriptors left", cause);
        }
        if (text.contains("too long")) {
            return failure(ErrorCode.NAME_TOO_LONG, endpoint, "the path is longer than a Unix socket's may be", cause);
        }
        if (text.contains("no such file")) {
            return failure(ErrorCode.NOT_FOUND, endpoint, "its directory does not exist", cause);
        }
        return failure(ErrorCode.INPUT_OUTPUT, endpoint, answer, cause);
    }

    private static EndpointException failure(ErrorCode code, String endpoint, String why, IOException cause) {
        return new EndpointException(code, "cannot bind " + endpoint + ": " + why, cause);
    }
}
