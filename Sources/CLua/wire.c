#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char failure_key;

static void buffer_reserve(buffer *b, size_t more) {
  if (b->length + more <= b->capacity) return;
  size_t capacity = b->capacity ? b->capacity * 2 : 256;
  while (capacity < b->length + more) capacity *= 2;
  uint8_t *data = realloc(b->data, capacity);
  if (!data) abort();
  b->data = data;
  b->capacity = capacity;
}

void buffer_append(buffer *b, const void *bytes, size_t length) {
  buffer_reserve(b, length);
  if (length) memcpy(b->data + b->length, bytes, length);
  b->length += length;
}

static inline void put_byte(buffer *b, int byte) {
  buffer_reserve(b, 1);
  b->data[b->length++] = (uint8_t)byte;
}

static inline void put_sized(buffer *b, int tag, const void *bytes, size_t length) {
  buffer_reserve(b, length + 1);
  b->data[b->length] = (uint8_t)tag;
  memcpy(b->data + b->length + 1, bytes, length);
  b->length += length + 1;
}

static void put_text(buffer *b, const void *text, size_t length) {
  uint32_t size = (uint32_t)length;
  put_sized(b, CLUA_TAG_STRING, &size, sizeof size);
  buffer_append(b, text, length);
}

void clua_answer(clua_vm *vm) {
  vm->answer.length = 0;
  if (vm->answer.capacity > BIG_BLOCK) {
    free(vm->answer.data);
    vm->answer = (buffer){0};
  }
}
void clua_put_tag(clua_vm *vm, int tag) { put_byte(&vm->answer, tag); }
void clua_put_integer(clua_vm *vm, int64_t value) { put_sized(&vm->answer, CLUA_TAG_INTEGER, &value, sizeof value); }
void clua_put_number(clua_vm *vm, double value) { put_sized(&vm->answer, CLUA_TAG_NUMBER, &value, sizeof value); }
void clua_put_string(clua_vm *vm, const void *bytes, size_t length) { put_text(&vm->answer, bytes, length); }
void clua_put_count(clua_vm *vm, int tag, uint32_t count) { put_sized(&vm->answer, tag, &count, sizeof count); }
void clua_put_reference(clua_vm *vm, int32_t reference) {
  put_sized(&vm->answer, CLUA_TAG_FUNCTION, &reference, sizeof reference);
}

const uint8_t *clua_output(const clua_vm *vm, size_t *length) {
  *length = vm->out.length;
  return vm->out.data;
}

void wire_text(clua_vm *vm, const char *text, size_t length) {
  vm->out.length = 0;
  put_text(&vm->out, text, length);
}

// --- From Lua.

static void drop_fresh(lua_State *L, clua_vm *vm, size_t keep) {
  while (vm->fresh_count > keep) luaL_unref(L, LUA_REGISTRYINDEX, vm->fresh[--vm->fresh_count]);
}

/// Begins an output. References that the last one made and nobody took are let go.
void wire_begin(lua_State *L, clua_vm *vm) {
  drop_fresh(L, vm, 0);
  vm->out.length = 0;
  if (vm->out.capacity > BIG_BLOCK) {
    free(vm->out.data);
    vm->out = (buffer){0};
  }
}

static void write_function(lua_State *L, clua_vm *vm, int index) {
  if (vm->fresh_count == vm->fresh_capacity) {
    size_t capacity = vm->fresh_capacity ? vm->fresh_capacity * 2 : 8;
    int *fresh = realloc(vm->fresh, capacity * sizeof(int));
    if (!fresh) abort();
    vm->fresh = fresh;
    vm->fresh_capacity = capacity;
  }
  lua_pushvalue(L, index);
  int32_t reference = luaL_ref(L, LUA_REGISTRYINDEX);
  vm->fresh[vm->fresh_count++] = reference;
  put_sized(&vm->out, CLUA_TAG_FUNCTION, &reference, sizeof reference);
}

static void write_opaque(lua_State *L, clua_vm *vm, const char *text) {
  (void)L;
  size_t start = vm->out.length;
  put_text(&vm->out, text, strlen(text));
  vm->out.data[start] = CLUA_TAG_OPAQUE;
}

/// Writes what people are told of a function.
static void describe_function(lua_State *L, clua_vm *vm, int index) {
  char text[160];
  lua_Debug ar;
  lua_pushvalue(L, index);
  if (lua_tocfunction(L, -1) == host_function && lua_getupvalue(L, -1, 3)) {
    snprintf(text, sizeof text, "function %.120s", lua_tostring(L, -1));
    lua_pop(L, 2);
  } else if (lua_getinfo(L, ">S", &ar) && ar.linedefined >= 0) {
    snprintf(text, sizeof text, "function %s:%d", ar.short_src, ar.linedefined);
  } else {
    snprintf(text, sizeof text, "function: built in");
  }
  write_opaque(L, vm, text);
}

