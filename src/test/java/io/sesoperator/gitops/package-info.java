/**
 * What GitOps tools make of our resources: kstatus, Argo CD and Flux, each computed as the tool
 * does ({@link io.sesoperator.gitops.KstatusPort}, {@link io.sesoperator.gitops.LuaScript}, {@link
 * io.sesoperator.gitops.HealthCheck}). {@link io.sesoperator.gitops.Agreement} holds the three
 * against one table for every status that a test stores.
 */
package io.sesoperator.gitops;
