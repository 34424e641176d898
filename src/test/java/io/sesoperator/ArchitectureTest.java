package io.sesoperator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rules of ARCHITECTURE.md. Each one is also held against {@code broken.sesoperator}, where it
 * must find what breaks it: a rule that finds nothing there would not find anything here either.
 */
class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sesoperator");

  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages("broken.sesoperator");

  private static final String[] WHERE_PASSWORDS_ARE = {
    "..sesoperator.api..",
    "..sesoperator.plan..",
    "..sesoperator.password..",
    "..sesoperator.ses..",
    "..sesoperator.tencent..",
    "..sesoperator.kube..",
    "..sesoperator.check.."
  };

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile(
          ".*(Utils?|Helper|Manager|Service|Impl|Context|Info|Data|Processor|Controller)"
              + "|(Abstract|Base)(?=[A-Z]).*");

  private static final Set<String> CLOCK_METHODS =
      Set.of(
          "java.time.Instant.now()",
          "java.time.LocalDate.now()",
          "java.time.LocalDateTime.now()",
          "java.time.OffsetDateTime.now()",
          "java.time.ZonedDateTime.now()",
          "java.lang.System.currentTimeMillis()",
          "java.lang.System.nanoTime()",
          "java.util.Date.<init>()");

  @Test
  void noPackageCycles() {
    keeps(slices().matching("..sesoperator.(*)..").should().beFreeOfCycles(), "Cycle detected");
  }

  @Test
  void rootPackageIsEmpty() {
    keeps(noClasses().should().resideInAPackage("..sesoperator"), "InTheRoot");
  }

  @Test
  void layersAsInTheArchitectureDocument() {
    keeps(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy("..sesoperator.cli..")
            .layer("check")
            .definedBy("..sesoperator.check..")
            .layer("simulator")
            .definedBy("..sesoperator.simulator..")
            .layer("runtime")
            .definedBy("..sesoperator.runtime..")
            .layer("controller")
            .definedBy("..sesoperator.controller..")
            .layer("kube")
            .definedBy("..sesoperator.kube..")
            .layer("ses")
            .definedBy("..sesoperator.ses..")
            .layer("tencent")
            .definedBy("..sesoperator.tencent..")
            .layer("password")
            .definedBy("..sesoperator.password..")
            .layer("plan")
            .definedBy("..sesoperator.plan..")
            .layer("api")
            .definedBy("..sesoperator.api..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("controller")
            .mayOnlyBeAccessedByLayers("runtime", "cli")
            .whereLayer("kube")
            .mayOnlyBeAccessedByLayers("controller", "runtime", "cli")
            .whereLayer("ses")
            .mayOnlyBeAccessedByLayers("controller", "runtime", "cli")
            .whereLayer("tencent")
            .mayOnlyBeAccessedByLayers("ses", "controller", "runtime", "cli")
            .whereLayer("password")
            .mayOnlyBeAccessedByLayers("kube", "ses", "controller", "runtime", "check", "cli")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers(
                "password", "kube", "ses", "controller", "runtime", "check", "cli")
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers(
                "plan", "password", "kube", "ses", "controller", "runtime", "check", "cli"),
        "Upward.decides()");
  }

  @Test
  void planUsesOnlyJavaAndApi() {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(
                "java.lang..",
                "java.time..",
                "java.util..",
                "org.jspecify..",
                "..sesoperator.plan..",
                "..sesoperator.api..")
            .and(not(resideInAnyPackage("java.util.logging..", "java.util.concurrent..")))
            .and(not(JavaClass.Predicates.equivalentTo(Clock.class)));

    keeps(
        classes()
            .that(resideInAPackage("..sesoperator.plan.."))
            .should()
            .onlyDependOnClassesThat(allowed),
        "Files.exists",
        "LoggerFactory");
    keeps(
        noClasses()
            .that(resideInAPackage("..sesoperator.plan.."))
            .should()
            .callMethodWhere(call(CLOCK_METHODS)),
        "Instant.now()");
  }

  @Test
  void plaintextStaysInPasswordSesAndSecretReader() {
    keeps(
        noClasses()
            .that(
                not(
                    resideInAnyPackage("..sesoperator.password..", "..sesoperator.ses..")
                        .or(nameMatching(".*\\.kube\\.(SecretReader|DigestStore)(\\$.*)?"))
                        .or(
                            nameMatching(
                                ".*\\.controller\\.(Applier|Logins|PlannedPassword)(\\$.*)?"))))
            .should()
            .dependOnClassesThat(nameMatching("io\\.sesoperator\\.password\\.Password(\\$.*)?")),
        "Meddler");
  }

  @Test
  void fabric8SecretOnlyInKube() {
    keeps(
        noClasses()
            .that(not(resideInAPackage("..sesoperator.kube..")))
            .should()
            .dependOnClassesThat(nameMatching("io\\.fabric8\\..*\\.Secret(List|Builder|Fluent)?")),
        "Meddler");
  }

  @Test
  void statusIsBuiltOnlyByNextStatusAndWrittenOnlyByStatusWriter() {
    keeps(
        noClasses()
            .that(not(resideInAnyPackage("..sesoperator.api..", "..sesoperator.plan..")))
            .should()
            .dependOnClassesThat(nameMatching(".*\\.api\\.SmtpCredentialStatus\\$Draft")),
        "StatusUtils");
    keeps(
        noClasses()
            .that(not(nameMatching(".*\\.kube\\.StatusWriter(\\$.*)?")))
            .should()
            .callMethodWhere(
                describe(
                    "status is written",
                    call ->
                        call.getName()
                            .matches(
                                "(patch|edit|update|replace)(ResourceAnd)?Status|subresource"))),
        "patchStatus");
  }

  @Test
  void onlyPasswordSetterUsersAreApplierAndRuntime() {
    keeps(
        noClasses()
            .that(
                not(
                    resideInAnyPackage("..sesoperator.ses..", "..sesoperator.runtime..")
                        .or(nameMatching(".*\\.controller\\.(Applier|AccountSessions?)(\\$.*)?"))))
            .should()
            .dependOnClassesThat(simpleName("PasswordSetter")),
        "Meddler");
  }

  @Test
  void planOnlyReads() {
    DescribedPredicate<HasName> ofThePlan =
        nameMatching(
            ".*\\.(kube\\.ClusterReader|controller\\.ClusterSnapshot"
                + "|cli\\.(PlanCommand|ClusterPlan|PlannedFiles|Overlay))(\\$.*)?");
    keeps(
        noClasses()
            .that(ofThePlan)
            .should()
            .dependOnClassesThat(
                nameMatching(
                    ".*\\.(PasswordSetter|SesClient|Applier|AccountSessions?|StatusWriter"
                        + "|EventPublisher|ApiRequests)(\\$.*)?")),
        "PasswordSetter");
    keeps(
        noClasses()
            .that(ofThePlan)
            .should()
            .callMethodWhere(
                describe(
                    "something is written",
                    call ->
                        call.getName()
                                .matches(
                                    "(create|update|patch|edit|replace|delete|accept|apply"
                                        + "|serverSideApply|loadOrCreate|hold|release).*")
                            && call.getTargetOwner()
                                .getName()
                                .matches(
                                    "io\\.fabric8\\.kubernetes\\.client\\..*"
                                        + "|.*\\.kube\\.(DigestKeys|Finalizers)"))),
        "delete");
  }

  @Test
  void simulatorSharesNothing() {
    keeps(
        classes()
            .that(resideInAPackage("..sesoperator.simulator.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..",
                    "javax..",
                    "com.sun.net.httpserver..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "..sesoperator.simulator..")),
        "KnowsSes");
  }

  @Test
  void tencentKnowsNothingOfSes() {
    keeps(
        classes()
            .that(resideInAPackage("..sesoperator.tencent.."))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    "java..",
                    "javax..",
                    "com.fasterxml.jackson..",
                    "org.apache.commons.codec..",
                    "org.jspecify..",
                    "..sesoperator.tencent..")),
        "Reason");
  }

  @Test
  void clockOnlyInjected() {
    keeps(
        noClasses()
            .that(
                not(
                    resideInAnyPackage("..sesoperator.runtime..", "..sesoperator.cli..")
                        // a default of its own options, and the time that one answer took
                        .or(nameMatching(".*\\.simulator\\.(SimulatorOptions|Arrival)"))))
            .should()
            .callCodeUnitWhere(
                call(CLOCK_METHODS).or(describe("a clock is made", ArchitectureTest::makesAClock))),
        "Instant.now()",
        "System.currentTimeMillis()");
  }

  @Test
  void noThreadSleep() {
    keeps(
        noClasses()
            .should()
            .callMethodWhere(
                describe(
                    "somebody sleeps",
                    call ->
                        call.getName().equals("sleep")
                            || call.getName().startsWith("park")
                                && call.getTargetOwner().getName().endsWith("LockSupport"))),
        "Thread.sleep");
  }

  @Test
  void noForbiddenNames() {
    keeps(
        noClasses().should().haveNameMatching(".*[.$](" + FORBIDDEN_NAME.pattern() + ")"),
        "StatusUtils");
  }

  @Test
  void noInterfaceWithOneImplementation() {
    DescribedPredicate<JavaClass> ownInterfaces =
        describe(
            "are interfaces of ours",
            type -> type.isInterface() && !type.isAnnotation() && !type.getSimpleName().isEmpty());
    keeps(
        noClasses()
            .that(ownInterfaces)
            .and(not(simpleName("SenderDirectory").or(simpleName("PasswordSetter"))))
            .should(ArchitectureConditions.haveOneImplementation()),
        "Lonely");
  }

  @Test
  void noRecordWithAPasswordComponent() {
    keeps(
        noClasses()
            .that(describe("are records", JavaClass::isRecord))
            .should(ArchitectureConditions.holdAPassword()),
        "PrintablePassword");
    keeps(
        noClasses()
            .that(describe("are records", JavaClass::isRecord))
            .should(ArchitectureConditions.printASecretKey()),
        "PrintableKey");
  }

  @Test
  void noLoggerWherePasswordsAre() {
    keeps(
        noClasses()
            .that(resideInAnyPackage(WHERE_PASSWORDS_ARE))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "java.util.logging..")
                    .or(nameMatching("java\\.lang\\.System\\$Logger"))),
        "Clockwork");
    keeps(
        noClasses()
            .that(not(resideInAnyPackage("..sesoperator.cli..", "..sesoperator.simulator..")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"),
        "System.err");
  }

  @Test
  void environmentOnlyReadByTheCommands() {
    keeps(
        noClasses()
            .that(not(resideInAPackage("..sesoperator.cli..")))
            .should()
            .callMethodWhere(
                describe(
                    "the environment is read",
                    call ->
                        call.getName().equals("getenv")
                            && call.getTargetOwner().isEquivalentTo(System.class))),
        "System.getenv()");
  }

  @Test
  void kubernetesClientOnlyWhereTheApiServerIsTalkedTo() {
    keeps(
        noClasses()
            .that(
                not(
                    resideInAnyPackage(
                        "..sesoperator.kube..",
                        "..sesoperator.controller..",
                        "..sesoperator.runtime..",
                        "..sesoperator.cli..")))
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.fabric8.kubernetes.client..")
                    .and(not(simpleName("CustomResource")))),
        "KnowsSes");
  }

  @Test
  void frameworkOnlyInControllerAndRuntime() {
    keeps(
        noClasses()
            .that(not(resideInAnyPackage("..sesoperator.controller..", "..sesoperator.runtime..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.javaoperatorsdk..")),
        "KnowsTheFramework");
  }

  @Test
  void httpClientOnlyInTencent() {
    keeps(
        noClasses()
            .that(not(resideInAPackage("..sesoperator.tencent..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HttpClient.class.getPackageName()),
        "Meddler");
  }

  private static void keeps(ArchRule rule, String... findings) {
    rule.allowEmptyShould(true).check(PRODUCT);

    assertThat(rule.allowEmptyShould(true).evaluate(BROKEN).getFailureReport().toString())
        .as("what the rule finds where everything is broken")
        .contains(findings);
  }

  private static DescribedPredicate<JavaCall<?>> call(Set<String> methods) {
    return describe("one of " + methods, call -> methods.contains(call.getTarget().getFullName()));
  }

  private static boolean makesAClock(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(Clock.class)
        && call.getName().matches("(system|tick).*");
  }
}
