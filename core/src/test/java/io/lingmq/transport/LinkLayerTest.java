package io.lingmq.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.reactor.Reactor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LinkLayerTest {
    private static final LinkLayer BROKEN = below -> {
        throw new IOException("no key");
    };

    private final FakeLink below = new FakeLink();

    /** Notes whether it was closed. */
    private static final class FakeLink implements Link {
        private boolean isClosed;

        @Override
        public void watch(Reactor reactor, LinkWatcher watcher) {}

        @Override
        public void readInterest(boolean wanted) {}

        @Override
        public void writeInterest(boolean wanted) {}

        @Override
        public int read(ByteBuffer buffer) {
            return -1;
        }

        @Override
        public int write(ByteBuffer buffer) {
            return 0;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {
            isClosed = true;
        }

        @Override
        public String peer() {
            return "a fake";
        }
    }

    /** Gives one link, or none. */
    private record FakeConnecting(Link link) implements Connecting {
        @Override
        public void watch(Reactor reactor, ReadyWatcher watcher) {}

        @Override
        public Link finish() {
            return link;
        }

        @Override
        public void close() {}
    }

    private record FakeAcceptor(Link link) implements Acceptor {
        @Override
        public String endpoint() {
            return "fake://1";
        }

        @Override
        public void watch(Reactor reactor, ReadyWatcher watcher) {}

        @Override
        public void acceptInterest(boolean wanted) {}

        @Override
        public Link accept() {
            return link;
        }

        @Override
        public void close() {}
    }

    private static Link plain(Link below) {
        return new LayeredLink(below) {};
    }

    @Test
    void linkLiesOverTheOneThatIsMade() throws IOException {
        LinkLayer layer = LinkLayerTest::plain;
        for (var link : new Link[] {
            layer.accepting(new FakeAcceptor(below)).accept(),
            layer.connecting(new FakeConnecting(below)).finish()
        }) {
            assertThat(link).isNotSameAs(below);
            assertThat(link.peer()).isEqualTo("a fake");
            link.close();
            assertThat(below.isClosed).isTrue();
            below.isClosed = false;
        }
    }

    @Test
    void nothingLiesOverNothing() throws IOException {
        assertThat(BROKEN.accepting(new FakeAcceptor(null)).accept()).isNull();
        assertThat(BROKEN.connecting(new FakeConnecting(null)).finish()).isNull();
    }

    /** It says nothing about the next peer. */
    @Test
    void acceptedLinkThatCannotBeCoveredIsClosed() {
        var acceptor = BROKEN.accepting(new FakeAcceptor(below));

        assertThatThrownBy(acceptor::accept)
                .isInstanceOf(LinkFailedException.class)
                .hasMessage("no key");
        assertThat(below.isClosed).isTrue();
    }

    @Test
    void connectedLinkThatCannotBeCoveredIsClosed() {
        var connecting = BROKEN.connecting(new FakeConnecting(below));

        assertThatThrownBy(connecting::finish).isInstanceOf(IOException.class).hasMessage("no key");
        assertThat(below.isClosed).isTrue();
    }

    /** A method with a default body is easily forgotten. */
    @Test
    void layerPassesOnAllThatIsBelow() {
        assertOverridesAll(Link.class, LayeredLink.class);
        assertOverridesAll(Acceptor.class, LayeredAcceptor.class);
        assertOverridesAll(Connecting.class, LayeredConnecting.class);
    }

    private static void assertOverridesAll(Class<?> what, Class<?> layer) {
        assertThat(what.getMethods())
                .allSatisfy(method -> assertThat(layer.getMethod(method.getName(), method.getParameterTypes()))
                        .extracting(Method::getDeclaringClass)
                        .isEqualTo(layer));
    }
}
