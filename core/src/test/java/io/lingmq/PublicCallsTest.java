package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuilder;
import io.lingmq.option.Option;
import io.lingmq.option.OptionBuilder;
import io.lingmq.option.Options;
import io.lingmq.option.ValueKind;
import io.lingmq.option.ValueRange;
import io.lingmq.security.Passwords;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each public method and constructor that users call, found by looking, is called with a null in place of each argument
 * that is not {@code @Nullable}: it throws a {@link NullPointerException} that says what was null.
 */
class PublicCallsTest {
    private static final List<String> PACKAGES = List.of("", "error/", "event/", "message/", "option/", "security/");
    /** Has been tested where they are, or is the JDK's. */
    private static final List<String> LEFT_OUT = List.of("equals", "valueOf");

    private final Context context = Context.open();
    private final Map<Class<?>, Supplier<?>> samples = new HashMap<>();

    PublicCallsTest() {
        sample(Object.class, () -> 1);
        sample(String.class, () -> "inproc://sample");
        sample(Duration.class, () -> Duration.ZERO);
        sample(ByteBuffer.class, () -> ByteBuffer.allocate(1));
        sample(List.class, () -> List.of(new byte[1]));
        sample(Map.class, Map::of);
        sample(Throwable.class, IllegalStateException::new);
        sample(SelectableChannel.class, PublicCallsTest::channel);
        sample(Set.class, Set::of);
        sample(Frames.class, () -> Message.of("sample"));
        sample(Message.class, () -> Message.of("a routing id", "", "sample"));
        sample(MessageBuilder.class, Message::builder);
        sample(Option.class, () -> Options.SEND_HWM);
        sample(OptionBuilder.class, () -> OptionBuilder.number("sample", 1));
        sample(ValueKind.class, () -> ValueKind.INTEGER);
        sample(ValueRange.class, () -> ValueRange.atLeast(1));
        sample(Passwords.class, () -> Passwords.of(Map.of()));
        sample(ZapRequest.class, () -> new ZapRequest("", "", new byte[0], "NULL", List.of()));
        sample(ZapReply.class, () -> ZapReply.denied("sample"));
        sample(Context.class, () -> context);
        sample(Socket.class, context::dealer);
        sample(AnySocket.class, () -> context.socket(io.lingmq.option.SocketType.DEALER));
        sample(Monitor.class, () -> context.pull().monitor(event -> {}));
        sample(Replier.class, () -> context.replier(request -> request, Runnable::run));
        sample(Proxy.class, () -> Proxy.between(context.dealer(), context.router()));
        sample(Poller.Ready.class, () -> new Poller.Ready(context.dealer(), null, null, true, false));
    }

    private void sample(Class<?> type, Supplier<?> sample) {
        samples.put(type, sample);
    }

