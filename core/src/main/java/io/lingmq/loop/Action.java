package io.lingmq.loop;

/** What a loop calls: the application's code, which may throw anything. */
@FunctionalInterface
public interface Action {
    /** Does it. */
    void run() throws Exception;
}
