package io.lingmq.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    private static final int LIBZMQ_BASE = 156384712;

    @ParameterizedTest
    @CsvSource({
        "INVALID, EINVAL, 22",
        "WOULD_BLOCK, EAGAIN, 11",
        "ADDRESS_IN_USE, EADDRINUSE, 98",
        "ADDRESS_NOT_AVAILABLE, EADDRNOTAVAIL, 99",
        "ACCESS_DENIED, EACCES, 13",
        "NOT_FOUND, ENOENT, 2",
        "NO_SUCH_DEVICE, ENODEV, 19",
        "NAME_TOO_LONG, ENAMETOOLONG, 36",
        "TOO_MANY_OPEN, EMFILE, 24",
        "NOT_SUPPORTED, ENOTSUP, 95",
        "UNKNOWN_TRANSPORT, EPROTONOSUPPORT, 93",
        "UNROUTABLE, EHOSTUNREACH, 113",
        "INPUT_OUTPUT, EIO, 5",
    })
    void hasTheNumberOfLinux(ErrorCode code, String name, int number) {
        assertThat(code.libzmqName()).isEqualTo(name);
        assertThat(code.libzmqNumber()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"WRONG_STATE, EFSM, 51", "INCOMPATIBLE_TRANSPORT, ENOCOMPATPROTO, 52", "CLOSED, ETERM, 53"})
    void hasLibzmqsOwnNumber(ErrorCode code, String name, int offset) {
        assertThat(code.libzmqName()).isEqualTo(name);
        assertThat(code.libzmqNumber()).isEqualTo(LIBZMQ_BASE + offset);
    }

    @Test
    void isToldApartByItsNumber() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::libzmqNumber))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyExceptionCarriesItsCode() {
        assertThat(new ClosedException("x").code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(new NotSupportedException("x").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(new OptionException("x").code()).isEqualTo(ErrorCode.INVALID);
        assertThat(new SocketStateException("x").code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(new TimedOutException("x").code()).isEqualTo(ErrorCode.WOULD_BLOCK);
        assertThat(new UnroutableException("x").code()).isEqualTo(ErrorCode.UNROUTABLE);
        assertThat(new EndpointException(ErrorCode.NOT_FOUND, "x").code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void exceptionKeepsTextAndCause() {
        var cause = new IOException("broken");
        var failure = new EndpointException(ErrorCode.INPUT_OUTPUT, "cannot", cause);

        assertThat(failure)
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("cannot [INPUT_OUTPUT]")
                .hasCause(cause);
    }

    @Test
    void messageNamesTheSectionOfThePage() {
        assertThat(new EndpointException(ErrorCode.NOT_FOUND, "no such thing")).hasMessage("no such thing [NOT_FOUND]");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void pageHasASectionForEachCode(ErrorCode code) throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "docs", "errors.md")))
                .contains("## " + code)
                .anyMatch(line ->
                        line.startsWith("| [" + code + "](#") && line.endsWith("| `" + code.libzmqName() + "` |"));
    }
}
