#include "internal.h"

#include <stdlib.h>
#include <string.h>

const char *clua_release(void) { return LUA_RELEASE; }

#if LUA_VERSION_RELEASE_NUM == 50404
/// Takes `__concat` out of use: Debian's 5.4.4 goes on with a pointer into the old stack when such a function made the
/// stack move (upstream commit 603b2c64 mends what their patch for CVE-2022-33099 brought), and what follows reads and
/// writes freed memory.
///
/// Lua looks the name up by the address of a string that it keeps. With a length that no short string has, that string
/// is found for no script any more: the same name in a script is another string.
static void retire_concat(lua_State *L) {
  clua_vm *vm = vm_of(L);
  enum { HEADER = 24, TYPE = 8, LENGTH = 11, SHORT_STRING = LUA_TSTRING };  // struct TString in lobject.h
  lua_pushliteral(L, "__concat");
  uint8_t *string = (uint8_t *)lua_tostring(L, -1) - HEADER;
  lua_pop(L, 1);
  if (string[TYPE] != SHORT_STRING || string[LENGTH] != strlen("__concat"))
    luaL_error(L, "this liblua5.4 is built in an unknown way");
  vm->concat_length = string + LENGTH;
  *vm->concat_length = UINT8_MAX;
}
#else
static void retire_concat(lua_State *L) { (void)L; }
#endif

static int open_all(lua_State *L) {
  lua_gc(L, LUA_GCSTOP);  // all of this stays
  retire_concat(L);
  failure_open(L);
  base_open(L);
  lua_gc(L, LUA_GCRESTART);
  return 0;
}

clua_vm *clua_new(const clua_limits *limits, const clua_host *host) {
  clua_vm *vm = calloc(1, sizeof *vm);
  if (!vm) return NULL;
  vm->host = *host;
  vm->cap = limits->memory ? limits->memory : SIZE_MAX / 4;
  vm->stack = limits->stack;
  vm->L = lua_newstate(vm_allocate, vm);
  if (!vm->L) {
    free(vm);
    return NULL;
  }
  *co_word(vm->L) = 0;
  lua_pushcfunction(vm->L, open_all);
  if (lua_pcall(vm->L, 0, 0, 0) != LUA_OK) {
    clua_free(vm);
    return NULL;
  }
  lua_sethook(vm->L, vm_hook, LUA_MASKCOUNT, HOOK_INTERVAL);  // every coroutine inherits it
  return vm;
}

void clua_free(clua_vm *vm) {
  if (!vm) return;
  for (clua_task *task = vm->tasks, *next; task; task = next) {
    next = task->next;
    task_free(task);
  }
  vm->tasks = vm->task = NULL;
  vm->current = NULL;
  if (vm->concat_length) *vm->concat_length = strlen("__concat");
  lua_close(vm->L);
  free(vm->out.data);
  free(vm->answer.data);
  free(vm->text.data);
  free(vm->fresh);
  free(vm);
}

size_t clua_memory(const clua_vm *vm) { return vm->used; }

/// Runs a function with `r` as its argument on the main coroutine; where it fails the message is the output.
bool vm_protected(clua_vm *vm, lua_CFunction function, request *r) {
  r->vm = vm;
  lua_State *current = vm->current;
  clua_task *task = vm->task;
  vm->current = NULL;
  vm->task = NULL;
  lua_pushcfunction(vm->L, function);
  lua_pushlightuserdata(vm->L, r);
  bool ok = lua_pcall(vm->L, 1, 0, 0) == LUA_OK;
  if (!ok) {
    if (lua_type(vm->L, -1) == LUA_TSTRING) {
      size_t length;
      const char *text = lua_tolstring(vm->L, -1, &length);
      wire_text(vm, text, length);
    }
    lua_pop(vm->L, 1);
  }
  vm->current = current;
  vm->task = task;
  return ok;
}

static int collect(lua_State *L) {
  lua_gc(L, LUA_GCCOLLECT);
  return 0;
}

void clua_collect(clua_vm *vm) { vm_protected(vm, collect, &(request){0}); }