/// Whether another entry may be written.
static bool spend(clua_vm *vm) { return !vm->describing || vm->budget-- > 0; }

/// Writes a table whose keys come as 1, 2, 3 …; returns false, with nothing written, where they do not.
static bool write_sequence(lua_State *L, clua_vm *vm, int index, int depth) {
  size_t start = vm->out.length, fresh = vm->fresh_count;
  uint32_t count = 0;
  put_sized(&vm->out, CLUA_TAG_ARRAY, &count, sizeof count);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    if (!lua_isinteger(L, -2) || lua_tointeger(L, -2) != (lua_Integer)count + 1) {
      lua_pop(L, 2);
      vm->out.length = start;
      drop_fresh(L, vm, fresh);
      return false;
    }
    if (!spend(vm)) {
      lua_pop(L, 2);
      break;
    }
    if (++count > MAX_ENTRIES) luaL_error(L, "a table has more than %d entries", MAX_ENTRIES);
    wire_value(L, vm, -1, depth + 1);
    lua_pop(L, 1);
  }
  memcpy(vm->out.data + start + 1, &count, sizeof count);
  return true;
}

static bool is_sequence(lua_State *L, clua_vm *vm, int index, lua_Unsigned length) {
  lua_Unsigned count = 0;
  lua_pushnil(L);
  while (lua_next(L, index)) {
    vm_step(L, vm, 1);
    lua_pop(L, 1);
    if (++count > length) {
      lua_pop(L, 1);
      return false;
    }
  }
  return count == length;
}

/// Says whether a table is an error table of ours.
bool failure_is(lua_State *L, int index) {
  if (!lua_getmetatable(L, index)) return false;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &failure_key);
  bool result = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return result;
}

static void write_table(lua_State *L, clua_vm *vm, int index, int depth) {
  if (vm->describing && depth >= SHOWN_DEPTH) {
    write_opaque(L, vm, "table: nested deeply");
    return;
  }
  if (depth >= MAX_DEPTH) luaL_error(L, "a table is nested deeper than %d levels, or contains itself", MAX_DEPTH);
  luaL_checkstack(L, 6, "too many nested tables");
  index = lua_absindex(L, index);
  int tag = CLUA_TAG_TABLE;
  if (failure_is(L, index)) tag = CLUA_TAG_FAILURE;
  lua_Unsigned length = lua_rawlen(L, index);
  if (tag == CLUA_TAG_TABLE && length > 0) {
    if (write_sequence(L, vm, index, depth)) return;
    if (length <= MAX_ENTRIES && is_sequence(L, vm, index, length)) {
      uint32_t count = (uint32_t)length;
      put_sized(&vm->out, CLUA_TAG_ARRAY, &count, sizeof count);
      for (lua_Unsigned i = 1; i <= length; i++) {
        spend(vm);
        lua_rawgeti(L, index, (lua_Integer)i);
        wire_value(L, vm, -1, depth + 1);
        lua_pop(L, 1);
      }
      return;
    }
  }
  size_t start = vm->out.length;
  uint32_t count = 0;
  put_sized(&vm->out, tag, &count, sizeof count);
  lua_pushnil(L);
  while (lua_next(L, index)) {
    if (!spend(vm)) {
      lua_pop(L, 2);
      break;
    }
    if (++count > MAX_ENTRIES) luaL_error(L, "a table has more than %d entries", MAX_ENTRIES);
    wire_value(L, vm, -2, depth + 1);
    wire_value(L, vm, -1, depth + 1);
    lua_pop(L, 1);
  }
  memcpy(vm->out.data + start + 1, &count, sizeof count);
}