    private static SelectableChannel channel() {
        try (var channel = SocketChannel.open()) {
            return channel;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    // ---- the calls

    private record Call(Executable executable, Class<?> owner, int nullAt) {
        @Override
        public String toString() {
            var parameters = new ArrayList<String>();
            for (var type : executable.getParameterTypes()) {
                parameters.add(parameters.size() == nullAt ? "null" : type.getSimpleName());
            }
            var name = executable instanceof Method ? "." + executable.getName() : "";
            return owner.getSimpleName() + name + "(" + String.join(", ", parameters) + ")";
        }
    }

    @TestFactory
    Stream<DynamicTest> nullIsRefusedAtTheDoor() throws Exception {
        return calls().stream().map(call -> dynamicTest(call.toString(), () -> assertRefuses(call)));
    }

    @Test
    void thereAreCalls() throws Exception {
        assertThat(calls().stream().map(Call::toString))
                .hasSizeGreaterThan(300)
                .contains("PullSocket.receiveAsync(null)", "Message.of(null)", "ContextBuilder.executor(null)");
    }

    private static List<Call> calls() throws Exception {
        var calls = new ArrayList<Call>();
        for (var type : publicTypes()) {
            if (!isMadeByTheLibrary(type)) {
                addCalls(type, type.getConstructors(), calls);
            }
            addCalls(type, type.getMethods(), calls);
        }
        return calls;
    }

    private static boolean isMadeByTheLibrary(Class<?> type) {
        return Throwable.class.isAssignableFrom(type)
                || (type.isRecord() && !type.getName().startsWith("io.lingmq.security"));
    }

    private static void addCalls(Class<?> owner, Executable[] all, List<Call> calls) {
        Arrays.stream(all)
                .filter(each -> !each.isSynthetic() && !LEFT_OUT.contains(each.getName()))
                .filter(each -> each.getDeclaringClass().getName().startsWith("io.lingmq"))
                .filter(each -> !owner.isInterface() || Modifier.isStatic(each.getModifiers()))
                .filter(each -> each instanceof Constructor
                        || !Modifier.isAbstract(owner.getModifiers())
                        || Modifier.isStatic(each.getModifiers()))
                .forEach(each -> {
                    var types = each.getParameterTypes();
                    for (var i = 0; i < types.length; i++) {
                        if (!types[i].isPrimitive() && !mayBeNull(each.getAnnotatedParameterTypes()[i])) {
                            calls.add(new Call(each, owner, i));
                        }
                    }
                });
    }

    private static boolean mayBeNull(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static List<Class<?>> publicTypes() throws Exception {
        var root = Path.of(Context.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var found = new ArrayList<Class<?>>();
        for (var name : PACKAGES) {
            try (var files = Files.newDirectoryStream(root.resolve("io/lingmq/" + name), "*.class")) {
                for (var file : files) {
                    var simple = file.getFileName().toString().replace(".class", "");
                    if (!simple.endsWith("-info")) {
                        found.add(Class.forName("io.lingmq." + name.replace('/', '.') + simple));
                    }
                }
            }
        }
        found.removeIf(type -> !isPublic(type));
        found.sort((one, other) -> one.getName().compareTo(other.getName()));
        return found;
    }

    private static boolean isPublic(Class<?> type) {
        var outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    // ---- calling them

    private void assertRefuses(Call call) {
        var calling = Background.call(call.toString(), () -> invoke(call)); // it may wait for ever
        assertThat(calling.failure(Duration.ofSeconds(20)))
                .as(call.toString())
                .isInstanceOf(NullPointerException.class)
                .message()
                .matches("(the|a|an) .* (is|are) null");
    }

    private Object invoke(Call call) throws Exception {
        var types = call.executable.getParameterTypes();
        var arguments = new Object[types.length];
        for (var i = 0; i < types.length; i++) {
            arguments[i] = i == call.nullAt ? null : sampleOf(types[i]);
        }
        try {
            if (call.executable instanceof Constructor<?> constructor) {
                return constructor.newInstance(arguments);
            }
            var method = (Method) call.executable;
            var subject = Modifier.isStatic(method.getModifiers()) ? null : sampleOf(call.owner);
            return Objects.requireNonNullElse(publicForm(method).invoke(subject, arguments), "nothing");
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    /** What is declared by a class that is not public is called all the same. */
    private static Method publicForm(Method method) {
        method.setAccessible(true);
        return method;
    }

    private Object sampleOf(Class<?> type) throws Exception {
        if (samples.containsKey(type)) {
            return samples.get(type).get();
        }
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface() && !type.isSealed()) {
            return java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        return made(type);
    }

    /** By the context, by itself, or by a constructor, from nothing. */
    private Object made(Class<?> type) throws Exception {
        for (var maker : List.of(Context.class, type)) {
            for (var method : maker.getMethods()) {
                if (method.getReturnType() == type
                        && method.getParameterCount() == 0
                        && (maker == Context.class || Modifier.isStatic(method.getModifiers()))) {
                    return method.invoke(context);
                }
            }
        }
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            throw new AssertionError("this test needs a sample of " + type + ": add one to its constructor", e);
        }
    }
}
