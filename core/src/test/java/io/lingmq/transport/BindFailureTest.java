package io.lingmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.error.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IN_USE        | ADDRESS_IN_USE        | another socket is bound to it; close that one or choose another",
                "OCCUPIED      | ADDRESS_IN_USE        | a file that is no socket is there; remove it or choose another"
                        + " path",
                "NOT_LOCAL     | ADDRESS_NOT_AVAILABLE | the address does not belong to this machine",
                "NO_IPV6       | ADDRESS_NOT_AVAILABLE | IPv6 is not available to this process",
                "DENIED        | ACCESS_DENIED         | the operating system denies it; ports below 1024 and foreign"
                        + " directories need permission",
                "NO_DESCRIPTOR | TOO_MANY_OPEN         | the process has no descriptors left",
                "NO_DIRECTORY  | NOT_FOUND             | its directory does not exist",
                "OTHER         | INPUT_OUTPUT          | Etwas anderes",
            })
    void saysWhatToDo(BindFailure failure, ErrorCode code, String why) {
        var cause = new IOException("Etwas anderes");

        var exception = failure.of("tcp://*:80", cause);

        assertThat(exception)
                .hasMessageStartingWith("cannot bind tcp://*:80: " + why)
                .hasCause(cause);
        assertThat(exception.code()).isEqualTo(code);
    }

    @Test
    void descriptorsAreThere() {
        assertThat(BindFailure.isOutOfDescriptors()).isFalse();
    }
}
