package io.lingmq.transport;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.Selector;

/**
 * Why a bind was refused, with what to do about it. Which of them it is, a transport finds out from the class of the
 * exception and from the facts: what the operating system says about it is for people, in their language.
 */
public enum BindFailure {
    /** Somebody else has the address. */
    IN_USE(ErrorCode.ADDRESS_IN_USE, "another socket is bound to it; close that one or choose another"),
    /** Something that is no socket has the path. */
    OCCUPIED(ErrorCode.ADDRESS_IN_USE, "a file that is no socket is there; remove it or choose another path"),
    /** No interface of this machine has the address. */
    NOT_LOCAL(ErrorCode.ADDRESS_NOT_AVAILABLE, "the address does not belong to this machine"),
    /** An IPv6 address where the JVM or the operating system has none. */
    NO_IPV6(ErrorCode.ADDRESS_NOT_AVAILABLE, "IPv6 is not available to this process"),
    /** The user may not. */
    DENIED(
            ErrorCode.ACCESS_DENIED,
            "the operating system denies it; ports below 1024 and foreign directories need permission"),
    /** No descriptor is left. */
    NO_DESCRIPTOR(ErrorCode.TOO_MANY_OPEN, "the process has no descriptors left"),
    /** The directory of a path is missing. */
    NO_DIRECTORY(ErrorCode.NOT_FOUND, "its directory does not exist"),
    /** Anything else: the operating system's own words have to do. */
    OTHER(ErrorCode.INPUT_OUTPUT, "");

    private final ErrorCode code;
    private final String advice;

    BindFailure(ErrorCode code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** The exception for a failed bind of the given endpoint. */
    public EndpointException of(String endpoint, Exception cause) {
        var why = this == OTHER ? String.valueOf(cause.getMessage()) : advice;
        return new EndpointException(code, "cannot bind " + endpoint + ": " + why, cause);
    }

    /** Whether the process cannot open anything at present. */
    public static boolean isOutOfDescriptors() {
        try {
            Selector.open().close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
