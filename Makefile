# setup: install what is missing and build · demo: a film in, a graph out · test · check: what CI holds · soak · bench
.PHONY: setup demo test check soak bench install build servers
SHELL := /bin/bash

# The headers that came with node spare npm a download when it has to compile better-sqlite3.
node_prefix = $(shell node -p 'require("node:path").dirname(require("node:path").dirname(process.execPath))' 2>/dev/null)
ifneq ($(wildcard $(node_prefix)/include/node/node.h),)
export npm_config_nodedir := $(node_prefix)
endif

setup: install build

demo: setup
	@node dist/examples/demo.js

test: setup servers
	@./run-tests.sh

check: setup
	@node_modules/.bin/biome ci .
	@node build.mjs --schema && git diff --exit-code --stat -- schema.graphql schema/shape.generated.ts
	@$(MAKE) --no-print-directory test

soak: setup servers
	@FABULA_SOAK=1 ./run-tests.sh --timeout 3600000

bench: build
	@for bench in dist/bench/*.bench.js; do echo "== $$bench"; node "$$bench" || exit 1; done

# What tests run against, apart from what Fabula needs itself.
servers:
	@./install-programs.sh chromium:chromium redis-server:redis-server
	@./install-neo4j.sh

# A node_modules that is a link belongs to another checkout and is left alone.
install:
	@./install-programs.sh ffmpeg:ffmpeg ffprobe:ffmpeg
	@if [ ! -L node_modules ] && ! cmp -s package-lock.json node_modules/.installed-lock.json; then \
	  echo 'Installing npm packages …'; \
	  npm ci --silent || { echo 'Trying again, with compilers.'; ./install-programs.sh g++:g++ python3:python3 && npm ci; } && \
	  cp package-lock.json node_modules/.installed-lock.json; \
	fi

build: install
	@node build.mjs
