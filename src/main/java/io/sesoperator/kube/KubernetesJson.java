package io.sesoperator.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of every Kubernetes client here: as fabric8 does it, except that our own types never
 * fail to be read. An informer stops at the first object that it cannot read, and one odd object
 * must not stop all others; what counts as absent instead, {@link LenientRecord} says. And no
 * object carries its {@code managedFields}.
 */
public final class KubernetesJson {

  /**
   * Jackson's own pool keeps buffers for each thread: of thousands of passes that wait, half of the
   * heap, and with what stood in the Secrets that they read.
   */
  private static final JsonFactory UNPOOLED =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private static final List<Class<?>> ROOTS =
      List.of(
          SmtpCredentialSpec.class,
          SmtpCredentialStatus.class,
          SesAccountSpec.class,
          SesAccountStatus.class);

  private KubernetesJson() {}

  /** A serialization of its own; each client may have one, or share it. */
  public static KubernetesSerialization create() {
    ObjectMapper mapper = new ObjectMapper(UNPOOLED);
    mapper.registerModules(new Jdk8Module(), lenientRecords());
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    // An unusable spec or status leaves what the object was born with.
    ROOTS.forEach(type ->
        mapper.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SKIP)));
    return new KubernetesSerialization(mapper, true);
  }

  private static SimpleModule lenientRecords() {
    SimpleModule module = new SimpleModule("ses-operator");
    module.setDeserializers(new OurRecords());
    return module;
  }

  /**
   * Who set which field is of use to the API server alone. It is larger than all else in an object,
   * and a third of the heap of an operator with many.
   */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  private static final class OurRecords extends SimpleDeserializers {

    private static final long serialVersionUID = 1L;
    private static final Package API = SmtpCredential.class.getPackage();

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description) {
      Class<?> raw = type.getRawClass();
      return raw.isRecord() && API.equals(raw.getPackage()) ? new LenientRecord(raw) : null;
    }
  }
}
