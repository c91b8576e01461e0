# Short names for what the launchers and Docker do. BASE=… chooses the images' base.
BASE ?= eclipse-temurin:25-jre
# Compose as Docker's plugin, or as Debian's own program.
COMPOSE ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
JAR := app/target/ringmaster.jar
# Any file of the sources makes the jar old.
SOURCES := $(shell find pom.xml */pom.xml */src/main -type f 2>/dev/null)

.PHONY: help build check up images test-images docker-up down bench lab clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

build: $(JAR) ## the flat jar, without the tests

# What the launcher builds and runs, under the name that the images are built from.
$(JAR): $(SOURCES)
	root=. && . scripts/jdk && . scripts/build && find_jdk && fresh_jar
	cp app/target/launch/ringmaster.jar $@

check: ## all tests
	./check

up: ## Ringmaster with three replicas as processes, on port 5000
	./ringmaster up

images: $(JAR) ## the images ringmaster-server and ringmaster
	docker build -q --build-arg BASE=$(BASE) -f docker/server.Dockerfile -t ringmaster-server .
	docker build -q --build-arg BASE=$(BASE) -f docker/ringmaster.Dockerfile -t ringmaster .

test-images: ## the same images on a base made from this machine, without a registry
	docker/test-base
	$(MAKE) images BASE=ringmaster-test-base

docker-up: ## Ringmaster and its replicas as containers, on port 5000 (make images first)
	$(COMPOSE) up -d

down: ## stops what docker-up started
	$(COMPOSE) down --timeout 60

bench: $(JAR) ## requests per second beside HAProxy and nginx
	bench/proxy

lab: ## the experiments A-1 to A-4, into lab-report/
	./ringmaster lab --out lab-report

clean: ## removes what was built
	rm -rf target */target
