// `require`, and the functions of the host.
#include "internal.h"

#include <string.h>

static const char loaded_key;
static const char loading_key;

static bool is_module_name(const char *name, size_t length) {
  if (length == 0 || length > 200 || name[0] == '.' || name[length - 1] == '.') return false;
  for (size_t i = 0; i < length; i++) {
    char c = name[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!plain && (c != '.' || name[i + 1] == '.')) return false;
  }
  return true;
}

static bool is_alive(clua_vm *vm, lua_Integer serial) {
  for (clua_task *task = vm->tasks; task; task = task->next)
    if (task->serial == serial && !task->finished) return true;
  return false;
}

static int loaded_module(lua_State *L, int status, lua_KContext context) {
  (void)context;  // 1 name, 2 loaded, 3 loading, 4 value or error
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  lua_rawset(L, 3);
  if (status != LUA_OK && status != LUA_YIELD) return must_die(vm_of(L)) ? vm_die(L) : lua_error(L);
  if (lua_isnil(L, 4)) {
    lua_pushboolean(L, 1);
    lua_replace(L, 4);
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 4);
  lua_rawset(L, 2);
  return 1;
}

static int require(lua_State *L);

static int require_again(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  return require(L);
}

static int require(lua_State *L) {
  clua_vm *vm = vm_of(L);
  size_t length;
  luaL_checktype(L, 1, LUA_TSTRING);
  const char *name = lua_tolstring(L, 1, &length);
  lua_settop(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loading_key);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 2) != LUA_TNIL) return 1;
  lua_settop(L, 3);
  if (!is_module_name(name, length)) return luaL_error(L, "'%s' is not a module name", name);
  lua_pushvalue(L, 1);
  if (lua_rawget(L, 3) == LUA_TNUMBER && is_alive(vm, lua_tointeger(L, 4))) {
    if (lua_tointeger(L, 4) == vm->task->serial)
      return luaL_error(L, "module '%s' requires itself, directly or through others", name);
    if (!can_wait(L)) return luaL_error(L, "module '%s' is being loaded by another task", name);
    vm->signal = SIGNAL_WAIT;
    lua_settop(L, 1);
    return lua_yieldk(L, 0, 0, require_again);
  }
  lua_settop(L, 3);
  clua_answer(vm);
  int status = vm->host.module(vm->host.context, name, length);
  int count = wire_push(L, vm);  // 4 chunk name, 5 text
  if (status == CLUA_RAISE) return luaL_error(L, "module '%s' cannot be read: %s", name, lua_tostring(L, -1));
  if (count != 2) return luaL_error(L, "module '%s' not found", name);
  size_t size;
  const char *text = lua_tolstring(L, 5, &size);
  if (size > MAX_CHUNK) return luaL_error(L, "module '%s' is larger than %d bytes", name, MAX_CHUNK);
  if (luaL_loadbufferx(L, text, size, lua_tostring(L, 4), "t") != LUA_OK) return lua_error(L);
  lua_insert(L, 4);
  lua_settop(L, 4);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, vm->task->serial);
  lua_rawset(L, 3);
  lua_pushvalue(L, 1);
  return loaded_module(L, lua_pcallk(L, 1, 1, 0, 0, loaded_module), 0);
}

void modules_open(lua_State *L) {
  static const char *const libraries[] = {"string", "table", "math", "utf8", "coroutine", "os", NULL};
  lua_newtable(L);
  for (const char *const *name = libraries; *name; name++) {
    lua_getglobal(L, *name);
    lua_setfield(L, -2, *name);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &loading_key);
  lua_pushcfunction(L, require);
  lua_setglobal(L, "require");
}

// --- The functions of the host.

static int answered(lua_State *L, clua_vm *vm) {
  bool raises = vm->answer_raises;
  vm->answer_raises = false;
  if (!raises) return wire_push(L, vm);
  luaL_where(L, 1);
  wire_push(L, vm);
  if (lua_type(L, -1) == LUA_TSTRING) lua_concat(L, 2);
  return lua_error(L);
}

