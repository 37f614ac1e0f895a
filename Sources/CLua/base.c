// The basic functions that must look at the limits, and the list of what scripts see.
#include "internal.h"

#include <string.h>

static int caught(lua_State *L, int status, lua_KContext extra) {
  if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)extra;
  if (must_die(vm_of(L))) return vm_die(L);
  lua_pushboolean(L, 0);
  lua_pushvalue(L, -2);
  return 2;
}

static int base_pcall(lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  return caught(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, caught), 0);
}

/// Calls a message handler, but not for a task that is being stopped, and with an end to handlers that fail.
static int guarded_handler(lua_State *L) {
  if (must_die(vm_of(L))) return 1;
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_pcall(L, 1, 1, 0);
  return 1;
}

static int base_xpcall(lua_State *L) {
  int count = lua_gettop(L);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, guarded_handler, 1);
  lua_replace(L, 2);
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2);
  return caught(L, lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, caught), 2);
}

static int base_load(lua_State *L) {
  const char *mode = luaL_optstring(L, 3, "t");
  bool environment = !lua_isnone(L, 4);
  size_t length;
  const char *text;
  lua_settop(L, 4);
  if (lua_type(L, 1) == LUA_TSTRING) {
    text = lua_tolstring(L, 1, &length);
  } else {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t total = 0;;) {
      lua_pushvalue(L, 1);
      lua_call(L, 0, 1);
      size_t piece = 0;
      if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING)
        return luaL_error(L, "reader function must return a string");
      if (!lua_isnil(L, -1)) lua_tolstring(L, -1, &piece);
      total += piece;
      if (piece == 0 || total > MAX_CHUNK) {
        lua_pop(L, 1);
        if (piece == 0) break;
        return luaL_error(L, "the chunk is larger than %d bytes", MAX_CHUNK);
      }
      luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
    text = lua_tolstring(L, -1, &length);
  }
  const char *name = luaL_optstring(L, 2, lua_type(L, 1) == LUA_TSTRING && length < 1000 ? text : "=(load)");
  lua_pushnil(L);
  if (!strchr(mode, 't')) {
    lua_pushfstring(L, "attempt to load a text chunk (mode is '%s')", mode);
    return 2;
  }
  if (length > MAX_CHUNK) {
    lua_pushfstring(L, "the chunk is larger than %d bytes", MAX_CHUNK);
    return 2;
  }
  vm_check(L);
  if (luaL_loadbufferx(L, text, length, name, "t") != LUA_OK) return 2;
  if (environment) {
    lua_pushvalue(L, 4);
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  }
  return 1;
}

static int base_setmetatable(lua_State *L) {
  if (lua_type(L, 2) == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL) return luaL_error(L, "__gc is not available to scripts; use __close");
    lua_pop(L, 1);
    if (vm_of(L)->concat_length) {
      lua_pushliteral(L, "__concat");
      if (lua_rawget(L, 2) != LUA_TNIL)
        return luaL_error(L, "__concat is not available: it is not safe in " LUA_RELEASE "; use a function");
      lua_pop(L, 1);
    }
  }
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int base_collectgarbage(lua_State *L) {
  if (strcmp(luaL_optstring(L, 1, "collect"), "count") != 0)
    return luaL_error(L, "collectgarbage does nothing but \"count\" in scripts");
  lua_pushnumber(L, (lua_Number)vm_of(L)->used / 1024.0);
  return 1;
}

static int base_print(lua_State *L) {
  clua_vm *vm = vm_of(L);
  int count = lua_gettop(L);
  size_t total = 0;
  luaL_checkstack(L, 4, "too many values");
  for (int i = 1; i <= count; i++) {
    size_t length;
    luaL_tolstring(L, i, &length);
    lua_replace(L, i);
    total += length + 1;
    vm_reserve(L, total);
    vm_step(L, vm, 1);
  }
  account *account = vm->task->account;
  account->output += total;
  if (account->output_limit && account->output > account->output_limit) return vm_kill(L, CLUA_OUTPUT);
  vm->text.length = 0;
  for (int i = 1; i <= count; i++) {
    size_t length;
    const char *text = lua_tolstring(L, i, &length);
    if (i > 1) buffer_append(&vm->text, "\t", 1);
    buffer_append(&vm->text, text, length);
  }
  vm->host.print(vm->host.context, (const char *)vm->text.data, vm->text.length);
  return 0;
}

/// Replaces the globals with a table of what scripts may see.
void base_open(lua_State *L) {
  static const char *const allowed[] = {
      "assert", "error", "getmetatable", "ipairs", "next", "pairs", "rawequal", "rawget", "rawlen", "rawset",
      "select", "tonumber", "tostring", "type", "_VERSION", "math", "string", "table", "utf8", NULL};
  static const luaL_Reg functions[] = {
      {"pcall", base_pcall}, {"xpcall", base_xpcall}, {"load", base_load}, {"print", base_print},
      {"collectgarbage", base_collectgarbage}, {NULL, NULL}};
  static const char *const clock[] = {"time", "date", "clock", "difftime", NULL};
  luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
  luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
  luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
  luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
  luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
  luaL_requiref(L, LUA_OSLIBNAME, luaopen_os, 1);
  lua_settop(L, 0);
  lua_pushglobaltable(L);
  lua_newtable(L);
  for (const char *const *name = allowed; *name; name++) {
    lua_getfield(L, 1, *name);
    lua_setfield(L, 2, *name);
  }
  luaL_setfuncs(L, functions, 0);
  lua_getfield(L, 1, "setmetatable");
  lua_pushcclosure(L, base_setmetatable, 1);
  lua_setfield(L, 2, "setmetatable");
  lua_pushvalue(L, 2);
  lua_setfield(L, 2, "_G");
  lua_newtable(L);
  lua_getfield(L, 1, "os");
  for (const char *const *name = clock; *name; name++) {
    lua_getfield(L, -1, *name);
    lua_setfield(L, 3, *name);
  }
  lua_pop(L, 1);
  lua_setfield(L, 2, "os");
  coroutine_open(L);
  lua_setfield(L, 2, "coroutine");
  lua_getfield(L, 2, "string");
  string_open(L);
  pattern_open(L);
  lua_pop(L, 1);
  lua_getfield(L, 2, "table");
  table_open(L);
  lua_pop(L, 1);
  lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  lua_settop(L, 0);
  modules_open(L);
}
