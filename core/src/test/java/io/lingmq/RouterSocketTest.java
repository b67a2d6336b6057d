package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Messages to one peer by its routing id, and replies by what a request brought along. */
class RouterSocketTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String ENDPOINT = "inproc://router";

    private final Context context = Context.open();
    private final RouterSocket router = context.router();

    RouterSocketTest() {
        router.bind(ENDPOINT);
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private DealerSocket dealer(String routingId) {
        var dealer = context.dealer();
        dealer.set(Options.ROUTING_ID, Zmtp.ascii(routingId));
        dealer.connect(ENDPOINT);
        return dealer;
    }

    @Nested
    class Replies {
        private void answers(ReqSocket req, int framesBeforeTheBody) throws InterruptedException {
            req.connect(ENDPOINT);
            var asking = Background.call("asking", () -> req.request(Message.of("what", "else")));
            var request = router.receive();
            assertThat(request.envelope().frameCount()).isEqualTo(framesBeforeTheBody);
            assertThat(request.body()).isEqualTo(Message.of("what", "else"));

            router.reply(request, Message.of("that", "", "too"));

            assertThat(asking.result()).isEqualTo(Message.of("that", "", "too"));
        }

        @Test
        void reachReq() throws InterruptedException {
            answers(context.req(), 2);
        }

        @Test
        void keepTheRequestIdOfReqThatCorrelates() throws InterruptedException {
            var req = context.req();
            req.set(Options.REQ_CORRELATE, true);
            answers(req, 3);
        }

        @Test
        void findTheirWayBackThroughAnotherRouter() throws InterruptedException {
            var req = context.req();
            req.set(Options.REQ_CORRELATE, true);
            var frontend = context.router();
            frontend.bind("inproc://front");
            var backend = context.dealer();
            backend.connect(ENDPOINT);
            req.connect("inproc://front");
            var asking = Background.call("asking", () -> req.request(Message.of("what")));
            backend.send(frontend.receive());

            router.reply(router.receive(), Message.of("that"));
            frontend.send(backend.receive());

            assertThat(asking.result()).isEqualTo(Message.of("that"));
        }

        @Test
        void toDealerBeginAsItsRequestDid() throws InterruptedException {
            var dealer = dealer("d");
            var requests = List.of(
                    Message.of("plain"),
                    Message.of("", "as a REQ"),
                    Message.of("my id", "", "as a REQ"),
                    Message.empty(),
                    Message.of("", ""));
            for (var request : requests) {
                dealer.send(request);
                router.reply(router.receive(), Message.of("re"));
            }

            assertThat(dealer.receive()).isEqualTo(Message.of("re"));
            assertThat(dealer.receive()).isEqualTo(Message.of("", "re"));
            assertThat(dealer.receive()).isEqualTo(Message.of("my id", "", "re"));
            assertThat(dealer.receive()).isEqualTo(Message.of("re"));
            assertThat(dealer.receive()).isEqualTo(Message.of("", "re"));
        }

        @Test
        void goInAnyOrderAndInEachForm() throws InterruptedException {
            var dealers = List.of(dealer("0"), dealer("1"), dealer("2"), dealer("3"));
            var requests = new ArrayList<Message>();
            for (var dealer : dealers) {
                dealer.send("", "q");
                requests.add(router.receive());
            }
            Collections.reverse(requests);

            router.replyAsync(requests.get(0), Message.of("re")).join();
            assertThat(router.tryReply(requests.get(1), Message.of("re"))).isTrue();
            assertThat(router.reply(requests.get(2), Message.of("re"), LONG)).isTrue();
            router.reply(requests.get(3), Message.of("re"));

            for (var dealer : dealers) {
                assertThat(dealer.receive()).isEqualTo(Message.of("", "re"));
            }
        }

        @Test
        void areRefusedToWhatNoRouterReceives() {
            assertThatThrownBy(() -> router.reply(Message.of("x"), Message.of("re")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no envelope");
        }
    }

    @Nested
    class Addressed {
        @Test
        void idIsTextOrBytesInEachForm() throws InterruptedException {
            var a = dealer("a");
            var b = dealer("b");
            var idOfB = Zmtp.ascii("b");

            router.sendTo("a", Message.of("1"));
            assertThat(router.sendTo("a", Message.of("2"), LONG)).isTrue();
            assertThat(router.trySendTo("a", Message.of("3"))).isTrue();
            router.sendToAsync("a", Message.of("4")).join();
            router.sendTo(idOfB, Message.of("1"));
            assertThat(router.sendTo(idOfB, Message.of("2"), LONG)).isTrue();
            assertThat(router.trySendTo(idOfB, Message.of("3"))).isTrue();
            router.sendToAsync(idOfB, Message.of("4")).join();

            for (var dealer : List.of(a, b)) {
                for (var expected : List.of("1", "2", "3", "4")) {
                    assertThat(dealer.receive()).isEqualTo(Message.of(expected));
                }
            }
        }

        @Test
        void textIsUtf8() throws InterruptedException {
            var dealer = context.dealer();
            dealer.set(Options.ROUTING_ID, Message.of("零").bytes());
            dealer.connect(ENDPOINT);

            router.sendTo("零", Message.of("hello"));

            assertThat(dealer.receive()).isEqualTo(Message.of("hello"));
        }

        @Test
        void idMayBeUsedAgainAtOnce() throws InterruptedException {
            router.set(Options.ROUTER_MANDATORY, true);
            var dealer = dealer("a");
            fill("a");
            var id = Zmtp.ascii("a");
            var sending = router.sendToAsync(id, Message.of("late"));
            id[0] = 'x';

            while (!sending.isDone()) {
                dealer.receive();
            }
            sending.join();
        }

        @Test
        void fullPeerIsWaitedForIfItMustBeReached() throws InterruptedException {
            router.set(Options.ROUTER_MANDATORY, true);
            var dealer = dealer("a");
            fill("a");

            assertThat(router.trySendTo("a", Message.of("m"))).isFalse();
            assertThat(router.sendTo("a", Message.of("m"), SHORT)).isFalse();
            assertThat(router.tryReply(Message.of("a", "q"), Message.of("m"))).isFalse();
            assertThat(router.reply(Message.of("a", "q"), Message.of("m"), SHORT))
                    .isFalse();
            var later = router.sendToAsync("a", Message.of("later"));
            var waiting = Background.run("sending", () -> router.sendTo("a", Message.of("later")));
            assertThat(later).isNotDone();

            var received = Message.empty();
            for (var found = 0; found < 2; found += received.equals(Message.of("later")) ? 1 : 0) {
                received = dealer.receive();
            }
            later.join();
            waiting.result();
            assertThat(router.statistics().dropped()).isEmpty();
        }

        private void fill(String id) {
            var isFull = false;
            for (var i = 0; i < 100_000 && !isFull; i++) {
                isFull = !router.trySendTo(id, Message.of("fill"));
            }
            assertThat(isFull).isTrue();
        }

        @Test
        void messageToNobodyIsDroppedAndCounted() throws InterruptedException {
            var message = Message.of("m");
            router.sendTo("nobody", message);
            assertThat(router.sendTo("nobody", message, SHORT)).isTrue();
            assertThat(router.trySendTo("nobody", message)).isTrue();
            router.sendToAsync("nobody", message).join();
            router.reply(Message.of("nobody", "", "q"), message);

            assertThat(router.statistics().dropped()).isEqualTo(Map.of(DropReason.NO_ROUTE, 5L));
        }

        @Test
        void messageToNobodyIsAnErrorIfItMustReach() {
            router.set(Options.ROUTER_MANDATORY, true);
            var message = Message.of("m");
            var calls = List.<ThrowingCallable>of(
                    () -> router.sendTo("nobody", message),
                    () -> router.sendTo("nobody", message, SHORT),
                    () -> router.trySendTo("nobody", message),
                    () -> router.reply(Message.of("nobody", "q"), message),
                    () -> router.reply(Message.of("nobody", "q"), message, SHORT),
                    () -> router.tryReply(Message.of("nobody", "q"), message));
            for (var call : calls) {
                assertThatThrownBy(call)
                        .isInstanceOf(UnroutableException.class)
                        .hasMessageContaining("no peer has the routing id 'nobody'");
            }
            assertThatThrownBy(router.sendToAsync("nobody", message)::join)
                    .hasCauseInstanceOf(UnroutableException.class);
            assertThatThrownBy(router.replyAsync(Message.of("nobody", "q"), message)::join)
                    .hasCauseInstanceOf(UnroutableException.class);
        }

        @Test
        void impossibleIdIsRefused() {
            for (var id : List.of("", "x".repeat(256))) {
                var rule = "a routing id has 1 to 255 bytes; the first frame of this message has " + id.length();
                assertThatThrownBy(() -> router.sendTo(id, Message.of("m")))
                        .isInstanceOf(LingException.class)
                        .hasMessageContaining(rule);
                assertThatThrownBy(() -> router.trySendTo(id, Message.of("m"))).hasMessageContaining(rule);
                assertThatThrownBy(router.sendToAsync(id, Message.of("m"))::join)
                        .hasRootCauseInstanceOf(LingException.class);
            }
        }
    }
}
