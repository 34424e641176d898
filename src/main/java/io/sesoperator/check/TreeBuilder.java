package io.sesoperator.check;

import io.sesoperator.check.Document.Broken;
import io.sesoperator.check.Value.Field;
import io.sesoperator.check.Value.Fields;
import io.sesoperator.check.Value.Items;
import io.sesoperator.check.Value.Kind;
import io.sesoperator.check.Value.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds the values of one document from its events, within limits that no manifest comes near. */
final class TreeBuilder {

  private static final int DEEPEST = 100;
  private static final long MOST_UNFOLDED = 100_000;
  private static final String MERGE = "<<";
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  /** A value with the number of values in it, aliases unfolded. */
  private record Anchored(Value value, long size) {}

  private final Iterator<Event> events;
  private final int linesBefore;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private final List<Integer> duplicates = new ArrayList<>();
  private int depth;
  private int flows;
  private long size;
  private long unfolded;

  TreeBuilder(Iterator<Event> events, int linesBefore) {
    this.events = events;
    this.linesBefore = linesBefore;
  }

  /** The document whose value begins with {@code root}. */
  Document build(Event root) {
    Value value = value(root);
    return new Document.Content(value, List.copyOf(duplicates));
  }

  private Value value(Event event) {
    long before = size++;
    return switch (event) {
      case AliasEvent alias -> unfold(alias);
      case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar), before);
      case SequenceStartEvent start -> anchored(start.getAnchor(), items(start), before);
      case MappingStartEvent start -> anchored(start.getAnchor(), fields(start), before);
      default -> throw unreadable(event, Rule.YAML_SYNTAX);
    };
  }

  // An alias within its own value finds no anchor, for that is not complete yet.
  private Value unfold(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw unreadable(alias, Rule.YAML_SYNTAX);
    }
    size += anchored.size();
    unfolded += anchored.size();
    if (unfolded > MOST_UNFOLDED) {
      throw unreadable(alias, Rule.YAML_ALIASES);
    }
    return anchored.value();
  }

  private Value anchored(Optional<Anchor> anchor, Value value, long before) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(value, size - before)));
    return value;
  }

  private Scalar scalar(ScalarEvent event) {
    // kubectl's parser ends a text without quotes at a question mark, but between braces only.
    if (flows > 0 && event.isPlain() && event.getValue().indexOf('?') >= 0) {
      throw unreadable(event, Rule.YAML_SYNTAX);
    }
    boolean resolved = event.isPlain() && !event.getTag().filter(TEXT_TAG::equals).isPresent();
    Kind kind = resolved ? GoScalars.kindOf(event.getValue()) : Kind.TEXT;
    return new Scalar(line(event), kind, event.getValue());
  }

  private Items items(SequenceStartEvent start) {
    enter(start);
    List<Value> items = new ArrayList<>();
    for (Event event = events.next(); !is(event, Event.ID.SequenceEnd); event = events.next()) {
      items.add(value(event));
    }
    leave(start);
    return new Items(line(start), List.copyOf(items));
  }

  private Fields fields(MappingStartEvent start) {
    enter(start);
    Map<String, Field> fields = new LinkedHashMap<>();
    List<Value> merged = new ArrayList<>();
    for (Event event = events.next(); !is(event, Event.ID.MappingEnd); event = events.next()) {
      if (!(value(event) instanceof Scalar name)) {
        throw unreadable(event, Rule.YAML_SYNTAX);
      }
      Value value = value(events.next());
      if (name.text().equals(MERGE)) {
        merged.add(value);
      } else if (fields.put(name.text(), new Field(line(event), value)) != null) {
        duplicates.add(line(event));
      }
    }
    merged.forEach(value -> merge(value, fields));
    leave(start);
    return new Fields(line(start), fields);
  }

  private static void merge(Value value, Map<String, Field> fields) {
    value.asFields().ifPresent(other -> other.fields().forEach(fields::putIfAbsent));
    value.items().forEach(item -> item.asFields().ifPresent(other -> merge(other, fields)));
  }

  private void enter(CollectionStartEvent start) {
    flows += start.isFlow() ? 1 : 0;
    if (++depth > DEEPEST) {
      throw unreadable(start, Rule.YAML_DEPTH);
    }
  }

  private void leave(CollectionStartEvent start) {
    flows -= start.isFlow() ? 1 : 0;
    depth--;
  }

  private static boolean is(Event event, Event.ID id) {
    return event.getEventId() == id;
  }

  private int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1) + linesBefore;
  }

  private Unreadable unreadable(Event event, Rule rule) {
    int column = event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    return new Unreadable(new Broken(line(event), column, rule));
  }
}
