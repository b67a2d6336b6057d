package io.lingmq.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps the packages in the order of {@code packages.txt}, and each kind of work in its place. */
@Tag("one-jdk")
class PackageOrderTest {
    private static final String ROOT = "io.lingmq";

    /** They turn bytes into messages and back; bytes and the time come in, bytes and messages go out. */
    private static final String[] PURE = {
        ROOT + ".wire..",
        ROOT + ".chain..",
        ROOT + ".frame..",
        ROOT + ".mechanism..",
        ROOT + ".engine..",
        ROOT + ".pattern..",
        ROOT + ".routing.."
    };

    /** Classes of the package socket in which threads of the application wait. */
    private static final String WAITS = "(Waiting|Waiters|AdaptiveSpin|TimedPark|PollCore|Relay|Completion)";

    private static List<String> order;
    private static JavaClasses classes;

    @BeforeAll
    static void read() throws IOException, URISyntaxException {
        order = readOrder();
        Path tests = Path.of(PackageOrderTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        classes = new ClassFileImporter().importPath(tests.resolveSibling("classes"));
        assertThat(classes).isNotEmpty();
    }

    private static List<String> readOrder() throws IOException {
        try (InputStream in = PackageOrderTest.class.getResourceAsStream("/packages.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> {
                        String[] parts = line.split(" — ", 2);
                        assertThat(parts).as("name — one sentence: %s", line).hasSize(2);
                        return parts[0].strip();
                    })
                    .toList();
        }
    }

    @Test
    void listNamesEachPackageOnce() {
        TreeSet<String> packages = new TreeSet<>();
        for (JavaClass type : classes) {
            // A module descriptor stands in no package.
            if (!type.getPackageName().isEmpty()) {
                packages.add(type.getPackageName());
            }
        }
        assertThat(order).doesNotHaveDuplicates();
        assertThat(order).containsExactlyInAnyOrderElementsOf(packages);
    }

    /** An order leaves no room for cycles, so there is no rule of its own against them. */
    @Test
    void classesUseOnlyTheirOwnPackageAndLowerOnes() {
        List<String> upward = classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
                .filter(dependency -> rank(dependency.getOriginClass())
                        < rank(dependency.getTargetClass().getBaseComponentType()))
                .map(Dependency::getDescription)
                .sorted()
                .toList();
        assertThat(upward).as("dependencies on a package further up").isEmpty();
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static int rank(JavaClass type) {
        int rank = order.indexOf(type.getPackageName());
        assertThat(rank).as("place of %s in packages.txt", type.getName()).isNotNegative();
        return rank;
    }

    @Test
    void protocolCodeTouchesNoChannelAndNoThread() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .because("it is handed bytes, and is tested with byte arrays"));
    }

    /** A poller watches the application's own channels; all others are known to a transport or a reactor alone. */
    @Test
    void channelsAreKnownInFewPlaces() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".transport..", ROOT + ".reactor..")
                .and()
                .haveNameNotMatching(ROOT + "\\.(Poller|Loop|socket\\.(PollCore|PolledChannels)"
                        + "|loop\\.(LoopCore|Stations|ChannelStation))(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.channels..")
                .because("what carries a link, its transport alone knows"));
    }

    @Test
    void protocolCodeAsksNoClock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("the time is handed to it, and is virtual in tests"));
    }

    /** The clock of all that a reactor serves is the reactor; random numbers come from the context's runtime. */
    @Test
    void timeAndChanceComeFromTheRuntime() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".time..", ROOT + ".reactor..")
                .and()
                .haveNameNotMatching(ROOT + "\\.(ReqSocket|socket\\." + WAITS + ")(\\$.*)?")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("in a simulation the time is virtual; a thread that parks measures how long"));
        check(noClasses()
                .that()
                .haveNameNotMatching(ROOT + "\\.(socket\\.SystemRuntime|transport\\.ipc\\.PathLock)(\\$.*)?")
                .should()
                .callMethodWhere(describe(
                        "makes random numbers of its own",
                        call -> List.of("java.util.random.RandomGenerator", "java.util.concurrent.ThreadLocalRandom")
                                        .contains(call.getTargetOwner().getName())
                                && List.of("getDefault", "of", "current")
                                        .contains(call.getTarget().getName())))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .because("in a simulation chance comes from one seed"));
    }

    /** Threads of the application are parked where they wait, and nowhere else. */
    @Test
    void threadsParkInFewPlaces() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".reactor..")
                .and()
                .haveNameNotMatching(ROOT + "\\.socket\\." + WAITS + "(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(LockSupport.class)
                .because("a simulation cannot let a thread wait"));
    }

    @Test
    void patternsKnowNoTransport() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".pattern..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".transport.."));
    }

    @Test
    void transportsKnowNoPattern() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".pattern.."));
    }

    /** Names are asked for in one place, which runs in threads that may wait; a literal address asks nobody. */
    @Test
    void namesAreLookedUpInOnePlace() {
        check(noClasses()
                .that()
                .haveNameNotMatching(".*\\.transport\\.tcp\\.Names(\\$\\d+)?")
                .should()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callMethodWhere(describe(
                        "asks for the names of interfaces and of this machine",
                        call -> call.getTargetOwner().isEquivalentTo(NetworkInterface.class)
                                && call.getTarget().getName().equals("getByName")))
                .orShould()
                .callMethod(InetAddress.class, "getLocalHost")
                .orShould()
                .callMethod(InetAddress.class, "getHostName")
                .orShould()
                .callMethod(InetAddress.class, "getCanonicalHostName")
                .orShould()
                .callMethod(InetSocketAddress.class, "getHostName")
                .orShould()
                .callConstructor(InetSocketAddress.class, String.class, int.class)
                .because("an I/O thread must not wait for a name server"));
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.tcp.Literal")
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .because("it looks up what is no literal address"));
    }

    @Test
    void nobodyComparesTheTextOfAnException() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".transport..", ROOT + ".session..", ROOT + ".socket..")
                .should()
                .callMethod(Throwable.class, "getLocalizedMessage")
                .orShould()
                .callMethod(String.class, "contains", CharSequence.class)
                .orShould()
                .callMethod(String.class, "equalsIgnoreCase", String.class)
                .orShould()
                .callMethod(String.class, "toLowerCase", Locale.class)
                .because("what the operating system says is in the user's language"));
    }

    @Test
    void nobodyPrints() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".guard.JvmShutdown") // a loss, when the log may be gone
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(describe(
                        "prints a stack trace",
                        call -> call.getTarget().getName().equals("printStackTrace")))
                .because("a library speaks through System.Logger, events and exceptions"));
    }

    @Test
    void nobodySleeps() {
        check(noClasses()
                .should()
                .callMethodWhere(describe(
                        "sleeps",
                        call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getTarget().getName().equals("sleep")))
                .because("a sleeper cannot be woken by what it waits for"));
    }

    /** A pattern and its pipes work under their socket's lock: who waits there keeps all others waiting. */
    @Test
    void nobodyWaitsUnderASocketsLock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".chain..",
                        ROOT + ".frame..",
                        ROOT + ".pipe..",
                        ROOT + ".routing..",
                        ROOT + ".pattern..")
                .should()
                .callMethodWhere(describe(
                        "yields, parks, waits or sleeps",
                        call -> call.getTargetOwner().getPackageName().startsWith("java.")
                                && Set.of("yield", "park", "parkNanos", "parkUntil", "wait", "sleep", "join", "await")
                                        .contains(call.getTarget().getName())))
                .because("a thread that gives up its processor there may not get it back for long"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}
