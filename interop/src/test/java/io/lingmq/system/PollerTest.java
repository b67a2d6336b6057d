package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Interest;
import io.lingmq.Poller;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.Socket;
import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class PollerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(20);

    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;
    private final Poller poller;

    PollerTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
        poller = fixture.context().poller();
    }

    private Poller.Ready only() throws InterruptedException {
        var ready = poller.poll(PATIENCE);
        assertThat(ready).hasSize(1);
        return ready.get(0);
    }

    @Test
    void reportsASocketAsLongAsItCanBeRead() throws InterruptedException {
        fixture.join(pull, push);
        poller.add(pull, Interest.READ);
        assertThat(poller.poll(Duration.ZERO)).isEmpty();
        assertThat(poller.poll(MOMENT)).isEmpty();
        push.send("1");
        push.send("2");
        for (var i = 1; i <= 2; i++) {
            assertThat(only().is(pull)).isTrue();
            assertThat(only().readable()).as("still").isTrue();
            assertThat(take(pull).text()).isEqualTo(String.valueOf(i));
        }
        assertThat(poller.poll(MOMENT)).isEmpty();
    }

    @Test
    void reportsASocketAsLongAsItCanBeWritten() throws InterruptedException {
        push.set(Options.SEND_HWM, 2);
        pull.set(Options.RECEIVE_HWM, 2);
        fixture.bound(push);
        poller.add(push, Interest.WRITE);
        assertThat(poller.poll(MOMENT)).as("with no peer").isEmpty();
        fixture.join(push, pull);
        assertThat(only().writable()).isTrue();
        while (push.send(Message.of(new byte[100_000]), Duration.ofMillis(100))) {
            // Until it is full.
        }
        assertThat(poller.poll(MOMENT)).as("when full").isEmpty();
        var polling = Background.call("polling", () -> poller.poll(PATIENCE)).awaitInside("poll");
        Await.until("reading makes room", () -> pull.tryReceive() == null && polling.isDone());
        assertThat(polling.result()).hasSize(1);
    }

    @Test
    void wakesUpForAMessage() throws InterruptedException {
        fixture.join(pull, push);
        poller.add(pull, Interest.READ);
        for (var i = 0; i < 100; i++) {
            var polling = Background.call("polling", () -> poller.poll(PATIENCE));
            push.send("wake up");
            assertThat(polling.result()).hasSize(1);
            assertThat(take(pull).text()).isEqualTo("wake up");
        }
    }

    @Test
    void watchesSeveralSocketsAndChannels() throws InterruptedException, IOException {
        var other = fixture.context().pull();
        var idle = fixture.context().pull();
        var toOther = fixture.context().push();
        fixture.join(pull, push);
        fixture.join(other, toOther);
        fixture.bound(idle);
        var channel = Pipe.open();
        channel.source().configureBlocking(false);
        for (Socket socket : List.of(pull, other, idle)) {
            poller.add(socket, Interest.READ);
        }
        poller.add(channel.source(), Set.of(Interest.READ), "attached");
        assertThat(poller.size()).isEqualTo(4);
        push.send("1");
        assertThat(only().is(pull)).isTrue();
        assertThat(take(pull).text()).isEqualTo("1");
        toOther.send("2");
        assertThat(only().is(other)).isTrue();
        assertThat(take(other).text()).isEqualTo("2");
        channel.sink().write(ByteBuffer.allocate(1));
        var ready = only();
        assertThat(ready.is(channel.source())).isTrue();
        assertThat(ready.channel()).isSameAs(channel.source());
        assertThat(ready.attachment()).isEqualTo("attached");
        assertThat(ready.socket()).isNull();
        assertThat(ready.readable()).isTrue();
        poller.remove(channel.source());
        assertThat(poller.poll(MOMENT)).isEmpty();
        channel.sink().close();
        channel.source().close();
    }

    @Test
    void itemsComeAndGoWhileAnotherThreadPolls() throws InterruptedException {
        fixture.join(pull, push);
        var polling = Background.call("polling", () -> poller.poll(PATIENCE)).awaitInside("poll");
        push.send("already there");
        poller.add(pull, Interest.READ);
        assertThat(polling.result().get(0).is(pull)).isTrue();
        poller.remove(pull);
        assertThat(poller.poll(MOMENT)).isEmpty();
        assertThat(poller.size()).isZero();
    }

    @Test
    void interestCanChange() throws InterruptedException {
        fixture.join(pull, push);
        poller.add(push, Interest.WRITE);
        assertThat(only().writable()).isTrue();
        var dealer = fixture.context().dealer();
        var partner = fixture.context().dealer();
        fixture.join(dealer, partner);
        partner.send("x");
        poller.remove(push);
        poller.add(dealer, Interest.READ, Interest.WRITE);
        while (!only().readable()) {
            // It can be written at once, and read when the message has come.
        }
        poller.change(dealer, Set.of(Interest.READ));
        assertThat(only().writable()).isFalse();
    }

    @Test
    void endsWithThePollerAndWithItsSockets() throws InterruptedException {
        fixture.bound(pull);
        poller.add(pull, Interest.READ);
        var polling = Background.call("polling", poller::poll).awaitInside("poll");
        poller.close();
        assertThat(polling.failure(PATIENCE)).isInstanceOf(ClosedException.class);
        var second = fixture.context().poller();
        second.add(pull, Interest.READ);
        var again = Background.call("polling", second::poll).awaitInside("poll");
        pull.close();
        assertThat(again.failure(PATIENCE)).isInstanceOf(ClosedException.class);
    }

    @Test
    void wakeupEndsWaiting() {
        var polling = Background.call("polling", poller::poll).awaitInside("poll");
        poller.wakeup();
        assertThat(polling.result()).isEmpty();
    }

    @Test
    void endsWithItsContext() {
        var polling = Background.call("polling", poller::poll).awaitInside("poll");
        fixture.context().close();
        assertThat(polling.failure(PATIENCE)).isInstanceOf(ClosedException.class);
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void goesOnWithoutTheSocketsThatAreClosed() throws InterruptedException {
        var other = fixture.context().pull();
        fixture.join(pull, push);
        poller.add(other, Interest.READ);
        poller.add(pull, Interest.READ);
        other.close();
        push.send("1");
        Await.until("the open one is served", () -> served(1));
        assertThat(take(pull).text()).isEqualTo("1");
        assertThatThrownBy(poller::poll).isInstanceOf(ClosedException.class);

        var removed = poller.removeClosed();
        assertThat(removed).hasSize(1);
        assertThat(removed.get(0).is(other)).isTrue();
        assertThat(removed.get(0).readable() || removed.get(0).writable()).isFalse();
        assertThat(poller.size()).isEqualTo(1);
        push.send("2");
        assertThat(only().is(pull)).isTrue();
    }

    /** Whether so many items are ready; none while only the closed one has news. */
    private boolean served(int items) {
        try {
            return poller.poll(Duration.ZERO).size() == items;
        } catch (ClosedException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void interruptEndsOneCall() throws InterruptedException {
        fixture.join(pull, push);
        poller.add(pull, Interest.READ);
        var polling = Background.call("polling", poller::poll).awaitInside("poll");
        polling.interrupt();
        assertThat(polling.failure(PATIENCE)).isInstanceOf(InterruptedException.class);
        push.send("x");
        assertThat(only().is(pull)).isTrue();
    }

    @Test
    void oneSocketInTwoPollersWakesBoth() throws InterruptedException {
        fixture.join(pull, push);
        try (var second = fixture.context().poller()) {
            poller.add(pull, Interest.READ);
            second.add(pull, Interest.READ);
            push.send("x");
            assertThat(poller.poll(PATIENCE)).hasSize(1);
            assertThat(second.poll(PATIENCE)).hasSize(1);
        }
    }

    @Test
    void refusesAChannelThatBlocks() throws IOException {
        var channel = Pipe.open();
        assertThatThrownBy(() -> poller.add(channel.source(), Interest.READ)).isInstanceOf(LingException.class);
        channel.sink().close();
        channel.source().close();
    }

    @Test
    void findsTheFewAmongMany() throws InterruptedException {
        var pulls = new PullSocket[200];
        for (var i = 0; i < pulls.length; i++) {
            pulls[i] = fixture.context().pull();
            poller.add(pulls[i], Interest.READ);
        }
        fixture.bound(push);
        for (var i : new int[] {0, 77, 199}) {
            pulls[i].connect(fixture.bound(push));
            push.send(String.valueOf(i));
            assertThat(only().is(pulls[i])).isTrue();
            assertThat(take(pulls[i]).text()).isEqualTo(String.valueOf(i));
            pulls[i].disconnect(fixture.bound(push));
            SocketFixture.awaitPeers(push, 0);
        }
    }
}
