package io.lingmq.error;

/**
 * The kinds of error that LingMQ reports, each with libzmq's name and number so that tools and ports can translate.
 *
 * <p>Source: libzmq's {@code zmq.h} and the Linux errno table.
 */
public enum ErrorCode {
    /** A value, an option or an endpoint text is not acceptable. */
    INVALID("EINVAL", 22),
    /** The operation would have to wait longer than it may. */
    WOULD_BLOCK("EAGAIN", 11),
    /** The endpoint is in use by another socket. */
    ADDRESS_IN_USE("EADDRINUSE", 98),
    /** The address does not belong to this machine. */
    ADDRESS_NOT_AVAILABLE("EADDRNOTAVAIL", 99),
    /** The operating system does not permit the operation. */
    ACCESS_DENIED("EACCES", 13),
    /** No such file, directory or endpoint. */
    NOT_FOUND("ENOENT", 2),
    /** The host or network interface does not exist. */
    NO_SUCH_DEVICE("ENODEV", 19),
    /** A file name is too long for the operating system. */
    NAME_TOO_LONG("ENAMETOOLONG", 36),
    /** Descriptors or sockets are used up. */
    TOO_MANY_OPEN("EMFILE", 24),
    /** The socket type cannot do this. */
    NOT_SUPPORTED("ENOTSUP", 95),
    /** The transport is not known. */
    UNKNOWN_TRANSPORT("EPROTONOSUPPORT", 93),
    /** The transport does not fit the socket type. */
    INCOMPATIBLE_TRANSPORT("ENOCOMPATPROTO", 156384764),
    /** No peer has the routing id that the message is addressed to. */
    UNROUTABLE("EHOSTUNREACH", 113),
    /** The socket's state forbids the operation now. */
    WRONG_STATE("EFSM", 156384763),
    /** The socket or its context is closed. */
    CLOSED("ETERM", 156384765),
    /** Reading or writing failed in the operating system. */
    INPUT_OUTPUT("EIO", 5);

    private final String libzmqName;
    private final int libzmqNumber;

    ErrorCode(String libzmqName, int libzmqNumber) {
        this.libzmqName = libzmqName;
        this.libzmqNumber = libzmqNumber;
    }

    /** The name that libzmq uses, for example {@code EAGAIN}. */
    public String libzmqName() {
        return libzmqName;
    }

    /** The number that libzmq's {@code zmq_errno} gives on Linux. */
    public int libzmqNumber() {
        return libzmqNumber;
    }
}