/// Pushes the table that holds the last part of a dotted name, made where it is missing; returns that part.
static const char *push_owner(lua_State *L, const char *name) {
  lua_pushglobaltable(L);
  for (const char *dot; (dot = strchr(name, '.')); name = dot + 1) {
    lua_pushlstring(L, name, (size_t)(dot - name));
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) == LUA_TNIL) {
      lua_pop(L, 1);
      lua_newtable(L);
      lua_pushvalue(L, -2);
      lua_pushvalue(L, -2);
      lua_rawset(L, -5);
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_replace(L, -3);
    lua_pop(L, 1);
  }
  return name;
}

static int set_function(lua_State *L) {
  request *r = lua_touserdata(L, 1);
  const char *last = push_owner(L, r->name);
  lua_pushstring(L, last);
  lua_pushinteger(L, r->id);
  lua_pushlightuserdata(L, r->function);
  lua_pushstring(L, r->name);
  lua_pushcclosure(L, host_function, 3);
  lua_rawset(L, -3);
  return 0;
}

bool clua_register(clua_vm *vm, const char *name, int32_t id, void *immediate) {
  return vm_protected(vm, set_function, &(request){.name = name, .id = id, .function = immediate});
}

static int set_value(lua_State *L) {
  request *r = lua_touserdata(L, 1);
  const char *last = push_owner(L, r->name);
  lua_pushstring(L, last);
  if (wire_push(L, r->vm) != 1) return luaL_error(L, "one value expected");
  lua_rawset(L, -3);
  return 0;
}

bool clua_set(clua_vm *vm, const char *name) { return vm_protected(vm, set_value, &(request){.name = name}); }

static int list_names(lua_State *L) {
  request *r = lua_touserdata(L, 1);
  lua_pushglobaltable(L);
  for (const char *name = r->name; *name;) {
    const char *dot = strchr(name, '.');
    size_t length = dot ? (size_t)(dot - name) : strlen(name);
    if (lua_type(L, -1) != LUA_TTABLE) return luaL_error(L, "'%s' is no table", r->name);
    lua_pushlstring(L, name, length);
    lua_rawget(L, -2);
    name += length + (dot ? 1 : 0);
  }
  if (lua_type(L, -1) != LUA_TTABLE) return luaL_error(L, "'%s' is no table", r->name);
  int table = lua_gettop(L);
  lua_newtable(L);
  lua_Integer count = 0;
  lua_pushnil(L);
  while (count < MAX_ENTRIES && lua_next(L, table)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) continue;
    lua_pushvalue(L, -1);
    lua_rawseti(L, table + 1, ++count);
  }
  wire_values(L, r->vm, table + 1, table + 1);
  return 0;
}

bool clua_names(clua_vm *vm, const char *name) { return vm_protected(vm, list_names, &(request){.name = name}); }

static int let_go(lua_State *L) {
  request *r = lua_touserdata(L, 1);
  luaL_unref(L, LUA_REGISTRYINDEX, r->id);
  return 0;
}

void clua_release_reference(clua_vm *vm, int32_t reference) {
  vm_protected(vm, let_go, &(request){.id = reference});
}

/// Pushes the function that a text compiles to.
int vm_load_text(lua_State *L) {
  request *r = lua_touserdata(L, 1);
  if (r->length > MAX_CHUNK) return luaL_error(L, "the script is larger than %d bytes", MAX_CHUNK);
  return luaL_loadbufferx(L, r->text, r->length, r->name, "t") == LUA_OK ? 0 : lua_error(L);
}

int clua_compile(clua_vm *vm, const char *text, size_t length, const char *name) {
  if (vm_protected(vm, vm_load_text, &(request){.text = text, .length = length, .name = name})) return 0;
  static const char end[] = "near <eof>";
  size_t size = vm->out.length - 5, tail = sizeof end - 1;
  const char *message = (const char *)vm->out.data + 5;
  if (size < tail || memcmp(message + size - tail, end, tail) != 0) return 1;
  return memmem(message, size, "unfinished string near", 22) ? 1 : 2;
}
