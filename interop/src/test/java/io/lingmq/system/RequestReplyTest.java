package io.lingmq.system;

import static io.lingmq.system.SocketFixture.assertQuiet;
import static io.lingmq.system.SocketFixture.awaitPeers;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.RepSocket;
import io.lingmq.ReqSocket;
import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class RequestReplyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AutoClose
    private final SocketFixture fixture;

    private final ReqSocket client;
    private final RepSocket server;

    RequestReplyTest(Transport transport) {
        fixture = new SocketFixture(transport);
        client = fixture.context().req();
        server = fixture.context().rep();
    }

    @Test
    void answersEachRequest() throws InterruptedException {
        fixture.join(server, client);
        for (var i = 0; i < 100; i++) {
            client.send("request " + i);
            assertThat(take(server).text()).isEqualTo("request " + i);
            server.send("reply " + i);
            assertThat(take(client).text()).isEqualTo("reply " + i);
        }
    }

    @Test
    void clientMayBindAndServerConnect() throws InterruptedException {
        fixture.join(client, server);
        client.send("request");
        assertThat(take(server).text()).isEqualTo("request");
        server.send("reply");
        assertThat(take(client).text()).isEqualTo("reply");
    }

    @Test
    void carriesEveryFrameBothWays() throws InterruptedException {
        fixture.join(server, client);
        var message = Message.of("one", "", "three", "");
        client.send(message);
        assertThat(take(server)).isEqualTo(message);
        server.send(Message.of("", "two"));
        assertThat(take(client)).isEqualTo(Message.of("", "two"));
    }

    @Test
    void carriesEmptyMessages() throws InterruptedException {
        fixture.join(server, client);
        client.send(Message.empty());
        assertThat(take(server)).isEqualTo(Message.empty());
        server.send(Message.empty());
        assertThat(take(client)).isEqualTo(Message.empty());
    }

    @Test
    void clientSendsAndReceivesInTurn() throws InterruptedException {
        fixture.join(server, client);
        assertThatThrownBy(client::receive)
                .isInstanceOf(SocketStateException.class)
                .hasMessageContaining("send");
        client.send("one");
        assertThatThrownBy(() -> client.send("two"))
                .isInstanceOf(SocketStateException.class)
                .hasMessageContaining("REQ_RELAXED");
        assertThat(take(server).text()).isEqualTo("one");
        server.send("reply");
        assertThat(take(client).text()).isEqualTo("reply");
        assertThatThrownBy(client::tryReceive).isInstanceOf(SocketStateException.class);
    }

    @Test
    void serverReceivesAndSendsInTurn() throws InterruptedException {
        fixture.join(server, client);
        assertThatThrownBy(() -> server.send("unasked"))
                .isInstanceOf(SocketStateException.class)
                .hasMessageContaining("receive");
        client.send("request");
        assertThat(take(server).text()).isEqualTo("request");
        assertThatThrownBy(server::tryReceive).isInstanceOf(SocketStateException.class);
        server.send("reply");
        assertThatThrownBy(() -> server.send("again")).isInstanceOf(SocketStateException.class);
        assertThat(take(client).text()).isEqualTo("reply");
    }

    @Test
    void clientAsksItsServersInTurn() throws InterruptedException {
        var other = fixture.context().rep();
        fixture.join(server, client);
        fixture.join(other, client);
        for (var i = 0; i < 4; i++) {
            client.send("request");
            var asked = i % 2 == 0 ? server : other;
            assertThat(take(asked).text()).isEqualTo("request");
            asked.send("reply");
            assertThat(take(client).text()).isEqualTo("reply");
        }
    }

    @Test
    void serverTakesFromItsClientsInTurn() throws InterruptedException {
        var clients = new ReqSocket[] {
            client, fixture.context().req(), fixture.context().req()
        };
        fixture.join(server, clients);
        for (var i = 0; i < clients.length; i++) {
            clients[i].send("from " + i);
        }
        for (var i = 0; i < clients.length; i++) {
            var request = take(server).text();
            server.send("reply " + request);
        }
        for (var i = 0; i < clients.length; i++) {
            assertThat(take(clients[i]).text()).isEqualTo("reply from " + i);
        }
    }

    @Test
    void waitsForTheReplyNoLongerThanAllowed() throws InterruptedException {
        fixture.join(server, client);
        assertThat(client.request(Message.of("question"), Duration.ofMillis(50)))
                .isNull();
        assertThat(take(server).text()).isEqualTo("question");
        server.send("late, and still the reply");
        assertThat(take(client).text()).isEqualTo("late, and still the reply");
    }

    @Test
    void relaxedClientGivesARequestUp() throws InterruptedException {
        client.set(Options.REQ_RELAXED, true);
        client.set(Options.REQ_CORRELATE, true);
        fixture.join(server, client);
        client.send("first");
        assertThat(take(server).text()).isEqualTo("first");
        client.send("second");
        server.send("reply to first");
        assertThat(take(server).text()).isEqualTo("second");
        server.send("reply to second");
        assertThat(take(client).text()).isEqualTo("reply to second");
        assertThat(client.statistics().dropped()).containsEntry(DropReason.STALE_REPLY, 1L);
    }

    @Test
    void dropsTheReplyToAClientThatLeft() throws InterruptedException {
        fixture.join(server, client);
        client.send("request");
        assertThat(take(server).text()).isEqualTo("request");
        client.set(Options.LINGER, Duration.ZERO);
        client.close();
        awaitPeers(server, 0);
        server.send("reply");
        assertThat(server.statistics().dropped()).containsEntry(DropReason.REQUESTER_GONE, 1L);
        assertQuiet(server);
    }

    @Test
    void waitsForAServerToCome() throws InterruptedException {
        var asking = Background.call("asking", () -> client.request("anybody there?"));
        asking.awaitInside("send");
        fixture.join(server, client);
        assertThat(take(server).text()).isEqualTo("anybody there?");
        server.send("yes");
        assertThat(asking.result().text()).isEqualTo("yes");
    }

    @Test
    void manyClientsGetTheirOwnReplies() {
        var answering = Background.run("answering", () -> {
            for (var i = 0; i < 8 * 50; i++) {
                server.send(take(server));
            }
        });
        fixture.bound(server);
        var clients = new Background<?>[8];
        for (var c = 0; c < clients.length; c++) {
            var name = "client " + c;
            clients[c] = Background.run(name, () -> {
                try (var own = fixture.context().req()) {
                    own.connect(fixture.bound(server));
                    for (var i = 0; i < 50; i++) {
                        assertThat(own.request(Message.of(name + i), PATIENCE)).isEqualTo(Message.of(name + i));
                    }
                }
            });
        }
        for (var each : clients) {
            each.result();
        }
        answering.result();
        Await.until("all replies counted", () -> server.statistics().sent() == 400);
    }
}
