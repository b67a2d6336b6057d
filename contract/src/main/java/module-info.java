/** Tests that a transport of your own proves itself with. */
module io.lingmq.contract {
    requires static org.jspecify;
    requires io.lingmq.testkit;
    requires org.assertj.core;
    requires transitive io.lingmq;
    requires transitive org.junit.jupiter.api;

    exports io.lingmq.contract;

    opens io.lingmq.contract to
            org.junit.platform.commons;
}
