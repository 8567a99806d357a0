#!/usr/bin/env bash
# install-neo4j.sh: fetches the jars of the Neo4j that tests run against into .cache/, once.
set -euo pipefail
cd "$(dirname "$0")"
pom=test/servers/neo4j-pom.xml
version=$(sed -nE 's/^  <version>(.*)<\/version>$/\1/p' "$pom")
folder=.cache/neo4j-$version
[ ! -e "$folder/complete" ] || exit 0

./install-programs.sh java:openjdk-17-jdk-headless javac:openjdk-17-jdk-headless mvn:maven
echo "Fetching Neo4j $version for the tests …" >&2
rm -rf "$folder"
mvn -q -B -f "$pom" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$PWD/$folder" </dev/null >&2
touch "$folder/complete"
