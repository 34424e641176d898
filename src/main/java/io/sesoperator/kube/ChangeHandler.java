package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Treats an object that appears, changes or goes alike: something depends on it. */
record ChangeHandler<T extends HasMetadata>(Consumer<T> whenever)
    implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T object) {
    whenever.accept(object);
  }

  @Override
  public void onUpdate(T earlier, T object) {
    whenever.accept(object);
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    whenever.accept(object);
  }
}
