package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.MessageBuffer;
import io.lingmq.option.SocketType;
import io.lingmq.routing.Drops;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Some patterns are made of another one. Whatever hook of {@link Pattern} that one answers, the outer one must answer
 * too: else a hook that is new, or newly answered, would be lost on the way without a word.
 */
class PatternHooksTest {
    /** Left to the default on purpose, and why. */
    private static final Map<String, String> NOT_PASSED_ON = Map.of(
            "Req.receive(MessageBuffer)", "takes the envelope off, so it copies from an ordinary message",
            "Req.onlySends()", "drops stale replies as it sends, which puts readers to rest",
            "Pub.source()", "receives nothing");

    private record Wrapping(Class<?> outer, Class<?> inner) {
        String name(Method hook) {
            return outer.getSimpleName() + "." + hook.getName() + "("
                    + String.join(
                            ", ",
                            Arrays.stream(hook.getParameterTypes())
                                    .map(Class::getSimpleName)
                                    .toList())
                    + ")";
        }
    }

    /** All patterns that have another one in a field. */
    private static List<Wrapping> wrappings() {
        return Arrays.stream(SocketType.values())
                .<Class<?>>map(type ->
                        Patterns.of(type, new Drops(), new SplittableRandom(1)).getClass())
                .flatMap(outer -> Arrays.stream(outer.getDeclaredFields())
                        .filter(field -> Pattern.class.isAssignableFrom(field.getType()))
                        .map(field -> new Wrapping(outer, field.getType())))
                .toList();
    }

    private static Stream<Method> hooks() {
        return Arrays.stream(Pattern.class.getMethods()).filter(Method::isDefault);
    }

    private static boolean answers(Class<?> pattern, Method hook) {
        try {
            return pattern.getMethod(hook.getName(), hook.getParameterTypes()).getDeclaringClass() != Pattern.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void patternsMadeOfOthersAreFound() {
        assertThat(wrappings())
                .contains(
                        new Wrapping(Pub.class, XPub.class),
                        new Wrapping(Pair.class, Dealer.class),
                        new Wrapping(Req.class, Dealer.class),
                        new Wrapping(Sub.class, XSub.class));
        assertThat(hooks().toList()).hasSizeGreaterThan(10);
    }

    @Test
    void whatTheInnerPatternAnswersTheOuterOneAnswersToo() {
        var lost = new TreeSet<String>();
        for (var wrapping : wrappings()) {
            hooks().filter(hook -> answers(wrapping.inner(), hook) && !answers(wrapping.outer(), hook))
                    .forEach(hook -> lost.add(wrapping.name(hook)));
        }
        assertThat(lost)
                .as("hooks that the inner pattern answers and the outer one does not pass on")
                .isEqualTo(new TreeSet<>(NOT_PASSED_ON.keySet()));
    }

    /** The rule can fail. */
    @Test
    void hookThatIsLostIsSeen() throws NoSuchMethodException {
        var hook = Pattern.class.getMethod("receive", MessageBuffer.class);
        assertThat(answers(Dealer.class, hook)).isTrue();
        assertThat(answers(Req.class, hook)).isFalse();
    }
}
