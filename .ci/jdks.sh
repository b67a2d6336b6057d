# Finds JDKs: for ./test and ./soak, which source this.

major_of() { # home; the 17 in the release file's JAVA_VERSION="17.0.1"
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null
}

first_home() { # of the JDK that is used where nothing else is said
  if [[ -n ${JAVA_HOME:-} ]]; then
    echo "$JAVA_HOME"
  elif command -v javac > /dev/null; then
    dirname "$(dirname "$(readlink -f "$(command -v javac)")")"
  else
    return 1
  fi
}

other_homes() { # major of the first; prints one JDK from 17 on of each other version, oldest first
  local home major
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    major=$(major_of "$home" || true)
    if [[ -x $home/bin/javac && -n $major && $major -ge 17 && $major != "$1" ]]; then echo "$major $home"; fi
  done | sort -n -u -k 1,1 | cut -d ' ' -f 2-
}
