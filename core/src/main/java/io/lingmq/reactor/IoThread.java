package io.lingmq.reactor;

/** The thread of a reactor: it serves many, and so must not wait for anybody. */
final class IoThread extends Thread {
    IoThread(Runnable work, String name) {
        super(work, name);
    }
}
