package io.lingmq.transport.inproc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class InprocDirectoryTest {
    private final InprocDirectory<String, String> directory = new InprocDirectory<>();

    @Test
    void connectorFindsABinder() {
        assertThat(directory.bind("name", "binder")).isEmpty();

        assertThat(directory.connect("name", "connector")).isEqualTo("binder");
        assertThat(directory.connect("other", "connector")).isNull();
    }

    @Test
    void binderFindsThoseWhoWaited() {
        directory.connect("name", "first");
        directory.connect("name", "second");
        directory.connect("other", "third");

        assertThat(directory.bind("name", "binder")).containsExactly("first", "second");
    }

    @Test
    void nobodyIsFoundTwice() {
        directory.connect("name", "connector");
        directory.bind("name", "binder");
        directory.unbind("name", "binder");

        assertThat(directory.bind("name", "next")).isEmpty();
    }

    @Test
    void whoeverStopsWaitingIsNotFound() {
        directory.connect("name", "first");
        directory.connect("name", "second");
        directory.stopWaiting("name", "first");
        directory.stopWaiting("name", "never waited");
        directory.stopWaiting("other", "first");

        assertThat(directory.bind("name", "binder")).containsExactly("second");
    }

    @Test
    void connectorMayWaitForAnotherBinder() {
        directory.bind("name", "wrong");
        assertThat(directory.connect("name", "connector", "wrong")).isNull();
        directory.unbind("name", "wrong");

        assertThat(directory.bind("name", "right")).containsExactly("connector");
    }

    @Test
    void whoWantsAnotherBinderFindsHimIfHeHasComeMeanwhile() {
        directory.bind("name", "right");

        assertThat(directory.connect("name", "connector", "wrong")).isEqualTo("right");
    }

    @Test
    void whoWaitsTwiceIsFoundOnce() {
        directory.connect("name", "connector");
        directory.connect("name", "connector");

        assertThat(directory.bind("name", "binder")).containsExactly("connector");
    }

    @Test
    void nameIsForOneBinder() {
        directory.bind("name", "binder");

        assertThatThrownBy(() -> directory.bind("name", "other"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith(
                        "cannot bind inproc://name: another socket of this context is bound to it; close that one or"
                                + " choose another name")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        assertThat(directory.connect("name", "connector")).isEqualTo("binder");
    }

    @Test
    void refusedBinderTakesNobodyAway() {
        directory.bind("name", "binder");
        directory.connect("other", "connector");
        assertThatThrownBy(() -> directory.bind("name", "other")).isInstanceOf(EndpointException.class);

        assertThat(directory.bind("other", "binder")).containsExactly("connector");
    }

    @Test
    void onlyTheBinderCanUnbind() {
        directory.bind("name", "binder");
        directory.unbind("name", "other");
        assertThat(directory.connect("name", "connector")).isEqualTo("binder");

        directory.unbind("name", "binder");
        assertThat(directory.connect("name", "connector")).isNull();
    }

    @Test
    void findShowsTheBinderIfThereIsOne() {
        var found = new ArrayList<String>();
        directory.find("name", found::add);
        assertThat(found).isEmpty();
        directory.bind("name", "binder");
        directory.find("name", found::add);

        assertThat(found).containsExactly("binder");
        assertThat(directory.connect("name", "x"))
                .as("looking leaves all as it was")
                .isEqualTo("binder");
    }
}
