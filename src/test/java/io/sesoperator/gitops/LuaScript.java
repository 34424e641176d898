package io.sesoperator.gitops;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.TwoArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/**
 * A script of Argo CD, run as Argo CD runs it (argo-cd, util/lua/lua.go): the object is the global
 * {@code obj}, and of Lua's libraries there are base, package and table alone; {@code
 * require("os")} gives what tells the time.
 */
final class LuaScript {

  private static final LuaValue OS = JsePlatform.standardGlobals().get("os");

  private final Prototype script;

  private LuaScript(Prototype script) {
    this.script = script;
  }

  static LuaScript in(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LuaScript of(String source) {
    Globals compiler = new Globals();
    LoadState.install(compiler);
    LuaC.install(compiler);
    try {
      byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
      return new LuaScript(compiler.compilePrototype(new ByteArrayInputStream(bytes), "script"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the script returns for this object: a table, as JSON would have it. */
  Map<String, Object> run(Map<String, Object> object) {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.get("package").get("preload").set("os", new SafeOs());
    globals.set("obj", toLua(object));
    LuaValue result = new LuaClosure(script, globals).call();
    return KstatusPort.map(fromLua(result));
  }

  private static final class SafeOs extends TwoArgFunction {
    @Override
    public LuaValue call(LuaValue name, LuaValue environment) {
      LuaTable safe = new LuaTable();
      safe.set("date", OS.get("date"));
      safe.set("time", OS.get("time"));
      return safe;
    }
  }

  private static LuaValue toLua(Object value) {
    return switch (value) {
      case null -> LuaValue.NIL;
      case Boolean bool -> LuaValue.valueOf(bool);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      case List<?> list ->
          LuaValue.listOf(list.stream().map(LuaScript::toLua).toArray(LuaValue[]::new));
      case Map<?, ?> map -> {
        LuaTable table = new LuaTable();
        map.forEach((key, item) -> table.set(key.toString(), toLua(item)));
        yield table;
      }
      default -> LuaValue.valueOf(value.toString());
    };
  }

  private static Object fromLua(LuaValue value) {
    if (value instanceof LuaTable table) {
      return table.length() > 0 ? list(table) : map(table);
    }
    return switch (value.type()) {
      case LuaValue.TBOOLEAN -> value.toboolean();
      case LuaValue.TNUMBER -> value.tolong();
      default -> value.tojstring();
    };
  }

  private static List<Object> list(LuaTable table) {
    List<Object> list = new ArrayList<>();
    for (int i = 1; i <= table.length(); i++) {
      list.add(fromLua(table.get(i)));
    }
    return list;
  }

  private static Map<String, Object> map(LuaTable table) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (LuaValue key : table.keys()) {
      map.put(key.tojstring(), fromLua(table.get(key)));
    }
    return map;
  }
}
