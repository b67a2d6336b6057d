package io.lingmq.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * I/O threads never wait for a socket's lock. They reach a socket through interfaces of lower packages; whatever these
 * lead to within the package of sockets is followed, as far as the class files tell.
 */
@Tag("one-jdk")
class LockRulesTest {
    private static final String SOCKETS = "io.lingmq.socket";
    private static final Set<String> DOORS = Set.of("io.lingmq.session.SessionOwner", "io.lingmq.pipe.PipeOwner");
    private static final Set<String> WAITING = Set.of("lock", "lockForSending");

    private static JavaClasses classes;

    @BeforeAll
    static void read() throws URISyntaxException {
        classes = CoreClasses.read();
    }

    @Test
    void whatIoThreadsCallInASocketTakesNoLock() {
        var doors = doors();
        assertThat(doors).as("methods of sockets that I/O threads call").isNotEmpty();
        var waiting = new ArrayList<String>();
        for (var door : doors) {
            waiting.addAll(pathsToLock(door));
        }
        assertThat(waiting)
                .as("ways from an I/O thread to a wait for a socket's lock")
                .isEmpty();
    }

    /** The rule above can fail: it finds the lock from where it is taken. */
    @Test
    void findsTheLockWhereItIsTaken() {
        var send = classes.get(SOCKETS + ".SocketCore").getMethods().stream()
                .filter(method -> method.getName().equals("trySend"))
                .findFirst()
                .orElseThrow();
        assertThat(pathsToLock(send)).isNotEmpty();
    }

    @Test
    void onlySocketsKnowTheLock() {
        var others = classes.get(SOCKETS + ".SocketLock").getDirectDependenciesToSelf().stream()
                .map(dependency -> dependency.getOriginClass().getPackageName())
                .filter(name -> !name.equals(SOCKETS))
                .toList();
        assertThat(others).isEmpty();
    }

    /**
     * These look at interrupts themselves, or are I/O threads; all others would turn round when interrupted: TimedPark.
     */
    @Test
    void whoParksSeesToInterrupts() {
        var parking = classes.stream()
                .filter(type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(LockSupport.class)
                                && call.getName().startsWith("park")))
                .map(JavaClass::getSimpleName)
                .toList();
        assertThat(parking).containsExactlyInAnyOrder("TimedPark", "Waiters", "PollCore", "Relay", "SelectorReactor");
    }

    /** The methods of sockets that implement one of an interface that I/O threads know. */
    private static List<JavaMethod> doors() {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(SOCKETS))
                .filter(type -> implemented(type).findAny().isPresent())
                .flatMap(type -> type.getMethods().stream()
                        .filter(method -> implemented(type)
                                .anyMatch(door -> door.getMethods().stream()
                                        .anyMatch(declared -> declared.getName().equals(method.getName())))))
                .toList();
    }

    private static Stream<JavaClass> implemented(JavaClass type) {
        return type.getAllRawInterfaces().stream().filter(each -> DOORS.contains(each.getName()));
    }

    private static List<String> pathsToLock(JavaCodeUnit from) {
        Map<JavaCodeUnit, String> paths = new HashMap<>(Map.of(from, text(from)));
        var open = new ArrayDeque<JavaCodeUnit>(List.of(from));
        var found = new ArrayList<String>();
        while (!open.isEmpty()) {
            var unit = open.remove();
            var path = paths.get(unit);
            for (var target : targets(unit)) {
                if (isWait(target)) {
                    found.add(path + " → " + text(target));
                } else if (paths.putIfAbsent(target, path + " → " + text(target)) == null) {
                    open.add(target);
                }
            }
        }
        return found;
    }

    /** What it calls, or refers to, in the package of sockets. */
    private static List<JavaCodeUnit> targets(JavaCodeUnit unit) {
        return Stream.concat(
                        unit.getCallsFromSelf().stream().map(JavaAccess::getTarget),
                        Stream.concat(
                                        unit.getMethodReferencesFromSelf().stream(),
                                        unit.getConstructorReferencesFromSelf().stream())
                                .map(JavaAccess::getTarget))
                .map(LockRulesTest::resolved)
                .flatMap(List::stream)
                .filter(each -> each.getOwner().getPackageName().equals(SOCKETS))
                .toList();
    }

    private static List<JavaCodeUnit> resolved(Object target) {
        return target instanceof CodeUnitCallTarget call
                ? call.resolveMember().map(each -> List.<JavaCodeUnit>of(each)).orElse(List.of())
                : List.of();
    }

    private static boolean isWait(JavaCodeUnit unit) {
        return unit.getOwner().getSimpleName().equals("SocketLock") && WAITING.contains(unit.getName());
    }

    private static String text(JavaCodeUnit unit) {
        return unit.getOwner().getSimpleName() + "." + unit.getName();
    }
}
