package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.lingmq.count.Copies;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the way of messages no octet is copied uncounted, so that the copy budget is worth something. */
@Tag("one-jdk")
class CopyRulesTest {
    private static final Set<String> PACKAGES =
            Set.of("io.lingmq.chain", "io.lingmq.frame", "io.lingmq.pipe", "io.lingmq.engine", "io.lingmq.message");

    /** They copy commands, handshakes, references to frames, what callers give, or what is translated for old peers. */
    private static final Set<String> OTHERS = Set.of(
            "CommandCollector",
            "Heartbeat",
            "ZmtpOpening",
            "RoutingIdFrame",
            "Outflow",
            "OutgoingCommands",
            "StagedOctets",
            "SealTranslation",
            "Message",
            "FrameBody");

    private static boolean copiesOctets(JavaMethodCall call) {
        var owner = call.getTargetOwner();
        var name = call.getName();
        var parameters = call.getTarget().getRawParameterTypes();
        if (owner.isEquivalentTo(System.class)) {
            return name.equals("arraycopy");
        }
        if (owner.isEquivalentTo(Arrays.class)) {
            return name.startsWith("copyOf") && takes(byte[].class, parameters);
        }
        return owner.isEquivalentTo(ByteBuffer.class)
                && (name.equals("put") || name.equals("get"))
                && (takes(byte[].class, parameters) || takes(ByteBuffer.class, parameters));
    }

    private static boolean takes(Class<?> type, List<JavaClass> parameters) {
        return parameters.stream().anyMatch(parameter -> parameter.isEquivalentTo(type));
    }

    private static boolean counts(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Copies.class));
    }

    @Test
    void whoCopiesOctetsCountsThem() throws URISyntaxException {
        var copying = CoreClasses.read().stream()
                .filter(type -> PACKAGES.contains(type.getPackageName()))
                .filter(type -> type.getMethodCallsFromSelf().stream().anyMatch(CopyRulesTest::copiesOctets))
                .toList();
        assertThat(copying).extracting(JavaClass::getSimpleName).contains("ChainWriter", "MessageBuffer");

        assertThat(copying)
                .filteredOn(type -> !counts(type) && !OTHERS.contains(type.getSimpleName()))
                .as("classes that copy octets and never count them")
                .isEmpty();
    }
}
