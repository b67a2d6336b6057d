/** What tests of messaging code share. */
module io.lingmq.testkit {
    requires static org.jspecify;

    exports io.lingmq.testkit;
}
