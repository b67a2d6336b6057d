package io.lingmq.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.CloseReport.EndpointLoss;
import io.lingmq.event.CloseReport.SocketLoss;
import io.lingmq.option.SocketType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloseReportTest {
    private static SocketLoss loss(int number, EndpointLoss... endpoints) {
        return new SocketLoss("PUSH#" + number, SocketType.PUSH, endpoints.length, List.of(endpoints));
    }

    @Test
    void textNamesSocketsAndEndpoints() {
        var one = loss(1, new EndpointLoss("tcp://a:1", 1), new EndpointLoss("tcp://b:2", 4));
        var two = loss(2, new EndpointLoss("ipc://c", 1));

        assertThat(CloseReport.NOTHING_LOST).hasToString("nothing lost");
        assertThat(CloseReport.of(two)).hasToString("1 message lost (PUSH#2: 1 at ipc://c)");
        assertThat(new CloseReport(6, List.of(one, two)))
                .hasToString("6 messages lost (PUSH#1: 1 at tcp://a:1, 4 at tcp://b:2; PUSH#2: 1 at ipc://c)");
    }

    @Test
    void textOfManyPlacesNamesThree() {
        var endpoints = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> new EndpointLoss("tcp://a:" + i, 1))
                .toArray(EndpointLoss[]::new);
        assertThat(CloseReport.of(loss(1, endpoints)))
                .hasToString("5 messages lost (PUSH#1: 1 at tcp://a:1, 1 at tcp://a:2, 1 at tcp://a:3,"
                        + " and more at 2 others)");
    }

    @Test
    void aSocketThatLostNothingIsLeftOut() {
        assertThat(CloseReport.of(loss(1))).isSameAs(CloseReport.NOTHING_LOST);
    }
}
