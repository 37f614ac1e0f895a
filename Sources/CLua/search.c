// The string functions that take patterns.
#include "internal.h"

#include <ctype.h>
#include <string.h>

static const char *attempt(matcher *m, const char *s, const char *p) {
  m->captures = 0;
  m->nesting = 0;
  return pattern_match(m, s, p);
}

static void push_capture(matcher *m, int index, const char *s, const char *end) {
  if (index >= m->captures) {
    if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
    lua_pushlstring(m->L, s, (size_t)(end - s));
    return;
  }
  ptrdiff_t length = m->capture[index].length;
  if (length == CAPTURE_OPEN) luaL_error(m->L, "unfinished capture");
  if (length == CAPTURE_POSITION) {
    lua_pushinteger(m->L, m->capture[index].start - m->source + 1);
  } else {
    lua_pushlstring(m->L, m->capture[index].start, (size_t)length);
  }
}

static int push_captures(matcher *m, const char *s, const char *end) {
  int count = m->captures == 0 && s ? 1 : m->captures;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++) push_capture(m, i, s, end);
  return count;
}

static matcher begin(lua_State *L, const char *source, size_t length, const char *pattern, size_t pattern_length) {
  return (matcher){
      .L = L, .vm = vm_of(L), .source = source, .source_end = source + length,
      .pattern_end = pattern + pattern_length};
}

static size_t start_index(lua_Integer position, size_t length) {
  if (position > 0) return (size_t)position - 1;
  if (position == 0) return 0;
  return position < -(lua_Integer)length ? 0 : length - (size_t)-position;
}

static int search(lua_State *L, bool find) {
  size_t length, pattern_length;
  const char *source = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  size_t start = start_index(luaL_optinteger(L, 3, 1), length);
  if (start > length) {
    luaL_pushfail(L);
    return 1;
  }
  bool plain = find && lua_toboolean(L, 4);
  if (find && !plain) {
    plain = true;
    for (size_t i = 0; i < pattern_length && plain; i++) plain = !memchr("^$*+?.([%-", pattern[i], 10);
  }
  if (plain) {
    vm_step(L, vm_of(L), (int)((length - start) / 256 > STEPS ? STEPS : (length - start) / 256));
    const char *found = pattern_length == 0 ? source + start
                                            : memmem(source + start, length - start, pattern, pattern_length);
    if (!found) {
      luaL_pushfail(L);
      return 1;
    }
    lua_pushinteger(L, found - source + 1);
    lua_pushinteger(L, found - source + (lua_Integer)pattern_length);
    return 2;
  }
  bool anchored = pattern_length > 0 && *pattern == '^';
  matcher m = begin(L, source, length, pattern, pattern_length);
  if (anchored) pattern++;
  for (const char *s = source + start; s <= m.source_end; s++) {
    const char *end = attempt(&m, s, pattern);
    if (end) {
      if (!find) return push_captures(&m, s, end);
      lua_pushinteger(L, s - source + 1);
      lua_pushinteger(L, end - source);
      return push_captures(&m, NULL, NULL) + 2;
    }
    if (anchored) break;
  }
  luaL_pushfail(L);
  return 1;
}

static int string_find(lua_State *L) { return search(L, true); }
static int string_match(lua_State *L) { return search(L, false); }

// Its upvalues: the text, the pattern, where to go on, where the last match ended (or -1).
static int gmatch_next(lua_State *L) {
  size_t length, pattern_length;
  const char *source = lua_tolstring(L, lua_upvalueindex(1), &length);
  const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_length);
  matcher m = begin(L, source, length, pattern, pattern_length);
  lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
  for (const char *s = source + lua_tointeger(L, lua_upvalueindex(3)); s <= m.source_end; s++) {
    const char *end = attempt(&m, s, pattern);
    if (!end || end - source == last) continue;
    lua_pushinteger(L, end - source);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_replace(L, lua_upvalueindex(4));
    return push_captures(&m, s, end);
  }
  lua_pushinteger(L, (lua_Integer)length + 1);
  lua_replace(L, lua_upvalueindex(3));
  return 0;
}

static int string_gmatch(lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  luaL_checkstring(L, 2);
  size_t start = start_index(luaL_optinteger(L, 3, 1), length);
  lua_settop(L, 2);
  lua_pushinteger(L, (lua_Integer)(start > length ? length + 1 : start));
  lua_pushinteger(L, -1);
  lua_pushcclosure(L, gmatch_next, 4);
  return 1;
}

/// Appends what the replacement string stands for.
static void add_template(matcher *m, luaL_Buffer *b, const char *s, const char *end) {
  lua_State *L = m->L;
  size_t length;
  const char *text = lua_tolstring(L, 3, &length), *stop = text + length;
  for (;;) {
    const char *percent = memchr(text, '%', (size_t)(stop - text));
    vm_room(L, b, length + (size_t)(m->source_end - m->source));
    luaL_addlstring(b, text, (size_t)((percent ? percent : stop) - text));
    if (!percent) return;
    int c = percent + 1 < stop ? (unsigned char)percent[1] : 0;
    text = percent + 2;
    if (c == '%') {
      luaL_addchar(b, '%');
    } else if (c == '0') {
      luaL_addlstring(b, s, (size_t)(end - s));
    } else if (isdigit(c)) {
      push_capture(m, c - '1', s, end);
      luaL_tolstring(L, -1, NULL);
      lua_remove(L, -2);
      luaL_addvalue(b);
    } else {
      luaL_error(L, "invalid use of '%%' in replacement string");
    }
    vm_step(L, m->vm, 1);
  }
}

static bool add_replacement(matcher *m, luaL_Buffer *b, const char *s, const char *end, int kind) {
  lua_State *L = m->L;
  if (kind == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(m, s, end), 1);
  } else if (kind == LUA_TTABLE) {
    push_capture(m, 0, s, end);
    lua_gettable(L, 3);
  } else {
    add_template(m, b, s, end);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    vm_room(L, b, (size_t)(end - s));
    luaL_addlstring(b, s, (size_t)(end - s));
    return false;
  }
  if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  vm_room(L, b, lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : 64);
  luaL_addvalue(b);
  return true;
}

static int string_gsub(lua_State *L) {
  size_t length, pattern_length;
  const char *source = luaL_checklstring(L, 1, &length);
  const char *pattern = luaL_checklstring(L, 2, &pattern_length);
  int kind = lua_type(L, 3);
  luaL_argexpected(
      L, kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE, 3,
      "string/function/table");
  lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)length + 1), count = 0;
  bool changed = false;
  matcher m = begin(L, source, length, pattern, pattern_length);
  bool anchored = pattern_length > 0 && *pattern == '^';
  if (anchored) pattern++;
  if (kind == LUA_TNUMBER) lua_tolstring(L, 3, NULL);
  lua_settop(L, 4);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  const char *s = source, *last = NULL;
  while (count < limit) {
    const char *end = attempt(&m, s, pattern);
    if (end && end != last) {
      count++;
      changed = add_replacement(&m, &b, s, end, kind) || changed;
      s = last = end;
    } else if (s < m.source_end) {
      if (b.n == b.size) vm_room(L, &b, 1);
      luaL_addchar(&b, *s++);
    } else {
      break;
    }
    if (anchored) break;
  }
  if (!changed) {
    lua_pushvalue(L, 1);
  } else {
    vm_room(L, &b, (size_t)(m.source_end - s));
    luaL_addlstring(&b, s, (size_t)(m.source_end - s));
    vm_reserve(L, luaL_bufflen(&b));
    luaL_pushresult(&b);
  }
  lua_pushinteger(L, count);
  return 2;
}

void pattern_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
