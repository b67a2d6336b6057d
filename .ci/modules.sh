# Knows the modules from the POMs: for the scripts that build, which source this.

# Prints the module and those that it is made of, one a line; with "tests" those that its tests need, too.
modules_of() { # root, module, tests or nothing
  local root=$1 all module poms=()
  all=$(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$root/pom.xml")
  for module in $all; do poms+=("$root/$module/pom.xml"); done
  awk -v wanted="$2" -v tests="${3:-}" '
    BEGIN { RS = "<" } # each record begins with a tag, and what it holds follows
    function text() { sub(/^[^>]*>/, ""); gsub(/[[:space:]]/, ""); return $0 }
    FNR == 1 { module = FILENAME; sub(/\/pom\.xml$/, "", module); sub(/.*\//, "", module)
               parent = inside = named = 0 }
    /^parent>/ { parent = 1 }
    /^\/parent>/ { parent = 0 }
    /^dependency>/ { inside = 1; needed = scope = "" }
    /^\/dependency>/ { inside = 0
                       if (scope != "test" || (tests != "" && module == wanted)) needs[module, ++count[module]] = needed }
    /^scope>/ && inside { scope = text() }
    /^artifactId>/ && inside { needed = text() }
    /^artifactId>/ && !parent && !inside && !named { named = 1; module_of[text()] = module }
    function visit(module,    i, other) {
      if (seen[module]++) return
      for (i = 1; i <= count[module]; i++) {
        other = module_of[needs[module, i]]
        if (other != "") visit(other)
      }
      print module
    }
    END { visit(wanted) }' "${poms[@]}"
}

# Prints a source of the module, or of one that it is made of, that has changed since the stamp; nothing if there is none.
changed_since() { # stamp, root, module, tests or nothing
  local root=$2 sources=("$2/pom.xml") module file
  for module in $(modules_of "${@:2}"); do
    for file in "$root/$module/pom.xml" "$root/$module/src/main"; do
      if [[ -e $file ]]; then sources+=("$file"); fi
    done
  done
  if [[ -n ${4:-} ]]; then sources+=("$root/$3/src/test"); fi
  find "${sources[@]}" -newer "$1" -print -quit
}
