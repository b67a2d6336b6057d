package io.lingmq.lang;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Handles of volatile fields. A class keeps its handles in {@code static final} fields, and nowhere else: only those
 * are constants to the compiler, and as fast as the field itself.
 *
 * <p>Threading: any thread.
 */
public final class Fields {
    private Fields() {}

    /**
     * The handle of a field that is not static.
     *
     * @param lookup of a class that may use the field: {@code MethodHandles.lookup()}
     * @param owner the class that declares the field
     * @throws ExceptionInInitializerError if there is no such field, which only a change of its declaration can bring
     */
    public static VarHandle handle(MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type) {
        try {
            return lookup.findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
