package io.lingmq.interop;

import io.lingmq.Context;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each pair of socket types that may talk, ours and libzmq's or JeroMQ's, with bodies of the sizes at which framing
 * changes.
 */
@Tag("one-jdk")
class MatrixTest {
    @AutoClose
    private final Context context = Context.open();

    static Stream<MatrixCase> withC() {
        return MatrixCase.all(PeerLanguage.C).stream();
    }

    static Stream<MatrixCase> withPythonAndPhp() {
        return Stream.of(PeerLanguage.PYTHON, PeerLanguage.PHP).flatMap(language -> MatrixCase.all(language).stream());
    }

    /** JeroMQ 0.3 speaks ZMTP 2.0. */
    static Stream<MatrixCase> withJeroMq() {
        return MatrixCase.all(PeerLanguage.JEROMQ, List.of("tcp")).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withC")
    void deliversEveryBodySizeByteForByte(MatrixCase as) throws InterruptedException {
        exchange(as, Shape.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withPythonAndPhp")
    void deliversByteForByteThroughOtherBindings(MatrixCase as) throws InterruptedException {
        exchange(as, Shape.small());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withJeroMq")
    void deliversByteForByteToAnOldPeer(MatrixCase as) throws InterruptedException {
        exchange(as, Shape.small());
    }

    private void exchange(MatrixCase as, List<Shape> shapes) throws InterruptedException {
        try (var conversation = Conversation.open(as, context)) {
            for (var shape : shapes) {
                conversation.exchange(shape);
            }
        }
    }
}
