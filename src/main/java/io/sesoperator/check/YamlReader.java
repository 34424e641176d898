package io.sesoperator.check;

import io.sesoperator.check.Document.Broken;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a stream of YAML or JSON documents. As kubectl does, it cuts the stream at lines of {@code
 * ---} first, so that one broken document does not hide the others.
 */
final class YamlReader {

  private static final String SEPARATOR = "---";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(Integer.MAX_VALUE).build();

  private YamlReader() {}

  static List<Document> read(String text) {
    String whole = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    List<Document> documents = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int start = 0;
    List<String> lines = whole.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (isSeparator(lines.get(i))) {
        documents.addAll(readPart(part.toString(), start));
        part.setLength(0);
        start = i + 1;
      } else {
        part.append(lines.get(i)).append('\n');
      }
    }
    // A block of text ends in a newline only if the file does.
    boolean cut = !part.isEmpty() && !whole.endsWith("\n") && !whole.endsWith("\r");
    part.setLength(cut ? part.length() - 1 : part.length());
    documents.addAll(readPart(part.toString(), start));
    return List.copyOf(documents);
  }

  private static boolean isSeparator(String line) {
    return line.startsWith(SEPARATOR) && line.substring(SEPARATOR.length()).isBlank();
  }

  private static List<Document> readPart(String part, int linesBefore) {
    List<Document> documents = new ArrayList<>();
    try {
      Iterator<Event> events = new Parse(SETTINGS).parseString(spaced(part)).iterator();
      while (events.hasNext()) {
        if (events.next().getEventId() == Event.ID.DocumentStart) {
          documents.add(new TreeBuilder(events, linesBefore).build(events.next()));
        }
      }
    } catch (Unreadable e) {
      documents.add(e.broken());
    } catch (YamlEngineException e) {
      documents.add(broken(e, linesBefore));
    }
    return documents;
  }

  // JSON may be indented by tabs, which this parser refuses; within its texts there are none.
  private static String spaced(String part) {
    return part.stripLeading().startsWith("{") ? part.replace('\t', ' ') : part;
  }

  private static Broken broken(YamlEngineException e, int linesBefore) {
    Optional<Mark> mark =
        e instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
    int line = mark.map(it -> it.getLine() + 1).orElse(1) + linesBefore;
    return new Broken(line, mark.map(it -> it.getColumn() + 1).orElse(1), Rule.YAML_SYNTAX);
  }
}
