/** What is installed: the chart and the manifests, as the real Helm and kustomize render them. */
package io.sesoperator.packaging;
