package io.lingmq.artifacts;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The list of all that a user of a module can name: types, their constants, constructors and methods, with what these
 * throw. The text depends on the classes alone, not on the JDK that reads them.
 */
final class ApiPage {
    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;
    private static final int TOLD = VISIBLE | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    private final StringBuilder text = new StringBuilder();

    /** Adds a module, with the packages that it exports. */
    ApiPage module(Published module) throws ClassNotFoundException {
        text.append("\nmodule ").append(module.descriptor().name()).append('\n');
        for (var packageName : module.exported()) {
            text.append("\npackage ").append(packageName).append('\n');
            for (var name : module.classes(packageName)) {
                var type = Class.forName(name, false, ApiPage.class.getClassLoader());
                if (isVisible(type)) {
                    type(type);
                }
            }
        }
        return this;
    }

    /** The list so far. */
    String text() {
        return text.toString();
    }

    /** Visible from other modules: with all that it is nested in. */
    private static boolean isVisible(Class<?> type) {
        return (type.getModifiers() & VISIBLE) != 0
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    /** Adds a type and its members. */
    ApiPage type(Class<?> type) {
        text.append('\n').append(head(type)).append('\n');
        members(type).forEach(member -> text.append("    ").append(member).append('\n'));
        return this;
    }

    private static String head(Class<?> type) {
        var words = new StringBuilder(deprecated(type.isAnnotationPresent(Deprecated.class)));
        words.append(modifiers(
                type.isInterface() || type.isEnum() || type.isRecord()
                        ? type.getModifiers() & ~(Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC)
                        : type.getModifiers()));
        words.append(type.isSealed() ? "sealed " : "").append(kind(type)).append(shortly(type.getTypeName()));
        words.append(variables(type));
        if (type.isRecord()) {
            words.append(Arrays.stream(type.getRecordComponents())
                    .map(ApiPage::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        above(type).ifPresent(name -> words.append(" extends ").append(shortly(name)));
        words.append(names(
                type.isInterface() ? " extends " : " implements ",
                closed(type).stream().flatMap(each -> Arrays.stream(each.getGenericInterfaces()))));
        return words.toString();
    }

    /** The nearest class above that can be named and says more than what kind of type this is. */
    private static Optional<String> above(Class<?> type) {
        for (var below = type; below.getSuperclass() != null; below = below.getSuperclass()) {
            if (isVisible(below.getSuperclass())) {
                return Optional.of(below.getGenericSuperclass().getTypeName())
                        .filter(name -> !name.matches("java\\.lang\\.(Object|Record|Enum<.*)"));
            }
        }
        return Optional.empty();
    }

    private static String component(RecordComponent component) {
        return shortly(component.getGenericType().getTypeName()) + " " + component.getName();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface ";
        }
        if (type.isInterface()) {
            return "interface ";
        }
        return type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
    }

    /** The type, and those above it that nobody outside can name: what they declare is seen as its own. */
    private static List<Class<?>> closed(Class<?> type) {
        var found = new LinkedHashSet<Class<?>>(List.of(type));
        var open = new ArrayList<Class<?>>(found);
        while (!open.isEmpty()) {
            var next = open.remove(0);
            Stream.concat(Stream.ofNullable(next.getSuperclass()), Arrays.stream(next.getInterfaces()))
                    .filter(above -> !isVisible(above))
                    .filter(found::add)
                    .forEach(open::add);
        }
        return List.copyOf(found);
    }

    private static Set<String> members(Class<?> type) {
        var fields = new TreeSet<String>();
        var constructors = new TreeSet<String>();
        var methods = new TreeSet<String>();
        for (var one : closed(type)) {
            Arrays.stream(one.getDeclaredFields())
                    .filter(each -> isTold(each.getModifiers(), each.isSynthetic()))
                    .forEach(each -> fields.add(field(each)));
            Arrays.stream(one.getDeclaredMethods())
                    .filter(each -> isTold(each.getModifiers(), each.isSynthetic()))
                    .forEach(each -> methods.add(method(each)));
        }
        Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> isTold(each.getModifiers(), each.isSynthetic()))
                .forEach(each -> constructors.add(constructor(each)));
        var all = new LinkedHashSet<>(fields);
        all.addAll(constructors);
        all.addAll(methods);
        return all;
    }

    private static boolean isTold(int modifiers, boolean synthetic) {
        return (modifiers & VISIBLE) != 0 && !synthetic;
    }

    private static String field(Field field) {
        return deprecated(field.isAnnotationPresent(Deprecated.class))
                + modifiers(field.getModifiers())
                + shortly(field.getGenericType().getTypeName())
                + " "
                + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return start(constructor) + constructor.getDeclaringClass().getSimpleName() + end(constructor);
    }

    private static String method(Method method) {
        return start(method)
                + (method.isDefault() ? "default " : "")
                + shortly(method.getGenericReturnType().getTypeName())
                + " "
                + method.getName()
                + end(method);
    }

    private static String start(Executable one) {
        var variables = variables(one);
        return deprecated(one.isAnnotationPresent(Deprecated.class))
                + modifiers(one.getModifiers())
                + (variables.isEmpty() ? "" : variables + " ");
    }

    private static String end(Executable one) {
        var parameters = Arrays.stream(one.getGenericParameterTypes())
                .map(type -> shortly(type.getTypeName()))
                .collect(Collectors.joining(", ", "(", ")"));
        if (one.isVarArgs()) {
            parameters = parameters.substring(0, parameters.length() - "[])".length()) + "...)";
        }
        return parameters + names(" throws ", Arrays.stream(one.getGenericExceptionTypes()));
    }

    private static String variables(GenericDeclaration of) {
        return of.getTypeParameters().length == 0
                ? ""
                : Arrays.stream(of.getTypeParameters())
                        .map(ApiPage::variable)
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String variable(TypeVariable<?> variable) {
        var bounds = Arrays.stream(variable.getBounds()).filter(bound -> bound != Object.class);
        return variable.getName()
                + bounds.map(bound -> shortly(bound.getTypeName()))
                        .reduce((one, other) -> one + " & " + other)
                        .map(all -> " extends " + all)
                        .orElse("");
    }

    private static String names(String before, Stream<? extends Type> types) {
        var names = types.filter(type -> !(type instanceof Class<?> plain) || isVisible(plain))
                .map(type -> shortly(type.getTypeName()))
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : before + names;
    }

    private static String deprecated(boolean is) {
        return is ? "@Deprecated " : "";
    }

    private static String modifiers(int modifiers) {
        var words = Modifier.toString(modifiers & TOLD);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String shortly(String name) {
        return name.replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "").replace('$', '.');
    }
}