/// Appends one value to the output. Raises for what has no meaning outside of Lua.
void wire_value(lua_State *L, clua_vm *vm, int index, int depth) {
  vm_step(L, vm, 1);
  if (vm->out.length > MAX_WIRE) luaL_error(L, "the values are larger than %d MiB", (int)(MAX_WIRE >> 20));
  switch (lua_type(L, index)) {
    case LUA_TNIL:
      put_byte(&vm->out, CLUA_TAG_NIL);
      return;
    case LUA_TBOOLEAN:
      put_byte(&vm->out, lua_toboolean(L, index) ? CLUA_TAG_TRUE : CLUA_TAG_FALSE);
      return;
    case LUA_TNUMBER:
      if (lua_isinteger(L, index)) {
        int64_t value = lua_tointeger(L, index);
        put_sized(&vm->out, CLUA_TAG_INTEGER, &value, sizeof value);
      } else {
        double value = lua_tonumber(L, index);
        put_sized(&vm->out, CLUA_TAG_NUMBER, &value, sizeof value);
      }
      return;
    case LUA_TSTRING: {
      size_t length;
      const char *text = lua_tolstring(L, index, &length);
      if (length > MAX_WIRE) luaL_error(L, "the values are larger than %d MiB", (int)(MAX_WIRE >> 20));
      put_text(&vm->out, text, length);
      return;
    }
    case LUA_TTABLE:
      write_table(L, vm, index, depth);
      return;
    case LUA_TFUNCTION:
      if (vm->describing) {
        describe_function(L, vm, index);
      } else {
        write_function(L, vm, index);
      }
      return;
    default:
      if (vm->describing) {
        write_opaque(L, vm, luaL_typename(L, index));
        return;
      }
      luaL_error(L, "a %s cannot be passed out of the script", luaL_typename(L, index));
  }
}

/// Writes the values from `first` to `last` as the output, whose references are then the reader's.
void wire_values(lua_State *L, clua_vm *vm, int first, int last) {
  wire_begin(L, vm);
  for (int i = first; i <= last; i++) wire_value(L, vm, i, 0);
  vm->fresh_count = 0;
}

// --- To Lua.

typedef struct {
  const uint8_t *at, *end;
} cursor;

static uint32_t read_count(cursor *c) {
  uint32_t value;
  memcpy(&value, c->at, sizeof value);
  c->at += sizeof value;
  return value;
}

static void push_value(lua_State *L, cursor *c) {
  luaL_checkstack(L, 4, "too many values");
  int tag = *c->at++;
  switch (tag) {
    case CLUA_TAG_FALSE:
    case CLUA_TAG_TRUE:
      lua_pushboolean(L, tag == CLUA_TAG_TRUE);
      return;
    case CLUA_TAG_INTEGER: {
      int64_t value;
      memcpy(&value, c->at, sizeof value);
      c->at += sizeof value;
      lua_pushinteger(L, value);
      return;
    }
    case CLUA_TAG_NUMBER: {
      double value;
      memcpy(&value, c->at, sizeof value);
      c->at += sizeof value;
      lua_pushnumber(L, value);
      return;
    }
    case CLUA_TAG_STRING:
    case CLUA_TAG_OPAQUE: {
      uint32_t length = read_count(c);
      lua_pushlstring(L, (const char *)c->at, length);
      c->at += length;
      return;
    }
    case CLUA_TAG_ARRAY: {
      uint32_t count = read_count(c);
      lua_createtable(L, (int)count, 0);
      for (uint32_t i = 1; i <= count; i++) {
        push_value(L, c);
        lua_rawseti(L, -2, i);
      }
      return;
    }
    case CLUA_TAG_TABLE:
    case CLUA_TAG_FAILURE: {
      uint32_t count = read_count(c);
      lua_createtable(L, 0, (int)count);
      for (uint32_t i = 0; i < count; i++) {
        push_value(L, c);
        push_value(L, c);
        lua_rawset(L, -3);
      }
      if (tag == CLUA_TAG_FAILURE) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &failure_key);
        lua_setmetatable(L, -2);
      }
      return;
    }
    case CLUA_TAG_FUNCTION: {
      uint32_t reference = read_count(c);
      lua_rawgeti(L, LUA_REGISTRYINDEX, (lua_Integer)reference);
      return;
    }
    default:
      lua_pushnil(L);
  }
}

/// Pushes the values of the answer and returns how many there are.
int wire_push(lua_State *L, clua_vm *vm) {
  cursor c = {vm->answer.data, vm->answer.data + vm->answer.length};
  int count = 0;
  vm_reserve(L, vm->answer.length);
  for (; c.at < c.end; count++) push_value(L, &c);
  return count;
}

// --- Failures.

static int failure_text(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_pushliteral(L, "message");
  lua_rawget(L, 1);
  lua_pushliteral(L, "cause");
  lua_rawget(L, 1);
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "an error table without a message");
  if (lua_type(L, 3) != LUA_TSTRING) {
    lua_settop(L, 2);
  } else {
    lua_pushfstring(L, "%s: %s", lua_tostring(L, 2), lua_tostring(L, 3));
  }
  return 1;
}

void failure_open(lua_State *L) {
  lua_createtable(L, 0, 3);
  lua_pushcfunction(L, failure_text);
  lua_setfield(L, -2, "__tostring");
  lua_pushliteral(L, "error");
  lua_setfield(L, -2, "__name");
  lua_pushliteral(L, "error");
  lua_setfield(L, -2, "__metatable");
  lua_rawsetp(L, LUA_REGISTRYINDEX, &failure_key);
}