static int answered_later(lua_State *L, int status, lua_KContext context) {
  (void)status, (void)context;
  lua_settop(L, 0);
  return answered(L, vm_of(L));
}

/// Calls a function of the host that does not wait; one plain value comes back without being written and read.
static int answered_at_once(lua_State *L, clua_vm *vm, void *function, int count) {
  vm->call_written = false;
  for (int i = 1; i <= count && !vm->call_written; i++) vm->call_written = lua_type(L, i) > LUA_TSTRING;
  if (vm->call_written) wire_values(L, vm, 1, count);
  vm->answer.length = 0;
  vm->call = L;
  int kind = vm->host.call(function, count);
  vm->call = NULL;
  switch (kind) {
    case CLUA_FALSE:
    case CLUA_TRUE:
      lua_pushboolean(L, kind == CLUA_TRUE);
      return 1;
    case CLUA_INTEGER:
      lua_pushinteger(L, vm->given_integer);
      return 1;
    case CLUA_NUMBER:
      lua_pushnumber(L, vm->given_number);
      return 1;
    default:
      vm->answer_raises = kind == CLUA_RAISE;
      return answered(L, vm);
  }
}

/// Calls the host: at once, or by yielding to the driver, which resumes with the answer.
int host_function(lua_State *L) {
  clua_vm *vm = vm_of(L);
  int count = lua_gettop(L);
  void *immediate = lua_touserdata(L, lua_upvalueindex(2));
  if (immediate) return answered_at_once(L, vm, immediate, count);
  if (!can_wait(L))
    return luaL_error(
        L, "%s cannot wait here: inside a sort comparator, a gsub callback, a __tostring or a coroutine.close",
        lua_tostring(L, lua_upvalueindex(3)));
  wire_values(L, vm, 1, count);
  vm->task->request = (int32_t)lua_tointeger(L, lua_upvalueindex(1));
  vm->signal = SIGNAL_REQUEST;
  return lua_yieldk(L, 0, 0, answered_later);
}

bool clua_call_written(const clua_vm *vm) { return vm->call_written; }

int clua_call_tag(const clua_vm *vm, int32_t index) {
  switch (lua_type(vm->call, index)) {
    case LUA_TBOOLEAN:
      return lua_toboolean(vm->call, index) ? CLUA_TAG_TRUE : CLUA_TAG_FALSE;
    case LUA_TNUMBER:
      return lua_isinteger(vm->call, index) ? CLUA_TAG_INTEGER : CLUA_TAG_NUMBER;
    case LUA_TSTRING:
      return CLUA_TAG_STRING;
    case LUA_TTABLE:
      return CLUA_TAG_TABLE;
    case LUA_TFUNCTION:
      return CLUA_TAG_FUNCTION;
    default:
      return CLUA_TAG_NIL;
  }
}

bool clua_call_integer(const clua_vm *vm, int32_t index, int64_t *value) {
  if (!lua_isinteger(vm->call, index)) return false;
  *value = lua_tointegerx(vm->call, index, NULL);
  return true;
}

bool clua_call_number(const clua_vm *vm, int32_t index, double *value) {
  if (lua_type(vm->call, index) != LUA_TNUMBER) return false;
  *value = lua_tonumberx(vm->call, index, NULL);
  return true;
}

void clua_give_integer(clua_vm *vm, int64_t value) { vm->given_integer = value; }
void clua_give_number(clua_vm *vm, double value) { vm->given_number = value; }

/// A string argument's bytes; NULL for what is no string, which would have to be converted.
const char *clua_call_string(const clua_vm *vm, int32_t index, size_t *length) {
  *length = 0;
  return lua_type(vm->call, index) == LUA_TSTRING ? lua_tolstring(vm->call, index, length) : NULL;
}
