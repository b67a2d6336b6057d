package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.SocketType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class of a socket offers what its type can do and no more, whatever the classes between share. */
class SocketClassesTest {
    private static final Set<String> SENDING = Set.of("send", "trySend", "sendAsync");
    private static final Set<String> RECEIVING = Set.of("receive", "tryReceive", "receiveAsync", "publisher");
    private static final Set<String> SUBSCRIBING = Set.of("subscribe", "unsubscribe");
    private static final Set<String> ADDRESSING = Set.of("sendTo", "trySendTo", "sendToAsync");
    private static final Set<String> REPLYING = Set.of("reply", "tryReply", "replyAsync");
    private static final Set<String> ALL = Stream.of(SENDING, RECEIVING, SUBSCRIBING, ADDRESSING, REPLYING)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    @Test
    void eachClassOffersWhatItsTypeCanDo() {
        try (var context = Context.open()) {
            Arrays.stream(Context.class.getMethods())
                    .filter(method -> Socket.class.isAssignableFrom(method.getReturnType()))
                    .filter(method -> method.getParameterCount() == 0)
                    .forEach(method -> {
                        try {
                            offersWhatItsTypeCanDo((Socket) method.invoke(context));
                        } catch (ReflectiveOperationException e) {
                            throw new LinkageError(e.getMessage(), e);
                        }
                    });
        }
    }

    private static void offersWhatItsTypeCanDo(Socket socket) {
        var type = socket.type();
        assertThat(socket instanceof Sender).as("%s sends", type).isEqualTo(type.sends());
        assertThat(socket instanceof Receiver).as("%s receives", type).isEqualTo(type.receives());
        var expected = new TreeSet<String>();
        if (type.sends()) {
            expected.addAll(SENDING);
        }
        if (type.receives()) {
            expected.addAll(RECEIVING);
        }
        if (socket instanceof TopicSubscriber) {
            expected.addAll(SUBSCRIBING);
        }
        if (type.addressesPeers()) {
            expected.addAll(ADDRESSING);
        }
        if (type == SocketType.ROUTER) {
            expected.addAll(REPLYING);
        }
        assertThat(offered(socket.getClass())).as(type.name()).isEqualTo(expected);
    }

    private static Set<String> offered(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .map(Method::getName)
                .filter(ALL::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void fourClassesSubscribe() {
        assertThat(TopicSubscriber.class)
                .isAssignableFrom(SubSocket.class)
                .isAssignableFrom(XSubSocket.class)
                .isAssignableFrom(XPubSocket.class)
                .isAssignableFrom(AnySocket.class);
    }
}
