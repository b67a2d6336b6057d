package io.lingmq.testkit;

import java.lang.reflect.InvocationTargetException;

/** Virtual threads, by reflection: this is compiled for a JDK that does not have them. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /** Whether this JDK has them. */
    public static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** How many can run at a time, unless the JVM was told another number. */
    public static int carriers() {
        return Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    /** One that does not run yet. */
    public static Thread unstarted(String name, Runnable work) {
        try {
            var builder = Thread.class.getMethod("ofVirtual").invoke(null);
            var type = Class.forName("java.lang.Thread$Builder");
            var named = type.getMethod("name", String.class).invoke(builder, name);
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(named, work);
        } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException e) {
            throw new LinkageError("this JDK has no virtual threads", e);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
