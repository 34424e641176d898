.DEFAULT_GOAL := help
.PHONY: help demo test verify it fuzz mutation fmt docs run simulate bench package image

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: ## the story on this machine, no cluster needed
	./demo

test: ## tests without an API server
	mvn -q test

verify: ## all tests and rules, as CI runs them
	mvn verify

it: ## integration tests only, on a real kube-apiserver
	mvn verify -Dtest=NoneOfThese -Dsurefire.failIfNoSpecifiedTests=false

fuzz: ## a minute of Jazzer for each target
	hack/fuzz

mutation: ## mutation score of the packages that decide, with the survivors
	hack/mutation

fmt: ## format the Java code (Maven on a JDK 21 or newer)
	mvn -q spotless:apply

docs: ## write the tables of docs/reference anew from the CRDs
	mvn -q test -Dtest=CrdReferenceTest -Dgolden.update=true

package: ## target/ses-operator.jar and target/lib
	mvn -q package -DskipTests

image: ## target/ses-operator-image.tar, without a container engine
	hack/image

run: package ## the operator against the current kubeconfig
	java -jar target/ses-operator.jar run --log-format text

simulate: package ## a Tencent Cloud SES on 127.0.0.1:8484
	java -jar target/ses-operator.jar simulate

bench: ## all measurements, in about two hours
	for measurement in latency start burst fairness outage propagation lists handover; do bench/$$measurement || exit 1; done
