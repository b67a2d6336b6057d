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
                "Address already in use          | ADDRESS_IN_USE        | another socket is bound to it; close that"
                        + " one or choose another",
                "Cannot assign requested address | ADDRESS_NOT_AVAILABLE | the address does not belong to this machine",
                "Permission denied               | ACCESS_DENIED         | the operating system denies it; ports below"
                        + " 1024 and foreign directories need permission",
                "Too many open files             | TOO_MANY_OPEN         | the process has no descriptors left",
                "No such file or directory       | NOT_FOUND             | its directory does not exist",
                "Unix domain path too long       | NAME_TOO_LONG         | the path is longer than a Unix socket's may"
                        + " be",
                "Something else                  | INPUT_OUTPUT          | Something else",
            })
    void saysWhatToDo(String answer, ErrorCode code, String why) {
        var cause = new IOException(answer);

        var failure = BindFailure.of("tcp://*:80", cause);

        assertThat(failure).hasMessage("cannot bind tcp://*:80: " + why).hasCause(cause);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void answerMayBeMissing() {
        assertThat(BindFailure.of("ipc://x", new IOException()).code()).isEqualTo(ErrorCode.INPUT_OUTPUT);
    }
}
